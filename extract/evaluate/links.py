"""Score of merging and linking against gold relations between events of different articles.

A gold file may hold ``cross_document_links``: events by their ids and how they are related. What is one event must
have been merged; what is one situation must be linked and not merged; what is merely related must not be merged; what
is not the same must be neither. A relation counts only if all its events were found: who finds nothing confuses
nothing, and that is no merit.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from pathlib import Path

from extract.annotation import Annotation, Report
from extract.evaluate.events import place_and_time_agree, told_there
from extract.evaluate.figures import Figures, Row
from extract.merge import link_events, merge_reports
from extract.merge.cluster import source_of
from extract.merge.copies import as_told
from extract.standoff import annotation_to_json
from geodata.errors import InputError
from geodata.event import Event

SAME_EVENT, SAME_SITUATION, NOT_SAME = "same_event", "same_situation", "not_same"
"""Relations of the gold; one that begins with the second (a situation told with other numbers) counts as the second,
and any other says only that the events may not be merged."""


def read_links(path: Path) -> list[Row]:
    """The relations that a gold file states; none if it isn't one that has any.

    Raises
    ------
    InputError
        If the file can't be read or is no JSON.
    """
    if path.suffix != ".json":
        return []
    try:
        return list(json.loads(path.read_text(encoding="utf-8")).get("cross_document_links", ()))
    except (OSError, ValueError, AttributeError) as error:
        raise InputError(path, f"no gold file ({error})", "Give a .jsonl or a gold .json") from error


def score_links(links: Sequence[Row], gold: Sequence[Row], annotations: Sequence[Annotation]) -> Figures:
    """How many of the relations came out right, and which didn't.

    Parameters
    ----------
    links:
        Relations between gold events (:func:`read_links`).
    gold:
        The documents with these events.
    annotations:
        Of the same documents; their reports are merged and linked here.
    """
    events = merge_reports(annotations)
    linked = {frozenset((link.one, link.other)) for link in link_events(events)}
    found = dict(_found(gold, annotations, events))
    wrong = {" ".join(link["ids"]): verdict for link in links if (verdict := _wrong(link, found, linked))}
    return {"links": len(links), "right": len(links) - len(wrong), "wrong": wrong}


def _found(gold: Sequence[Row], annotations: Sequence[Annotation],
           events: Sequence[Event]) -> Iterable[tuple[str, Event]]:
    """Each gold event that a report tells of, with the event that the report went into."""
    by_id = {annotation.article.id: annotation for annotation in annotations}
    for document in gold:
        annotation = by_id[document["id"]]
        told = list(zip(annotation.reports, annotation_to_json(annotation)["events"], strict=True))
        for wanted in document["events"]:
            fitting = [(sum(place_and_time_agree(guess, wanted)), guess["type"] == wanted["type"], -number, report)
                       for number, (report, guess) in enumerate(told) if told_there(guess, wanted)]
            if fitting:
                yield wanted["id"], _event_of(annotation, max(fitting, key=lambda fit: fit[:3])[3], events)


def _event_of(annotation: Annotation, report: Report, events: Iterable[Event]) -> Event:
    own = source_of(annotation, report)
    telling = [event for event in events if own in map(as_told, event.sources)]
    place = report.place.id if report.place else ""
    return max(telling, key=lambda event: event.place is not None and event.place.id == place)


def _wrong(link: Row, found: Mapping[str, Event], linked: set[frozenset[str]]) -> str:
    """What is wrong with how the events of a relation came out; empty if nothing is."""
    missing = [name for name in link["ids"] if name not in found]
    if missing:
        return f"{link['relation']}: {' '.join(missing)} not found"
    events = [found[name].id for name in link["ids"]]
    relation = link["relation"]
    if relation == SAME_EVENT:
        return "" if len(set(events)) == 1 else f"{relation}: not merged"
    if len(set(events)) < len(events):
        return f"{relation}: merged"
    if relation.startswith(SAME_SITUATION):
        return "" if _hang_together(events, linked) else f"{relation}: not linked"
    if relation == NOT_SAME and any(frozenset(pair) in linked for pair in combinations(events, 2)):
        return f"{relation}: linked"
    return ""


def _hang_together(events: Sequence[str], linked: set[frozenset[str]]) -> bool:
    """Whether links lead from the first of the events to all others, over these events alone."""
    reached = {events[0]}
    while True:
        more = {event for event in events if any(frozenset((event, other)) in linked for other in reached)} | reached
        if more == reached:
            return len(reached) == len(set(events))
        reached = more
