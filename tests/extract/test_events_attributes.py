"""Participles before their nouns: which tell an event, and whose time and place are whose."""

from __future__ import annotations

from datetime import date

import pytest

from extract.article import Article
from extract.document import read_document
from extract.events.attributes import attribute_of
from extract.events.inflection import Form
from extract.events.reading import SentenceReading, read_sentences
from extract.events.triggers import find_triggers
from extract.events.vocabulary import vocabulary
from geodata.event import Factuality
from tests.extract.stubs import mention, on, reports


def reading_of(text: str) -> SentenceReading:
    readings, _ = read_sentences(read_document(Article("t", text), "de"), vocabulary("de"))
    return readings[0]


@pytest.mark.parametrize(("text", "attribute"), [
    ("Die am Montag in Ambato gestürmte Kaserne brennt.", "am Montag in Ambato gestürmte"),
    ("Ein vor zwei Wochen bei Quito entführter junger Arzt ist frei.", "vor zwei Wochen bei Quito entführter"),
    ("Trauer um die gestern getöteten Bauern.", "gestern getöteten"),
    ("Beim am Freitag gesprengten Tresor lag Geld.", "am Freitag gesprengten"),
])
def test_a_time_or_place_of_its_own_makes_an_event(text: str, attribute: str) -> None:
    reading = reading_of(text)
    (first, last), = reading.attributes
    assert " ".join(token.text for token in reading.tokens[first:last + 1]) == attribute


@pytest.mark.parametrize("text", [
    "Die besetzten Gebiete liegen im Osten.",  # how they are
    "Die von Rebellen besetzte Stadt hungert.",  # only by whom
    "Am Montag besetzten Rebellen die Stadt.",  # a finite verb
    "Ein mit Sprengstoff beladener Lastwagen explodierte am Montag.",
    "In Quito wurden am Montag zwölf Männer verhaftet.",
    "Die in Quito verhafteten, aber ledigen Männer schweigen.",  # no noun right behind
])
def test_no_attribute_of_its_own(text: str) -> None:
    assert reading_of(text).attributes == ()


def test_a_state_is_no_trigger() -> None:
    words = vocabulary("de")
    readings, totals = read_sentences(
        read_document(Article("t", "Die von Rebellen besetzte Stadt hungert, Soldaten fehlen."), "de"), words)
    assert [trigger.form for trigger in find_triggers(readings[0], totals, words)
            if trigger.form in (Form.FINITE, Form.ATTRIBUTIVE)] == []


def test_nothing_opens_an_attribute_at_the_head_of_a_sentence() -> None:
    reading = reading_of("Getötete Soldaten wurden geborgen.")
    assert all(attribute_of(reading, number) is None for number in range(len(reading.tokens)))


def test_an_attribute_keeps_its_time_and_place() -> None:
    text = "Am Dienstag wurden die am Sonntag in Ambato festgenommenen Bauern in Quito dem Haftrichter vorgeführt."
    days = [on(text, "Dienstag", date(2024, 5, 14)), on(text, "Sonntag", date(2024, 5, 12))]
    found = {report.place.name: report.span.start
             for report in reports(text, [mention(text, "Ambato"), mention(text, "Quito")], days) if report.place}
    assert found == {"Ambato": date(2024, 5, 12), "Quito": date(2024, 5, 14)}


def test_what_an_attribute_tells_has_happened() -> None:
    text = "Die am Sonntag in Quito verhafteten Räuber sollen am Freitag nach Ambato verlegt werden."
    found = reports(text, [mention(text, "Quito"), mention(text, "Ambato")],
                    [on(text, "Sonntag", date(2024, 5, 12)), on(text, "Freitag", date(2024, 5, 24))])
    assert [report.factuality for report in found if report.type == "crime"] == [Factuality.ASSERTED]


def test_what_frames_something_else_lies_behind() -> None:
    text = "Nach dem Erdrutsch am Montag ist die Straße bei Ambato unpassierbar."
    found = reports(text, [mention(text, "Ambato")], [on(text, "Montag", date(2024, 5, 20))])
    assert [(report.factuality, report.span.start) for report in found if report.type == "other"] == [
        (Factuality.ASSERTED, date(2024, 5, 13))]
