"""The figures that readers are shown: of the current gold, arithmetic that holds, and no better than the truth."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.accuracy import (
    FEW,
    STEPS,
    Breakdown,
    Share,
    accuracy_from_json,
    accuracy_to_json,
    break_down,
    measured_accuracy,
)
from extract.evaluate import read_rows
from geodata.gazetteer import Gazetteer
from tools.measure_accuracy import UNSEEN, accuracy_of, annotations_of, hash_of, own_gold

FLATTERED = 3
"""Points by which a figure may lie above what is measured now: rules change between two measurements."""


def test_the_file_is_of_the_gold_as_it_is() -> None:
    held = {name: (of.articles, of.sha256) for name, of in measured_accuracy().gold.items()}
    assert held == {name: (len(read_rows(path)), hash_of(path)) for name, path in own_gold().items()}, (
        "the gold has changed: run python -m tools.measure_accuracy"
    )


def test_every_set_is_counted_once() -> None:
    accuracy = measured_accuracy()
    assert accuracy.unseen.articles == sum(accuracy.gold[name].articles for name in UNSEEN)
    assert accuracy.unseen.articles + accuracy.learnt.articles == sum(of.articles for of in accuracy.gold.values())


@pytest.mark.parametrize("part", ["unseen", "learnt"])
def test_languages_types_and_steps_add_up_to_the_whole(part: str) -> None:
    found: Breakdown = getattr(measured_accuracy(), part)
    for parts in (found.languages, found.types):
        assert sum(figures.found.of for figures in parts.values()) == found.whole.found.of
        assert sum(figures.found.right for figures in parts.values()) == found.whole.found.right
        assert sum(figures.pins.of for figures in parts.values()) == found.whole.pins.of
        assert sum(figures.pins.right for figures in parts.values()) == found.whole.pins.right
    assert sum(step.right.of for step in found.confidence) >= found.whole.pins.of
    assert [step.low for step in found.confidence] == list(STEPS[:-1])


def test_the_file_flatters_nobody(gazetteer: Gazetteer) -> None:
    annotated = {name: annotations_of(path, read_rows(path), gazetteer) for name, path in own_gold().items()}
    now, held = accuracy_of(annotated, "", date(2000, 1, 1)), measured_accuracy()
    shown = [(part.whole.found.percent, part.whole.pins.percent) for part in (held.unseen, held.learnt)]
    true = [(part.whole.found.percent, part.whole.pins.percent) for part in (now.unseen, now.learnt)]
    flattered = [share for old, new in zip(shown, true, strict=True) for share in zip(old, new, strict=True)
                 if share[0] > share[1] + FLATTERED]
    assert not flattered, "(shown, measured now), in percent: run python -m tools.measure_accuracy"


def test_the_file_reads_back() -> None:
    accuracy = replace(measured_accuracy(), measured=date(2031, 2, 3))
    assert accuracy_from_json(accuracy_to_json(accuracy)) == accuracy
    assert json.loads(accuracy_to_json(accuracy))["measured"] == "2031-02-03"


@given(st.integers(1, 500).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_an_interval_holds_its_share_and_narrows_with_the_cases(counted: tuple[int, int]) -> None:
    share = Share(*counted)
    low, high = share.interval
    assert 0 <= low <= share.percent <= high <= 100
    wider_low, wider_high = Share(share.right * 10, share.of * 10).interval
    assert wider_high - wider_low <= high - low + 1
    assert share.is_few == (share.of < FEW)


def test_the_interval_is_wilsons() -> None:
    # 8 of 10: 49.0 to 94.3 %, as in the textbook tables of Wilson's score interval
    assert Share(8, 10).interval == (49, 94)
    assert Share(0, 0).interval == (0, 100)


def _event(key: str, kind: str, start: int, **changes: Any) -> dict[str, Any]:
    there = {"lat": 47.07, "lon": 15.44, "level": "city", "radius_km": 5}
    return {
        "id": key,
        "type": kind,
        "core": True,
        "places": [there],
        "time": {"start": "2024-05-06", "end": "2024-05-06", "kind": "within"},
        "factuality": "asserted",
        "quote": {"start": start, "end": start + 10},
        **changes,
    }


def _guess(kind: str, start: int, confidence: float, lat: float = 47.07) -> dict[str, Any]:
    return {
        "type": kind,
        "quotes": [[start, start + 10]],
        "confidence": confidence,
        "factuality": "asserted",
        "place": {"lat": lat, "lon": 15.44, "kind": "city"},
        "interval": ["2024-05-06", "2024-05-06"],
    }


def test_a_breakdown_counts_by_language_type_and_confidence() -> None:
    gold = [{"id": "a", "lang": "de", "events": [_event("1", "flood", 0), _event("2", "storm", 20)]}]
    told = {"a": {"events": [_guess("flood", 0, 0.9), _guess("storm", 20, 0.5, lat=10), _guess("crime", 90, 0.1)]}}
    found = break_down(gold, told)
    assert found.whole.found == Share(2, 2)
    assert found.whole.pins == Share(1, 3)
    assert found.languages["de"] == found.whole
    assert (found.types["flood"].pins, found.types["storm"].pins) == (Share(1, 1), Share(0, 1))
    assert (found.types["crime"].found, found.types["crime"].pins) == (Share(0, 0), Share(0, 1))
    assert [step.right for step in found.confidence] == [Share(0, 1), Share(0, 1), Share(0, 0), Share(1, 1)]
