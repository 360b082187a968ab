"""The language of an article: by its function words, else by py3langid."""

from __future__ import annotations

import re
from functools import cache

from extract import lexicon

UNDETERMINED = "und"
"""ISO 639-2 code for a text in no language that can be told."""
SAMPLE = 1500
"""Code points looked at: more of a text costs and tells no more (1,350 articles and paragraphs in German and English
are told the same by their first 1,000 as by their first 4,000)."""
ENOUGH_WORDS = 12
"""Below, a headline or a list of names: function words are too few to tell."""
CLEAR_SHARE = 0.25
"""Share of function words that only running text in the language has: German and English news 0.35–0.5
by our lists, Dutch and Danish read as German or English below 0.2 (test_language.py)."""
CLEAR_LEAD = 2.0
"""How many times more often than the next language's."""

WORD = re.compile(r"[a-z]{2,}+(?![^\W\d_])|[^\W\d_]+")
"""A run of letters in lower case; most are of Latin letters alone, which are told faster."""


def detect_language(text: str) -> str:
    """ISO 639-1 code of the language of ``text``, or ``und`` where it has no letters.

    Function words answer for the languages that have a lexicon. py3langid, which takes 0.7 s to
    load, is asked only about texts that they leave open.
    """
    words = WORD.findall(text[:SAMPLE].lower())
    if not words:
        return UNDETERMINED
    return _by_function_words(words) or _by_letters(text[:SAMPLE])


def _by_function_words(words: list[str]) -> str:
    """The language whose function words stand out, or nothing."""
    if len(words) < ENOUGH_WORDS:
        return ""
    shares = sorted(((sum(map(function_words.__contains__, words)) / len(words), language)
                     for language, function_words in _function_words()), reverse=True)
    (best, language), (second, _) = shares[0], shares[1]
    return language if best >= CLEAR_SHARE and best >= CLEAR_LEAD * second else ""


@cache
def _function_words() -> tuple[tuple[str, frozenset[str]], ...]:
    return tuple((language, frozenset(lexicon.read(language, "language").get("function_words", ())))
                 for language in lexicon.languages())


def _by_letters(sample: str) -> str:
    import py3langid

    return str(py3langid.classify(sample)[0])
