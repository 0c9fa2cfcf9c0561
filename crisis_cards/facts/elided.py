"""Lines that begin with their verb: *Refused to allow …*, *guaranteed by Britain and Italy*, *Uses port 53*.

A parser trained on sentences cannot read them. Given the subject that the lines above name it can; then the verb must
be the first word, or the line was something else. Whether a past form is active or passive, what follows it tells.
"""

from __future__ import annotations

import re

from crisis_cards.dates import DATE
from crisis_cards.facts.labels import Label
from crisis_cards.grammar import FINITE, subject_of, verb_group
from crisis_cards.model import Fact
from crisis_cards.parse import Parse, Piece

# What may stand before the verb of such a line.
ADVERBS = frozenset(
    """
    usually often also only generally normally never then later still mainly hardly always therefore thus not first
    initially finally eventually soon again already sometimes mostly rarely typically officially now even just nearly
    almost partly secretly immediately quickly gradually
    """.split()
)
_WORD = re.compile(r"[\w’'-]+/?|\S")
PREPOSITIONS = frozenset(
    """
    by in at on to as from for with w/ into under between through among during against over via within without when
    after before if because since until
    """.split()
)
# Past forms that are no participles, and participles that are no past forms.
PAST = frozenset(
    """
    became came took gave wrote began broke rose fell went saw knew grew drew drove ate flew forgot froze hid rode rang
    sang sank shook spoke stole swam swore threw wore bore chose did ran was were had could would might
    """.split()
)
PARTICIPLES = frozenset(
    """
    taken given written begun broken risen fallen gone seen known grown drawn driven eaten flown forgotten frozen hidden
    ridden sung sunk shaken spoken stolen sworn thrown worn borne born chosen done run
    """.split()
)
IRREGULAR = frozenset(
    """
    made found built held kept led left lost met paid put read said sent set shot shown sold spent split spread taught
    thought told won bought brought caught cut fed fought laid bound cast dealt felt hung heard hit hurt meant shut
    struck understood cost let
    """.split()
)
INTRANSITIVE = frozenset(
    """
    led resulted ended lived died worked resigned returned arrived agreed refused started belonged depended happened
    occurred existed consisted remained appeared emerged migrated evolved collapsed voted fought campaigned moved
    travelled stayed failed succeeded decided wanted tried attempted managed insisted relied contributed responded
    reacted lasted stood served turned entered changed increased decreased declined dropped grew shrank developed
    opened closed crossed flowed floated followed spoke slept smiled talked waited walked jumped climbed escaped
    emigrated invested joined listened looked lobbied merged negotiated operated peaked preached prospered protested
    rebelled recovered rested revolted rotated settled shifted shone sided spread stopped struggled stumbled suffered
    sympathised thrived vanished varied volunteered wandered worsened yielded doubled tripled halved fled focused
    cooperated collaborated competed complained concentrated converged crashed acted aimed apologised argued believed
    continued converted dealt differed disagreed erupted expanded hoped landed left lost married met objected
    participated passed played proceeded promised ranged retired retreated ruled sailed sought studied surrendered
    survived took threatened traded trained won withdrew
    """.split()
)
PASSIVE_WITH_TO = frozenset(
    """
    used designed forced allowed meant built made needed required asked ordered told intended supposed expected believed
    thought known said invited persuaded sentenced set found seen
    """.split()
)
NO_VERBS = frozenset({"the", "a", "an", "this", "these", "there", "that", "it", "he", "she", "they", "we", "in", "on"})
MAX_BEFORE_BY = 4


def first_word(text: str) -> str | None:
    """The word that would be the verb if a line began with it; None for an article, a number, a sign."""
    first = _first(_WORD.findall(text))
    return None if first is None or not first.isalpha() or first.lower() in NO_VERBS else first


def with_subject(fact: Fact, label: Label, *, is_past: bool) -> tuple[Piece, bool]:
    """`label` as the subject of a fact for the parser, with *was* or *are* before a participle; whether it has one."""
    text = fact.text
    is_past = is_past or DATE.search(text) is not None
    first = text.split(maxsplit=1)[0] if text else ""
    small = first if first[1:2].isupper() else first[:1].lower() + first[1:]
    if (first_word(text) or "").lower() == "be":  # "Only be successful if …": of what could be so
        return Piece(0, len(first), f"{label.text[:1].upper()}{label.text[1:]} could {small}"), False
    is_passive = _is_passive(text)
    auxiliary = {(True, True): "were ", (True, False): "was ", (False, True): "are ", (False, False): "is "}
    between = auxiliary[is_past, label.is_plural] if is_passive else ""
    return Piece(0, len(first), f"{label.text[:1].upper()}{label.text[1:]} {between}{small}"), is_passive


def is_predicate(parse: Parse, label: Label, *, is_passive: bool, is_labelled: bool) -> bool:
    """Whether a parser read what the author wrote as the predicate of the subject put before it."""
    if len(parse.roots) != 1:
        return False
    root = parse.roots[0]
    subject = subject_of(parse, root)
    group = verb_group(parse, root)
    shown = [token for token in parse.tokens if token.is_shown]
    first = next((token for token in shown if token.text.lower() not in ADVERBS), None)
    if subject is None or subject.is_shown or first is None or first not in group:
        return False
    if any(token.is_shown for token in parse.subtree(subject)):
        return False
    inflected = next((token for token in group if token.tag in FINITE), None)
    if inflected is None or (is_passive and not any(token.dependency == "auxpass" for token in group)):
        return False
    after = parse.tokens[first.index + 1] if first.index + 1 < len(parse.tokens) else first
    if after.text.lower() == "of" and first == root:
        return False
    if is_labelled and first.tag == "VBD" and after.tag in {"NN", "NNS", "JJ"}:
        return False  # "Filtration barrier: fenestrated endothelium"
    return not (inflected.tag == "VBZ" and label.is_plural) and not (
        inflected.tag == "VBP" and not label.is_plural and inflected.lemma != "be"
    )


def _first(words: list[str]) -> str | None:
    return next((word for word in words if word.lower() not in ADVERBS), None)


def _is_passive(text: str) -> bool:
    words = [word.lower() for word in _WORD.findall(text)]
    if words[:2] == ["also", "called"]:
        return True
    while words and words[0] in ADVERBS:
        words.pop(0)
    if not words:
        return False
    first, follows = re.sub(r"^(?:un|re|over|mis)(?=[a-z]{4})", "", words[0]), words[1] if len(words) > 1 else ""
    first = first if first in PARTICIPLES | IRREGULAR else words[0]
    if first in PAST or not (first in PARTICIPLES or first in IRREGULAR or first.endswith("ed")):
        return False
    if first in {"governed", "ruled", "began", "started", "ended", "responded", "reacted"} and follows == "by":
        return False
    if first in PARTICIPLES or "by" in words[1 : MAX_BEFORE_BY + 1]:
        number = words[words.index("by") + 1 : words.index("by") + 2] if "by" in words[1:] else []
        return not (first in INTRANSITIVE and number and number[0][:1].isdigit())
    if first == "called":
        return follows[:1] in set("\"“‘'")
    if follows == "to" and words[2:] and first in PASSIVE_WITH_TO:
        return (first, words[2]) not in {("used", "be"), ("used", "have")}
    if first in INTRANSITIVE or follows == "to":
        return False
    return follows in PREPOSITIONS or follows in {"", ",", ";"}
