"""Prints the table of docs/accuracy.md: every gold set, scored by ``dateline evaluate``.

``python -m tools.measure_accuracy`` measures the project's own gold in ``tests/gold/`` and, where they
lie beside the repository, the development sets in ``../shared/dev``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from extract.evaluate import kind_of, read_rows, score
from extract.evaluate_links import read_links, score_links
from extract.gold import gold_articles
from extract.pipeline import annotate
from extract.standoff import annotation_to_json
from geodata.gazetteer import open_gazetteer

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


def gold_files() -> Iterator[Path]:
    yield from sorted(path for path in (ROOT / "tests" / "gold").glob("*.json") if path.name != NO_GOLD)
    yield from sorted((ROOT.parent / "shared" / "dev").glob("*.jsonl"))


def main() -> None:
    gazetteer = open_gazetteer()
    for path in gold_files():
        rows = read_rows(path)
        annotations = [annotate(article, gazetteer) for article in gold_articles(path, rows, None)]
        predictions = list(map(annotation_to_json, annotations))
        kind = kind_of(rows)
        figures = score(kind, rows, predictions)
        shown = {name: found for name in SHOWN[kind] if (found := _value(figures, name)) is not None}
        print(f"{path.name:30}{len(rows):5} articles  " + "  ".join(f"{name} {value}" for name, value in shown.items()))
        if links := read_links(path):
            found = score_links(links, rows, annotations)
            print(f"{path.name:30}{len(links):5} relations between articles, {found['right']} right")


def _value(figures: Any, name: str) -> Any:
    for part in name.split("."):
        if not isinstance(figures, dict) or part not in figures:
            return None
        figures = figures[part]
    return figures


if __name__ == "__main__":
    main()
