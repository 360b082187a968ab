"""Events: found, and right, where right means that type, place and time all agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from extract.evaluate.figures import Figures, Row, distance
from extract.evaluate.spans import overlap

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
    return distance(gold, predicted) <= max(gold.get("radius_km") or 0, ALLOWED_KM.get(str(level), TOWN_KM))


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
        overlap(start, end, quote["start"], quote["end"])
        for start, end in guess["quotes"] for quote in (event["quote"], *event.get("other_mentions", ())))


def place_and_time_agree(guess: Row, event: Row) -> tuple[bool, bool]:
    """Whether a guess has the gold's place, and whether it has its time."""
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
