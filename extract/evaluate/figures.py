"""What is scored, and in what: rows of JSON in, figures out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from geodata.errors import InputError
from geodata.place import distance_km

Row = Mapping[str, Any]
"""One article's gold or annotation, as JSON has it."""
Figures = dict[str, Any]
"""Names of measures and their values; shares in percent."""


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
    except FileNotFoundError as error:
        raise InputError(path, "is not there", "Check the path") from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(path, f"no gold or annotation file ({error})", "Give a .jsonl or a gold .json") from error


def precision_recall(correct: int, predicted: int, gold: int) -> Figures:
    """Precision, recall and their harmonic mean, in percent; 0 of none."""
    precision = correct / predicted if predicted else 0.0
    recall = correct / gold if gold else 0.0
    f_score = 200 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"P": round(100 * precision, 1), "R": round(100 * recall, 1), "F": round(f_score, 1)}


def distance(a: Row, b: Row) -> float:
    """Kilometres between two points."""
    return distance_km(a["lat"], a["lon"], b["lat"], b["lon"])
