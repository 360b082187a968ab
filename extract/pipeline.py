"""The way of one article, from text to reports: read it from top to bottom."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from extract.annotation import Annotation, Form, PlaceMention, TimeExpression
from extract.article import Article
from extract.document import read_document
from extract.events import find_reports
from extract.language import detect_language
from extract.places import find_places
from extract.pubdate import find_publication_and_times
from extract.quantities import find_quantities
from geodata.gazetteer import Gazetteer


def annotate(article: Article, gazetteer: Gazetteer) -> Annotation:
    """Everything an article tells: mentions of places, times and quantities, and its reports.

    Pure: the same article and gazetteer give the same annotation, on any day and machine.
    """
    lang = article.lang or detect_language(article.text)
    document = read_document(article, lang)
    places = find_places(document, gazetteer)
    published, times = find_publication_and_times(document)
    times = outside_names(times, places)
    quantities = find_quantities(document)
    reports = find_reports(document, places, times, quantities, published)
    return Annotation(article, lang, published, places, times, quantities, reports)


def outside_names(times: Sequence[TimeExpression], places: Sequence[PlaceMention]) -> tuple[TimeExpression, ...]:
    """The time expressions that are no part of a place's name: "Junis" in "Chan Junis"."""
    inner = set(chain.from_iterable(range(place.start, place.end) for place in places if place.form is Form.NAME))
    return tuple(time for time in times if time.start not in inner or time.end - 1 not in inner)
