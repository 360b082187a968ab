"""Events, and the sources that tell of them: what a layer holds and the map shows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from geodata.place import Place, PlaceKind
from geodata.timespan import UNDATED, TimeSpan


class Factuality(StrEnum):
    """Whether it happened, and in whose voice."""

    ASSERTED = "asserted"
    """In the author's own voice."""
    CLAIMED = "claimed"
    """In somebody else's."""
    DENIED = "denied"
    PLANNED = "planned"
    HYPOTHETICAL = "hypothetical"
    NEGATED = "negated"
    """It did not happen, says the text."""

    @property
    def happened(self) -> bool:
        """Whether somebody says it happened; only such events are on the map at first sight."""
        return self in (Factuality.ASSERTED, Factuality.CLAIMED)


@dataclass(frozen=True, slots=True)
class Codes:
    """What other schemes call an event.

    Attributes
    ----------
    acled:
        ACLED sub-event type, e.g. ``Air/drone strike`` (ACLED codebook 2023).
    plover:
        PLOVER event mode, e.g. ``ASSAULT`` (PLOVER codebook 2018).
    """

    acled: str = "Other"
    plover: str = ""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of people or things that the text gives.

    Attributes
    ----------
    start, end:
        Code points in the article's text.
    text:
        As the article has it ("fast 12.000").
    role:
        Whom or what it counts: ``killed injured captured missing displaced troops people material``
        and whatever a lexicon adds.
    minimum, maximum:
        Bounds; ``None`` where the text leaves an end open ("mindestens 300" has no maximum).
    approximate:
        Whether the text hedges ("rund", "etwa").
    """

    start: int
    end: int
    text: str
    role: str
    minimum: float | None
    maximum: float | None
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of a quote worth showing: ``role`` is ``trigger``, ``place``, ``time`` or ``quantity``.

    ``start`` and ``end`` are code points into the *quote*.
    """

    start: int
    end: int
    role: str


@dataclass(frozen=True, slots=True)
class Source:
    """One article's report of an event: who says so, where, in which words.

    Attributes
    ----------
    article:
        Identifier of the article.
    outlet, url, title:
        Of the article; empty where unknown.
    published:
        Publication date as an EDTF interval or day; empty where unknown.
    published_basis:
        How the publication date is known (``given``, ``line``, ``credit`` …).
    quote:
        The sentence(s) that prove it, letter for letter.
    start, end:
        Code points of the quote in the article's text.
    text_sha256:
        Hash of the article's text (UTF-8), so that a quote can be checked against its article.
    marks:
        What to highlight in the quote.
    factuality, claimed_by:
        The status this source gives the event, and whose claim it is.
    parties:
        ISO 3166-1 codes of the countries whose people or states take part in it, as far as the quote names them.
    lang:
        ISO 639-1 code of the article's language; empty where unknown.
    copy_of:
        Identifier of the event's earlier article that has most of this one's words, or the same agency's news; empty
        where there is none.
    """

    article: str
    quote: str
    start: int
    end: int
    text_sha256: str
    outlet: str = ""
    url: str = ""
    title: str = ""
    published: str = ""
    published_basis: str = ""
    marks: tuple[Mark, ...] = ()
    factuality: Factuality = Factuality.ASSERTED
    claimed_by: str = ""
    parties: tuple[str, ...] = ()
    lang: str = ""
    copy_of: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """What one or more reports tell of, at one place (or none) and in one span of time.

    Attributes
    ----------
    id:
        Stable from run to run: derived from the articles and spans that tell of it.
    type:
        A key of the taxonomy.
    place:
        Where; ``None`` is kept and counted, never guessed.
    span:
        When; undated events likewise.
    group:
        Shared by the pins of one event that happened in several places; else empty.
    confidence:
        0–1, that type, place and time are all right.
    why:
        The reasons, one decision a line, in words.
    """

    id: str
    type: str
    factuality: Factuality
    sources: tuple[Source, ...]
    place: Place | None = None
    span: TimeSpan = UNDATED
    codes: Codes = Codes()
    claimed_by: str = ""
    group: str = ""
    quantities: tuple[Quantity, ...] = ()
    confidence: float = 0.5
    why: tuple[str, ...] = ()

    @property
    def precision(self) -> PlaceKind | None:
        """How finely the place is known: its kind."""
        return self.place.kind if self.place else None
