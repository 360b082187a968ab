"""Scores of annotations against a gold standard: times, toponyms, event types, events.

Pure: rows in (what ``dateline annotate`` writes, as dictionaries by article id), figures out.

- *times* after TempEval-3 (UzZaman et al. 2013): strict and relaxed spans, types, values; micro-averaged.
- *toponyms* after Gritta et al. (2018): recognition by overlap, resolution within 161 km (100 miles), and the
  area under the curve of logarithmic error distances.
- *event types*: weighted F1 over ACLED sub-event types, one a snippet (CASE 2021, task 2).
- *events*: found, and right, where right means that type, place and time all agree.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from math import log
from pathlib import Path
from typing import Any, NamedTuple

from geodata.errors import InputError
from geodata.place import distance_km

Row = Mapping[str, Any]
"""One article's gold or annotation, as JSON has it."""
Figures = dict[str, Any]
"""Names of measures and their values; shares in percent."""

NEAR_KM = 161
"""A toponym is resolved if it is no farther off: 100 miles (Leidner 2007)."""
HALF_CIRCUMFERENCE_KM = 20039.0
"""The largest error there is; the curve of errors ends there."""


def read_rows(path: Path) -> list[Row]:
    """The rows of a JSON Lines file, or the documents of a gold file.

    Raises
    ------
    InputError
        If the file can't be read or is no JSON.
    """
    try:
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".json":
            return list(json.loads(text)["documents"])
        return [json.loads(line) for line in text.splitlines() if line.strip()]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(path, f"no gold or annotation file ({error})", "Give a .jsonl or a gold .json") from error


def score(kind: str, gold: Sequence[Row], predictions: Iterable[Row]) -> Figures:
    """The figures of one kind of gold: ``times``, ``toponyms``, ``event-types`` or ``events``."""
    scorers: dict[str, Callable[[Sequence[Row], Mapping[str, Row]], Figures]] = {
        "times": score_times, "toponyms": score_toponyms, "event-types": score_event_types, "events": score_events}
    return scorers[kind](gold, {row["id"]: row for row in predictions})


def kind_of(gold: Sequence[Row]) -> str:
    """What a gold file is about, from what its first row holds."""
    first = gold[0] if gold else {}
    if "events" in first:
        return "events"
    if "toponyms" in first:
        return "toponyms"
    return "times" if "times" in first else "event-types"


# --- spans

class Pairing(NamedTuple):
    """Gold and predicted spans matched one to one: ``pairs`` as (gold, predicted, identical)."""

    pairs: list[tuple[Row, Row, bool]]
    missed: list[Row]
    spurious: list[Row]


def pair_spans(gold: Sequence[Row], predicted: Sequence[Row]) -> Pairing:
    """Match spans one to one: the identical ones first, then by the length they share."""
    exact: dict[tuple[int, int], list[int]] = defaultdict(list)
    for index, span in enumerate(predicted):
        exact[span["start"], span["end"]].append(index)
    partner: dict[int, int] = {}
    for index, span in enumerate(gold):
        waiting = exact[span["start"], span["end"]]
        if waiting:
            partner[index] = waiting.pop(0)
    identical = list(partner.items())
    taken = set(partner.values())
    shared = sorted((-(min(g["end"], p["end"]) - max(g["start"], p["start"])), i, j)
                    for i, g in enumerate(gold) if i not in partner
                    for j, p in enumerate(predicted) if j not in taken
                    and min(g["end"], p["end"]) > max(g["start"], p["start"]))
    overlapping = []
    for _, i, j in shared:
        if i not in partner and j not in taken:
            partner[i] = j
            taken.add(j)
            overlapping.append((i, j))
    pairs = [(gold[i], predicted[j], True) for i, j in identical]
    pairs += [(gold[i], predicted[j], False) for i, j in overlapping]
    return Pairing(pairs, [g for i, g in enumerate(gold) if i not in partner],
                   [p for j, p in enumerate(predicted) if j not in taken])


def _trimmed(text: str, spans: Iterable[Row]) -> list[Row]:
    """Spans without white space at their ends; those of nothing else are left out."""
    trimmed: list[Row] = []
    for span in spans:
        inside = text[span["start"]:span["end"]]
        start = span["start"] + len(inside) - len(inside.lstrip())
        end = span["start"] + len(inside.rstrip())
        if start < end:
            trimmed.append({**span, "start": start, "end": end})
    return trimmed


def _precision_recall(correct: int, predicted: int, gold: int) -> Figures:
    precision = correct / predicted if predicted else 0.0
    recall = correct / gold if gold else 0.0
    f_score = 200 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"P": round(100 * precision, 1), "R": round(100 * recall, 1), "F": round(f_score, 1)}


# --- times

def score_times(gold: Sequence[Row], predictions: Mapping[str, Row]) -> Figures:
    """Temporal tagging; ``calendar_value`` looks only at dates and times that are on a calendar."""
    count: Counter[str] = Counter()
    for document in gold:
        wanted = _trimmed(document["text"], document["times"])
        found = _trimmed(document["text"], predictions.get(document["id"], {}).get("times", ()))
        pairing = pair_spans(wanted, found)
        count["gold"] += len(wanted)
        count["predicted"] += len(found)
        count["calendar gold"] += sum(map(_on_calendar, wanted))
        count["calendar predicted"] += sum(map(_on_calendar, found))
        for g, p, identical in pairing.pairs:
            same_value = _normalised(g["value"]) == _normalised(p.get("value"))
            count["strict"] += identical
            count["relaxed"] += 1
            count["type"] += g["type"] == p.get("type")
            count["value"] += same_value
            count["calendar"] += same_value and _on_calendar(g) and _on_calendar(p)
    figures: Figures = {"gold": count["gold"], "predicted": count["predicted"]}
    for name in ("strict", "relaxed", "type", "value"):
        figures[name] = _precision_recall(count[name], count["predicted"], count["gold"])
    figures["calendar_value"] = _precision_recall(
        count["calendar"], count["calendar predicted"], count["calendar gold"])
    return figures


def _on_calendar(expression: Row) -> bool:
    return expression.get("type") in ("DATE", "TIME") and not str(expression.get("value", "")).endswith("_REF")


def _normalised(value: str | None) -> str:
    """A TIMEX3 value with its ways to write a clock time and an unknown amount folded together."""
    text = (value or "").strip().upper()
    text = re.sub(r"T(\d\d?)\.(\d\d)", r"T\1:\2", text)     # T20.30
    text = re.sub(r"T(\d):", r"T0\1:", text)                # T8:30
    text = re.sub(r"T(\d\d):?00$", r"T\1", text)            # T20:00
    text = re.sub(r"T(\d\d:\d\d):00$", r"T\1", text)        # T20:30:00
    return re.sub(r"^P[X?]+([A-Z])", r"PX\1", text)


# --- toponyms

def score_toponyms(gold: Sequence[Row], predictions: Mapping[str, Row]) -> Figures:
    """Toponym recognition and resolution; only mentions by name count, in stretches not to be ignored."""
    count: Counter[str] = Counter()
    errors: list[float] = []
    for document in gold:
        wanted = _trimmed(document["text"], document["toponyms"])
        ignored = document.get("ignore", ())
        places = predictions.get(document["id"], {}).get("places", ())
        found = [place for place in _trimmed(document["text"], places) if place.get("form", "name") == "name"
                 and not any(_overlap(place["start"], place["end"], span["start"], span["end"]) for span in ignored)]
        pairing = pair_spans(wanted, found)
        count["gold"] += len(wanted)
        count["predicted"] += len(found)
        count["located"] += sum(mention.get("lat") is not None for mention in wanted)
        count["exact"] += sum(identical for *_, identical in pairing.pairs)
        count["overlap"] += len(pairing.pairs)
        for g, p, _ in pairing.pairs:
            point = p.get("place") or p
            if g.get("lat") is not None and point.get("lat") is not None:
                errors.append(_distance(g, point))
    figures: Figures = {"gold": count["gold"], "predicted": count["predicted"],
                        "exact": _precision_recall(count["exact"], count["predicted"], count["gold"]),
                        "overlap": _precision_recall(count["overlap"], count["predicted"], count["gold"])}
    if count["located"]:
        near = sum(error <= NEAR_KM for error in errors)
        figures["end_to_end_161"] = _precision_recall(near, count["predicted"], count["located"])
        figures["resolved"] = len(errors)
        if errors:
            figures |= _error_figures(errors, near)
    return figures


def _error_figures(errors: Sequence[float], near: int) -> Figures:
    curve = sum(log(min(error, HALF_CIRCUMFERENCE_KM) + 1) for error in errors)
    return {"accuracy_161": round(100 * near / len(errors), 1), "mean_km": round(sum(errors) / len(errors), 1),
            "median_km": round(sorted(errors)[len(errors) // 2], 1),
            "auc": round(curve / len(errors) / log(HALF_CIRCUMFERENCE_KM + 1), 3)}


def _distance(a: Row, b: Row) -> float:
    return distance_km(a["lat"], a["lon"], b["lat"], b["lon"])


def _overlap(a_start: int, a_end: int, b_start: int, b_end: int) -> bool:
    return a_start < b_end and b_start < a_end


# --- event types

CASE_LABELS = {
    "Armed clash": "ARMED_CLASH",
    "Government regains territory": "GOV_REGAINS_TERIT",
    "Non-state actor overtakes territory": "NON_STATE_ACTOR_OVERTAKES_TER",
    "Chemical weapon": "CHEM_WEAP",
    "Air/drone strike": "AIR_STRIKE",
    "Suicide bomb": "SUIC_BOMB",
    "Shelling/artillery/missile attack": "ART_MISS_ATTACK",
    "Remote explosive/landmine/IED": "REM_EXPLOS",
    "Grenade": "GRENADE",
    "Sexual violence": "SEX_VIOL",
    "Attack": "ATTACK",
    "Abduction/forced disappearance": "ABDUCT_DISSAP",
    "Peaceful protest": "PEACE_PROTEST",
    "Protest with intervention": "PROTEST_WITH_INTER",
    "Excessive force against protesters": "FORCE_AGAINST_PROTEST",
    "Violent demonstration": "VIOL_DEMONSTR",
    "Mob violence": "MOB_VIOL",
    "Agreement": "AGREEMENT",
    "Arrests": "ARREST",
    "Change to group/activity": "CHANGE_TO_GROUP_ACT",
    "Disrupted weapons use": "DISR_WEAP",
    "Headquarters or base established": "HQ_ESTABLISHED",
    "Looting/property destruction": "PROPERTY_DISTRUCT",
    "Non-violent transfer of territory": "NON_VIOL_TERRIT_TRANSFER",
    "Other": "OTHER",
}
"""ACLED sub-event types by the labels of CASE 2021, task 2, letter for letter."""
BEYOND_ACLED = frozenset({"ORG_CRIME", "NATURAL_DISASTER", "MAN_MADE_DISASTER", "DIPLO", "ATTRIB"})
"""Labels of that task that are no ACLED sub-event types."""


def score_event_types(gold: Sequence[Row], predictions: Mapping[str, Row]) -> Figures:
    """The first event of a snippet counts as what it is about; a snippet without events is ``OTHER``."""
    pairs = []
    for document in gold:
        if document["type"] not in BEYOND_ACLED:
            events = predictions.get(document["id"], {}).get("events") or [{}]
            acled = (events[0].get("codes") or {}).get("acled")
            pairs.append((document["type"], CASE_LABELS.get(acled or "", "OTHER")))
    guesses = Counter(guess for _, guess in pairs)
    hits = Counter(truth for truth, guess in pairs if truth == guess)
    weighted = sum(number * _precision_recall(hits[label], guesses[label], number)["F"]
                   for label, number in Counter(truth for truth, _ in pairs).items())
    total = max(len(pairs), 1)
    return {"snippets": len(pairs), "weighted_F1": round(weighted / total, 1),
            "accuracy": round(100 * sum(hits.values()) / total, 1)}


# --- events

ONE_CLASS = {"reported": "claimed", "denied": "claimed"}
"""Who says so: what somebody else says is one class, denied or not."""
STATUS = {"asserted": "happened", "reported": "happened", "claimed": "happened",
          "planned": "open", "hypothetical": "open"}
"""Did it happen, in somebody's words? Annotators agree on that (98 %), far less on who says so (63 %)."""
ALLOWED_KM = {"region": 120, "macroregion": 1500}
"""How far the point of a place may lie off, by level; a town's 20 km."""
TOWN_KM = 20


def place_agrees(predicted: Row | None, wanted: Sequence[Row]) -> bool:
    """Country and border agree by kind, others by distance; where the gold has no place, none may be given."""
    if not wanted:
        return predicted is None
    return predicted is not None and any(_one_place_agrees(predicted, gold) for gold in wanted)


def _one_place_agrees(predicted: Row, gold: Row) -> bool:
    level = gold.get("level")
    if level == "border":
        return bool(predicted.get("kind") == "border")
    if level == "country":
        return bool(predicted.get("kind") == "country" and predicted.get("country") == gold.get("iso"))
    if predicted.get("kind") == "country" or gold.get("lat") is None or predicted.get("lat") is None:
        return False
    return _distance(gold, predicted) <= max(gold.get("radius_km") or 0, ALLOWED_KM.get(str(level), TOWN_KM))


def time_agrees(interval: Sequence[str | None] | None, gold: Row) -> bool:
    """The interval meets the gold's window; of an event within it, it is closed and not much wider."""
    low, high = gold.get("start") or "0001-01-01", gold.get("end") or "9999-12-31"
    start, end = interval or (None, None)
    if start is None and end is None:
        return gold.get("start") is None and gold.get("end") is None
    first, last = (start or "0001-01-01")[:10], (end or "9999-12-31")[:10]
    if first > high or low > last:
        return False
    if gold.get("kind") != "within" or not (gold.get("start") and gold.get("end")):
        return True
    if start is None or end is None:
        return False
    window, width = _days(low, high), _days(first, last)
    return width <= max(2 * window, window + 3)


def _days(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


class JudgedEvents(NamedTuple):
    """The events of one article beside its gold.

    Attributes
    ----------
    core:
        Each core event of the gold with the guess that found it, or ``None``.
    guesses:
        Each guess, whether the gold tells of it, and whether place and time are right, too.
    """

    core: list[tuple[Row, Row | None]]
    guesses: list[tuple[Row, bool, bool]]


def judge_events(events: Sequence[Row], predicted: Sequence[Row]) -> JudgedEvents:
    """Hold an article's predicted events against the gold's; optional ones are neither asked for nor wrong."""
    fitting = [[event for event in events if told_there(guess, event)] for guess in predicted]
    match = _matched(events, predicted, fitting)
    return JudgedEvents(
        [(event, predicted[match[event["id"]]] if event["id"] in match else None) for event in events if event["core"]],
        [(guess, bool(told), any(place_and_time_agree(guess, event) == (True, True) for event in told))
         for guess, told in zip(predicted, fitting, strict=True)])


def score_events(gold: Sequence[Row], predictions: Mapping[str, Row]) -> Figures:
    """Recall asks for every core event, precision for every pin; optional events are neither asked for nor wrong."""
    count: Counter[str] = Counter()
    for document in gold:
        judged = judge_events(document["events"], predictions.get(document["id"], {}).get("events", ()))
        for event, guess in judged.core:
            count["core"] += 1
            if guess is not None:
                count.update(_agreements(guess, event))
        for guess, told, right in judged.guesses:
            count["predicted"] += 1
            count["matched"] += told
            if guess.get("place") is not None:
                count["pins"] += 1
                count["pins_right"] += right
    return _event_figures(count)


def told_there(guess: Row, event: Row) -> bool:
    """Whether a guess is of an accepted type and told in a sentence of the event."""
    return guess["type"] in (event["type"], *event.get("alt_types", ())) and any(
        _overlap(start, end, quote["start"], quote["end"])
        for start, end in guess["quotes"] for quote in (event["quote"], *event.get("other_mentions", ())))


def place_and_time_agree(guess: Row, event: Row) -> tuple[bool, bool]:
    return place_agrees(guess.get("place"), event["places"]), time_agrees(guess.get("interval"), event["time"])


def _matched(events: Sequence[Row], predicted: Sequence[Row], fitting: Sequence[Sequence[Row]]) -> dict[str, int]:
    """Event id → number of its guess: core events choose first, each the free guess that agrees best."""
    match: dict[str, int] = {}
    taken: set[int] = set()
    for event in sorted(events, key=lambda e: not e["core"]):
        free = [(-sum(place_and_time_agree(predicted[number], event)), predicted[number]["type"] != event["type"],
                 number) for number, candidates in enumerate(fitting) if number not in taken and event in candidates]
        if free:
            match[event["id"]] = min(free)[2]
            taken.add(match[event["id"]])
    return match


def _agreements(guess: Row, event: Row) -> Counter[str]:
    place, time = place_and_time_agree(guess, event)
    said, wanted = guess.get("factuality", ""), event["factuality"]
    return Counter({"found": 1, "place": place, "time": time, "right": place and time,
                    "factuality": ONE_CLASS.get(said, said) == ONE_CLASS.get(wanted, wanted),
                    "status": STATUS.get(said, said) == STATUS.get(wanted, wanted)})


def _event_figures(count: Counter[str]) -> Figures:
    def share(part: str, whole: str) -> float:
        return round(100 * count[part] / count[whole], 1) if count[whole] else 0.0

    precision, recall = share("pins_right", "pins"), share("right", "core")
    right = round(2 * precision * recall / (precision + recall), 1) if precision + recall else 0.0
    return {"core": count["core"], "predicted": count["predicted"], "pins": count["pins"],
            "found_recall": share("found", "core"), "match_precision": share("matched", "predicted"),
            "place_of_found": share("place", "found"), "time_of_found": share("time", "found"),
            "status_of_found": share("status", "found"), "factuality_of_found": share("factuality", "found"),
            "right_precision": precision, "right_recall": recall, "right_F": right}
