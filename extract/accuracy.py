"""How accurate the program was on articles annotated by hand: the figures that a reader of the map is shown.

They are measured, never estimated: ``python -m tools.measure_accuracy`` writes them to ``accuracy.json`` in this
package, from the project's own gold, with the date, the version and a hash of each set.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from importlib.resources import files
from itertools import pairwise
from math import sqrt
from typing import Any

from extract.evaluate.events import judge_events
from extract.evaluate.figures import Row

FILE = "accuracy.json"
FEW = 20
"""Fewer cases than these say little: the 95 % interval of a share is then some 40 points wide."""
STEPS = (0.0, 0.4, 0.6, 0.8, 1.0)
"""Limits of the steps of confidence: as fine as our gold allows, if every step is to have some twenty events."""
Z = 1.96
"""Standard deviations on either side of a 95 % interval."""


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many."""

    right: int
    of: int

    @property
    def percent(self) -> int:
        """Rounded; 0 of none."""
        return round(100 * self.right / self.of) if self.of else 0

    @property
    def is_few(self) -> bool:
        """Whether the cases are too few for the percentage to say much."""
        return self.of < FEW

    @property
    def interval(self) -> tuple[int, int]:
        """Percentages between which the true share lies with a chance of 95 % (Wilson 1927)."""
        if not self.of:
            return 0, 100
        share, wide = self.right / self.of, Z * Z / self.of
        middle = (share + wide / 2) / (1 + wide)
        half = Z * sqrt(share * (1 - share) / self.of + wide / (4 * self.of)) / (1 + wide)
        return round(100 * max(0.0, middle - half)), round(100 * min(1.0, middle + half))


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of some articles, or of the events of one type.

    Attributes
    ----------
    found:
        Core events of the gold that the program told of.
    pins:
        Events that it put on the map whose type, place and time are all right.
    """

    found: Share
    pins: Share


@dataclass(frozen=True, slots=True)
class Step:
    """Events of a confidence from ``low`` to below ``high`` (the last step: to 1): how many are right throughout."""

    low: float
    high: float
    right: Share


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The figures of some sets of articles, as a whole, by language and by type, and those of confidence."""

    articles: int
    whole: Figures
    languages: Mapping[str, Figures]
    types: Mapping[str, Figures]
    confidence: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class GoldSet:
    """A file of annotated articles that was measured on; the hash is that of its bytes."""

    articles: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Accuracy:
    """What was measured, when, with which program, on what.

    Attributes
    ----------
    program:
        Hash of code, lexicons and gazetteer (:func:`extract.versions.program_version`).
    unseen:
        Articles in which nobody who works on the program has ever looked at an error.
    learnt:
        Articles whose errors were looked at, so that their figures flatter.
    """

    measured: date
    version: str
    program: str
    gold: Mapping[str, GoldSet]
    unseen: Breakdown
    learnt: Breakdown


# Measuring -----------------------------------------------------------------------------------------------------------


def break_down(gold: Sequence[Row], predictions: Mapping[str, Row]) -> Breakdown:
    """The figures of annotated articles; ``predictions`` are annotations by article id.

    A core event counts for the type that the gold gives it, a pin for the type that the map shows.
    """
    whole, languages, types = _Tally(), dict[str, _Tally](), dict[str, _Tally]()
    told: Counter[Step] = Counter()
    right: Counter[Step] = Counter()
    steps = [Step(low, high, Share(0, 0)) for low, high in pairwise(STEPS)]
    for row in gold:
        judged = judge_events(row["events"], predictions[row["id"]]["events"])
        language = languages.setdefault(str(row["lang"]), _Tally())
        for event, guess in judged.core:
            for tally in (whole, language, types.setdefault(event["type"], _Tally())):
                tally.core += 1
                tally.found += guess is not None
        for guess, _, is_right in judged.guesses:
            step = next(step for step in reversed(steps) if guess["confidence"] >= step.low)
            told[step] += 1
            right[step] += is_right
            if guess["place"] is not None:
                for tally in (whole, language, types.setdefault(guess["type"], _Tally())):
                    tally.pins += 1
                    tally.pins_right += is_right
    return Breakdown(
        articles=len(gold),
        whole=whole.figures(),
        languages={key: tally.figures() for key, tally in sorted(languages.items())},
        types={key: tally.figures() for key, tally in sorted(types.items())},
        confidence=tuple(Step(step.low, step.high, Share(right[step], told[step])) for step in steps),
    )


@dataclass(slots=True)
class _Tally:
    core: int = 0
    found: int = 0
    pins: int = 0
    pins_right: int = 0

    def figures(self) -> Figures:
        return Figures(Share(self.found, self.core), Share(self.pins_right, self.pins))


# The file ------------------------------------------------------------------------------------------------------------


def accuracy_to_json(accuracy: Accuracy) -> str:
    """The text of the file."""
    return json.dumps(asdict(accuracy), indent=1, default=date.isoformat) + "\n"


def accuracy_from_json(text: str) -> Accuracy:
    """What :func:`accuracy_to_json` wrote."""
    held = json.loads(text)
    return Accuracy(
        measured=date.fromisoformat(held["measured"]),
        version=held["version"],
        program=held["program"],
        gold={name: GoldSet(**entry) for name, entry in held["gold"].items()},
        unseen=_breakdown(held["unseen"]),
        learnt=_breakdown(held["learnt"]),
    )


def measured_accuracy() -> Accuracy:
    """What was measured last, from the package."""
    return accuracy_from_json((files("extract") / FILE).read_text(encoding="utf-8"))


def _breakdown(held: Mapping[str, Any]) -> Breakdown:
    def by_key(name: str) -> dict[str, Figures]:
        return {key: _figures(entry) for key, entry in held[name].items()}

    steps: Iterable[Mapping[str, Any]] = held["confidence"]
    return Breakdown(
        articles=held["articles"],
        whole=_figures(held["whole"]),
        languages=by_key("languages"),
        types=by_key("types"),
        confidence=tuple(Step(step["low"], step["high"], Share(**step["right"])) for step in steps),
    )


def _figures(held: Mapping[str, Mapping[str, int]]) -> Figures:
    return Figures(Share(**held["found"]), Share(**held["pins"]))
