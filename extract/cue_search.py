"""Which of some hundred cues stand in a text: told by how its words begin, for most cues stand in none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from itertools import chain, compress

OPENING = 4
"""Letters of a word that tell at once that most cues aren't in a text."""
MARKS = frozenset("(/©")
"""Marks that cues open with and that are never part of a word or number."""
LETTERS = re.compile(r"[^\W_]+")
OPENINGS = re.compile(rf"([^\W_]{{1,{OPENING}}})[^\W_]*")
CUT_SHORT = re.compile(r"\.[^\W\d_]\Z")
"""An abbreviation that may have taken the first letter of the word behind it: "z.B|ilder", where a space is lacking."""
TAKEN = "…"
"""What such a word opens with, beside its own openings: any cue."""
ANY = ""
"""The opening of a cue that isn't sure to stand alone: it is looked for in every text."""
MOST_WORDS, LONGEST_WORD = 100_000, 60
"""How many words are remembered, and how long they may be: more than a language has, less than a hostile text."""


class Cues:
    """Lists of cues, words or phrases in lower case; :meth:`standing_in` says which of each list a text has."""

    def __init__(self, *lists: Sequence[str]) -> None:
        self._lists = [(cues, tuple(map(_opening, cues))) for cues in lists]
        self._known = _Openings(chain.from_iterable(openings for _, openings in self._lists))

    def standing_in(self, folded: str, spellings: Set[str]) -> list[tuple[str, ...]]:
        """The cues of each list that a text in lower case has; ``spellings`` are its words."""
        openings = {ANY}.union(*map(self._known.__getitem__, spellings))
        if TAKEN in openings:
            openings.update(OPENINGS.findall(folded))
        return [tuple([cue for cue in compress(cues, map(openings.__contains__, openings_of)) if cue in folded])
                for cues, openings_of in self._lists]


class _Openings(dict[str, tuple[str, ...]]):
    """Word → those openings of cues that it has; none for most; kept."""

    def __init__(self, openings: Iterable[str]) -> None:
        super().__init__()
        self._openings = frozenset(openings)

    def __missing__(self, word: str) -> tuple[str, ...]:
        opened = tuple(self._openings.intersection((word, *OPENINGS.findall(word))))
        if CUT_SHORT.search(word):
            opened += (TAKEN,)
        if len(self) < MOST_WORDS and len(word) < LONGEST_WORD:
            self[word] = opened
        return opened


def _opening(cue: str) -> str:
    """The mark or the opening of the word that a cue begins with."""
    if cue[0] in MARKS:
        return cue[0]
    word = LETTERS.match(cue)
    if word is None or not word.group().isalpha() or (len(word.group()) < OPENING and word.end() == len(cue)):
        return ANY
    return word.group()[:OPENING]
