"""phrase: the words that carry the news of a line, as a rule its object or its end, are blanked."""

from __future__ import annotations

from collections.abc import Iterator

from crisis_cards.grammar import NAMES, NOUNS
from crisis_cards.lexicon import LIGHT_NOUNS, PLAIN_ADJECTIVES, POINTING
from crisis_cards.model import Card, Fact
from crisis_cards.parse import Parse, Token
from crisis_cards.templates.framing import cloze_of
from crisis_cards.templates.stems import content_words, stem, stems

ROLES = ("dobj", "attr", "oprd", "pobj", "nsubj", "nsubjpass")
MAX_OF_WORDS = 5
LONG_WORD = 10
# Heads and modifiers that any phrase may have: nobody has learnt anything who recalls them.
EMPTY_HEADS = frozenset(
    """
    manner proximity number participant purpose instance practice kind sort bit lot majority minority rest half extent
    set series range variety combination piece use usage example case matter mean means need existence presence lack
    absence rate increase decrease rise fall loss gain
    """.split()
)
EMPTY_MODIFIERS = frozenset(
    """
    various different certain several many own such further similar other another relatively very quite close easy
    """.split()
)
CLAUSAL = frozenset({"VBZ", "VBD", "VBP", "VB", "MD", "WDT", "WP", "WRB", "PRP", ",", ":"})


def phrase_blank(fact: Fact) -> Iterator[Card]:
    """One blank for each noun phrase after the verb: the longer before the single word, the object before the rest."""
    parse = fact.parse
    if parse is None:
        return
    heads = [head for head in parse.tokens if _is_news(parse, head)]
    given = stems(fact.title)
    chunks = [(head, _chunk(parse, head, given)) for head in heads]

    def preference(item: tuple[Token, tuple[Token, ...]]) -> tuple[bool, bool, int, int]:
        head, words = item
        return len(words) == 1, parse.tokens[head.head].index == 0, ROLES.index(head.dependency), -head.index

    for head, words in sorted(chunks, key=preference):
        if head.lemma in EMPTY_HEADS or any(token.text.lower() in EMPTY_MODIFIERS for token in words):
            continue
        edges = {stem(words[0].text.lower()), stem(words[-1].text.lower())}
        if any(token.tag in CLAUSAL for token in words):
            continue
        if edges & given or not all(token.is_shown for token in words) or not _is_telling(words):
            continue  # what the title says is no news, nor is what is left of the phrase without it
        card = cloze_of(fact, "phrase", words)
        if card is not None:
            yield card


def _is_news(parse: Parse, head: Token) -> bool:
    if head.dependency not in ROLES or head.tag not in NOUNS or head.tag in NAMES or not head.is_shown:
        return False
    if head.dependency in {"nsubj", "nsubjpass"} and parse.tokens[head.head].dependency != "ccomp":
        return False
    if head.index > 1 and [token.tag for token in parse.tokens[head.index - 2 : head.index]] == ["IN", "IN"]:
        return False  # "out of control": an idiom
    around = tuple(parse.children(head))
    pointed = any(token.text.lower() in POINTING for token in around)
    return not pointed and head.dependency != "conj" and not any(token.dependency == "conj" for token in around)


def _is_telling(words: tuple[Token, ...]) -> bool:
    """Whether a phrase has two words that tell, or one that is hardly said by chance: a name, a term, a long word."""
    told = [
        token
        for token in words
        if content_words(token.text)
        and token.lemma not in LIGHT_NOUNS
        and token.text.lower() not in PLAIN_ADJECTIVES
        and token.tag not in {"JJR", "JJS", "RBR", "RBS"}
    ]
    if len(words) == 1 or words[0].text.lower() == "no":
        return bool(told) or len(words) > 1
    rare = any(token.tag in NAMES or len(token.text) >= LONG_WORD for token in told)
    return len(told) > 1 or rare


def _chunk(parse: Parse, head: Token, given: frozenset[str]) -> tuple[Token, ...]:
    """The noun phrase of `head`: its modifiers, no article, and a short *of* phrase behind it."""
    below = {token.index for token in parse.subtree(head)}
    first = last = head.index
    while first - 1 in below:
        first -= 1
    while first < head.index and _is_opening(parse.tokens[first]):
        first += 1
    for token in parse.children(head) if head.lemma not in LIGHT_NOUNS else ():
        of = parse.subtree(token)
        is_short = token.dependency == "prep" and token.text == "of" and len(of) <= MAX_OF_WORDS
        pointed = any(word.text.lower() in POINTING or stem(word.text.lower()) in given for word in of)
        is_whole = of[-1].tag in NOUNS
        if is_short and is_whole and token.index == last + 1 and not pointed:
            last = of[-1].index
    return parse.tokens[first : last + 1]


def _is_opening(token: Token) -> bool:
    """What a phrase begins with and a blank does not: articles, pronouns, genitive marks left over."""
    is_article = token.dependency in {"det", "predet"} or token.tag in {"DT", "PRP$", "POS"}
    return (is_article and token.text.lower() != "no") or token.dependency in {"case", "punct"}
