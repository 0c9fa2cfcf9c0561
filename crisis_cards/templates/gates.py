"""What keeps a candidate out: each gate is a failure class of cards, with a name and a reason for the author.

A gate is given a card and what the whole deck is about, and says why not, or nothing. The author's own cards pass
none of them: they are as the author wants them.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from crisis_cards.grammar import NAMES, NOUNS, main_subject
from crisis_cards.lexicon import (
    LIGHT_NOUNS,
    LIGHT_VERBS,
    NEGATIVES,
    PLAIN_ADJECTIVES,
    POINTING,
    PRONOUNS,
    QUANTIFIERS,
    UNFINISHED,
)
from crisis_cards.model import Card, Question, Statement
from crisis_cards.templates.familiar import Familiar
from crisis_cards.templates.framing import NAMING
from crisis_cards.templates.gates_of_lines import (
    about_notes,
    adrift,
    aside,
    asking,
    bare_fragment,
    comment,
    symbolic,
)
from crisis_cards.templates.given_away import what_is_given
from crisis_cards.templates.stems import content_words, stem, stems
from crisis_cards.wording import answer, prompt

MAX_WORDS = 12
MAX_WORDS_EXPLAINING = 20
MAX_PROMPT_WORDS = 35  # of 26 judged blanks in longer texts none was good
MIN_PROMPT_WORDS = 3
GOVERNED = frozenset({"complement", "reason", "condition", "apposition"})
MIN_PROMPT_WORDS_GOVERNED = 2  # "What was Castro convinced of?"
MIN_LONE_LETTERS = 7  # a lone common word shorter than this is guessed or not worth it

EXPLAINING = frozenset({"definition", "condition", "label", "headed", "outcome", "reason", "answered"})
SELF_EVIDENT = frozenset(
    {
        "answered",
        "definition",
        "equation",
        "label",
        "cell",
        "formula",
        "reverse",
        "event",
        "members",
        "headed",
        "sequence",
    }
)  # their prompt names the one thing asked about
PREPOSING = frozenset({"where", "when", "count", "object"})
ASKING_WHAT = frozenset({"subject", "object", "complement", "definition", "equation"})

# Subjects by which a line says how it belongs to others.
ROLES = frozenset(
    """
    weakness strength advantage disadvantage problem limitation criticism exception example trigger reason drawback
    """.split()
)


Gate = Callable[[Card, Familiar], str]


def skipped(card: Card, _: Familiar) -> str:
    """The author named this answer after #skip."""
    block = card.fact.block
    skips = block.skips if isinstance(block, Statement) else ()
    is_skipped = _bare(answer(card.wording)) in {_bare(skip) for skip in skips}
    return "the author skips this answer" if is_skipped else ""


def _bare(text: str) -> str:
    """An answer without what people leave out when they name it: capitals, an article, quotes."""
    return re.sub(r"^(?:the|an?)\s", "", text.casefold().strip(" .,;‘’“”'\""))


def filled_in(card: Card, _: Familiar) -> str:
    """A word that was filled in may be wrong, and the mistake would not be seen."""
    if card.template in {"recall", "parent"}:  # what the line above names is there to be asked for
        return ""
    filled = [fill.text for fill in card.fact.fills]
    said = stems(answer(card.wording))
    return "the answer was filled in from another line" if any(said & stems(text) for text in filled) else ""


def given_away(card: Card, _: Familiar) -> str:
    """The answer stands on the front in some form."""
    given = what_is_given(card)
    words = dict.fromkeys(word for word in content_words(answer(card.wording)) if stem(word) in given)
    return f"the front shows “{', '.join(words or sorted(given))}”" if given else ""


def trivial(card: Card, _: Familiar) -> str:
    """Nothing that is worth knowing is asked for."""
    text = answer(card.wording)
    words = [word for word in content_words(text) if not _is_light(word)]
    if not words and not text.startswith("no "):
        return "the answer says nothing by itself"
    if card.template == "subject" and isinstance(card.wording, Question):
        first = text.split(maxsplit=1)[0].lower()
        if first in QUANTIFIERS:
            return f"“{first}” of them are nobody in particular"
        if len(text.split()) == 1 and _is_plural(card):
            return "a bare plural is nobody in particular"
    if card.template == "phrase" and len(words) == 1:
        is_common = len(words[0]) < MIN_LONE_LETTERS and text.islower() and not text.startswith("no ")
        return "the answer is a single common word" if is_common else ""
    return ""


def _is_plural(card: Card) -> bool:
    parse = card.fact.parse
    said = answer(card.wording).lower()
    return parse is not None and any(token.tag == "NNS" and token.text.lower() == said for token in parse.tokens)


def _is_light(word: str) -> bool:
    return bool({word, word.removesuffix("s")} & LIGHT_NOUNS) or word in PLAIN_ADJECTIVES


def familiar(card: Card, deck: Familiar) -> str:
    """A main actor of the notes: it would fit many lines."""
    said = stems(answer(card.wording))
    if card.template in {"name", "phrase"} and said <= deck.stems:
        return "the notes speak of it all the time"
    parse = card.fact.parse
    if card.template == "subject" and said <= deck.stems and parse is not None:
        text = card.fact.text
        others = {text[token.start : token.end] for token in parse.tokens if token.tag in NAMES}
        others -= set(answer(card.wording).split())
        if not others & set(re.findall(r"[\w-]+", prompt(card.wording))):
            return "a main actor, and nobody else in the question"
    return ""


def long_answer(card: Card, _: Familiar) -> str:
    """Too long to grade oneself on."""
    most = MAX_WORDS_EXPLAINING if card.template in EXPLAINING else MAX_WORDS
    words = len(answer(card.wording).split())
    return f"the answer has {words} words; {most} is the most" if words > most else ""


def long_prompt(card: Card, _: Familiar) -> str:
    """Too long to read every time."""
    words = len(prompt(card.wording).split())
    return f"the prompt has {words} words; {MAX_PROMPT_WORDS} is the most" if words > MAX_PROMPT_WORDS else ""


def thin(card: Card, _: Familiar) -> str:
    """So little on the front that much else would fit."""
    if card.template in SELF_EVIDENT:
        return ""
    shown = "\n".join((*card.wording.context, prompt(card.wording)))
    words = {word for word in content_words(shown) if word not in LIGHT_VERBS | LIGHT_NOUNS}
    least = MIN_PROMPT_WORDS_GOVERNED if card.template in GOVERNED else MIN_PROMPT_WORDS
    return f"too little on the front to tell: {len(words)} of {least} words" if len(words) < least else ""


def negative(card: Card, _: Familiar) -> str:
    """*Neither* and *no* turned into a question ask for everything that was not."""
    if not isinstance(card.wording, Question) or card.template not in ASKING_WHAT:
        return ""
    said = set(re.findall(r"[\w’']+", card.fact.text.lower()))
    negated = said & NEGATIVES or any(word.endswith(("n't", "n’t")) for word in said)
    asked = set(re.findall(r"[\w’']+", f"{card.wording.prompt} {card.wording.answer}".lower()))
    inside = card.template == "complement" and not (
        set(re.findall(r"[\w’']+", card.wording.prompt.lower())) & NEGATIVES
    )
    return "a question about what was not so has many answers" if negated and asked & said and not inside else ""


def pointing(card: Card, _: Familiar) -> str:
    """The answer is no name of anything (*such checks*), or the subject only says how the line belongs to others."""
    subject = main_subject(card.fact.parse)
    is_role = subject is not None and subject.lemma in ROLES and card.template not in {"equation", "emphasised"}
    if subject is not None and is_role and isinstance(card.wording, Question):
        return f"“{subject.text}” says what part the line plays, not what it is about"
    first = (re.findall(r"\w+", answer(card.wording).lower()) or [""])[0]
    is_clause = first == "that" and card.template in {"complement", "equation"}
    is_clause |= card.template in {"outcome", "condition", "answered"}  # "it" is on the front
    if first in POINTING | PRONOUNS and not is_clause:
        return f"the answer begins with “{first}”"
    pointed = set(re.findall(r"\w+", answer(card.wording).lower())) & {"this", "these", "those", "such"}
    return f"the answer says “{pointed.pop()}”" if pointed and card.template in NAMING else ""


def unresolved(card: Card, _: Familiar) -> str:
    """A pronoun in a question whose noun went into the answer, or never was there."""
    parse = card.fact.parse
    if not isinstance(card.wording, Question) or parse is None or card.template == "subject":
        return ""
    subject = main_subject(parse)
    if (
        subject is not None
        and subject.tag in {"DT", "PRP"}
        and not card.wording.context
        and re.search(rf"\b{re.escape(subject.text)}\b", card.wording.prompt, re.IGNORECASE)
        and not any(f.start == subject.start for f in card.fact.fills)
    ):
        return f"a question about “{subject.text.lower()}” asks about a whole line"
    if card.wording.context:
        return ""
    words = re.findall(r"[\w’'-]+", card.wording.prompt)
    nouns = {token.text for token in parse.tokens if token.tag in NOUNS} | {fill.text for fill in card.fact.fills}
    for index, word in enumerate(words):
        if word.lower() in PRONOUNS - {"what", "one"} and not nouns & set(words[:index]):
            return f"“{word}” stands for nobody on the front"
    return ""


def dangling(card: Card, _: Familiar) -> str:
    """The answer or the question is not a whole phrase."""
    said = answer(card.wording)
    last = (re.findall(r"[\w’']+", said.lower()) or [""])[-1]
    if last in UNFINISHED and card.template != "formula":
        return f"the answer ends in “{last}”"
    asked = (re.findall(r"[\w’']+", prompt(card.wording).lower()) or [""])[-1]
    if isinstance(card.wording, Question) and card.template in PREPOSING and asked in UNFINISHED:
        return f"the question ends in “{asked}”"
    if _is_cut_off(card):
        return "the answer goes on after “and”"
    whole = (said, prompt(card.wording)) if isinstance(card.wording, Question) else (said,)
    if any(text.count(opening) != text.count(closing) for text in whole for opening, closing in ("()", "[]", "“”")):
        return "half of a pair of brackets or quotes is left"
    if any(text.count('"') % 2 for text in whole):
        return "half of a pair of quotation marks is left"
    return ""


def _is_cut_off(card: Card) -> bool:
    """Whether *and* with another noun follows the answer in the text: the parser took a list apart."""
    parse = card.fact.parse
    at = card.fact.text.find(answer(card.wording))
    if parse is None or at < 0 or not isinstance(card.wording, Question):
        return False
    end = at + len(answer(card.wording))
    after = [token for token in parse.tokens if token.start >= end and token.is_shown]
    if not after[1:]:
        return False
    joint, word = after[:2]
    is_noun = word.tag in NOUNS and joint.text.lower() in {"and", "or", "&"}
    return is_noun or (card.template == "complement" and joint.text == "," and word.tag == "VB")


GATES: tuple[Gate, ...] = (
    skipped,
    adrift,
    asking,
    aside,
    about_notes,
    comment,
    filled_in,
    symbolic,
    pointing,
    given_away,
    trivial,
    familiar,
    long_answer,
    long_prompt,
    thin,
    negative,
    unresolved,
    dangling,
    bare_fragment,
)


def reason_against(card: Card, deck: Familiar) -> str:
    """The name of the first gate that keeps `card` out, and why; empty when all let it pass."""
    if card.template == "author":
        return ""
    for gate in GATES:
        why = gate(card, deck)
        if why:
            return f"{gate.__name__.replace('_', '-')}: {why}"
    return ""
