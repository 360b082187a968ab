"""The tense of a clause, by its verbs: whether a bare weekday is the last one or the next."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

from extract import lexicon
from extract.document import Token

CLAUSE_REACH = 30
"""Tokens looked at on either side for a verb: bounds the cost in a text without sentences."""

REPORT_REACH = 4
"""Tokens on either side of a date among which its reporting verb stands in English ("said on Tuesday")."""

PAST, PRESENT, FUTURE = "past", "present", "future"

CLAUSE_MARKS = frozenset(",;:–—()\"„“”»«")


class Tenses(NamedTuple):
    """What a language's verbs tell about time; see ``[tense]`` in ``times.toml``."""

    past: frozenset[str]
    future: frozenset[str]
    perfect: frozenset[str]
    perfect_infinitive: frozenset[str]
    undone: frozenset[str]
    past_modal: frozenset[str]
    second_infinitive: frozenset[str]
    infinitive: re.Pattern[str]
    skip_after: frozenset[str]
    to_come: frozenset[str]
    infinitive_marker: frozenset[str]
    nearest: bool
    past_form: re.Pattern[str] | None
    participle: re.Pattern[str] | None
    said: frozenset[str]
    present_form: re.Pattern[str] | None
    present: frozenset[str]
    no_present_after: frozenset[str]
    reporting: frozenset[str]


@cache
def tenses_of(lang: str) -> Tenses:
    """What a language's verbs tell about time; nothing where it has no lexicon of times."""
    table: Mapping[str, Any] = lexicon.read(lang, "times").get("tense", {})
    return Tenses(
        past=frozenset(table.get("past", ())), future=frozenset(table.get("future", ())),
        perfect=frozenset(table.get("perfect", ())),
        perfect_infinitive=frozenset(table.get("perfect_infinitive", ())),
        undone=frozenset(table.get("past_for_certain", ())),
        past_modal=frozenset(table.get("past_modal", ())),
        second_infinitive=frozenset(table.get("second_infinitive", ())),
        infinitive=re.compile(table.get("infinitive", "$^")),
        skip_after=frozenset(table.get("skip_after", ())), to_come=frozenset(table.get("to_come", ())),
        infinitive_marker=frozenset(table.get("infinitive_marker", ())), nearest=bool(table.get("nearest", False)),
        past_form=re.compile(table["past_form"]) if "past_form" in table else None,
        participle=re.compile(table["participle"]) if "participle" in table else None,
        said=frozenset(table.get("said", ())),
        present_form=re.compile(table["present_form"]) if "present_form" in table else None,
        present=frozenset(table.get("present", ())),
        no_present_after=frozenset(table.get("no_present_after", ())),
        reporting=frozenset(table.get("reporting", ())))


def tense_at(tokens: Sequence[Token], place: int, lang: str, relation: str = "during") -> str | None:
    """Whether the clause around token ``place`` tells past, present or future; ``None`` where it doesn't say.

    The clause itself first, then the sentence around it. What something goes on *since* is past, what
    it goes on *until* or *from … on* is to come if no verb tells otherwise.
    """
    if relation == "since":
        return PAST
    low = max(0, place - CLAUSE_REACH)
    words = [token.text for token in tokens[low:place + CLAUSE_REACH]]
    first, last = (index - low for index in _clause(tokens, place))
    at, tenses = place - low, tenses_of(lang)
    if tenses.nearest:
        tense = _nearest_tense(words, at, first, last, tenses)
    else:
        tense = _tense_of(words[first:last], tenses) or _tense_of(words, tenses)
        if tense == PRESENT and not tenses.perfect.isdisjoint(words[first:last]) \
                and _any_form(tenses.participle, words):
            tense = PAST  # "Am Montag haben A, B und C, …, unterschrieben": the participle stands behind commas
    return tense or (FUTURE if relation in ("until", "onward") else None)


def _clause(tokens: Sequence[Token], place: int) -> tuple[int, int]:
    """The tokens of the clause around ``place``, from first to before last; at most ``CLAUSE_REACH`` either way."""
    first, last = place, place
    low, high = max(0, place - CLAUSE_REACH), min(len(tokens), place + CLAUSE_REACH)
    while first > low and tokens[first - 1].text not in CLAUSE_MARKS:
        first -= 1
    while last < high and tokens[last].text not in CLAUSE_MARKS:
        last += 1
    return first, last


def _nearest_tense(words: list[str], at: int, first: int, last: int, tenses: Tenses) -> str | None:
    """The tense of the expression's clause, else that of the sentence.

    A clause with no verb of the past or the future may have one that appointments are told with in the present.
    """
    tense = _nearest_verb(words, at, first, last, tenses)
    if tense is None and _is_present(words[first:last], tenses):
        return PRESENT
    return tense or _nearest_verb(words, at, 0, len(words), tenses)


def _nearest_verb(words: list[str], at: int, low: int, high: int, tenses: Tenses) -> str | None:
    """The tense of the verb nearest before the expression, else after it."""
    for index in (*range(at - 1, low - 1, -1), *range(at + 1, high)):
        word = words[index] if index else words[index].lower()  # "May" is no verb
        if word in tenses.future or (word in tenses.to_come and words[index + 1:index + 2]
                                     and words[index + 1] in tenses.infinitive_marker):
            return FUTURE
        if word in tenses.past:
            return PAST
        if tenses.past_form and tenses.past_form.fullmatch(words[index]) \
                and (index == 0 or words[index - 1].lower() not in tenses.skip_after):
            return PAST
    return None


def _is_present(words: list[str], tenses: Tenses) -> bool:
    """Whether a verb in the present stands among ``words`` that what is arranged for a day is told with."""
    return any(word in tenses.present and (index == 0 or words[index - 1].lower() not in tenses.no_present_after)
               for index, word in enumerate(words))


def is_report_time(tokens: Sequence[Token], place: int, lang: str) -> bool:
    """Whether the date at token ``place`` tells when something was said: no event that a story could go on from.

    German: a reporting verb in the clause; English: one beside the date.
    """
    tenses = tenses_of(lang)
    first, last = _clause(tokens, place)
    if tenses.nearest:
        first, last = max(first, place - REPORT_REACH), min(last, place + REPORT_REACH)
    return any(token.text in tenses.reporting for token in tokens[first:last])


def has_verb(tokens: Sequence[Token], lang: str) -> bool:
    """Whether one of the first ``tokens`` is a verb that the lexicon knows."""
    tenses = tenses_of(lang)
    words = {token.text.lower() for token in tokens[:2 * CLAUSE_REACH]}
    return not words.isdisjoint(tenses.past | tenses.future | tenses.perfect)


def _tense_of(words: list[str], tenses: Tenses) -> str | None:
    lowered = frozenset(word.lower() for word in words)
    if not tenses.undone.isdisjoint(lowered) or not tenses.past_modal.isdisjoint(lowered):
        return PAST
    if not tenses.second_infinitive.isdisjoint(lowered) and not tenses.perfect.isdisjoint(lowered) \
            and any(word in tenses.second_infinitive and tenses.infinitive.fullmatch(before)
                    for before, word in pairwise(words)):
        return PAST
    if not tenses.future.isdisjoint(lowered):
        hearsay = not tenses.perfect_infinitive.isdisjoint(lowered) and _any_form(tenses.participle, words)
        return PAST if hearsay else FUTURE
    if not tenses.past.isdisjoint(lowered) or _any_form(tenses.past_form, words):
        return PAST
    if not tenses.perfect.isdisjoint(lowered) and _any_form(tenses.participle, words):
        return PAST
    if not tenses.said.isdisjoint(lowered):
        return PAST
    is_present = not tenses.perfect.isdisjoint(lowered) or _any_form(tenses.present_form, words) \
        or _is_present(words, tenses)
    return PRESENT if is_present else None


def _any_form(form: re.Pattern[str] | None, words: list[str]) -> bool:
    return form is not None and any(form.fullmatch(word) for word in words)
