"""What must hold for the packages as a whole: names, sizes, docstrings, clocks, pins, lock."""

import ast
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("rules", "models", "integrations", "tasks", "flows", "deployments")
SOURCES = sorted(
    path
    for package in PACKAGES
    for path in (ROOT / package).rglob("*.py")
    if "versions" not in path.parts  # migrations: written by alembic, in its form
)
PUBLIC_INDEX = "https://pypi.org/simple"

MAY_READ_CLOCKS = ("flows/", "deployments/", "integrations/services.py")
CLOCKS = {
    "datetime": {"now", "utcnow", "today"},
    "date": {"today"},
    "time": {"time", "time_ns", "monotonic", "monotonic_ns", "perf_counter", "gmtime", "localtime"},
}


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


@pytest.fixture(scope="module")
def project() -> dict[str, object]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_no_flow_file_shadows_another_module() -> None:
    """Prefect puts `flows/` first on the path for good: flows/calendar.py would be `calendar`."""
    names = {path.stem for path in (ROOT / "flows").glob("*.py")} - {"__init__"}

    assert names & (sys.stdlib_module_names | set(PACKAGES)) == set()


def test_nobody_else_owns_our_names() -> None:
    owners = packages_distributions()

    assert {name: set(owners.get(name, ["sac-flows"])) for name in PACKAGES} == {
        name: {"sac-flows"} for name in PACKAGES
    }


def test_every_module_says_what_it_is() -> None:
    assert [name_of(path) for path in SOURCES if not ast.get_docstring(parsed(path))] == []


def test_no_file_is_longer_than_300_lines() -> None:
    long = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}

    assert {name: lines for name, lines in long.items() if lines > 300} == {}


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from the `def` on, without the docstring."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function, clean=False) is not None:
        lines -= (first.end_lineno or first.lineno) - first.lineno + 1
    return lines


def test_no_function_is_longer_than_40_lines() -> None:
    found = {
        f"{name_of(path)}:{function.lineno} {function.name}": length(function)
        for path in SOURCES
        for function in functions(parsed(path))
    }

    assert {name: lines for name, lines in found.items() if lines > 40} == {}


def clock_names(tree: ast.Module) -> dict[str, str]:
    """The names under which a module knows what has a clock: local name -> datetime, date, time."""
    known: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            known |= {alias.asname or alias.name: alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module in {"datetime", "time"}:
            known |= {
                alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names
            }
    return known


def clock_reads(source: str) -> list[int]:
    """The lines of a module that ask what time it is, or hand on a function that does."""
    tree = ast.parse(source)
    known = clock_names(tree)
    lines = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute | ast.Name):
            first, *rest = ast.unparse(node).split(".")
            parts = ".".join([known[first], *rest]).split(".") if first in known else [first]
            if len(parts) > 1 and parts[-1] in CLOCKS.get(parts[-2], set()):
                lines.add(node.lineno)
    return sorted(lines)


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("from datetime import datetime\nnow = datetime.now(UTC)", [2]),
        ("import datetime as dt\nx = dt.datetime.now()\ny = dt.date.today", [2, 3]),
        ("from time import monotonic\nfield(default_factory=monotonic)", [2]),
        ("from datetime import date\ndate.fromisoformat('2026-12-05')\nself.date.today()", []),
        ("from rules.facts import Change\nchange.now\nclock.now()", []),
    ],
)
def test_the_clock_check_sees_clocks_and_nothing_else(source: str, lines: list[int]) -> None:
    assert clock_reads(source) == lines


def test_only_flows_and_the_services_ask_the_clock() -> None:
    found = {name_of(path): clock_reads(path.read_text(encoding="utf-8")) for path in SOURCES}

    assert {
        name: lines
        for name, lines in found.items()
        if lines and not name.startswith(MAY_READ_CLOCKS)
    } == {}


def test_the_pins_that_prefect_needs_are_there(project: dict[str, dict[str, list[str]]]) -> None:
    """Each of them has broken a server that seemed to start (docs/decisions.md, "Pins")."""
    required = set(project["project"]["dependencies"])

    assert {
        "prefect>=3.8.8,<4",
        "fastapi>=0.139,<0.151",
        "sqlalchemy[asyncio]>=2.0.45,<2.1",
    } - required == set()


def test_the_lock_names_only_the_public_index() -> None:
    locked = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))["package"]

    assert {
        tuple(package["source"].items()) for package in locked if package["name"] != "sac-flows"
    } == {(("registry", PUBLIC_INDEX),)}
