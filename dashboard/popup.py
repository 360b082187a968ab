"""What the map's popup shows: one event with its quote, or the list of the events at one place."""

from __future__ import annotations

from typing import Any

from dashboard import wording
from dashboard.i18n import Words
from geodata.event import Event
from geodata.layer import Layer

QUOTE_LENGTH, LINE_LENGTH, NAME_LENGTH = 600, 90, 120
"""Characters shown of a quote, of a quote in a list, of a name. The reader shows all; a popup must stay small."""
MOST_LISTED = 40


def popup(
    layer: Layer, rows: list[int], listed: int, at: tuple[float, float] | None, words: Words
) -> dict[str, Any] | None:
    """The popup for selected events, or ``None`` if there is nowhere to put it.

    Parameters
    ----------
    listed:
        How many events the list had that the selected one was chosen from.
    at:
        Latitude and longitude; else the place of the first event.
    """
    events = [(row, layer.events[row]) for row in rows[:MOST_LISTED]]
    if not events:
        return None
    place = events[0][1].place
    if at is None and place is None:
        return None
    whole = len(events) == 1
    content: dict[str, Any] = {
        "at": at or (place.lat, place.lon),  # type: ignore[union-attr]  # at or place: checked above
        "title": words("reader_list", n=words.number(len(rows))),
        "items": [_item(row, event, words, QUOTE_LENGTH if whole else LINE_LENGTH) for row, event in events],
    }
    if len(rows) > len(events):
        content["more"] = words("listed_of", shown=len(events), total=words.number(len(rows)))
    if whole and listed > 1:
        content["back"] = words("back", n=words.number(listed))
    return content


def _item(row: int, event: Event, words: Words, quote_length: int) -> dict[str, Any]:
    source = event.sources[0] if event.sources else None
    item: dict[str, Any] = {
        "row": row,
        "type": event.type,
        "label": _short(wording.type_text(event, words)),
        "status": event.factuality.value,
        "statusLabel": words("status_" + event.factuality),
        "where": _short(wording.place_text(event, words)),
        "when": wording.span_text(event, words),
        "quote": wording.marked_pieces(source, quote_length) if source else [],
        "source": "",
        "url": "",
    }
    if source:
        parts = [_short(wording.outlet_text(source, words)), wording.published_text(source, words)]
        if len(event.sources) > 1:
            parts.append(wording.sources_text(event, words))
        item["source"] = " · ".join(part for part in parts if part)
        item["url"] = wording.web_address(source)
        item["open"] = words("open_article")
    return item


def _short(text: str) -> str:
    return text if len(text) <= NAME_LENGTH else text[:NAME_LENGTH] + "…"
