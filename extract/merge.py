"""From reports to events: one event may be told by many reports."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from extract.annotation import Annotation, Report
from geodata.event import Event, Mark, Source

ID_LENGTH = 16
"""Hexadecimal digits of an event's id: two of a million events share one once in 37 million runs."""


def merge_reports(annotations: Iterable[Annotation]) -> tuple[Event, ...]:
    """The events that the reports of many articles tell of."""
    return tuple(_event(annotation, report) for annotation in annotations for report in annotation.reports)


def _event(annotation: Annotation, report: Report) -> Event:
    place = report.place.id if report.place else ""
    key = f"{annotation.article.id}\0{report.trigger[0]}\0{report.trigger[1]}\0{report.type}\0{place}"
    identity = sha256(key.encode("utf-8", "backslashreplace")).hexdigest()[:ID_LENGTH]
    return Event(
        id=identity, type=report.type, factuality=report.factuality, sources=(source_of(annotation, report),),
        place=report.place, span=report.span, codes=report.codes, claimed_by=report.claimed_by,
        group=f"{annotation.article.id}:{report.group}" if report.group else "", quantities=report.quantities,
        confidence=report.confidence, why=report.why)


def source_of(annotation: Annotation, report: Report) -> Source:
    """The source that a report is of its event: its quote, and what to mark in it."""
    article = annotation.article
    start, end = report.quotes[0]
    marked = [(report.trigger, "trigger")]
    if report.place_mention is not None:
        marked.append(((report.place_mention.start, report.place_mention.end), "place"))
    if report.time_expression is not None:
        marked.append(((report.time_expression.start, report.time_expression.end), "time"))
    marked += [((quantity.start, quantity.end), "quantity") for quantity in report.quantities]
    marks = tuple(Mark(low - start, high - start, role) for (low, high), role in sorted(marked)
                  if start <= low and high <= end)
    published = annotation.published
    return Source(
        article=article.id, quote=article.text[start:end], start=start, end=end, text_sha256=article.text_sha256,
        outlet=article.outlet, url=article.url, title=article.title,
        published=published.edtf if published else "", published_basis=published.basis if published else "",
        marks=marks, factuality=report.factuality, claimed_by=report.claimed_by)
