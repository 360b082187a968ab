"""The three floors: dashboard → extract → geodata, and nothing points back."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FLOORS = ("geodata", "extract", "dashboard")
LIMIT = 500
"""Lines of a module: beyond, it is about more than one thing."""


def modules(package: str) -> Iterator[Path]:
    return (path for path in (ROOT / package).rglob("*.py") if "vendor" not in path.parts)


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module.split(".")[0]


@pytest.mark.parametrize("package", FLOORS)
def test_a_floor_imports_only_what_lies_below(package: str) -> None:
    above = {*FLOORS[FLOORS.index(package) + 1:], "dateline"}
    wrong = {f"{path.relative_to(ROOT)} imports {name}"
             for path in modules(package) for name in imported(path) if name in above}
    assert not wrong


def test_no_module_has_outgrown_its_subject() -> None:
    long = {str(path.relative_to(ROOT)): count for package in (*FLOORS, "dateline") for path in modules(package)
            if (count := len(path.read_text(encoding="utf-8").splitlines())) > LIMIT}
    assert not long


def test_the_command_line_starts_light() -> None:
    """``dateline --help`` loads none of the heavy libraries."""
    program = ("import sys, dateline; heavy = {'streamlit', 'folium', 'pandas', 'numpy', 'geopy', 'babel', "
               "'trafilatura', 'py3langid', 'wordfreq'} & set(sys.modules); sys.exit(', '.join(heavy) or 0)")
    result = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
