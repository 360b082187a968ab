"""Sections of an article's text and what each is: body, headline, caption, teaser, form …"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class SectionRole(StrEnum):
    """What a paragraph is to the article. Only ``title`` and ``body`` may tell events."""

    TITLE = "title"
    BODY = "body"
    CAPTION = "caption"
    TEASER = "teaser"
    """Pointer to another article: "Siehe auch", "Lesen Sie auch"."""
    NAVIGATION = "navigation"
    """Section names, share buttons, newsletter boxes, comment forms."""
    CREDIT = "credit"
    """Sources, authors, agencies."""
    DATE = "date"
    """A line that is only a date, and perhaps a time."""

    @property
    def tells_events(self) -> bool:
        return self in (SectionRole.TITLE, SectionRole.BODY)


@dataclass(frozen=True, slots=True)
class Section:
    """A paragraph, its role and the reason for it in words."""

    start: int
    end: int
    role: SectionRole
    why: str = ""


LINE = re.compile(r"[^\n\r\u2028\u2029]+")


def find_sections(text: str, lang: str, title: str = "") -> tuple[Section, ...]:
    """Every line that isn't blank, as a section."""
    return tuple(Section(match.start(), match.end(), SectionRole.BODY)
                 for match in LINE.finditer(text) if not match.group().isspace())
