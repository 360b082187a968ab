"""Words made from place names: adjectives, demonyms, and names with a part of the sky before them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from extract import lexicon


@dataclass(frozen=True, slots=True)
class DerivedWords:
    """A language's derived words.

    Attributes
    ----------
    places:
        From an inflected adjective or demonym to a gazetteer id, or to ``=`` and a name to look up.
    first_words:
        First words of those that have several ("North Korean").
    prefixes, prefix_texts:
        Parts of the sky that are written together with a name, longest first, with their bearing and without.
    town_adjectives:
        Endings of a town's adjective, longest first, and what the town's name may have instead.
    noun_endings:
        What an ordinary noun may have at its end when it is inflected.
    """

    places: Mapping[str, str]
    first_words: frozenset[str]
    prefixes: tuple[tuple[str, int], ...]
    prefix_texts: tuple[str, ...]
    town_adjectives: tuple[tuple[str, tuple[str, ...]], ...]
    noun_endings: tuple[str, ...]

    def towns_of(self, word: str) -> Iterator[str]:
        """Names of towns that ``word`` may be the adjective of: "Bremer" gives "Brem", "Bremen" …"""
        for ending, instead in self.town_adjectives:
            if word.endswith(ending) and len(word) > len(ending) + 2:
                for other in instead:
                    yield word[: -len(ending)] + other

    def split_direction(self, word: str) -> tuple[int, str] | None:
        """Bearing and rest of a word like "Ostukraine" or "ostukrainisch"; ``None`` for others."""
        lower = word.lower()
        for prefix, bearing in self.prefixes:
            if lower.startswith(prefix) and len(word) > len(prefix) + 2:
                rest = word[len(prefix) :].lstrip("-")
                return (bearing, rest[:1].upper() + rest[1:] if word[0].isupper() else rest) if rest else None
        return None


@cache
def read_derived(lang: str) -> DerivedWords:
    """The derived words of a language; empty where it has no ``demonyms.toml``."""
    tables = lexicon.read(lang, "demonyms")
    inflection: Mapping[str, list[str]] = tables.get("inflection", {})
    excluded = frozenset(tables.get("not_derived", {}).get("words", ()))
    places: dict[str, str] = {}
    for table, prefix in (("country", "cc:"), ("place", "=")):
        for key, words in tables.get(table, {}).items():
            for word in words:
                for form in _inflected(word, inflection):
                    if form not in excluded:
                        places.setdefault(form, prefix + key)
    return DerivedWords(
        places,
        frozenset(form.split()[0] for form in places if " " in form),
        tuple(sorted(tables.get("direction_prefix", {}).items(), key=lambda item: -len(item[0]))),
        tuple(tables.get("direction_prefix", ())),
        tuple(
            (rule["ending"], tuple(rule["instead_of"]))
            for rule in sorted(tables.get("town_adjective", ()), key=lambda rule: -len(rule["ending"]))
        ),
        tuple(inflection.get("noun", ())),
    )


def _inflected(word: str, inflection: Mapping[str, object]) -> Iterator[str]:
    if not word[0].isupper() or word.isupper():
        yield from _adjective_forms(word, inflection)
        return
    if "-" in word and word.rpartition("-")[2][:1].islower():  # "US-amerikanisch" is an adjective
        yield from _adjective_forms(word, inflection)
        return
    endings = inflection.get("demonym", {})
    assert isinstance(endings, Mapping)
    ending = max((e for e in endings if word.endswith(e)), key=len)
    for other in endings[ending]:
        yield word.removesuffix(ending) + other


def _adjective_forms(stem: str, inflection: Mapping[str, object]) -> Iterator[str]:
    endings = inflection["adjective"]
    assert isinstance(endings, list)
    for ending in endings:
        form = stem + ending
        yield form
        yield form[:1].upper() + form[1:]
