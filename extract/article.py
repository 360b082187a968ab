"""An article: its text and what is known about it from outside the text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Publication:
    """When an article was published, and how that is known.

    Attributes
    ----------
    start, end:
        The day, twice; or the first and last day it can have been (``None`` where unbounded).
    basis:
        ``given`` (user or metadata), ``feed``, ``url``, ``line`` (a CMS date line), ``credit``
        ("(Quelle: dpa, 1. November 2024)"), ``dateline`` or ``text`` (bounds only).
    """

    start: date | None
    end: date | None
    basis: str

    @property
    def day(self) -> date | None:
        """The publication day where it is known to the day, else ``None``."""
        return self.start if self.start is not None and self.start == self.end else None

    @property
    def edtf(self) -> str:
        """The publication date as EDTF text: a day, an interval, or empty."""
        if self.day is not None:
            return self.day.isoformat()
        if self.start is None and self.end is None:
            return ""
        low = self.start.isoformat() if self.start else ".."
        high = self.end.isoformat() if self.end else ".."
        return f"{low}/{high}"


@dataclass(frozen=True, slots=True)
class Article:
    """One document. Offsets everywhere are Unicode code points into :attr:`text`.

    Attributes
    ----------
    id:
        Unique within a run.
    text:
        The whole text as read, newlines untouched.
    title, outlet, url:
        Empty where unknown.
    lang:
        ISO 639-1 code where given from outside, else empty: then it is detected.
    published:
        Given from outside the text, else ``None``: then the text is searched for it.
    captions, teasers:
        What stands beside the text in a page, kept apart from it: what pictures show, and leads to other stories. No
        event is read from them.
    """

    id: str
    text: str
    title: str = ""
    outlet: str = ""
    url: str = ""
    lang: str = ""
    published: Publication | None = None
    captions: tuple[str, ...] = ()
    teasers: tuple[str, ...] = ()

    @property
    def text_sha256(self) -> str:
        """Hash of the text in UTF-8; lone surrogates of broken input are escaped, never fatal."""
        return sha256(self.text.encode("utf-8", "backslashreplace")).hexdigest()
