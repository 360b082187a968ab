"""Places from text to gazetteer: what a reader of the article would say."""

from __future__ import annotations

import pytest

from extract.annotation import Form, PlaceMention, PlaceRole
from extract.article import Article
from extract.document import read_document
from extract.places import find_places
from geodata.gazetteer import Gazetteer, open_gazetteer
from geodata.place import PlaceKind


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return open_gazetteer()


def places_in(text: str, gazetteer: Gazetteer, lang: str = "de") -> dict[str, PlaceMention]:
    document = read_document(Article("a", text, lang=lang), lang)
    return {mention.text: mention for mention in find_places(document, gazetteer)}


def test_offsets_point_at_the_text(gazetteer: Gazetteer) -> None:
    text = "Bei einem Erdbeben nahe der Stadt Gaziantep starben in der Türkei und in Syrien viele Menschen."
    for mention in places_in(text, gazetteer).values():
        assert text[mention.start : mention.end] == mention.text


def test_names_and_words_derived_from_names(gazetteer: Gazetteer) -> None:
    found = places_in("Chilenische Feuerwehrleute halfen in Portugal. Viele Portugiesen dankten ihnen.", gazetteer)
    assert found["Portugal"].form is Form.NAME
    assert found["Portugiesen"].form is Form.DERIVED
    assert found["Chilenische"].place is not None
    assert found["Chilenische"].place.country == "CL"


def test_ordinary_words_that_are_also_towns_stay_out(gazetteer: Gazetteer) -> None:
    found = places_in("Die Polizei kam am Ende der Woche zur Front. Laut Liste fehlten Namen.", gazetteer)
    assert found == {}


def test_person_called_like_a_town_is_no_place(gazetteer: Gazetteer) -> None:
    found = places_in("Jack London wrote about dogs. London died young.", gazetteer, "en")
    assert "London" not in found


def test_paper_called_after_a_town_is_no_place(gazetteer: Gazetteer) -> None:
    assert "Boston" not in places_in("The Boston Globe reported the fire first.", gazetteer, "en")


def test_container_decides_between_namesakes(gazetteer: Gazetteer) -> None:
    found = places_in("A tornado hit Paris, Texas, on Friday.", gazetteer, "en")
    assert found["Paris"].place is not None
    assert found["Paris"].place.country == "US"


def test_region_and_town_of_one_name_are_told_apart_by_the_designator(gazetteer: Gazetteer) -> None:
    region = places_in("In der Region Astrachan trat die Wolga über die Ufer.", gazetteer)["Astrachan"].place
    assert region is not None
    assert region.kind is PlaceKind.REGION


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("In Valparaíso brannten Häuser.", "Valparaíso", PlaceRole.SITE),
        ("Die Helfer reisten nach Nepal.", "Nepal", PlaceRole.DESTINATION),
        ("Die Helfer kamen aus Japan.", "Japan", PlaceRole.ORIGIN),
        ("Tokio erklärte, man werde helfen.", "Tokio", PlaceRole.ACTOR),
        ("Das Lager liegt nahe der Grenze zu Kenia.", "Kenia", PlaceRole.LANDMARK),
    ],
)
def test_roles(text: str, name: str, role: PlaceRole, gazetteer: Gazetteer) -> None:
    assert places_in(text, gazetteer)[name].role is role


@pytest.mark.parametrize("text", ["", "\ud800 in \udfff", "?!…" * 2000, "A" * 100_000, "In " * 5000, "in Ulm, " * 2000])
@pytest.mark.parametrize("lang", ["de", "en", "und", "zh"])
def test_hostile_text_is_read_to_its_end(text: str, lang: str, gazetteer: Gazetteer) -> None:
    for mention in places_in(text, gazetteer, lang).values():
        assert mention.start < mention.end <= len(text)
