"""View -> one HTML file that needs no other: its style, its script and its data are within.

What notes say is data of the script, which puts it where it belongs; and a policy lets nothing run but the script,
whose hash it names, and nothing be fetched.
"""

from __future__ import annotations

import base64
import json
from collections import Counter
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from html import escape
from importlib import resources
from pathlib import PurePosixPath
from typing import Any

from crisis_cards.changes import ChangeKind
from crisis_cards.diagnostics import Diagnostic
from crisis_cards.model import Medium
from crisis_cards.preview.view import CardView, Row, View
from crisis_cards.reading.media import PICTURES, SOUNDS

Json = dict[str, Any]

# The files of the one script and the one style, in their order.
SCRIPTS = ("state", "fitting", "chunks", "rows", "cards", "moving", "filters", "living", "start")
STYLES = ("colours", "page", "rows", "cards", "narrow")

# So written, no text can end the element that the data stand in.
_ESCAPES = str.maketrans({char: f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"})


def page_of(view: View, *, is_live: bool = False) -> str:
    """The page. A live one is told by its server when there is a newer one, and loads that."""
    script = "".join(_part(f"script/{name}.js") for name in SCRIPTS)
    digest = base64.b64encode(sha256(script.encode()).digest()).decode()
    server = "'self'" if is_live else "'none'"
    policy = (
        f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'; img-src data:; media-src data:; "
        f"connect-src {server}; form-action 'none'; base-uri 'none'"
    )
    parts = {
        "policy": escape(policy),
        "title": escape(view.deck),
        "style": "".join(_part(f"style/{name}.css") for name in STYLES),
        "data": _json(_values(view, is_live=is_live)),
        "script": script,
    }
    pieces = _part("page.html").split("@@")  # text at even places, names at odd ones
    return "".join(parts[piece] if place % 2 else piece for place, piece in enumerate(pieces))


@cache
def _part(name: str) -> str:
    return resources.files(__package__ or __name__).joinpath(name).read_text(encoding="utf-8")


def _json(values: Json) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)


# --- the data -----------------------------------------------------------------------------------------------------


def _values(view: View, *, is_live: bool) -> Json:
    return {
        "deck": view.deck,
        "live": is_live,
        "css": view.css,
        "counts": _counts(view),
        "rows": [_row(row) for row in (*view.rows, *view.retired)],
        "media": {medium.name: _uri(medium) for medium in view.media},
    }


def _counts(view: View) -> Json:
    """How many there are of each; changes are counted in notes, as everywhere."""
    lines = [row for row in view.rows if row.kind in {"statement", "pair"}]
    changes = Counter(change.kind for change in view.changes)
    return {
        "cards": sum(len(row.cards) for row in view.rows),
        "statements": len(lines),
        "asked": sum(1 for row in lines if row.cards),
        "findings": sum(len(row.findings) for row in view.rows),
        **{str(kind): changes[kind] for kind in ChangeKind if changes[kind]},
    }


def _row(row: Row) -> Json:
    return {"text": row.text} | _without_empty(
        {
            "kind": row.kind,
            "path": row.path,
            "line": row.line,
            "place": row.place,
            "answer": row.answer,
            "drawn": row.drawn,
            "drawnAnswer": row.drawn_answer,
            "depth": row.depth,
            "trail": row.trail,
            "reason": row.reason,
            "tried": row.tried,
            "advice": row.advice,
            "findings": [_finding(each) for each in row.findings],
            "cards": [_card(card) for card in row.cards],
        }
    )


def _finding(diagnostic: Diagnostic) -> Json:
    return {"severity": str(diagnostic.severity), "rule": diagnostic.rule, "message": diagnostic.message}


def _card(card: CardView) -> Json:
    return _without_empty(
        {
            "kind": card.kind,
            "front": card.front.html,
            "back": card.back.html,
            "sounds": [card.front.sounds, card.back.sounds] if card.back.sounds or card.front.sounds else (),
            "template": card.template,
            "tags": card.tags,
            "deck": card.deck,
            "change": card.change,
            "before": card.before,
        }
    )


def _without_empty(values: Json) -> Json:
    return dict(_said(values))


def _said(values: Json) -> Iterator[tuple[str, Any]]:
    return ((name, value) for name, value in values.items() if value)


def _uri(medium: Medium) -> str:
    kind = {**PICTURES, **SOUNDS}[PurePosixPath(medium.name).suffix]
    return f"data:{kind};base64,{base64.b64encode(medium.content).decode()}"
