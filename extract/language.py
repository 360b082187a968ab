"""The language of an article."""

from __future__ import annotations

UNDETERMINED = "und"
"""ISO 639-2 code for a text in no language that can be told."""

SAMPLE = 4000
"""Code points looked at: a whole article tells its language, more of it costs and tells no more."""


def detect_language(text: str) -> str:
    """ISO 639-1 code of the language of ``text``, or ``und`` where it has no letters (py3langid)."""
    sample = text[:SAMPLE]
    if not any(character.isalpha() for character in sample):
        return UNDETERMINED
    import py3langid  # 0.2 s to import: only for articles that don't give their language

    return str(py3langid.classify(sample)[0])
