"""What the documentation tells a reader to type works as it stands there."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

import dateline
from tests.command import ROOT
from tests.command import dateline as run

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^dateline .*$", re.MULTILINE)
INLINE = re.compile(r"`(dateline [^`]*)`")
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
FILE = re.compile(r"`((?:extract|geodata|dashboard|dateline|tests|tools|benchmarks|seeds|docs)/[\w./-]+)`")


def blocks(page: Path, language: str) -> list[str]:
    return [text for kind, text in BLOCK.findall(page.read_text(encoding="utf-8")) if kind == language]


def commands() -> Iterator[tuple[str, str]]:
    """Every line with ``dateline`` that a page has, in a block or within the text."""
    for page in PAGES:
        lines = [line for block in blocks(page, "sh") for line in COMMAND.findall(block)]
        for line in (*lines, *INLINE.findall(BLOCK.sub("", page.read_text(encoding="utf-8")))):
            yield page.name, line.replace("\n", " ")


@pytest.mark.parametrize(("page", "line"), list(commands()))
def test_a_command_is_one_and_has_its_options(page: str, line: str) -> None:
    command: Any = get_command(dateline.app)
    words = shlex.split(line, comments=True)[1:]
    while words and hasattr(command, "commands"):
        assert words[0] in command.commands, (page, line)
        command = command.commands[words.pop(0)]
    options = {name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)}
    assert {word for word in words if word.startswith("-") and word != "-"} <= {*options, "--help"}, (page, line)


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the workspace that the examples open."""
    folder = tmp_path_factory.mktemp("docs")
    article = folder / "a.txt"
    article.write_text("Pokrowsk, 3. Mai 2031. Bei einer Explosion in Pokrowsk sind am Freitag drei Menschen "
                       "getötet worden.", encoding="utf-8")
    made = run("extract", article, "-w", folder / "newsroom.gpkg")
    assert made.returncode == 0, made.stderr
    return folder


EXAMPLES = [(page.name, number, text) for page in PAGES for number, text in enumerate(blocks(page, "python"))]


@pytest.mark.parametrize(("page", "number", "text"), EXAMPLES, ids=[f"{page}-{number}" for page, number, _ in EXAMPLES])
def test_an_example_runs(page: str, number: int, text: str, scratch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(scratch)
    exec(compile(text, f"{page}, example {number + 1}", "exec"), {})


def test_pages_that_the_code_names_are_there() -> None:
    sources = [path for folder in ("dateline", "dashboard", "extract", "geodata", "tools", "benchmarks")
               for path in (ROOT / folder).rglob("*.py") if "vendor" not in path.parts]
    named = {name for path in sources for name in re.findall(r"docs/\w+\.md", path.read_text(encoding="utf-8"))}
    assert named
    assert not {name for name in named if not (ROOT / name).exists()}


REFERENCE = re.compile(r":(?:mod|func|class|data|meth|attr|exc):`~?((?:extract|geodata|dashboard|dateline)\.[\w.]+)`")


def test_what_a_docstring_refers_to_is_there() -> None:
    referred = {name for folder in ("dateline", "dashboard", "extract", "geodata")
                for path in (ROOT / folder).rglob("*.py") if "vendor" not in path.parts
                for name in REFERENCE.findall(path.read_text(encoding="utf-8"))}
    assert len(referred) > 20
    assert {name for name in referred if not _is_defined(name)} == set()


def _is_defined(name: str) -> bool:
    """Whether a dotted name is a module, or the first part of it that is none stands at the top of its module."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        module = ROOT.joinpath(*parts[:length])
        source = next((path for path in (module.with_suffix(".py"), module / "__init__.py") if path.is_file()), None)
        if source is not None:
            text = source.read_text(encoding="utf-8")
            return length == len(parts) or re.search(
                rf"^(?:def |class |from .*\b)?{parts[length]}\b", text, re.MULTILINE) is not None
    return False


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_a_page_points_to_is_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    gone = {target for target in LINK.findall(text) if not (page.parent / target).exists()}
    gone |= {path for path in FILE.findall(text) if not (ROOT / path).exists()}
    assert not gone
