"""Gold and predicted spans of a text, matched one to one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from extract.evaluate.figures import Row


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


def trimmed(text: str, spans: Iterable[Row]) -> list[Row]:
    """Spans without white space at their ends; those of nothing else are left out."""
    trimmed: list[Row] = []
    for span in spans:
        inside = text[span["start"]:span["end"]]
        start = span["start"] + len(inside) - len(inside.lstrip())
        end = span["start"] + len(inside.rstrip())
        if start < end:
            trimmed.append({**span, "start": start, "end": end})
    return trimmed


def overlap(a_start: int, a_end: int, b_start: int, b_end: int) -> bool:
    """Whether two spans share a code point."""
    return a_start < b_end and b_start < a_end
