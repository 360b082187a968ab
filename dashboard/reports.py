"""The reports of an event side by side: who says what of place, time and toll, and who copies whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from dashboard import wording
from dashboard.articles import Telling
from dashboard.i18n import Words
from geodata.event import Event, Quantity, Source
from geodata.independence import Dependence, dependences
from geodata.wording import in_words

MOST_SHOWN = 40
"""Reports set side by side; their number stands above the table."""
NAME_LENGTH, WORDS_LENGTH = 60, 80
"""Characters shown of an outlet and of what a report says."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one report says of one thing.

    Attributes
    ----------
    text:
        In the interface's words; empty where it says nothing.
    told:
        In the article's own words, where they say it otherwise.
    key:
        What is compared: two cells of one key agree.
    differs:
        Whether it says something else than the event has.
    link:
        Where it leads, http(s) only; empty for nowhere.
    """

    text: str
    told: str = ""
    key: str = ""
    differs: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that reports tell of, a cell a report."""

    name: str
    cells: tuple[Cell, ...]

    @property
    def differs(self) -> bool:
        """Whether not all reports that say something say the same."""
        return any(cell.differs for cell in self.cells)


def rows(event: Event, tellings: Sequence[Telling], words: Words) -> tuple[Row, ...]:
    """What the reports of an event say, row by row; a thing that none speaks of has no row."""
    sources = [telling.source for telling in tellings]
    numbers = [_numbers(event, telling) for telling in tellings]
    roles = dict.fromkeys(role for found in numbers for role in found)
    counted = dependences(sources)
    made = [
        Row(words("column_outlet"), tuple(_outlet(source, words) for source in sources)),
        Row(words("report_published"), tuple(Cell(wording.published_date(source, words)) for source in sources)),
        Row(words("column_place"), _compared([_place(telling, words) for telling in tellings], _place_key(event))),
        Row(words("column_date"), _compared([_date(telling, words) for telling in tellings], event.span.edtf)),
        *(
            Row(wording.role_text(role, words), _compared([found.get(role, Cell("")) for found in numbers]))
            for role in roles
        ),
        Row(words("column_status"), _compared([_status(source, words) for source in sources])),
        Row(words("report_counts"), tuple(_dependence(one, sources, words) for one in counted)),
    ]
    return tuple(row for row in made if any(cell.text for cell in row.cells))


def _outlet(source: Source, words: Words) -> Cell:
    return Cell(wording.outlet_text(source, words), link=wording.web_address(source))


def _place(telling: Telling, words: Words) -> Cell:
    told = wording.marked_text(telling.source, "place")
    report = telling.report
    if report is None:
        return Cell(told, key=told.casefold())
    if report.place is None:
        return Cell(words("unplaced"), told, key="-")
    name = report.place.name_in(words.language)
    mention = report.place_mention.text if report.place_mention else told
    return Cell(name, mention if mention != name else "", report.place.id)


def _place_key(event: Event) -> str:
    return event.place.id if event.place else "-"


def _date(telling: Telling, words: Words) -> Cell:
    told = wording.marked_text(telling.source, "time")
    report = telling.report
    if report is None:
        return Cell(told, key=told.casefold())
    when = in_words(report.span, words.language)
    mention = report.time_expression.text if report.time_expression else told
    return Cell(when, mention if mention != when else "", report.span.edtf)


def _status(source: Source, words: Words) -> Cell:
    status = words("status_" + source.factuality)
    who = words("claimed_by", who=source.claimed_by) if source.claimed_by else ""
    return Cell(status, who, source.factuality.value)


def _dependence(one: Dependence | None, sources: Sequence[Source], words: Words) -> Cell:
    if one is None:
        return Cell(words("report_independent"))
    name = wording.outlet_text(sources[one.on], words)
    return Cell(words("report_copy", outlet=name) if one.copied else words("report_same_outlet"))


def _numbers(event: Event, telling: Telling) -> dict[str, Cell]:
    """A report's numbers by what they count; in the article's words, for "almost 12,000" is not "12,000"."""
    source = telling.source
    if telling.report is not None:
        found = [(number.role, number.text, _bounds(number)) for number in telling.report.quantities]
    else:
        known = {wording.folded(number.text): number for number in event.quantities}
        found = []
        for text in wording.marked_texts(source, "quantity"):
            number = known.get(wording.folded(text))
            found.append((number.role, text, _bounds(number)) if number else ("", text, wording.folded(text)))
    by_role: dict[str, list[tuple[str, str]]] = {}
    for role, text, key in found:
        by_role.setdefault(role, []).append((text, key))
    return {
        role: Cell(", ".join(dict.fromkeys(text for text, _ in told)), key=" ".join(sorted({key for _, key in told})))
        for role, told in by_role.items()
    }


def _bounds(number: Quantity) -> str:
    return f"{number.minimum}–{number.maximum}"


def _compared(cells: Sequence[Cell], chosen: str | None = None) -> tuple[Cell, ...]:
    """The cells, with those set off that say something else than what was chosen, else than what most say.

    Where all reports agree nothing is set off, even if a person corrected the event since.
    """
    keys = Counter(cell.key for cell in cells if cell.key)
    if len(keys) < 2:
        return tuple(cells)
    right = chosen if chosen in keys else keys.most_common(1)[0][0]  # of as many, the first that is told
    return tuple(
        Cell(cell.text, cell.told, cell.key, bool(cell.key) and cell.key != right, cell.link) for cell in cells
    )


# On the screen -------------------------------------------------------------------------------------------------------


def table_html(event: Event, tellings: Sequence[Telling], words: Words) -> str:
    """The reports of an event as a table: one a column, so that numbers stand side by side."""
    found = rows(event, tellings[:MOST_SHOWN], words)
    head, body = found[0], found[1:]
    columns = "".join(f'<th scope="col">{_linked(cell, words)}</th>' for cell in head.cells)
    lines = "".join(_line(row, words) for row in body)
    return (
        f'<div class="dl-reports" role="region" aria-label="{escape(words("reports"))}" tabindex="0"><table>'
        f"<thead><tr><td></td>{columns}</tr></thead><tbody>{lines}</tbody></table></div>"
    )


def _line(row: Row, words: Words) -> str:
    cells = "".join(_cell(cell, words) for cell in row.cells)
    mark = f' <abbr title="{escape(words("report_differs"))}">≠</abbr>' if row.differs else ""
    return f'<tr{_class("dl-differs" if row.differs else "")}><th scope="row">{_text(row.name)}{mark}</th>{cells}</tr>'


def _cell(cell: Cell, words: Words) -> str:
    told = f"<small>{_text(words('quoted', text=_short(cell.told, WORDS_LENGTH)))}</small>" if cell.told else ""
    return f"<td{_class('dl-other' if cell.differs else '')}>{_text(_short(cell.text, WORDS_LENGTH)) or '–'}{told}</td>"


def _class(name: str) -> str:
    return f' class="{name}"' if name else ""


def _linked(cell: Cell, words: Words) -> str:
    name = _text(_short(cell.text, NAME_LENGTH))
    if not cell.link:
        return name
    target = f'href="{escape(cell.link)}" target="_blank" rel="noopener noreferrer nofollow"'
    return f'<a {target} title="{escape(words("open_article"))}">{name} ↗</a>'


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[:most] + "…"


_text: Callable[[str], str] = wording.html_text
