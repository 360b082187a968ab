"""Prints the table of docs/accuracy.md, and writes the figures that the page *How sure is this?* shows.

``python -m tools.measure_accuracy`` measures the project's own gold in ``tests/gold/`` and, where they lie beside the
repository, the development sets in ``../shared/dev``; it scores each as ``dateline evaluate`` does. What it finds on
the project's own gold goes to ``extract/accuracy.json``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from extract.accuracy import FILE, Accuracy, Breakdown, GoldSet, accuracy_to_json, break_down
from extract.annotation import Annotation
from extract.evaluate import Row, kind_of, read_rows, score
from extract.evaluate.links import read_links, score_links
from extract.gold import gold_articles
from extract.pipeline import annotate
from extract.standoff import annotation_to_json
from extract.versions import program_version
from geodata.gazetteer import Gazetteer, open_gazetteer

ROOT = Path(__file__).resolve().parent.parent
SHOWN = {
    "times": ("value.F", "strict.F", "type.F", "calendar_value.F"),
    "toponyms": ("exact.F", "overlap.F", "overlap.P", "end_to_end_161.F", "accuracy_161"),
    "event-types": ("weighted_F1", "accuracy"),
    "events": ("core", "found_recall", "match_precision", "place_of_found", "time_of_found", "status_of_found",
               "factuality_of_found", "right_precision", "right_recall", "right_F"),
}
"""The figures shown, by kind of gold, dotted names for nested ones."""


NO_GOLD = "figures_of_speech.json"
"""Texts that must give no event: a test, not a set with figures."""

UNSEEN = ("untouched", "unread", "unseen", "fresh", "newest")
"""Own sets in which nobody has looked at an error: what they say holds for articles that nobody has read."""


def own_gold() -> dict[str, Path]:
    """The project's own sets by name."""
    return {path.stem: path for path in sorted((ROOT / "tests" / "gold").glob("*.json")) if path.name != NO_GOLD}


def gold_files() -> Iterator[Path]:
    """All sets that are there."""
    yield from own_gold().values()
    yield from sorted((ROOT.parent / "shared" / "dev").glob("*.jsonl"))


def annotations_of(path: Path, rows: list[Row], gazetteer: Gazetteer) -> list[Annotation]:
    """What the program finds in the articles of a set."""
    return [annotate(article, gazetteer) for article in gold_articles(path, rows, None)]


def accuracy_of(annotated: Mapping[str, list[Annotation]], program: str, today: date) -> Accuracy:
    """The figures for readers, from the annotations of the project's own sets by name."""
    return Accuracy(
        measured=today,
        version=tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"],
        program=program,
        gold={name: GoldSet(len(read_rows(path)), hash_of(path)) for name, path in own_gold().items()},
        unseen=_together(annotated, [name for name in own_gold() if name in UNSEEN]),
        learnt=_together(annotated, [name for name in own_gold() if name not in UNSEEN]),
    )


def hash_of(path: Path) -> str:
    """SHA-256 of a file."""
    return sha256(path.read_bytes()).hexdigest()


def _together(annotated: Mapping[str, list[Annotation]], names: list[str]) -> Breakdown:
    """Several sets as one; ids are told apart by the set's name."""
    rows: list[Row] = []
    predictions: dict[str, Row] = {}
    for name in names:
        rows += [{**row, "id": f"{name}/{row['id']}"} for row in read_rows(own_gold()[name])]
        predictions |= {f"{name}/{found.article.id}": annotation_to_json(found) for found in annotated[name]}
    return break_down(rows, predictions)


def main() -> None:
    """Measure, print, and write the file."""
    gazetteer = open_gazetteer()
    annotated = {}
    for path in gold_files():
        rows = read_rows(path)
        annotations = annotated[path.stem] = annotations_of(path, rows, gazetteer)
        kind = kind_of(rows)
        figures = score(kind, rows, map(annotation_to_json, annotations))
        shown = {name: found for name in SHOWN[kind] if (found := _value(figures, name)) is not None}
        print(f"{path.name:30}{len(rows):5} articles  " + "  ".join(f"{name} {value}" for name, value in shown.items()))
        if links := read_links(path):
            found = score_links(links, rows, annotations)
            print(f"{path.name:30}{len(links):5} relations between articles, {found['right']} right")
    written = ROOT / "extract" / FILE
    accuracy = accuracy_of(annotated, program_version(gazetteer), date.today())
    written.write_text(accuracy_to_json(accuracy), encoding="utf-8", newline="\n")
    print(written.relative_to(ROOT))


def _value(figures: Any, name: str) -> Any:
    for part in name.split("."):
        if not isinstance(figures, dict) or part not in figures:
            return None
        figures = figures[part]
    return figures


if __name__ == "__main__":
    main()
