"""Which words exist, as far as it can be known: the model's lexicon, the common words, and what is made of them."""

from __future__ import annotations

from itertools import chain

from crisis_cards.commonness import common_words
from crisis_cards.language import Lexicon

# Words in small letters that neither list has. WordNet, the source of the lexicon, has nouns, verbs, adjectives and
# adverbs alone; the rest are old forms that are quoted, what people write in haste and mean so, and terms that are one
# slip away from a common word.
FURTHER = frozenset(
    """
    albeit amid amidst amongst hereby herein hitherto insofar lest notwithstanding thereat thereby therein
    thereof thereto thereupon versus vice via vis whereas whereby wherein whereof whereupon whichever whilst
    whoever whom whomever whose whosoever thou thee thy thine hath hast doth dost durst shalt wilt wouldst
    couldst canst mayst oft ere wherefore hither thither smth sth rlly govt mgmt dept pls plz thx ppl bkgd prob
    probs vals vars args admin eval incl excl govts orgs docs stats thurs tues approx monies protestors carers
    gamers resit resits prepend likability lability hapten haptens coset cosets chromic projective isnt arent
    wasnt werent dont doesnt didnt cant couldnt wont wouldnt shouldnt hasnt havent hadnt thats whats theres lets
    """.split()
)
PREFIXES = (
    "anti bi co counter hyper hypo inter intra macro micro mid multi non out over post pre pro "
    "pseudo re semi sub super trans tri un under uni ultra"
).split()
# Endings with which words are made of others, and what of these they replace.
SUFFIXES = (
    ("ly", ("", "le")),
    ("ily", ("y",)),
    ("ally", ("",)),
    ("ness", ("",)),
    ("iness", ("y",)),
    ("less", ("",)),
    ("er", ("", "e")),
    ("ers", ("", "e")),
    ("ability", ("able",)),
    ("ibility", ("ible",)),
    ("able", ("", "e")),
    ("ism", ("",)),
    ("ist", ("",)),
    ("ists", ("",)),
    ("al", ("", "e")),
    ("like", ("",)),
    ("ise", ("",)),
    ("ised", ("",)),
    ("ising", ("",)),
    ("isation", ("", "e", "ise")),
    ("ation", ("e",)),
    ("ations", ("e",)),
    ("ative", ("ate",)),
    ("ity", ("", "e")),
    ("ish", ("",)),
    ("wise", ("",)),
    ("ward", ("",)),
    ("wards", ("",)),
)
MIN_BASE = 4  # letters of what is left when a prefix or a suffix is taken away
MIN_PART = 3  # letters of either part of a compound, of which one is longer


def is_word(word: str, lexicon: Lexicon) -> bool:
    """Whether a word in small letters is known, or made of a known one in a known way."""
    return (
        any(_is_known(form, lexicon) for form in _spellings(word))
        or any(_is_known(base, lexicon) for form in _spellings(word) for base in _bases(form))
        or _is_compound(word)
    )


def _is_compound(word: str) -> bool:
    """Whether two common words make this one: *backend*, *groundwater*."""
    words = common_words()
    parts = ((word[:at], word[at:]) for at in range(MIN_PART, len(word) - MIN_PART + 1))
    return any(one in words and two in words for one, two in parts if len(one) + len(two) > 2 * MIN_PART)


def is_beginning(word: str, lexicon: Lexicon) -> bool:
    """Whether a longer word begins with this one, so that it may be short for it."""
    return any(known.startswith(word) and known != word for known in chain(common_words(), lexicon.words))


def _is_known(word: str, lexicon: Lexicon) -> bool:
    return word in common_words() or word in FURTHER or word in lexicon


def _spellings(word: str) -> tuple[str, ...]:
    """A word as it is written on either side of the Atlantic."""
    forms = {
        word,
        word.replace("iz", "is").replace("yz", "ys"),
        word.replace("is", "iz").replace("ys", "yz"),
        word.replace("ae", "e").replace("oe", "e"),
        word.replace("our", "or"),
        word.replace("lled", "led").replace("lling", "ling").replace("llor", "lor").replace("ller", "ler"),
    }
    return tuple(sorted(forms))


def _bases(word: str) -> tuple[str, ...]:
    found = [word.removeprefix(prefix) for prefix in PREFIXES if word.startswith(prefix)]
    found += [word.removesuffix(old) + new for old, all_new in SUFFIXES if word.endswith(old) for new in all_new]
    return tuple(base for base in found if len(base) >= MIN_BASE and base != word)
