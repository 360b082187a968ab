"""Words spelt like a trigger that name no event by form or neighbours: "tiefere Lagen", "Rob Jones", "riot police"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract.events.clauses import MARKS, QUOTES
from extract.events.inflection import Form
from extract.events.reading import SentenceReading
from extract.events.vocabulary import SenseForm, Vocabulary

if TYPE_CHECKING:
    from extract.events.triggers import Trigger

NAMING = frozenset({Form.NOUN, Form.GERUND})
ACTED = frozenset({"attack", "battle", "advance", "casualties", "crime", "earthquake", "flood", "storm", "wildfire",
                   "accident", "explosion", "outbreak", "protest", "movement"})
"""Types that are rehearsed, forbidden, insured against and counted."""
EXAMPLES = 6
"""How many tokens behind "such as" the examples stand."""
GUARDED = 3
"""How many tokens behind "against" what one guards against stands."""
OPENERS = MARKS | QUOTES | frozenset("-•*|/.!?>+")
"""Tokens behind which a capital letter may only say that a sentence or an item begins."""
HYPHENS = frozenset("-‐‑")
APOSTROPHES = frozenset("'’")
LISTED = 8
"""How many tokens before a base form behind a comma stands one that it is listed with ("kill, rape and loot")."""
PREMODIFIED = 2
"""How many tokens before a compound's first part its article stands."""
AUXILIARY = ("infinitive_marker", "future", "possible", "conditional_mood", "do_support")
"""Classes of what makes a verb of a base form."""
COMMANDED = 4
"""How many tokens before a base form its auxiliary stands ("will not also strike")."""


def is_lookalike(reading: SentenceReading, number: int, candidate: SenseForm, vocabulary: Vocabulary) -> bool:
    """Whether a token is no trigger for all that it is spelt like one."""
    if candidate.form is Form.NOUN:
        return _first_part_of_compound(reading, number, vocabulary)
    return _capitalised_verb(reading, number, candidate.form, vocabulary) or _other_verb(reading, number, candidate) \
        or _noun_not_base_form(reading, number, candidate, vocabulary) \
        or _adjective(reading, number, candidate, vocabulary)


def tells_nothing(reading: SentenceReading, trigger: Trigger) -> bool:
    """Whether nothing is told: in a drill, a law, an advice, an example, or of what one guards against."""
    if trigger.sense.about:
        return False
    if trigger.sense.type in ACTED and reading.has("acted", "statute", "statistics"):
        return True
    if trigger.sense.type in ACTED and reading.has("advice") and not reading.quoted and not reading.has("reporting"):
        return True
    if trigger.sense.type in ACTED and _example(reading, trigger.token):
        return True
    if trigger.form in NAMING:
        return trigger.sense.type in ACTED and _guarded_against(reading, trigger.token)
    return _anybody(reading, trigger.token)


def _anybody(reading: SentenceReading, number: int) -> bool:
    """ "Wer Beamte angreift", "anyone who attacks": told of nobody, in the present."""
    clause = reading.clauses[reading.clause_of(number)]
    return reading.within(max(clause.first - 1, 0), number, "anybody") and not reading.within(
        clause.first, clause.last, "past", "past_auxiliary", "past_form", "negation")


def _example(reading: SentenceReading, number: int) -> bool:
    """ "Naturkatastrophen wie Erdbeben und Überschwemmungen"."""
    words = reading.where(max(number - EXAMPLES, 0), number, "for_example")
    return bool(words) and not reading.within(words[-1], number, "definite", "finite")


def _guarded_against(reading: SentenceReading, number: int) -> bool:
    """ "vor Hochwasser geschützt", "insured against flooding": what may come, if nothing says which."""
    clause = reading.clauses[reading.clause_of(number)]
    return reading.within(max(number - GUARDED, 0), number, "against") \
        and not reading.within(max(number - GUARDED, 0), number, "definite") \
        and reading.within(clause.first, clause.last, "guarding")


def _first_part_of_compound(reading: SentenceReading, number: int, vocabulary: Vocabulary) -> bool:
    """ "riot police", "Brand- und Katastrophenschutz": what only says of which kind the next noun is."""
    tokens = reading.tokens
    if number + 1 >= len(tokens):
        return False
    own, after = tokens[number], tokens[number + 1]
    if after.text in HYPHENS:
        return after.start == own.end
    return not vocabulary.case_sensitive and "compound_head" in reading.words[number + 1].classes


def _capitalised_verb(reading: SentenceReading, number: int, form: Form, vocabulary: Vocabulary) -> bool:
    """A capital within a sentence makes a noun ("tiefere Lagen") or a name ("Constable Rob Jones") of a verb's form.

    Where a language nominalises infinitives, an article or its like says so ("beim Bombardieren").
    """
    text = reading.tokens[number].text
    if not text[0].isupper() or text.isupper() or number == 0:
        return False
    if not vocabulary.case_sensitive and (reading.is_headline or reading.has_title_case):
        return False
    before = reading.tokens[number - 1].text
    if before in OPENERS or not before[-1].isalnum():
        return False
    return form is not Form.INFINITIVE or "nominaliser" not in reading.words[number - 1].classes


def _other_verb(reading: SentenceReading, number: int, candidate: SenseForm) -> bool:
    """ "Das trifft zu": an adverb at the end of its clause makes another verb of it."""
    if candidate.form is not Form.FINITE or candidate.particle or not reading.has("separable"):
        return False
    clause = reading.clauses[reading.clause_of(number)]
    at = clause.last - 1
    while at > number and not reading.lower[at][0].isalnum():
        at -= 1
    return at > number and "separable" in reading.words[at].classes \
        and reading.lower[at] not in candidate.sense.companion


def _adjective(reading: SentenceReading, number: int, candidate: SenseForm, vocabulary: Vocabulary) -> bool:
    """ "sichere Grenzen": before a noun, a form that ends as adjectives do and is no past tense."""
    endings = vocabulary.inflection
    if candidate.form is not Form.FINITE or "adjective_ending" not in endings or number + 1 >= len(reading.tokens):
        return False
    text = reading.lower[number]
    return text.endswith(endings["adjective_ending"]) and not text.endswith(endings["past_ending"]) \
        and reading.tokens[number + 1].text[:1].isupper()


def _is_plural(word: str, vocabulary: Vocabulary) -> bool:
    """Whether a word ends as plurals do: not the genitive of "the city's police"."""
    ending = vocabulary.inflection.get("plural_ending", "")
    return bool(ending) and word.endswith(ending) and word[:-len(ending)][-1:] not in APOSTROPHES


def _noun_not_base_form(reading: SentenceReading, number: int, candidate: SenseForm, vocabulary: Vocabulary) -> bool:
    """ "a local police station": a base form with neither an auxiliary nor a plural before it is a noun."""
    if vocabulary.verb_final or candidate.form is not Form.INFINITIVE or number == 0 or reading.is_headline:
        return False
    at = number - 1
    while at > 0 and "manner" in reading.words[at].classes:
        at -= 1  # "fighters repeatedly attack"
    before = reading.tokens[at].text
    if not before[-1].isalnum():
        return not any(Form.INFINITIVE in word.forms for word in reading.words[max(number - LISTED, 0):number])
    if not before[-1].isalpha() or not before.islower() or _is_plural(before, vocabulary):
        return False
    if reading.within(at, number, *AUXILIARY):
        return False  # "led a crowd to destroy"
    if reading.within(max(at - PREMODIFIED, 0), at, "singular_article"):
        return True  # "a local police station", where "police station their men" is none
    return "before_base_form" not in reading.words[at].classes \
        and not reading.within(max(number - COMMANDED, 0), number, *AUXILIARY)
