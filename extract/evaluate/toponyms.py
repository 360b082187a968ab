"""Toponyms, after Gritta et al. (2018).

Recognition by overlap, resolution within 161 km (100 miles), and the area under the curve of logarithmic error
distances.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from math import log

from extract.evaluate.figures import Figures, Row, distance, precision_recall
from extract.evaluate.spans import overlap, pair_spans, trimmed

NEAR_KM = 161
"""A toponym is resolved if it is no farther off: 100 miles (Leidner 2007)."""
HALF_CIRCUMFERENCE_KM = 20039.0
"""The largest error there is; the curve of errors ends there."""


def score_toponyms(gold: Sequence[Row], predictions: Mapping[str, Row]) -> Figures:
    """Toponym recognition and resolution; only mentions by name count, in stretches not to be ignored."""
    count: Counter[str] = Counter()
    errors: list[float] = []
    for document in gold:
        wanted = trimmed(document["text"], document["toponyms"])
        ignored = document.get("ignore", ())
        places = predictions.get(document["id"], {}).get("places", ())
        found = [place for place in trimmed(document["text"], places) if place.get("form", "name") == "name"
                 and not any(overlap(place["start"], place["end"], span["start"], span["end"]) for span in ignored)]
        pairing = pair_spans(wanted, found)
        count["gold"] += len(wanted)
        count["predicted"] += len(found)
        count["located"] += sum(mention.get("lat") is not None for mention in wanted)
        count["exact"] += sum(identical for *_, identical in pairing.pairs)
        count["overlap"] += len(pairing.pairs)
        for g, p, _ in pairing.pairs:
            point = p.get("place") or p
            if g.get("lat") is not None and point.get("lat") is not None:
                errors.append(distance(g, point))
    figures: Figures = {"gold": count["gold"], "predicted": count["predicted"],
                        "exact": precision_recall(count["exact"], count["predicted"], count["gold"]),
                        "overlap": precision_recall(count["overlap"], count["predicted"], count["gold"])}
    if count["located"]:
        near = sum(error <= NEAR_KM for error in errors)
        figures["end_to_end_161"] = precision_recall(near, count["predicted"], count["located"])
        figures["resolved"] = len(errors)
        if errors:
            figures |= _error_figures(errors, near)
    return figures


def _error_figures(errors: Sequence[float], near: int) -> Figures:
    curve = sum(log(min(error, HALF_CIRCUMFERENCE_KM) + 1) for error in errors)
    return {"accuracy_161": round(100 * near / len(errors), 1), "mean_km": round(sum(errors) / len(errors), 1),
            "median_km": round(sorted(errors)[len(errors) // 2], 1),
            "auc": round(curve / len(errors) / log(HALF_CIRCUMFERENCE_KM + 1), 3)}
