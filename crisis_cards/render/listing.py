"""Code -> HTML that keeps its lines, with the classes of a few kinds of words by which faces colour it.

Pygments knows the languages; the kinds are few, so that a field stays short and two colour schemes stay readable.
"""

from __future__ import annotations

from crisis_cards.render.markup import html_of

CLASSES = (("Comment", "hl-c"), ("Keyword", "hl-k"), ("Literal.String", "hl-s"), ("Literal.Number", "hl-m"))
NAMES = ("Name.Function", "Name.Class", "Name.Builtin", "Name.Decorator", "Name.Tag")
MAX_CHARACTERS = 2_000
"""Longer code is shown plain: some of Pygments' lexers take a time that grows as the square of its length."""

TAB = 4


def listing(code: str, language: str = "") -> str:
    """Code as a block of its own, coloured when its language is known."""
    text = code.expandtabs(TAB)
    html = _coloured(text, language) if language and len(text) <= MAX_CHARACTERS else html_of(text)
    return f'<pre class="code" dir="ltr" tabindex="0"><code>{html}</code></pre>'


def _coloured(code: str, language: str) -> str:
    # Slow to import, and few notes have code.
    from pygments.lexers import get_lexer_by_name  # noqa: PLC0415
    from pygments.util import ClassNotFound  # noqa: PLC0415

    try:
        lexer = get_lexer_by_name(language.lower(), ensurenl=False, stripnl=False)
    except ClassNotFound:
        return html_of(code)
    pieces: list[tuple[str, str]] = []
    for kind, text in lexer.get_tokens(code):
        css = _class_of(str(kind))
        if pieces and pieces[-1][0] == css:
            pieces[-1] = (css, pieces[-1][1] + text)
        else:
            pieces.append((css, text))
    return "".join(f'<span class="{css}">{html_of(text)}</span>' if css else html_of(text) for css, text in pieces)


def _class_of(kind: str) -> str:
    """The class of one of Pygments' kinds of token, as `Token.Literal.String.Double`; empty for most."""
    name = kind.removeprefix("Token.")
    if name.startswith(NAMES):
        return "hl-n"
    return next((css for start, css in CLASSES if name.startswith(start)), "")
