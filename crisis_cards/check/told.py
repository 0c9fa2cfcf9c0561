"""Pages of what the build tells by itself: reading, matching and media find it, `check` shows it with the rest."""

from __future__ import annotations

_PAGES = (
    """ambiguous-match: a line may be one of several that were there before, and which one cannot be known.

Your history of a card is given to a line only if it is certain that it is the same line; a wrong guess would be worse
than a new card.

    two lines swapped and reworded at once

Write instead: change one line at a time and build between, or give each a name at its end: `… #tag ^letter`.
""",
    """answer-without-question: a line begins with `A:`, and no question stands above it.

It is read as a statement, so the card that you meant is not made.

    Q How many missiles were in Turkey?
    A: fifteen

Write instead: `Q:` with its colon before the question; or leave `A:` out if it is no answer.
""",
    """binary-file: a file among the notes is no text.

It cannot be read, so nothing of it is in the deck.

    notes/scan.txt, which is a picture with another name

Write instead: move it out of the notes' folder, or save it as text.
""",
    """front-matter: the lines between `---` at the top of a file cannot be read.

What they say of title, tags or deck is lost, and would be without a word.

    ---
    tags: [crisis, cuba
    ---

Write instead: valid YAML, as `tags: [crisis, cuba]`.
""",
    """language: most of the notes are not in English.

No question is asked of a line in another language. What can be told in any is blanked: dates, numbers, quotations, what
a colon or a dash defines, what stands in bold; and names, if the spaCy model of the language is installed.

    1949 – Gründung der NATO

Write instead: nothing, if that is enough; else `==blanks==` in the lines, or `Q: …` and `A: …`. If a file is in another
language than is told, say so in its front matter: `language: en`.
""",
    """missing-image: a picture or a sound is not in the notes' folder.

The card would show an empty frame.

    ![the Turkish missiles](img/jupiter.png), and there is no such file

Write instead: the path from the file that names it, with capitals as they are; or put the file there.
""",
    """name-alone: `#he(…)` stands on a line of its own and explains nothing.

It belongs to the line that says “he”.

    #he(Castro)

Write instead: `He was convinced that an attack was imminent #he(Castro)`.
""",
    """not-utf8: a file is not stored as UTF-8.

Its letters cannot be told from each other with certainty, so it is not read.

    caf\ufffd

Write instead: save the file as UTF-8; every editor can.
""",
    """question-without-answer: a “Q:” without an “A:”, or without words.

A card has two sides.

    Q: Who was the ambassador?

Write instead: `A: Dobrynin` on the line below, or `#skip` behind the question.
""",
    """row-without-answer: a row of a table lacks one of the two sides of a card.

It is on no card. Mostly a cell was never filled in, or a line was broken in two.

    Vogel;

Write instead: `Vogel;bird`, or take the row out.
""",
    """skip-alone: `#skip` stands on a line of its own and skips nothing.

It belongs to the line or the heading that gets no card.

    #skip

Write instead: `Brinkmanship was a strategy #skip`.
""",
    """unbalanced-mark: a blank that is not whole.

What to ask cannot be guessed, so the line gets no card.

    The {{c1::blockade began on 24 October

Write instead: `The {{c1::blockade}} began on 24 October`.
""",
    """uneven-row: a row has more cells than its table has columns.

A comma within a cell parts it in two, so the card may show them as two things.

    Why did he blink?,Missiles in Turkey, and a pledge,crisis

Write instead: `"Missiles in Turkey, and a pledge"` in quotes.
""",
    """unused-name: `#he(…)` explains a word that the line does not have.

Nothing is filled in, so the name is not on the card.

    Castro was convinced of it #he(Castro)

Write instead: the word that stands in the line, `#it(…)`, or nothing.
""",
    """unused-skip: `#skip(…)` names an answer that no card has.

It keeps nothing out, and the card that you did not want is still there.

    The crisis lasted thirteen days #skip(fourteen)

Write instead: the answer as `crisis-cards explain` shows it.
""",
)

TOLD = {page.partition(":")[0]: page.strip() for page in _PAGES}
"""The pages by the names with which they begin."""
