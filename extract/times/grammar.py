"""The grammar of a language: rules over lexemes, compiled to regular expressions over their characters.

A rule's pattern (``times.toml``) is made of classes (``MONTH``), classes with a value (``UNIT:W``),
words (``'of'``), macros, named slots (``month=MONTH``), alternatives and options; ``<`` and ``>``
mark what belongs to the expression. There is no unbounded repetition, so matching costs a bounded
number of steps a place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from extract import lexicon
from extract.times.vocabulary import UNKNOWN, Vocabulary, vocabulary_of

PATTERN_TOKEN = re.compile(
    r"\s*(?:(?P<slot>[a-z_0-9]+)=|(?P<word>'[^']+')|(?P<cls>[A-Z_]+(?::[\w.+-]+)?)|(?P<mark>[()|?<>]))")
GROUP_NAME = re.compile(r"\(\?P<\w+>")
WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the grammar.

    Attributes
    ----------
    order:
        Its place in the file: of two matches that reach equally far, the earlier rule's counts.
    id:
        Shown to the user as the reason of an expression.
    means:
        Which reading it has: a key of :data:`extract.times.READINGS`.
    regex:
        Over a sentence's characters.
    groups:
        Group of the regular expression → its slot and the classes its words may be read in there, in
        the order of the pattern; a slot may stand in several alternatives.
    options:
        What else the rule says; see docs/times.md.
    """

    order: int
    id: str
    means: str
    regex: re.Pattern[str]
    groups: Mapping[str, tuple[str, tuple[str, ...]]]
    options: Mapping[str, Any]


class Match(NamedTuple):
    """A rule that holds: the lexemes of the expression from first to before last, and of each slot with its classes."""

    rule: Rule
    first: int
    last: int
    slots: Mapping[str, tuple[int, int, tuple[str, ...]]]


class Grammar:
    """The rules of a language; :meth:`may_hold`, :meth:`places` and :meth:`matches` are all there is to it.

    ``days`` are the characters of words that count in days ("yesterday", "Monday").
    """

    def __init__(self, table: Mapping[str, Any], vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.days = frozenset().union(*map(vocabulary.characters_of, ("DAY", "WEEKDAY", "WEEKDAY_DAYPART")))
        macros = table.get("macros", {})
        self._rules: dict[str, list[Rule]] = {}
        self._any: dict[str, re.Pattern[str]] = {}
        self._alternations: dict[tuple[str, ...], re.Pattern[str]] = {}
        solo: set[str] = set()
        for order, entry in enumerate(table.get("rules", ())):
            pattern = _Pattern(_without_macros(entry["pattern"], macros), vocabulary)
            options = {key: value for key, value in entry.items() if key not in ("id", "pattern", "means")}
            rule = Rule(order, entry["id"], entry["means"], re.compile(pattern.regex), pattern.groups, options)
            for character in pattern.first:
                self._rules.setdefault(character, []).append(rule)
                if character not in solo and rule.regex.fullmatch(character):
                    solo.add(character)
        # one class at its head, so that the search runs to the next such lexeme at once
        self._places = re.compile(f"{_charset(set(self._rules))}(?:(?=[^{UNKNOWN}])|(?<={_charset(solo)}))") \
            if self._rules else None

    def may_hold(self, sentence: str) -> bool:
        """Whether a sentence's characters have a place where a rule may hold; most sentences tell no time."""
        return self._places is not None and self._places.search(sentence) is not None

    def places(self, sentence: str) -> Iterator[int]:
        """Where a rule holds in a sentence's characters."""
        if self._places is None:
            return
        for match in self._places.finditer(sentence):
            place = match.start()
            any_rule = self._any.get(sentence[place]) or self._any_rule(sentence[place])
            if any_rule.match(sentence, place):
                yield place

    def matches(self, sentence: str, place: int) -> list[Match]:
        """The rules that hold at ``place``: those that reach farthest first, the first rule among equals.

        A rule with context before its expression ("in <autumn>") competes with those that begin
        where the expression does ("<autumn 2024>").
        """
        found = self._holding(sentence, place)
        for first in {match.first for match in found} - {place}:
            found += self._holding(sentence, first)
        if len(found) > 1:
            found.sort(key=lambda match: (-match.last, match.rule.order))
        return found

    def _holding(self, sentence: str, place: int) -> list[Match]:
        found = []
        for rule in self._rules.get(sentence[place], ()):
            match = rule.regex.match(sentence, place)
            if match:
                spans = {slot: (*match.span(group), classes) for group, (slot, classes) in rule.groups.items()
                         if match.start(group) >= 0}
                first, last, _ = spans.pop(WHOLE, (*match.span(), ()))
                found.append(Match(rule, first, last, spans))
        return found

    def _any_rule(self, character: str) -> re.Pattern[str]:
        """One regular expression for all rules that can begin with a lexeme: mostly none of them holds."""
        rules = tuple(rule.regex.pattern for rule in self._rules[character])
        if rules not in self._alternations:
            self._alternations[rules] = re.compile("|".join(GROUP_NAME.sub("(?:", pattern) for pattern in rules))
        self._any[character] = self._alternations[rules]
        return self._any[character]


@cache
def grammar_of(lang: str) -> Grammar:
    """The time grammar of a language; one without rules where it has none."""
    return Grammar(lexicon.read(lang, "times"), vocabulary_of(lang))


def _without_macros(pattern: str, macros: Mapping[str, str]) -> str:
    for _ in macros:
        for name, text in macros.items():
            pattern = f"({text})".join(re.split(rf"(?<![\w':]){name}(?![\w':])", pattern))
    return pattern


def _charset(characters: set[str]) -> str:
    """A character class of ``characters``, runs as ranges; one that never matches if there are none."""
    if not characters:
        return r"(?!)"
    runs: list[list[int]] = []
    for point in sorted(map(ord, characters)):
        if runs and point == runs[-1][1] + 1:
            runs[-1][1] = point
        else:
            runs.append([point, point])
    return "[" + "".join(chr(low) if low == high else f"{chr(low)}-{chr(high)}" for low, high in runs) + "]"


class _Pattern:
    """A parsed pattern: its regular expression, the characters it can begin with, its slots."""

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        self.groups: dict[str, tuple[str, tuple[str, ...]]] = {}
        self._text = text
        self._vocabulary = vocabulary
        self._tokens = list(self._scan(text))
        self._position = 0
        self._open: list[str] = []
        self.regex, self.first, optional = self._alternatives()
        if self._position < len(self._tokens) or optional:
            raise ValueError(f"malformed or empty pattern: {text}")

    @staticmethod
    def _scan(text: str) -> Iterator[tuple[str, str]]:
        position = 0
        while position < len(text.rstrip()):
            match = PATTERN_TOKEN.match(text, position)
            if match is None or match.lastgroup is None:
                raise ValueError(f"malformed pattern at {text[position:]!r}: {text}")
            yield match.lastgroup, match[match.lastgroup]
            position = match.end()

    def _peek(self) -> str:
        return self._tokens[self._position][1] if self._position < len(self._tokens) else ""

    def _alternatives(self) -> tuple[str, set[str], bool]:
        branches = [self._sequence()]
        while self._peek() == "|":
            self._position += 1
            branches.append(self._sequence())
        return ("|".join(regex for regex, *_ in branches), set().union(*(first for _, first, _ in branches)),
                any(optional for *_, optional in branches))

    def _sequence(self) -> tuple[str, set[str], bool]:
        regex, first, empty = "", set[str](), True
        while self._peek() not in ("", "|", ")"):
            if self._peek() in "<>":
                regex += f"(?P<{self._group(WHOLE)}>" if self._peek() == "<" else ")"
                self._position += 1
                continue
            item, item_first, optional = self._item()
            regex += item
            if empty:
                first |= item_first
            empty = empty and optional
        return regex, first, empty

    def _item(self) -> tuple[str, set[str], bool]:
        kind, text = self._tokens[self._position]
        self._position += 1
        if kind == "slot":
            group = self._group(text)
            self._open.append(group)
            regex, first, optional = self._item()
            self._open.pop()
            option = "?" if regex.endswith("?") else ""
            return f"(?P<{group}>{regex.removesuffix('?')}){option}", first, optional
        if text == "(":
            regex, first, optional = self._alternatives()
            self._position += 1
            regex = f"(?:{regex})"
        else:
            for group in self._open:
                slot, classes = self.groups[group]
                self.groups[group] = slot, (*classes, text.partition(":")[0])
            first, optional = self._characters(text), False
            regex = _charset(first)
        if self._peek() == "?":
            self._position += 1
            return regex + "?", first, True
        return regex, first, optional

    def _group(self, slot: str) -> str:
        group = f"{slot}_{len(self.groups)}"
        self.groups[group] = slot, ()
        return group

    def _characters(self, text: str) -> set[str]:
        cls, _, value = text.partition(":") if not text.startswith("'") else (text, "", "")
        characters = self._vocabulary.characters_of(cls, value or None)
        if not characters:
            raise ValueError(f"no word is {text}: {self._text}")
        return characters
