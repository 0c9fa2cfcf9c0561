r"""What `\alpha` stands for in Org: the names of HTML 4, which Org took over, and the commonest of TeX."""

from __future__ import annotations

import re
import unicodedata
from html.entities import name2codepoint

NAME = re.compile(r"\\(there4|sup[123]|frac(?:1[24]|34)|[A-Za-z]+)(?:\{\})?")
PAIRS = """
to → rightarrow → leftarrow ← leftrightarrow ↔ uparrow ↑ downarrow ↓ mapsto ↦
Rightarrow ⇒ Leftarrow ⇐ Leftrightarrow ⇔ implies ⇒ iff ⇔
in ∈ leq ≤ geq ≥ neq ≠ approx ≈ simeq ≃ propto ∝ ll ≪ gg ≫ pm ± mp ∓ div ÷ cdot · ast ∗ star ⋆
subset ⊂ supset ⊃ subseteq ⊆ supseteq ⊇ setminus ∖ emptyset ∅ exists ∃ infty ∞ partial ∂
wedge ∧ vee ∨ land ∧ lor ∨ neg ¬ langle ⟨ rangle ⟩ dots … ldots … hbar ℏ ell ℓ
varepsilon ε varphi φ vartheta ϑ vert | slash / under _ plus + equal = checkmark ✓ degree ° EUR € ss ß
""".split()
FUNCTIONS = "sin cos tan cot exp log ln lg max min lim gcd det dim ker arg mod".split()
TEX = {**dict(zip(PAIRS[::2], PAIRS[1::2], strict=True)), **{name: name for name in FUNCTIONS}}


def character_of(name: str) -> str | None:
    """The character or word that an entity stands for; None if it is none, or one that cannot be seen."""
    if name in TEX:
        return TEX[name]
    code = name2codepoint.get(name)
    if code is None or unicodedata.category(chr(code))[0] in "CZ":
        return None
    return chr(code)
