"""Word forms from lexicon entries, by the paradigms that ``lexicon/<lang>/inflection.toml`` gives.

An entry names a word once ("bombardieren"; "an|greifen greift griff gegriffen") and the paradigm
writes its forms out. Paradigms give a few forms nobody uses; they match nothing and cost nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any, NamedTuple


class Form(StrEnum):
    """What a form of a word tells about the clause it stands in."""

    NOUN = "noun"
    INFINITIVE = "infinitive"
    """Also the English base form: only a finite verb or "to" before it says what it is."""
    TO_INFINITIVE = "to-infinitive"
    """With the language's particle inside: "anzugreifen"."""
    FINITE = "finite"
    PARTICIPLE = "participle"
    ATTRIBUTIVE = "attributive"
    """A declined participle that stands before its noun: "die am Montag gestürmte Kaserne"."""
    GERUND = "gerund"
    """Present participle: "kämpfende", "attacking"."""


class WordForm(NamedTuple):
    """A form as it stands in a text; ``particle`` must follow it in the clause ("greift … an")."""

    text: str
    form: Form
    particle: str = ""


def spellings_of(entries: Iterable[str], paradigms: Mapping[str, Any]) -> Iterator[str]:
    """The entries, and each once more as another standard of the language spells it ("Straße", Swiss "Strasse")."""
    variants = paradigms.get("spelling_variants", {})
    for entry in entries:
        yield entry
        for here, there in variants.items():
            if here in entry:
                yield entry.replace(here, there)


def noun_forms(entry: str, paradigms: Mapping[str, Any]) -> Iterator[WordForm]:
    """The forms of a noun entry: its stems, singular and plural, with every ending."""
    endings = paradigms["noun_endings"]
    for stem in entry.split():
        for ending in endings:
            yield WordForm(stem + ending, Form.NOUN)
        for last, plural in paradigms.get("noun_plurals", {}).items():
            if stem.endswith(last):
                yield WordForm(stem[:len(stem) - len(last)] + plural, Form.NOUN)


def verb_forms(entry: str, paradigms: Mapping[str, Any]) -> Iterator[WordForm]:
    """The forms of a verb entry: one word where it is regular, else its principal parts.

    A ``|`` stands after a particle that the language separates from the verb.
    """
    particle, _, rest = entry.rpartition("|")
    parts = rest.split()
    bare = list(_regular_forms(parts[0], paradigms) if len(parts) == 1 else _irregular_forms(parts, paradigms))
    for text, form in bare:
        if not particle:
            yield WordForm(text, form)
            continue
        yield WordForm(particle + text, form)
        if form is Form.INFINITIVE:
            yield WordForm(particle + paradigms["infinitive_particle"] + text, Form.TO_INFINITIVE)
        if form is Form.FINITE or form is Form.INFINITIVE:
            yield WordForm(text, Form.FINITE, particle)


def _regular_forms(base: str, paradigms: Mapping[str, Any]) -> Iterator[tuple[str, Form]]:
    for rule in paradigms["regular"]:
        if base.endswith(tuple(rule["ends"])):
            stem = base[:len(base) - rule["cut"]] if rule["cut"] else base
            inseparable = base.startswith(tuple(paradigms.get("inseparable_prefixes", ())))
            for form in (Form.INFINITIVE, Form.FINITE, Form.GERUND, Form.PARTICIPLE):
                for template in rule.get(form.value, ()):
                    prefix = "" if inseparable or form is not Form.PARTICIPLE else rule.get("participle_prefix", "")
                    yield from _declined(prefix + template.replace("~", stem), form, paradigms)
            return


def _irregular_forms(parts: list[str], paradigms: Mapping[str, Any]) -> Iterator[tuple[str, Form]]:
    for form in (Form.INFINITIVE, Form.FINITE, Form.GERUND, Form.PARTICIPLE):
        for template in paradigms["irregular"].get(form.value, ()):
            index, cut, ending = template
            if index < len(parts):
                stem = parts[index]
                yield from _declined((stem[:len(stem) - cut] if cut else stem) + ending, form, paradigms)


def _declined(text: str, form: Form, paradigms: Mapping[str, Any]) -> Iterator[tuple[str, Form]]:
    """A participle is declined like an adjective; other forms stand as they are."""
    if form in (Form.PARTICIPLE, Form.GERUND):
        for ending in paradigms["adjective_endings"]:
            yield text + ending, form
        if form is Form.PARTICIPLE:
            for ending in paradigms.get("attributive_endings", ()):
                yield text + ending, Form.ATTRIBUTIVE
    else:
        yield text, form
