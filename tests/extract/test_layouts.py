"""Whole articles in the layouts of many outlets: no paragraph is lost, and nothing comes out of what stands around it.

Each article is a file in ``layouts/``. Its front matter says the language, the publication date and how that is
found, and the events that must come out (type, place, days). Below, every line has in its margin what it is: ``title``,
``body``, ``heading``, ``date``, ``quiet`` (a caption, credit, teaser or page furniture: any role that tells no
events), or ``label`` (beside the article in whatever role: a name, an address, a share button; no event may come
out of it). A line with an empty margin goes on with the paragraph above. ``␣`` stands for a space that does not
break, ``¬`` for a soft hyphen. The articles were written for this test.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from pathlib import Path

import pytest

from extract.annotation import Annotation
from extract.article import Article, Publication
from extract.document import Document, read_document
from extract.pipeline import annotate
from extract.sections import SectionRole
from extract.sources.html import page_article
from geodata.gazetteer import Gazetteer

LAYOUTS = Path(__file__).parent / "layouts"
UNSEEN = {"␣": "\u00a0", "¬": "\u00ad"}
QUIET, LABEL = "quiet", "label"
TELLS_NOTHING = (QUIET, LABEL, "heading", "date")


@dataclass(frozen=True)
class Line:
    """A line of an article, what it is, and whether it opens a paragraph."""

    start: int
    end: int
    is_: str
    opens: bool
    text: str


@dataclass(frozen=True)
class Layout:
    """An article with what is expected of it."""

    name: str
    lang: str
    published: str
    events: tuple[tuple[str, str, str], ...]
    lines: tuple[Line, ...]
    text: str


def read_layout(path: Path) -> Layout:
    """A file of ``layouts/``."""
    _, front, page = path.read_text(encoding="utf-8").split("+++\n", 2)
    told = tomllib.loads(front)
    lines: list[Line] = []
    text, kind = "", ""
    for row in page.splitlines():
        margin, bar, line = row.partition("|")
        if bar:
            line = line.removeprefix(" ")
            for sign, character in UNSEEN.items():
                line = line.replace(sign, character)
            kind = margin.strip() or kind
            indent = len(line) - len(line.lstrip())
            lines.append(Line(len(text) + indent, len(text) + len(line), kind, bool(margin.strip()), line))
            text += line
        text += told.get("line_end", "\n")
    events = tuple(tuple(part.strip() for part in event.split("|")) for event in told["events"])
    return Layout(path.stem, told["lang"], told["published"], events, tuple(lines), text)


ALL = [read_layout(path) for path in sorted(LAYOUTS.glob("*.txt"))]


@pytest.fixture(scope="module", params=ALL, ids=attrgetter("name"))
def layout(request: pytest.FixtureRequest) -> Layout:
    found: Layout = request.param
    return found


@pytest.fixture(scope="module")
def annotation(layout: Layout, gazetteer: Gazetteer) -> Annotation:
    return annotate(Article(layout.name, layout.text, lang=layout.lang), gazetteer)


@pytest.fixture(scope="module")
def document(layout: Layout) -> Document:
    return read_document(Article(layout.name, layout.text), layout.lang)


def test_every_line_is_taken_for_what_it_is(layout: Layout, document: Document) -> None:
    taken = {line.text: document.role_at(line.start) for line in layout.lines if line.is_ != LABEL}
    wrong = {line.text: f"{taken[line.text]}, not {line.is_}" for line in layout.lines if line.is_ != LABEL
             and not (taken[line.text] == line.is_ or (line.is_ == QUIET and not taken[line.text].tells_events))}
    assert not wrong


def test_paragraphs_are_whole_and_apart(layout: Layout, document: Document) -> None:
    starts = [section.start for section in document.sections]
    opening = {line.text: starts[bisect_right(starts, line.start) - 1] == line.start
               for line in layout.lines if line.is_ not in (QUIET, LABEL)}
    assert opening == {line.text: line.opens for line in layout.lines if line.is_ not in (QUIET, LABEL)}


def test_the_publication_date_is_found_where_the_layout_gives_one(layout: Layout, annotation: Annotation) -> None:
    published = annotation.published
    assert (f"{published.edtf} {published.basis}" if published else "") == layout.published


def told_events(annotation: Annotation) -> Iterator[tuple[str, str, str]]:
    """Type, place and days of the reports; the place by its own name and as it stands in the text."""
    for report in annotation.reports:
        yield report.type, report.place.name if report.place else "", report.span.edtf
        if report.place_mention is not None:
            yield report.type, report.place_mention.text, report.span.edtf


def test_the_news_is_told(layout: Layout, annotation: Annotation) -> None:
    assert set(layout.events) <= set(told_events(annotation))


def test_nothing_comes_out_of_what_stands_around_it(layout: Layout, annotation: Annotation) -> None:
    around = [line for line in layout.lines if line.is_ in TELLS_NOTHING]
    assert not [(report.type, line.text) for report in annotation.reports for line in around
                if line.start <= report.trigger[0] < line.end]


PAGES: dict[str, tuple[str, set[tuple[str, str, str]]]] = {
    "bbc": ("2024-12-28", {("wildfire", "Valparaíso", "../2024-12-28")}),
    "guardian": ("2024-03-04", {("accident", "Durban", "2024-03-02")}),
    "liveblog_en": ("2024-11-20", {("attack", "Odesa", "2024-11-20"), ("attack", "Kharkiv", "2024-11-19")}),
    "lokalzeitung": ("2024-08-21", {("accident", "Lübeck", "2024-08-20"), ("crime", "Bad Schwartau", "2024-08-19")}),
    "reuters": ("2024-03-11", {("flood", "Dar es Salaam", "2024-03-10")}),
    "tagesschau": ("2024-12-03", {("battle", "Hama", "2024-12-02"), ("attack", "Idlib", "2024-12-02")}),
}
"""Articles of above as their outlets' pages have them: the publication date the page declares, and the events."""


@pytest.fixture(scope="module", params=PAGES)
def page(request: pytest.FixtureRequest, gazetteer: Gazetteer) -> Annotation:
    name: str = request.param
    source = (LAYOUTS / "pages" / f"{name}.html").read_text(encoding="utf-8")
    return annotate(page_article(name, name, source), gazetteer)


def test_a_page_gives_every_paragraph_as_such(page: Annotation) -> None:
    article = page.article
    written = next(layout for layout in ALL if layout.name == article.id)
    document = read_document(article, page.lang)
    paragraphs = [line.text for line in written.lines if line.is_ == "body"]
    assert {text: document.role_at(article.text.find(text)) for text in paragraphs if text in article.text} \
        == dict.fromkeys(paragraphs, SectionRole.BODY)


def test_a_page_tells_the_same_and_no_more(page: Annotation) -> None:
    published, events = PAGES[page.article.id]
    assert (page.published.edtf if page.published else "") == published
    assert events <= set(told_events(page))
    beside = {"Viña del Mar", "Quilpué", "Concepción", "Polokwane", "Pietermaritzburg", "Lagos", "Dnipro", "Ratekau",
              "Aleppo", "Damaskus", "Zanzibar"}
    assert not beside.intersection(place for _, place, _ in told_events(page))


@pytest.mark.parametrize("dateline", [
    "Kiel (dpa/lno) - ", "Kiel␣(dpa/lno)␣–␣", "Kiel␣-␣", "KIEL. ", "Kiel.  ", "dpa Kiel. ", "Kiel, 12.3. (dpa) – ",
    "Kiel | ", "KIEL | Von Max Muster | ", "KIEL dpa | ", "Kiel, den 12. März 2024 - ", "[Kiel] ", "Kiel/sda. ",
    "Kiel (epd). ",
])
def test_german_datelines(dateline: str, gazetteer: Gazetteer) -> None:
    text = f"{dateline}Ein Lastwagen ist am Dienstag gegen ein Haus gefahren. Zwei Menschen starben."
    assert ("accident", "Kiel", "2024-03-12") in told_on_a_wednesday("Zwei Tote bei Unfall", text, "de", gazetteer)


@pytest.mark.parametrize("dateline", [
    "ROME, Italy (AP) — ", "ROME␣(Reuters)␣-␣", "Rome -- ", "ROME, March 12 (UPI) -- ", "Rome, Mar 12 (EFE).- ",
    "ROME: ", "ROME, March 12. /TASS/. ", "Rome, Italy (CNN) ", "(ROME, Italy) - ", "ROME, March 12 (Xinhua) -- ",
    "ROME | ", "Rome, 12 March 2024 – ", "ROME, (IANS) ",
])
def test_english_datelines(dateline: str, gazetteer: Gazetteer) -> None:
    text = f"{dateline}A lorry crashed into a house on Tuesday, killing two people."
    assert ("accident", "Rome", "2024-03-12") in told_on_a_wednesday("Two dead in crash", text, "en", gazetteer)


def told_on_a_wednesday(title: str, text: str, lang: str, gazetteer: Gazetteer) -> set[tuple[str, str, str]]:
    published = Publication(date(2024, 3, 13), date(2024, 3, 13), "given")
    article = Article("a", f"{title}\n\n{text}".replace("␣", UNSEEN["␣"]), lang=lang, published=published)
    return set(told_events(annotate(article, gazetteer)))
