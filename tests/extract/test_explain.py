"""An article and the reasons for its events, on a terminal."""

from __future__ import annotations

from datetime import date

from rich.console import Console

from extract.annotation import Annotation, PlaceRole
from extract.article import Article, Publication
from extract.document import read_document
from extract.events import find_reports
from extract.explain import describe_place, describe_span, explain, marked_text
from extract.quantities import find_quantities
from geodata.timespan import UNDATED
from tests.extract.stubs import mention, on, place

TEXT = "Bei einem Luftangriff auf Goma starben am Freitag zwölf Menschen, teilte Ruanda mit."


def annotation(text: str = TEXT) -> Annotation:
    article = Article("t", text)
    document = read_document(article, "de")
    published = Publication(date(2024, 5, 18), date(2024, 5, 18), "given")
    places = (mention(text, "Goma"), mention(text, "Ruanda", PlaceRole.ACTOR)) if text == TEXT else ()
    times = (on(text, "am Freitag", date(2024, 5, 17)),) if text == TEXT else ()
    quantities = find_quantities(document)
    return Annotation(article, "de", published, places, times, quantities,
                      find_reports(document, places, times, quantities, published))


def printed(of: Annotation) -> str:
    console = Console(width=100, record=True, force_terminal=False)
    with console.capture() as capture:
        for part in explain(of):
            console.print(part)
    return capture.get()


def test_every_decision_is_given_with_its_reason() -> None:
    shown = printed(annotation())
    for words in ("Luftangriff", "Air/drone strike", "Goma (city, CD)", "2024-05-17 (relative)", "claimed",
                  "stands in its clause", "confidence", "zwölf"):
        assert words in shown


def test_what_was_rejected_is_shown() -> None:
    assert "“Ruanda” is actor here" in printed(annotation())


def test_the_text_is_shown_letter_for_letter() -> None:
    text = marked_text(annotation())
    assert text.plain == TEXT
    assert {TEXT[span.start:span.end] for span in text.spans} >= {
        "Luftangriff", "Goma", "am Freitag", "zwölf", "Ruanda"}


def test_an_article_without_events_says_so() -> None:
    assert "no event is told" in printed(annotation("Die Sonne scheint."))


def test_markup_in_an_article_is_only_text() -> None:
    assert "[bold]Angriff[/bold]" in printed(annotation("Ein [bold]Angriff[/bold] ist es nicht."))


def test_places_and_spans_in_words() -> None:
    assert describe_place(None) == "no place"
    assert describe_place(place("Kongo")) == "Kongo (country, CD)"
    assert describe_span(UNDATED) == "no date"
