"""The judged corpus: notes written for the project, the cards made from them, and what readers said of these."""
