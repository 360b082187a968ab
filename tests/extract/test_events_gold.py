"""The accuracy gate: the whole way of an article against gold, figure by figure, above the floors in the repository."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from extract.article import Article, Publication
from extract.evaluate import Row, kind_of, read_rows, score
from extract.pipeline import annotate
from extract.standoff import annotation_to_json
from geodata.gazetteer import Gazetteer

HERE = Path(__file__).resolve().parents[1] / "gold"
SHARED = Path(__file__).resolve().parents[3] / "shared"
FLOORS = tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8"))
OWN = ("articles", "check", "late", "last", "final", "independent", "world", "newsroom", "untouched", "unread",
       "unseen", "fresh", "newest", "dailies")
NEGATIVES = ("de-sport", "de-boerse", "de-horoskop", "de-geschichte",
             "en-fiction", "en-sport", "en-history", "en-business")


def figures(path: Path, gazetteer: Gazetteer) -> dict[str, Any]:
    rows = read_rows(path)
    return score(kind_of(rows), rows, [annotation_to_json(annotate(article, gazetteer)) for article in articles(rows)])


def articles(rows: list[Row]) -> Iterator[Article]:
    for row in rows:
        text = row.get("text") or (SHARED / "seeds" / row["file"]).read_bytes().decode("utf-8")
        day = date.fromisoformat(row["dev_pub_date"]) if "dev_pub_date" in row else None
        yield Article(row["id"], text, title=row.get("title") or "", lang=row.get("lang", "en"),
                      published=Publication(day, day, "given") if day else None)


@pytest.fixture(scope="module")
def own(gazetteer: Gazetteer) -> dict[str, dict[str, Any]]:
    return {name: figures(HERE / f"{name}.json", gazetteer) for name in OWN}


@pytest.mark.parametrize(("name", "figure"), [
    (name, figure) for name in OWN for figure in FLOORS[name]])
def test_our_own_gold(own: dict[str, dict[str, Any]], name: str, figure: str) -> None:
    assert own[name][figure] >= FLOORS[name][figure], own[name]


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared sets are not beside the repository")
@pytest.mark.parametrize(("name", "path"), [
    ("seeds", "gold/seeds.json"), ("event_types_en", "dev/event_types_en.jsonl")])
def test_the_sets_beside_the_repository(gazetteer: Gazetteer, name: str, path: str) -> None:
    reached = figures(SHARED / path, gazetteer)
    assert {figure: reached[figure] for figure in FLOORS[name] if reached[figure] < FLOORS[name][figure]} == {}


def test_sport_business_fiction_history_and_stars_pin_nothing(gazetteer: Gazetteer) -> None:
    rows = [row for row in read_rows(HERE / "articles.json") if row["id"] in NEGATIVES]
    assert len(rows) == len(NEGATIVES)
    for article in articles(rows):
        pinned = [report for report in annotate(article, gazetteer).reports
                  if report.place is not None and report.factuality.happened]
        assert pinned == [], article.id


FIGURES_OF_SPEECH = json.loads((HERE / "figures_of_speech.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("row", FIGURES_OF_SPEECH, ids=[row["text"][:24] for row in FIGURES_OF_SPEECH])
def test_figures_of_speech_pin_nothing(gazetteer: Gazetteer, row: dict[str, str]) -> None:
    published = Publication(date(2024, 5, 17), date(2024, 5, 17), "given")
    article = Article("n", row["text"], lang=row["lang"], published=published)
    assert [report for report in annotate(article, gazetteer).reports if report.place is not None] == []


SENTENCES_EN = json.loads((Path(__file__).parent / "sentences_en.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("row", SENTENCES_EN, ids=[row["text"][:24] for row in SENTENCES_EN])
def test_a_sentence_of_news_tells_its_event_and_others_none(gazetteer: Gazetteer, row: dict[str, str]) -> None:
    """Every type in the words of many desks; without a type, what only sounds like news."""
    published = Publication(date(2026, 5, 15), date(2026, 5, 15), "given")
    found = {report.type for report in annotate(
        Article("n", row["text"], lang="en", published=published), gazetteer).reports}
    assert row["type"] in found if row["type"] else found == set()
