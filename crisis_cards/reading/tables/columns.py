"""What the columns of a table are to a card, by the names that people and programs give them in six languages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise


class Role(Enum):
    """What a column is to a card.

    FIELD is either side of it. NUMBER counts the rows if its values do. TOPIC, SOURCE and SCHEDULE are so only beside
    columns that are known: a river has a source, too. OTHER is part of the answer, under its name.
    """

    PROMPT = auto()
    ANSWER = auto()
    FIELD = auto()
    CLOZE = auto()
    HINT = auto()
    TAGS = auto()
    DECK = auto()
    ID = auto()
    NUMBER = auto()
    TOPIC = auto()
    SOURCE = auto()
    SCHEDULE = auto()
    OTHER = auto()


SIDES = frozenset((Role.PROMPT, Role.ANSWER, Role.FIELD))
ONLY_BESIDE = frozenset((Role.TOPIC, Role.SOURCE, Role.SCHEDULE))

NAMES = {
    Role.PROMPT: """front, prompt, question, questions, q, term, terms, word, words, vocabulary, vocab, expression,
        phrase, headword, concept, cue, frage, fragen, vorderseite, begriff, wort, vokabel, ausdruck, stichwort,
        aufgabe, recto, terme, mot, vocabulaire, notion, anverso, pregunta, término, termino, palabra, vocablo,
        concepto, frente, fronte, domanda, termine, parola, vocabolo, pergunta, termo, palavra""",
    Role.ANSWER: """back, answer, answers, a, definition, definitions, meaning, meanings, translation, translations,
        response, solution, explanation, rückseite, antwort, antworten, bedeutung, übersetzung, lösung, erklärung,
        verso, réponse, réponses, définition, signification, sens, traduction, explication, reverso, dorso, respuesta,
        definición, significado, traducción, solución, explicación, retro, risposta, definizione, significato,
        traduzione, soluzione, spiegazione, resposta, definição, tradução, solução, explicação""",
    Role.FIELD: """english, german, french, spanish, italian, portuguese, latin, greek, russian, japanese, chinese,
        korean, arabic, hebrew, turkish, dutch, polish, swedish, englisch, deutsch, französisch, spanisch, italienisch,
        portugiesisch, latein, griechisch, russisch, japanisch, chinesisch, anglais, allemand, français, espagnol,
        italien, portugais, inglés, alemán, francés, español, italiano, portugués, inglese, tedesco, francese,
        spagnolo, portoghese, inglês, alemão, francês, espanhol, português""",
    Role.CLOZE: "text, cloze, lückentext",
    Role.HINT: "hint, hints, hinweis, tipp, indice, astuce, pista, suggerimento, dica",
    Role.TAGS: """tag, tags, label, labels, schlagwort, schlagwörter, étiquette, étiquettes, etiqueta, etiquetas,
        etichetta, etichette""",
    Role.DECK: "deck, stapel, paquet, mazo, mazzo, baralho",
    Role.ID: "id, ids, guid, uuid, uid, nid, cid, note id, card id, notetype, note type",
    Role.NUMBER: "#, no, nr, num, number, index, idx, row, rank, lfd, lfd nr, nummer, numéro, número, numero, n°, nº",
    Role.TOPIC: """topic, topics, category, categories, keywords, subject, theme, thema, kategorie, fach, thème,
        catégorie, tema, categoría, categoria""",
    Role.SOURCE: "source, sources, reference, url, link, page, quelle, seite, fuente, fonte, origine, référence",
    Role.SCHEDULE: """created, created at, modified, updated, updated at, due, due date, interval, ease, reps, reviews,
        lapses, last review, last reviewed, next review, stability, difficulty, box, level, status""",
}
ROLES = {" ".join(name.split()): role for role, names in NAMES.items() for name in names.split(",")}
MAX_NAME = 60
"""Characters: a cell of more is no name of a column."""

BLANK = re.compile(r"\{\{[cC]\d+::")
UNTIDY = re.compile(r"[\s_\-.:*]+")
BESIDE = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\]|\d+)\s*$")  # "Answer (back)", "Answer 2"
MACHINE = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[0-9a-fA-F]{20,}")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its place, what it is to a card, and its name, which may be empty."""

    place: int
    role: Role
    name: str = ""


def role_of(name: str) -> Role:
    """What a column of this name is; "Answer 1" and "answer (back)" are answers."""
    said = UNTIDY.sub(" ", name.casefold()).strip()
    return ROLES.get(said) or ROLES.get(BESIDE.sub("", said), Role.OTHER)


def is_head(cells: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether a first row names the columns of those below it: by known names, or, of three and more, by its looks."""
    if any(BLANK.search(cell) for cell in cells):
        return False
    roles = [role_of(cell) for cell in cells if cell]
    if _is_known(roles) or (Role.CLOZE in roles and any(BLANK.search(cell) for row in rows for cell in row)):
        return True
    return len(cells) > len(("prompt", "answer")) and not any(
        len(cell) > MAX_NAME or (cell.endswith(("?", ".", "!")) and len(cell.split()) > 1) for cell in cells
    )


def columns(names: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[Column, ...]:
    """The columns of a table with a head: one is asked, and what is left of the others answers."""
    roles = [role_of(name) for name in names]
    is_known = _is_known(roles)
    for place, (name, role) in enumerate(zip(names, roles, strict=True)):
        values = [row[place] for row in rows if place < len(row) and row[place]]
        if values and all(map(MACHINE.fullmatch, values)):
            roles[place] = Role.ID
        elif (role is Role.NUMBER or not name) and not _counts(values):
            roles[place] = Role.OTHER
        elif not name:
            roles[place] = Role.NUMBER
        elif (role in ONLY_BESIDE and not is_known) or (role is Role.CLOZE and not any(map(BLANK.search, values))):
            roles[place] = Role.OTHER
    order = (Role.PROMPT, Role.FIELD, Role.OTHER, Role.ANSWER, Role.CLOZE)
    prompt = min(
        (place for place, role in enumerate(roles) if role in order),
        key=lambda place: (order.index(roles[place]), place),
        default=0,
    )
    if Role.ANSWER not in roles and Role.PROMPT not in roles:
        prompt = next((place for place, role in enumerate(roles) if role in order), 0)
    return tuple(
        Column(place, _side(role, is_prompt=place == prompt), names[place]) for place, role in enumerate(roles)
    )


def _side(role: Role, *, is_prompt: bool) -> Role:
    """The role of a column when one was chosen to be asked: of others of its kind, each is an answer by its name."""
    if is_prompt:
        return role if role is Role.CLOZE else Role.PROMPT
    return {Role.PROMPT: Role.OTHER, Role.FIELD: Role.ANSWER}.get(role, role)


def _is_known(roles: Sequence[Role]) -> bool:
    """Whether both sides of a card are among the names of columns."""
    sides = [role for role in roles if role in SIDES]
    return len(set(sides)) > 1 or sides.count(Role.FIELD) > 1


def _counts(values: Sequence[str]) -> bool:
    """Whether values are the numbers of rows: each one more than that before it."""
    numbers = [int(value.rstrip(".")) for value in values if value.rstrip(".").isdecimal() and len(value) < MAX_NAME]
    return len(numbers) == len(values) and all(after == before + 1 for before, after in pairwise(numbers))
