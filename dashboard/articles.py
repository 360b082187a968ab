"""The articles behind a layer: kept by a workspace and by the user's own articles, by no other layer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from extract.annotation import Annotation, PlaceMention, Report
from extract.packing import unpack_annotation, unpack_article
from geodata.corrections import words_of
from geodata.errors import InputError
from geodata.event import Event, Source
from geodata.workspace import Workspace

OWN = "own-annotations"
"""Session key of what was found in the user's own articles, by hash of their text."""


@dataclass(frozen=True, slots=True)
class Telling:
    """A source of an event with the article that it is from, as far as anybody kept that.

    Attributes
    ----------
    annotation:
        The article and all that was found in it; ``None`` where only the layer's quote is left.
    report:
        What the article reports of the event; ``None`` where another version of the program found something else.
    """

    source: Source
    annotation: Annotation | None = None
    report: Report | None = None


def tellings_of(event: Event, workspace: Path | None) -> tuple[Telling, ...]:
    """The sources of an event, in its order, with their articles."""
    own: Mapping[str, Annotation] = st.session_state.get(OWN, {})
    if workspace is None:
        return tuple(_telling(event, source, own.get(source.text_sha256)) for source in event.sources)
    with Workspace(workspace) as opened:
        return tuple(_telling(event, source, _kept(opened, source)) for source in event.sources)


def _kept(workspace: Workspace, source: Source) -> Annotation | None:
    """The article of a source as a workspace keeps it; ``None`` if it has none of that name and text any more."""
    try:
        content, annotation = workspace.record(source.article)
    except InputError:
        return None
    article = unpack_article(content)
    if source.text_sha256 and article.text_sha256 != source.text_sha256:
        return None
    return unpack_annotation(article, annotation)


def _telling(event: Event, source: Source, annotation: Annotation | None) -> Telling:
    report = _report_of(event, source, annotation) if annotation else None
    return Telling(source, annotation, report)


def _report_of(event: Event, source: Source, annotation: Annotation) -> Report | None:
    """The report that a source is: of its trigger, or of its quote where no trigger is marked."""
    trigger = words_of(source).trigger
    same = [
        report
        for report in annotation.reports
        if (report.trigger == trigger if trigger else report.quotes[0] == (source.start, source.end))
    ]
    place = event.place.id if event.place else ""

    def likeness(report: Report) -> tuple[bool, bool]:
        return (report.place.id if report.place else "") == place, report.type == event.type

    return max(same, key=likeness, default=None)


def lost(telling: Telling) -> tuple[tuple[PlaceMention, ...], tuple[PlaceMention, ...]]:
    """The place mentions of the quote that were not taken for the event's place, and the one that was (or none)."""
    if telling.annotation is None or telling.report is None:
        return (), ()
    start, end = telling.report.quotes[0]
    taken = telling.report.place_mention
    others = tuple(
        mention for mention in telling.annotation.places if start <= mention.start < end and mention != taken
    )
    return others, (taken,) if taken else ()
