"""Photo credits: what tells a caption by its words ("… in the old town. Photograph: Jane Doe/Agency")."""

from __future__ import annotations

from collections.abc import Iterable

from extract.headings import SENTENCE_FINAL

LONGEST_CREDIT = 80
"""Code points behind a credit's mark: names, an agency, "Purchase Licensing Rights"."""
BEFORE_CREDIT = frozenset(".!?…)]}(/|–—-©:;,\"'”“»«’>")
"""What stands before one that doesn't end its line; "… a grim picture: at least forty houses …" is prose."""
OPEN_MARKS = ":/"
"""What the marks of a credit end or begin with that prose has as well: "a Reuters/Ipsos poll"."""


def photo_credit(folded: str, marks: Iterable[str]) -> str:
    """The first of the ``marks`` that stands in a line (in lower case) as that of a credit does; empty if none."""
    for mark in marks:
        start = folded.find(mark)
        while start >= 0:
            if _is_credit(folded, start, start + len(mark)):
                return mark
            start = folded.find(mark, start + 1)
    return ""


def _is_credit(folded: str, start: int, end: int) -> bool:
    if folded[start].isalnum() and folded[start - 1:start].isalnum():
        return False  # within a word
    if folded[end - 1].isalnum() and folded[end:end + 1].isalpha():
        return False
    if folded[end - 1] not in OPEN_MARKS and folded[start] not in OPEN_MARKS:
        return True
    before, rest = folded[:start].rstrip()[-1:], folded[end:]
    if (not before or before in BEFORE_CREDIT) and (folded[end - 1] == ":" or len(rest) <= LONGEST_CREDIT):
        return True
    return len(rest) <= LONGEST_CREDIT and not SENTENCE_FINAL.search(rest[-60:])
