"""Relations between events of different articles, scored: merged, linked or apart, and none right that wasn't found."""

from __future__ import annotations

import json
import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from extract.annotation import Annotation, Form, PlaceMention, PlaceRole, Report
from extract.article import Article, Publication
from extract.evaluate import read_rows
from extract.evaluate.links import read_links, score_links
from extract.gold import gold_articles
from extract.pipeline import annotate
from geodata.errors import InputError
from geodata.event import Codes, Factuality
from geodata.gazetteer import Gazetteer
from geodata.place import Place, PlaceKind
from geodata.timespan import TimeSpan
from tests.extract.stubs import place

GOLD = Path(__file__).resolve().parents[1] / "gold"
DAY = date(2024, 5, 14)
TEXT = "Angolan troops in Goma."


def annotation(name: str, type: str, where: Place | None, day: date) -> Annotation:
    """An article of one report, with a party from abroad."""
    angola = Place("cc:AO", "Angola", PlaceKind.COUNTRY, "AO", -12.0, 18.0, 800.0)
    mentions = (PlaceMention(0, 7, "Angolan", Form.DERIVED, PlaceRole.ACTOR, angola),)
    report = Report(type, Codes(), Factuality.ASSERTED, (8, 14), ((0, len(TEXT)),), where, span=TimeSpan.of(day, day))
    return Annotation(Article(name, TEXT), "en", Publication(day, day, "given"), mentions, reports=(report,))


def gold(name: str, type: str) -> dict[str, Any]:
    event = {"id": f"{name}-1", "type": type, "quote": {"start": 0, "end": 8}, "places": [], "core": True,
             "time": {"start": None, "end": None}}
    return {"id": name, "events": [event]}


def verdicts(relation: str, one: Annotation, other: Annotation, wanted: str = "deployment") -> tuple[int, list[str]]:
    rows = [gold("a", "deployment"), gold("b", wanted)]
    scored = score_links([{"ids": ["a-1", "b-1"], "relation": relation}], rows, [one, other])
    assert scored["links"] == 1
    return scored["right"], list(scored["wrong"].values())


GOMA, SAKE, QUITO = place("Goma"), place("Sake"), place("Quito")
FIRST = annotation("a", "deployment", GOMA, DAY)
MERGED = annotation("b", "deployment", GOMA, DAY)
LINKED = annotation("b", "deployment", GOMA, DAY + timedelta(10))
APART = annotation("b", "deployment", QUITO, DAY)


@pytest.mark.parametrize(("relation", "other", "verdict"), [
    ("same_event", MERGED, []), ("same_event", LINKED, ["same_event: not merged"]),
    ("same_situation", LINKED, []), ("same_situation", APART, ["same_situation: not linked"]),
    ("same_situation_conflicting_number", MERGED, ["same_situation_conflicting_number: merged"]),
    ("related_not_same", LINKED, []), ("related_not_same", APART, []),
    ("related_not_same", MERGED, ["related_not_same: merged"]),
    ("not_same", APART, []), ("not_same", LINKED, ["not_same: linked"]), ("not_same", MERGED, ["not_same: merged"]),
])
def test_a_relation_is_right_or_told(relation: str, other: Annotation, verdict: list[str]) -> None:
    assert verdicts(relation, FIRST, other) == (not verdict, verdict)


def test_what_was_not_found_is_not_right() -> None:
    assert verdicts("not_same", FIRST, APART, wanted="flood") == (0, ["not_same: b-1 not found"])


def test_only_gold_with_relations_has_any(tmp_path: Path) -> None:
    assert read_links(GOLD / "articles.json") == []
    assert read_links(tmp_path / "rows.jsonl") == []
    broken = tmp_path / "gold.json"
    broken.write_text("[]")
    with pytest.raises(InputError, match=r"gold\.json"):
        read_links(broken)


def test_the_relations_of_the_seeds(gazetteer: Gazetteer) -> None:
    path = GOLD / "seeds.json"
    rows = read_rows(path)
    annotations = [annotate(article, gazetteer) for article in gold_articles(path, rows, None)]
    scored = score_links(read_links(path), rows, annotations)
    floor = tomllib.loads((GOLD / "floors.toml").read_text(encoding="utf-8"))["cross_document_links"]["right"]
    assert scored["links"] == len(json.loads(path.read_text(encoding="utf-8"))["cross_document_links"])
    assert scored["right"] >= floor, scored["wrong"]
