"""The accuracy gate for times and toponyms, and our scorer beside the shared one.

Figures may rise, and fall only with a written reason (tests/gold/floors.toml).
Events have theirs in tests/extract/test_events_gold.py.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from extract.evaluate import kind_of, read_rows, score
from extract.gold import gold_articles
from extract.pipeline import annotate
from extract.standoff import annotation_to_json
from geodata.errors import InputError
from geodata.gazetteer import Gazetteer

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "tests" / "gold"
SHARED = ROOT.parent / "shared"
FLOORS: dict[str, dict[str, Any]] = tomllib.loads((GOLD / "floors.toml").read_text(encoding="utf-8"))


def figures(gold: Path, gazetteer: Gazetteer) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    rows = read_rows(gold)
    predictions = [annotation_to_json(annotate(article, gazetteer)) for article in gold_articles(gold, rows, None)]
    return score(kind_of(rows), rows, predictions), predictions


def value(found: dict[str, Any], measure: str) -> float:
    """A figure by its dotted name, e.g. ``value.F``."""
    for part in measure.split("."):
        found = found[part]
    assert isinstance(found, int | float)
    return float(found)


def flat(floors: dict[str, Any], before: str = "") -> dict[str, float]:
    return {name: floor for key, entry in floors.items()
            for name, floor in (flat(entry, f"{before}{key}.") if isinstance(entry, dict)
                                else {f"{before}{key}": entry}).items()}


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared sets are not beside the repository")
@pytest.mark.parametrize("name", ["times_de", "toponyms_en", "toponyms_de", "toponyms_de_sentences"])
def test_no_figure_is_below_its_floor(name: str, gazetteer: Gazetteer) -> None:
    found, _ = figures(SHARED / "dev" / f"{name}.jsonl", gazetteer)
    low = {measure: (value(found, measure), floor) for measure, floor in flat(FLOORS[name]).items()
           if value(found, measure) < floor}
    assert not low, f"(found, floor): {low}; all figures: {found}"


@pytest.mark.shared
@pytest.mark.parametrize(("name", "kind"), [
    ("gold/seeds.json", "events"), ("dev/times_de.jsonl", "times"), ("dev/toponyms_en.jsonl", "toponyms"),
    ("dev/event_types_en.jsonl", "event-types"),
])
def test_our_figures_are_those_of_the_shared_scorer(
        name: str, kind: str, gazetteer: Gazetteer, tmp_path: Path) -> None:
    gold, scorer = SHARED / name, SHARED / "eval" / "score.py"
    if not scorer.exists():
        pytest.skip("the shared scorer is not beside the repository")
    ours, predictions = figures(gold, gazetteer)
    path = tmp_path / "predicted.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in predictions), encoding="utf-8")
    result = subprocess.run([sys.executable, scorer, kind, gold, path], capture_output=True, text=True, check=True)
    assert json.loads(result.stdout.splitlines()[-1]) == ours


def test_a_gold_file_whose_article_is_missing_is_told(tmp_path: Path) -> None:
    gold = tmp_path / "gold.json"
    gold.write_text('{"documents": [{"id": "1", "file": "nowhere.txt", "events": []}]}')
    with pytest.raises(InputError, match=r"gold\.json.*nowhere\.txt"):
        list(gold_articles(gold, read_rows(gold), None))
