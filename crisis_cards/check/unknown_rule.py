"""unknown-rule: `#allow(…)` names no rule.

What it was to keep silent is told all the same, and nobody sees why.

    The missile sits were dismantled #allow(typo)

Write instead: the name in the brackets of the warning, as `#allow(likely-typo)`.
"""

from __future__ import annotations

from collections.abc import Iterator

from crisis_cards.check.inspection import Finding, Inspection
from crisis_cards.check.nearness import nearest
from crisis_cards.model import Pair, Statement


def unknown_rule(inspection: Inspection) -> Iterator[Finding]:
    """A word in `#allow(…)` that is no rule."""
    for sheet in inspection.sheets:
        for block in sheet.document.blocks:
            for word in block.allows if isinstance(block, Statement | Pair) else ():
                if word not in inspection.names:
                    yield Finding(block.span, f'unknown rule "{word}" in #allow; {nearest(word, inspection.names)}')
