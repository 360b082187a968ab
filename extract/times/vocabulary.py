"""The words of a language's time expressions, each known by its classes: a text's words as lexemes.

A *lexeme* is a word's set of readings, class by class: "Morgen" is a part of the day, "morgen" is
that or tomorrow. Every distinct set of readings is one character, so that a sentence becomes a
string and the grammar a set of regular expressions over such strings (:mod:`extract.times.grammar`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from extract import lexicon

UNKNOWN = "."
"""The character of every word that has no reading."""

JOINED = "-"
"""The character of a word with hyphens whose parts have readings: it is taken apart first."""

MARK = "x"
"""The value of words that have none, like the "th" of "16th"."""

FIRST_CHARACTER = 0x4E00
"""Where the characters of lexemes begin: far from those that mean something in a regular expression."""

MOST_CACHED = 100_000
"""Words whose character is remembered: more than a language has, less than a hostile text."""

HYPHENS = "-‑"

PART = re.compile(r"[-‑]|['’]s?\b|\d+|[^\W\d_]+")
"""What a joined word is taken apart into: "mid-1990s", "Monday's"."""

LONGEST_WORD = 40
"""Longer words are none of a language's time expressions."""

NUMBER_SHAPES: tuple[tuple[str, re.Pattern[str]], ...] = tuple((name, re.compile(shape)) for name, shape in (
    ("SMALL", r"\d{1,2}"),                                           # a day, a month, an hour
    ("SHORT", r"\d\d"),                                              # a year's last digits
    ("YEAR", r"1\d{3}|20\d\d|21\d\d"),
    ("COMPACT", r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"),  # 20241016
    ("HHMM", r"(?:[01]\d|2[0-3])[0-5]\d"),                          # 1130 GMT
    ("INT", r"\d{1,7}|\d{1,3}(?:[.,]\d{3})+"),
    ("DECIMAL", r"\d{1,4}[.,]\d{1,2}"),
    ("CLOCK", r"(?:[01]?\d|2[0-4])[.:][0-5]\d"),
    ("COLON", r"(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?"),
    ("DM", r"(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])"),
    ("DMY", r"(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.(?:\d{4}|\d\d)"),
    ("YMD", r"\d{4}\.(?:0?[1-9]|1[0-2])\.(?:0?[1-9]|[12]\d|3[01])"),
))
"""What a number can be by its shape; a number may have several."""

LONGEST_NUMBER = 12
"""Longer numbers are no dates; bounds the cost a token of a hostile text."""

Readings = Mapping[str, str]
"""Class → value: ``{"MONTH": "5"}``; a number's value is its text."""


class Vocabulary(dict[str, str]):
    """Word → character of its lexeme; words not in the lexicon are looked at once and remembered."""

    def __init__(self, words: Mapping[str, Readings]) -> None:
        self.readings: dict[str, Readings] = {UNKNOWN: {}, JOINED: {}}
        self._characters: dict[frozenset[tuple[str, str]], str] = {}
        for form, readings in words.items():
            if form[0].isdigit():
                words = {**words, form: {**readings, **dict.fromkeys(shapes_of(form), "")}}
        known = sorted(words.items(), key=lambda item: sorted(item[1].items()))
        super().__init__((form, self._character(readings)) for form, readings in known)
        for shapes in _number_shapes():
            self._character(dict.fromkeys(shapes, ""))

    def _character(self, readings: Readings) -> str:
        key = frozenset(readings.items())
        if key not in self._characters:
            character = chr(FIRST_CHARACTER + len(self._characters))
            self._characters[key] = character
            self.readings[character] = readings
        return self._characters[key]

    def __missing__(self, word: str) -> str:
        character = self._look_at(word)
        if len(word) <= LONGEST_WORD and len(self) < MOST_CACHED:
            self[word] = character
        return character

    def _look_at(self, word: str) -> str:
        if "0" <= word[0] <= "9":
            shapes = shapes_of(word)
            return self._characters[frozenset((shape, "") for shape in shapes)] if shapes else UNKNOWN
        if 1 < len(word) <= LONGEST_WORD and not word.isalpha():
            parts = PART.findall(word)
            words = [part for part in parts if part[0].isalnum()]
            if len(parts) > 1 and (all(self[part] not in (UNKNOWN, JOINED) for part in words) or self._counts(parts)):
                return JOINED
        return UNKNOWN

    def _counts(self, parts: list[str]) -> bool:
        """Whether ``parts`` begin with a number and a unit ("Drei-Tage-Fieber"), or with units ("14-Tage-Frist")."""
        if parts[1] not in HYPHENS:
            return False
        if "UNITS" in self.readings[self[parts[0]]]:
            return True
        return len(parts) > 2 and "NUM" in self.readings[self[parts[0]]] \
            and not {"UNIT", "UNITS"}.isdisjoint(self.readings[self[parts[2]]])

    def reading(self, character: str, cls: str, text: str) -> str | None:
        """The value of a lexeme in one class; ``None`` where it isn't in it or is a mere mark."""
        value = self.readings[character].get(cls)
        return text if value == "" else None if value == MARK else value

    def characters_of(self, cls: str, value: str | None = None) -> set[str]:
        """The characters of all lexemes in a class (with that value, if one is given)."""
        return {character for character, readings in self.readings.items()
                if cls in readings and value in (None, readings[cls])}


def shapes_of(number: str) -> tuple[str, ...]:
    """What a number can be by its shape."""
    if len(number) > LONGEST_NUMBER or not number.isascii():
        return ()
    return tuple(name for name, shape in NUMBER_SHAPES if shape.fullmatch(number))


def _number_shapes() -> set[tuple[str, ...]]:
    """Every set of shapes that a number can have, by example."""
    wholes = [str(n) for n in (*range(40), 99, 100, 999, 1000, 1999, 2050, 2199, 2200, 9999, 10_000, 1_234_567)]
    wholes += ["0030", "1130", "1160", "1230", "2030", "2060", "2130", "2230", "2330"]
    wholes += [f"0{n}" for n in range(10)] + ["00", "20241016", "99999999", "1.000", "1.000.000", "12,000", "2199,000"]
    parts = [f"{left}{sep}{right}" for left in (0, 1, 9, "09", 12, 24, 25, 29, 31, 32, 99, 100, 1999)
             for sep in ".,:" for right in (0, 1, 9, "00", "01", "09", 10, 12, 13, 31, 59, 60, 99, 100)]
    dates = [f"{d}.{m}.{y}" for d in (1, 31, 32, 2024) for m in (1, 12, 13) for y in (1, 24, 31, 99, 2024)]
    times = ["8:30:00", "24:59:59", "25:00:00"]
    return {shapes for number in (*wholes, *parts, *dates, *times) if (shapes := shapes_of(number))}


@cache
def vocabulary_of(lang: str) -> Vocabulary:
    """The time vocabulary of a language; an empty one where it has none."""
    return Vocabulary(_forms(lexicon.read(lang, "times")))


def _forms(table: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """Every form, as it may stand in a text, with its readings."""
    forms: dict[str, dict[str, str]] = {}
    endings = table.get("endings", [""])
    for cls, entries in table.get("words", {}).items():
        for value, words in entries.items():
            for word in words:
                _add(forms, _inflected(word, endings), cls, value)
    for cls, join in table.get("joined", {}).items():
        for left_value, lefts in join["left"].items():
            for right_value, rights in join["right"].items():
                for left in lefts:
                    for right in rights:
                        words = _inflected(left + join.get("link", "") + right, endings)
                        _add(forms, words, cls, _joined_value(join["value"], left_value, right_value))
    for literal in _literals(table):
        _add(forms, [literal], f"'{literal}'", literal)
    return forms


def _joined_value(how: str, left: str, right: str) -> str:
    return str(int(left) + int(right)) if how == "sum" else f"{left} {right}"


def _inflected(word: str, endings: Iterable[str]) -> list[str]:
    """``stem*`` with every ending; any other word as it is."""
    return [word[:-1] + ending for ending in endings] if word.endswith("*") else [word]


def _add(forms: dict[str, dict[str, str]], words: Iterable[str], cls: str, value: str) -> None:
    for word in words:
        for form in _written(word):
            forms.setdefault(form, {})[cls] = value


def _written(word: str) -> set[str]:
    """How a form may be written: one with a capital only with capitals, any other in either way."""
    if word != word.lower():
        return {word, word.upper()} if len(word) > 2 else {word}
    return {word, word[:1].upper() + word[1:], word.upper()}


def _literals(table: Mapping[str, Any]) -> set[str]:
    patterns = [rule["pattern"] for rule in table.get("rules", ())] + list(table.get("macros", {}).values())
    return {literal for pattern in patterns for literal in re.findall(r"'([^']+)'", pattern)}
