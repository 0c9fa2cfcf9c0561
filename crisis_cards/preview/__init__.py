"""Deck -> one self-contained page: each statement of the notes with its cards beside it, as Anki shows them."""
