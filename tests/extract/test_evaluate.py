"""The scorer: what agrees, what does not, and the same figures as the scorer beside the repository."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from extract.evaluate import kind_of, read_rows, score
from extract.evaluate.events import place_agrees, time_agrees
from extract.evaluate.spans import pair_spans
from geodata.errors import InputError

SHARED = Path(__file__).resolve().parents[3] / "shared"
GOLD = Path(__file__).resolve().parents[1] / "gold"


def event(**changes: Any) -> dict[str, Any]:
    return {"id": "E1", "core": True, "type": "flood", "alt_types": ["storm"], "factuality": "asserted",
            "places": [{"level": "city", "iso": "CD", "lat": -1.68, "lon": 29.22, "radius_km": 10}],
            "time": {"start": "2024-05-14", "end": "2024-05-14", "kind": "within"},
            "quote": {"start": 0, "end": 40}, "other_mentions": []} | changes


def guess(**changes: Any) -> dict[str, Any]:
    return {"type": "flood", "factuality": "asserted", "interval": ["2024-05-14", "2024-05-14"], "quotes": [[10, 30]],
            "place": {"kind": "city", "country": "CD", "lat": -1.68, "lon": 29.22}} | changes


def figures(gold: dict[str, Any], *guesses: dict[str, Any]) -> dict[str, Any]:
    return score("events", [{"id": "1", "events": [gold]}], [{"id": "1", "events": list(guesses)}])


def test_a_right_event_scores_in_full() -> None:
    assert figures(event(), guess())["right_F"] == 100


@pytest.mark.parametrize(("change", "figure", "value"), [
    ({"type": "storm"}, "right_F", 100.0),
    ({"type": "meeting"}, "found_recall", 0.0),
    ({"quotes": [[50, 60]]}, "found_recall", 0.0),
    ({"place": None}, "place_of_found", 0.0),
    ({"interval": [None, "2024-05-15"]}, "time_of_found", 0.0),
    ({"factuality": "claimed"}, "factuality_of_found", 0.0),
    ({"factuality": "claimed"}, "status_of_found", 100.0),
    ({"factuality": "planned"}, "status_of_found", 0.0),
])
def test_what_a_guess_gets_wrong(change: dict[str, Any], figure: str, value: float) -> None:
    assert figures(event(), guess(**change))[figure] == value


def test_an_unplaced_guess_harms_no_pin() -> None:
    scored = figures(event(), guess(), guess(place=None, quotes=[[90, 99]]))
    assert (scored["right_precision"], scored["match_precision"]) == (100.0, 50.0)


def test_places_agree_by_kind_or_distance() -> None:
    country = [{"level": "country", "iso": "CD"}]
    assert place_agrees({"kind": "country", "country": "CD"}, country)
    assert not place_agrees({"kind": "city", "country": "CD", "lat": 0, "lon": 29}, country)
    assert place_agrees({"kind": "border"}, [{"level": "border"}])
    assert place_agrees(None, [])
    assert not place_agrees({"kind": "border"}, [])
    region = [{"level": "region", "iso": "CD", "lat": 0.0, "lon": 29.0, "radius_km": 50}]
    assert place_agrees({"kind": "city", "country": "CD", "lat": 1.0, "lon": 29.0}, region)
    assert not place_agrees({"kind": "city", "country": "CD", "lat": 2.0, "lon": 29.0}, region)


def test_times_agree_by_overlap_and_width() -> None:
    day = {"start": "2024-05-14", "end": "2024-05-14", "kind": "within"}
    assert time_agrees(["2024-05-13", "2024-05-15"], day)
    assert not time_agrees(["2024-05-01", "2024-05-31"], day)
    assert not time_agrees([None, "2024-05-14"], day)
    assert time_agrees([None, "2024-05-14"], day | {"kind": "before"})
    assert time_agrees([None, None], {"start": None, "end": None, "kind": "none"})


def test_spans_are_paired_one_to_one() -> None:
    a, b, c = {"start": 0, "end": 5}, {"start": 3, "end": 9}, {"start": 20, "end": 22}
    pairing = pair_spans([a, c], [b, a])
    assert pairing.pairs == [(a, a, True)]
    assert (pairing.missed, pairing.spurious) == ([c], [b])


def test_times_and_toponyms_are_scored() -> None:
    text = "Am Montag in Goma."
    time = {"start": 3, "end": 9, "type": "DATE", "value": "2024-05-13"}
    place = {"start": 13, "end": 17, "lat": -1.68, "lon": 29.22}
    scored = score("times", [{"id": "1", "text": text, "times": [time]}], [{"id": "1", "times": [time]}])
    assert scored["value"] == {"P": 100.0, "R": 100.0, "F": 100.0}
    scored = score("toponyms", [{"id": "1", "text": text, "toponyms": [place]}],
                   [{"id": "1", "places": [{"start": 13, "end": 17, "place": {"lat": -1.68, "lon": 29.22}}]}])
    assert scored["end_to_end_161"]["F"] == 100.0


def test_event_types_are_scored_by_the_first_event() -> None:
    gold = [{"id": "1", "type": "AIR_STRIKE"}, {"id": "2", "type": "OTHER"}, {"id": "3", "type": "DIPLO"}]
    rows = [{"id": "1", "events": [{"codes": {"acled": "Air/drone strike"}}]}]
    assert score("event-types", gold, rows) == {"snippets": 2, "weighted_F1": 100.0, "accuracy": 100.0}


def test_a_file_that_is_no_gold_is_told(tmp_path: Path) -> None:
    broken = tmp_path / "gold.json"
    broken.write_text("{", encoding="utf-8")
    with pytest.raises(InputError, match="gold"):
        read_rows(broken)


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared sets are not beside the repository")
@pytest.mark.parametrize("gold", ["gold/seeds.json", "dev/event_types_en.jsonl", "dev/times_de.jsonl",
                                  "dev/toponyms_en.jsonl", "dev/toponyms_de.jsonl"])
def test_the_same_figures_as_the_scorer_beside_the_repository(gold: str, tmp_path: Path) -> None:
    """Over predictions made from the gold itself, some of them spoiled."""
    rows = read_rows(SHARED / gold)[:60]
    kind = kind_of(rows)
    made = [_spoiled(row, kind, number) for number, row in enumerate(rows)]
    predictions = tmp_path / "predictions.jsonl"
    predictions.write_text("".join(json.dumps(row) + "\n" for row in made), encoding="utf-8")
    excerpt = tmp_path / Path(gold).name
    excerpt.write_text(json.dumps({"documents": rows}) if gold.endswith(".json") else "".join(
        json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    done = subprocess.run([sys.executable, SHARED / "eval/score.py", kind, excerpt, predictions], capture_output=True,
                          text=True, check=True)
    assert score(kind, rows, made) == json.loads(done.stdout.splitlines()[-1])


def _spoiled(row: Any, kind: str, number: int) -> dict[str, Any]:
    if kind == "events":
        return {"id": row["id"], "events": [_made(wanted, with_place=index % 3 > 0)
                                            for index, wanted in enumerate(row["events"]) if index % 4]}
    if kind == "event-types":
        acled = ["Attack", "Air/drone strike", "Peaceful protest", "Armed clash"][number % 4]
        return {"id": row["id"], "events": [{"codes": {"acled": acled}}] if number % 5 else []}
    name = "times" if kind == "times" else "toponyms"
    spans = [span | {"start": span["start"] + (index % 3 == 2), "value": span.get("value", "") if index % 4 else "2000"}
             for index, span in enumerate(row[name]) if index % 5]
    return {"id": row["id"], "times" if kind == "times" else "places": spans}


def _made(wanted: Any, with_place: bool) -> dict[str, Any]:
    quote = wanted["quote"]
    place = None
    if wanted["places"] and with_place:
        gold = wanted["places"][0]
        place = {"kind": gold["level"], "country": gold["iso"], "lat": gold["lat"], "lon": gold["lon"]}
    return {"type": wanted["type"], "factuality": wanted["factuality"], "quotes": [[quote["start"], quote["end"]]],
            "interval": [wanted["time"]["start"], wanted["time"]["end"]], "place": place}


def test_our_own_gold_is_read() -> None:
    rows = read_rows(GOLD / "articles.json")
    assert kind_of(rows) == "events"
    assert {row["lang"] for row in rows} == {"de", "en"}
    for row in rows:
        for wanted in row["events"]:
            quote = wanted["quote"]
            assert row["text"][quote["start"]:quote["end"]] == quote["text"]
