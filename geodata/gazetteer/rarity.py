"""Names so rare in running text that a place of little renown may claim them alone."""

from __future__ import annotations

from geodata.gazetteer.chances import LANGUAGES, person_names, zipf_by_key

MOST_HEARD = 2.2
"""Zipf frequency (one use in 6 million words) up to which a word is taken to be little else but such a name."""
SHORTEST = 4


def is_rare_name(key: str) -> bool:
    """Whether hardly anybody uses a folded name for anything else: no word of any language known, no person's name."""
    words = key.split()
    if len(key) < SHORTEST or not words:
        return False
    people = person_names()
    if len(words) > 1:  # "Simon Bolivar", "Alto Alegre": people, and words of the land's own language
        return not (words[0] in people and words[-1] in people) and any(_zipf(word) <= MOST_HEARD for word in words)
    return key not in people and _zipf(key) <= MOST_HEARD


def _zipf(word: str) -> float:
    """The highest Zipf frequency of a folded word in any of our languages; 0 if none of them has it."""
    return max(zipf_by_key(language).get(word, 0.0) for language in LANGUAGES)
