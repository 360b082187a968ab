"""Capitals that are told by their country."""

from __future__ import annotations

import pytest

from extract.annotation import PlaceMention, PlaceRole
from extract.article import Article
from extract.document import read_document
from extract.places import find_places
from geodata.gazetteer import Gazetteer, open_gazetteer


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return open_gazetteer()


def mentions(text: str, lang: str, gazetteer: Gazetteer) -> dict[str, PlaceMention]:
    found = find_places(read_document(Article("a", text), lang), gazetteer)
    assert all(text[mention.start:mention.end] == mention.text for mention in found)
    return {mention.text: mention for mention in found}


@pytest.mark.parametrize(("lang", "text", "noun", "town"), [
    ("en", "Farmers drove their tractors through the Bulgarian capital on Monday.", "capital", "Sofia"),
    ("de", "In der bulgarischen Hauptstadt fuhren am Montag Traktoren.", "Hauptstadt", "Sofia"),
    ("en", "A tram caught fire in the capital of Latvia.", "capital", "Riga"),
    ("de", "In der Hauptstadt Lettlands brannte eine Straßenbahn.", "Hauptstadt", "Riga"),
])
def test_a_capital_is_known_by_its_country(lang: str, text: str, noun: str, town: str, gazetteer: Gazetteer) -> None:
    capital = mentions(text, lang, gazetteer)[noun]
    assert capital.place is not None
    assert capital.place.name == town
    assert capital.role is PlaceRole.SITE


def test_a_capital_that_is_named_needs_no_other_mention(gazetteer: Gazetteer) -> None:
    assert "capital" not in mentions("A tram burned in the Latvian capital, Riga, on Monday.", "en", gazetteer)


def test_a_capital_may_speak(gazetteer: Gazetteer) -> None:
    assert mentions("Die bulgarische Hauptstadt protestierte.", "de", gazetteer)["Hauptstadt"].role is PlaceRole.ACTOR
