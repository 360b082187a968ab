"""ACLED sub-event types by context: who does it, to whom, by what means (``subevents.toml``)."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from extract.events.mention import EventMention
from geodata.event import Codes


class _Rule(NamedTuple):
    types: frozenset[str]
    all: frozenset[str]
    any: frozenset[str]
    none: frozenset[str]
    acled: str


TURNS = ("Violent demonstration", "Excessive force against protesters", "Protest with intervention")
"""What a protest is by any mention that says so, though others name no more than the march; the gravest first."""


@cache
def _rules() -> dict[str, list[_Rule]]:
    """The rules by the sub-event type that they refine, in the order of the file."""
    table = tomllib.loads((files("extract.events") / "subevents.toml").read_text(encoding="utf-8"))
    rules: dict[str, list[_Rule]] = {}
    for entry in table["rule"]:
        rule = _Rule(frozenset(entry.get("types", ())), frozenset(entry.get("all", ())),
                     frozenset(entry.get("any", ())), frozenset(entry.get("none", ())), entry["acled"])
        for refined in entry["from"]:
            rules.setdefault(refined, []).append(rule)
    return rules


def _turn(codes: Codes) -> int:
    """How grave a turn codes say that a protest took; 0 for the gravest."""
    return TURNS.index(codes.acled) if codes.acled in TURNS else len(TURNS)


def codes_of(event: EventMention) -> Codes:
    """The codes of an event: its trigger's, refined by the first rule that its sentences fit."""
    codes = min((mention.trigger.sense.codes for mention in event.all), key=_turn) if event.type == "protest" \
        else event.trigger.sense.codes
    rules = _rules().get(codes.acled, ())
    classes = frozenset().union(*(mention.reading.present for mention in event.all), _agent_classes(event)) \
        if rules else frozenset()
    for rule in rules:
        if (not rule.types or event.type in rule.types) and rule.all <= classes \
                and (not rule.any or rule.any & classes) and not rule.none & classes:
            return Codes(rule.acled, codes.plover)
    return codes


def _agent_classes(event: EventMention) -> frozenset[str]:
    """Whether soldiers or militants are named first in the trigger's clause: they act, in most sentences."""
    reading = event.reading
    clause = reading.clauses[reading.clause_of(event.trigger.token)]
    first = {name: tokens[0] for name in ("soldiers", "militants")
             if (tokens := reading.where(clause.first, clause.last, name))}
    if not first:
        return frozenset()
    return frozenset({f"agent {min(first, key=lambda name: (first[name], name))}"})
