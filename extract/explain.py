"""Why here? Why then? An article in the terminal with its spans in colour, and the reasons for each event."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from extract.annotation import Annotation, PlaceMention, Report
from geodata.place import Place
from geodata.taxonomy import taxonomy
from geodata.timespan import TimeSpan

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

STYLES = {"place": "black on bright_green", "other place": "green", "time": "black on bright_cyan",
          "quantity": "black on bright_yellow", "trigger": "bold white on red"}
"""How spans look; the trigger last, for it may lie within a place ("Ukraine-Krieg")."""
QUIET = "dim"
"""How a section looks that tells no events: a caption, a teaser, a form."""
SHOWN_CANDIDATES = 3
"""How many places a name could also mean are shown."""


def explain(annotation: Annotation) -> Iterator[RenderableType]:
    """The article with its spans in colour, a legend, then a panel an event; for :meth:`rich.console.Console.print`."""
    from rich.rule import Rule

    yield Rule(annotation.article.title or annotation.article.id, style=QUIET)
    yield marked_text(annotation)
    yield legend()
    if not annotation.reports:
        yield Rule("no event is told", style=QUIET)
    for number, report in enumerate(annotation.reports, 1):
        yield reasons(annotation, report, number)


def marked_text(annotation: Annotation) -> Text:
    """The article's text, letter for letter, with places, times, quantities and triggers in colour."""
    from rich.text import Text

    from extract.sections import find_sections

    article = annotation.article
    text = Text(article.text, no_wrap=False)
    for section in find_sections(article.text, article.title):
        if not section.role.tells_events:
            text.stylize(QUIET, section.start, section.end)
    for place in annotation.places:
        text.stylize(STYLES["place" if place.role.pins else "other place"], place.start, place.end)
    for time in annotation.times:
        text.stylize(STYLES["time"], time.start, time.end)
    for quantity in annotation.quantities:
        text.stylize(STYLES["quantity"], quantity.start, quantity.end)
    for report in annotation.reports:
        text.stylize(STYLES["trigger"], *report.trigger)
    return text


def legend() -> Text:
    """What the colours mean."""
    from rich.text import Text

    line = Text()
    for name, style in STYLES.items():
        line.append(f" {name} ", style=style)
        line.append(" ")
    return line


def reasons(annotation: Annotation, report: Report, number: int) -> RenderableType:
    """One event: its type, place, time, status and quantities, why each, and what was rejected."""
    from rich.panel import Panel
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 2))
    table.add_column(style="bold")
    table.add_column()
    why = dict(reason.partition(": ")[::2] for reason in report.why)
    rows = [("type", f"{taxonomy()[report.type].label(annotation.lang)} ({report.codes.acled})", why.get("type", "")),
            ("place", describe_place(report.place), why.get("place", "")),
            ("time", describe_span(report.span), why.get("time", "")),
            ("status", report.factuality.value + (f" by {report.claimed_by}" if report.claimed_by else ""),
             why.get("status", ""))]
    for name, value, reason in rows:
        table.add_row(name, Text.assemble(value, ("  " + reason if reason else "", QUIET)))
    for role, text in report.actors:
        table.add_row(role, Text(text))
    for quantity in report.quantities:
        table.add_row(quantity.role, Text(quantity.text))
    for line in rejected(annotation, report):
        table.add_row("not", Text(line, style=QUIET))
    table.add_row("confidence", Text(f"{report.confidence:.0%}"))
    start, end = report.quotes[0]
    return Panel(table, title=Text(f"{number}. {annotation.article.text[start:end].strip()}", overflow="ellipsis"),
                 title_align="left")


def rejected(annotation: Annotation, report: Report) -> Iterator[str]:
    """The places of the event's sentence that do not place it, and the other places its own could mean."""
    start, end = report.quotes[0]
    for mention in annotation.places:
        if start <= mention.start < end and mention != report.place_mention and not mention.role.pins:
            yield f"“{mention.text}” is {mention.role.value} here" + (f": {mention.why}" if mention.why else "")
    if report.place_mention is not None:
        yield from _other_candidates(report.place_mention)


def _other_candidates(mention: PlaceMention) -> Iterator[str]:
    others = [candidate for candidate in mention.candidates if candidate.place != mention.place]
    for candidate in others[:SHOWN_CANDIDATES]:
        yield f"{describe_place(candidate.place)}: {candidate.score:.2f}, {candidate.why}"


def describe_place(place: Place | None) -> str:
    """A place in a few words; "no place" for none."""
    if place is None:
        return "no place"
    country = f", {place.country}" if place.country and place.country not in place.id else ""
    return f"{place.name} ({place.kind.value}{country})"


def describe_span(span: TimeSpan) -> str:
    """A time span in a few words; "no date" for none."""
    if not span.is_dated:
        return "no date"
    if span.start == span.end and span.start is not None:
        return f"{span.start.isoformat()} ({span.basis.value})"
    low = span.start.isoformat() if span.start else "…"
    high = span.end.isoformat() if span.end else "…"
    return f"{low} to {high} ({span.basis.value})"
