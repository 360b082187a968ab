"""What the stages of the pipeline find in an article: mentions and reports, all with offsets.

Offsets are Unicode code points into the article's text; ``text[start:end] == mention.text``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from extract.article import Article, Publication
from geodata.event import Codes, Factuality, Quantity
from geodata.place import Place
from geodata.timespan import UNDATED, TimeSpan


class Form(StrEnum):
    """How a place is mentioned."""

    NAME = "name"
    DERIVED = "derived"
    """Adjective, demonym or compound: "nordkoreanisch", "Iraker", "Ukraine-Krieg"."""


class PlaceRole(StrEnum):
    """What a place is to what the sentence tells. Only ``site`` and ``destination`` pin an event."""

    SITE = "site"
    ORIGIN = "origin"
    DESTINATION = "destination"
    ACTOR = "actor"
    """A metonym: "Moskau erklärte"."""
    LANDMARK = "landmark"
    """"nahe der Grenze zu China"."""
    TOPIC = "topic"

    @property
    def pins(self) -> bool:
        return self in PINNING_ROLES


PINNING_ROLES = (PlaceRole.SITE, PlaceRole.DESTINATION)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A gazetteer entry that a name could mean, its score in 0–1, and the reason in words."""

    place: Place
    score: float
    why: str


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A toponym or a word derived from one; ``place`` is ``None`` where it can't be decided.

    ``maker`` names the recogniser and resolver, e.g. ``dateline`` or ``spacy:de_core_news_md``.
    """

    start: int
    end: int
    text: str
    form: Form
    role: PlaceRole
    place: Place | None
    candidates: tuple[Candidate, ...] = ()
    why: str = ""
    maker: str = "dateline"


class TimexType(StrEnum):
    """TIMEX3 types (TimeML 1.2.1)."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A TIMEX3 expression and the days it means.

    Attributes
    ----------
    type, value:
        As TIMEX3 has them: ``2024-10``, ``2025-W03``, ``P3M``, ``2024-WI``, ``2024-10-23TEV``,
        ``PRESENT_REF`` …
    span:
        The days on the calendar; undated for durations, sets, vague words and for relative
        expressions of an article with no known publication date.
    relation:
        ``during`` (it lies within), ``since``, ``until``, ``before`` or ``after``: what the
        preposition says; ``span`` has it already applied.
    why:
        The rule that read it and what it was counted from.
    """

    start: int
    end: int
    text: str
    type: TimexType
    value: str
    span: TimeSpan = UNDATED
    relation: str = "during"
    why: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """One article telling of one event, at one place (or none).

    Attributes
    ----------
    type, codes:
        Event type of the taxonomy and its codes.
    trigger:
        Span of the word(s) that name the event.
    quotes:
        Sentences that prove it, the main one first.
    place_mention, time_expression:
        Which mentions decided; ``None`` where place or time came from elsewhere (see ``why``).
    actors:
        Who did it, and to whom, as ``(role, text)`` with role ``agent`` or ``patient``.
    salience:
        0–1; the events of an article are ordered by it.
    group:
        Shared by the reports of one event that happened in several places; else empty.
    """

    type: str
    codes: Codes
    factuality: Factuality
    trigger: tuple[int, int]
    quotes: tuple[tuple[int, int], ...]
    place: Place | None = None
    place_mention: PlaceMention | None = None
    span: TimeSpan = UNDATED
    time_expression: TimeExpression | None = None
    claimed_by: str = ""
    actors: tuple[tuple[str, str], ...] = ()
    quantities: tuple[Quantity, ...] = ()
    salience: float = 0.0
    confidence: float = 0.5
    group: str = ""
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Annotation:
    """Everything the pipeline found in one article; ``reports`` are ordered by importance."""

    article: Article
    lang: str
    published: Publication | None
    places: tuple[PlaceMention, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    reports: tuple[Report, ...] = ()
