"""Temporal tagging, after TempEval-3 (UzZaman et al. 2013): strict and relaxed spans, types, values; micro-averaged."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from extract.evaluate.figures import Figures, Row, precision_recall
from extract.evaluate.spans import pair_spans, trimmed


def score_times(gold: Sequence[Row], predictions: Mapping[str, Row]) -> Figures:
    """Temporal tagging; ``calendar_value`` looks only at dates and times that are on a calendar."""
    count: Counter[str] = Counter()
    for document in gold:
        wanted = trimmed(document["text"], document["times"])
        found = trimmed(document["text"], predictions.get(document["id"], {}).get("times", ()))
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
        figures[name] = precision_recall(count[name], count["predicted"], count["gold"])
    figures["calendar_value"] = precision_recall(
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
