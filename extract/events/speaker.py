"""Whose words a claim is: named only where the sentence plainly says so, else left open.

"claimed by Fasher on Monday" would be worse than "claimed": a name is given only if it is a whole
noun phrase beside the cue or the reporting verb, and is a person's name, an acronym or holds a word
for people and bodies that speak.
"""

from __future__ import annotations

from extract.events.reading import SentenceReading

LONGEST = 9
"""How many tokens the name of a source has at most; a longer run of words is more than a name."""
LONGEST_PROPER = 3
"""How many tokens a person's name has, with a title perhaps."""
SPEAKING = frozenset({"speaker", "leader", "police", "soldiers", "militants", "institution", "court", "rescue",
                      "workers"})
"""Classes of words for people and bodies that speak."""
OPENS_OTHER = frozenset({"preposition", "relative", "content", "conditional", "coordinator"})
"""What opens no name: "In a message", "that helps defectors"."""
JOINS = frozenset({"-", "–", "'", "’", "“", "”", '"', "„", "«", "»"})


def named_beside(reading: SentenceReading, cue: int) -> str:
    """What stands beside "laut", "according to" or "zufolge"; else the speaker of the reporting verb."""
    clause = reading.clauses[reading.clause_of(cue)]
    for token in range(cue, min(cue + 3, clause.last)):
        classes = reading.words[token].classes
        if "source_after" in classes:
            return _name(reading, _run_after(reading, token + 1))
        if "source_before" in classes:
            return _name(reading, _run_before(reading, token))
    return speaker(reading)


def speaker(reading: SentenceReading) -> str:
    """The subject of the reporting verb: the noun phrase before it, or behind it where something else opens."""
    verbs = reading.classes.get("reporting", ())
    if not verbs:
        return ""
    return _name(reading, _run_before(reading, verbs[0])) or _name(reading, _run_after(reading, verbs[0] + 1))


def _run_before(reading: SentenceReading, end: int) -> range:
    """The tokens right before ``end``, back to a mark or a finite verb."""
    while end > 0 and "finite" in reading.words[end - 1].classes:
        end -= 1
    first = end
    while first > 0 and not _breaks(reading, first - 1):
        first -= 1
    if first < end and "reported_by" in reading.words[first].classes:
        first += 1
    return range(first, end)


def _run_after(reading: SentenceReading, first: int) -> range:
    """The tokens from ``first``, up to a mark, a finite verb, or the article or preposition of the next phrase."""
    last = first
    while last < len(reading.tokens) and not _breaks(reading, last) and not _opens_next(reading, first, last):
        last += 1
    return range(first, last)


def _breaks(reading: SentenceReading, token: int) -> bool:
    text = reading.tokens[token].text
    return (not text[0].isalnum() and text not in JOINS) or "finite" in reading.words[token].classes


def _opens_next(reading: SentenceReading, first: int, token: int) -> bool:
    """Whether the next phrase starts: at an article or preposition, or at a small letter behind a capital."""
    classes, before = reading.words[token].classes, reading.words[token - 1].classes
    if token == first or "determiner" in before or "of_name" in classes or "coordinator" in classes:
        return False
    if "preposition" in classes:
        return True
    small = reading.tokens[token].text[0].islower()
    return reading.tokens[token - 1].text[0].isupper() and ("determiner" in classes or small)


def _name(reading: SentenceReading, run: range) -> str:
    """The text of a run of tokens if it is somebody's name, else nothing."""
    opening = reading.words[run[0]].classes if run else ()
    # a German article is a relative pronoun as well
    if not 0 < len(run) <= LONGEST or ("determiner" not in opening and OPENS_OTHER.intersection(opening)):
        return ""
    words = [reading.tokens[token].text for token in run if reading.tokens[token].text[0].isalnum()]
    if not words or any(word[0].isdigit() for word in words):
        return ""
    if not (any(SPEAKING.intersection(reading.words[token].classes) for token in run)
            or any(len(word) > 1 and word.isupper() for word in words) or _is_proper(reading, run, words)):
        return ""
    return _text(reading, run)


def _is_proper(reading: SentenceReading, run: range, words: list[str]) -> bool:
    """ "Carol Hennessey", "Amnesty International": capitals alone, and no adverb, pronoun or time."""
    if any("no_speaker" in reading.words[token].classes for token in run):
        return False
    own = words[1:] if "determiner" in reading.words[run[0]].classes else words
    return 0 < len(own) <= LONGEST_PROPER and all(word[0].isupper() for word in own)


def _text(reading: SentenceReading, run: range) -> str:
    """The tokens' text with the white space between them as spaces."""
    pieces = [reading.tokens[run[0]].text]
    for token in run[1:]:
        pieces.append(" " * (reading.tokens[token].start - reading.tokens[token - 1].end) + reading.tokens[token].text)
    return "".join(pieces).strip(" \"„“”«»'’")
