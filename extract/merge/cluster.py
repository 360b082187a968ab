"""A cluster of reports of one event, and the event it makes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from extract.agencies import credited_agencies
from extract.annotation import Annotation, Form, PlaceRole, Report
from extract.merge.copies import Sketch, sketch_of, with_copies
from extract.merge.traits import Bounds, Traits
from geodata.event import Event, Mark, Quantity, Source
from geodata.independence import independent_reports
from geodata.place import PlaceKind
from geodata.timespan import Basis

ID_LENGTH = 16
"""Hexadecimal digits of an event's id: among a million events, two share one once in 37 million runs."""
FINENESS = {PlaceKind.SITE: 6, PlaceKind.CITY: 5, PlaceKind.REGION: 4, PlaceKind.WATER: 3, PlaceKind.BORDER: 3,
            PlaceKind.COUNTRY: 2, PlaceKind.MACROREGION: 1}
CERTAINTY = {Basis.STATED: 4, Basis.RELATIVE: 4, Basis.NARRATIVE: 3, Basis.PUBLICATION: 1, Basis.UNKNOWN: 0}
COUNTED = 12
"""How many different numbers of a role are kept to compare others with: of more, no toll rises."""
MOST_CONFIDENT = 0.99
"""No number of reports makes a program surer than this."""


@dataclass(frozen=True)
class Telling:
    """A report and the source it is: one article's telling of an event.

    Attributes
    ----------
    sketch, agencies:
        Of the article: what its copies are known by, and the agencies it is credited to.
    """

    report: Report
    source: Source
    lang: str
    sketch: Sketch = ()
    agencies: tuple[str, ...] = ()

    @classmethod
    def of(cls, annotation: Annotation, report: Report) -> Telling:
        text = annotation.article.text
        return cls(report, source_of(annotation, report), annotation.lang, sketch_of(text), credited_agencies(text))

    @property
    def article(self) -> str:
        return self.source.article

    @cached_property
    def traits(self) -> Traits:
        return Traits.of(self.report, self.source)

    @cached_property
    def rank(self) -> tuple[bool, int, int, float]:
        """How finely and surely it tells: the best telling of a cluster gives the event its place and time."""
        place = FINENESS[self.report.place.kind] if self.report.place else 0
        return self.report.factuality.happened, place, CERTAINTY[self.report.span.basis], self.report.confidence


class Cluster:
    """The tellings of one event, and why they are one.

    Attributes
    ----------
    best:
        The telling that the event has its place and time from; of several as good the first.
    counted:
        All that the tellings count, by role: the first of what is different, up to :data:`COUNTED` a role.
    """

    def __init__(self, founder: Telling) -> None:
        self.tellings = [founder]
        self.reasons: list[str] = []
        self.articles = {founder.article}
        self.best = founder
        self.counted: dict[str, tuple[Bounds, ...]] = dict(founder.traits.numbers)

    def add(self, telling: Telling, reason: str) -> None:
        """Add a telling of the same event."""
        self.tellings.append(telling)
        self.articles.add(telling.article)
        self.reasons.append(f"same event: {reason}")
        if telling.rank > self.best.rank:
            self.best = telling
        for role, bounds in telling.traits.numbers.items():
            known = self.counted.get(role, ())
            if len(known) < COUNTED:
                self.counted[role] = (*known, *(each for each in bounds if each not in known))

    def event(self) -> Event:
        """The event: place and time as its best telling has them, what the others say beside it in ``why``."""
        best = self.best.report
        happened = best.factuality.happened
        ordered = sorted(self.tellings, key=lambda telling: (telling.source.published, telling.article,
                                                             telling.report.trigger))
        # that it was planned doesn't prove that it happened
        sure = [telling for telling in ordered if telling.report.factuality.happened is happened]
        sources = with_copies([(telling.source, telling.sketch, telling.agencies) for telling in ordered])
        independent = independent_reports([source for source in sources if source.factuality.happened is happened])
        why = list(best.why)
        if len(sources) > 1:
            why.append(f"sources: {len(sources)} reports, {independent} independent")
            why += dict.fromkeys(self.reasons)
            why += _differences(ordered, self.best)
        status = best.factuality if happened else ordered[0].report.factuality
        return Event(
            id=_identity(ordered[0]), type=best.type, factuality=status, sources=sources, place=best.place,
            span=best.span, codes=best.codes, claimed_by=best.claimed_by,
            group=f"{self.best.article}:{best.group}" if best.group else "", quantities=_quantities(ordered, self.best),
            confidence=_confidence(sure, independent), why=tuple(why))


def source_of(annotation: Annotation, report: Report) -> Source:
    """The source that a report is of its event: its quote, and what to mark in it."""
    article, published = annotation.article, annotation.published
    start, end = report.quotes[0]
    marked = [(report.trigger, "trigger")]
    if report.place_mention is not None:
        marked.append(((report.place_mention.start, report.place_mention.end), "place"))
    if report.time_expression is not None:
        marked.append(((report.time_expression.start, report.time_expression.end), "time"))
    marked += [((quantity.start, quantity.end), "quantity") for quantity in report.quantities]
    marks = tuple(Mark(low - start, high - start, role) for (low, high), role in sorted(marked)
                  if start <= low and high <= end)
    return Source(
        article=article.id, quote=article.text[start:end], start=start, end=end, text_sha256=article.text_sha256,
        outlet=article.outlet, url=article.url, title=article.title, published=published.edtf if published else "",
        published_basis=published.basis if published else "", marks=marks, factuality=report.factuality,
        claimed_by=report.claimed_by, parties=_parties(annotation, report), lang=annotation.lang)


def _parties(annotation: Annotation, report: Report) -> tuple[str, ...]:
    """The countries whose people or states the quotes name as taking part; the first quote that names any decides.

    A country where it happens takes part only if its people are named too, and who merely says so doesn't.
    """
    for start, end in report.quotes:
        named = {mention.place.country for mention in annotation.places
                 if start <= mention.start < end and mention.place is not None and mention.place.country
                 and (mention.form is Form.DERIVED or mention.role in (PlaceRole.ACTOR, PlaceRole.ORIGIN))
                 and mention.text not in report.claimed_by}
        if named:
            return tuple(sorted(named))
    return ()


def _identity(first: Telling) -> str:
    """From the article, trigger, type and place of the first telling: the same in every run over the same articles."""
    report = first.report
    place = report.place.id if report.place else ""
    key = "\0".join((first.article, str(report.trigger[0]), str(report.trigger[1]), report.type, place))
    return sha256(key.encode("utf-8", "backslashreplace")).hexdigest()[:ID_LENGTH]


def _confidence(tellings: list[Telling], independent: int) -> float:
    """The chance that not every independent telling is wrong."""
    doubt = 1.0
    for telling in sorted(tellings, key=lambda each: -each.report.confidence)[:independent]:
        doubt *= 1 - telling.report.confidence
    return round(min(1 - doubt, MOST_CONFIDENT), 4)


def _quantities(tellings: list[Telling], best: Telling) -> tuple[Quantity, ...]:
    """The best telling's quantities, then those of the others that say something else."""
    kept: dict[tuple[str, float | None, float | None], Quantity] = {}
    for telling in [best, *tellings]:
        for quantity in telling.report.quantities:
            kept.setdefault((quantity.role, quantity.minimum, quantity.maximum), quantity)
    return tuple(kept.values())


def _differences(tellings: list[Telling], best: Telling) -> list[str]:
    """Where the tellings differ in place, time or toll: kept and shown, not averaged."""
    lines = []
    for telling in tellings:
        report, chosen = telling.report, best.report
        name = telling.source.outlet or telling.article
        if report.place and chosen.place and report.place.id != chosen.place.id:
            lines.append(f"differs: {name} says {report.place.name}")
        if report.span.edtf != chosen.span.edtf and report.span.is_dated:
            lines.append(f"differs: {name} says {report.span.edtf}")
        for quantity in report.quantities:
            same_role = [other for other in chosen.quantities if other.role == quantity.role]
            if same_role and (quantity.minimum, quantity.maximum) not in [(o.minimum, o.maximum) for o in same_role]:
                lines.append(f"differs: {name} says {quantity.text} ({quantity.role})")
    return list(dict.fromkeys(lines))
