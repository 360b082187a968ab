"""Borders that are told by the countries they part: the line itself, and none of the two countries."""

from __future__ import annotations

import pytest

from extract.annotation import PlaceMention, PlaceRole
from extract.article import Article
from extract.document import read_document
from extract.places import find_places
from geodata.gazetteer import Gazetteer, open_gazetteer
from geodata.place import PlaceKind


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return open_gazetteer()


def mentions(text: str, lang: str, gazetteer: Gazetteer) -> tuple[PlaceMention, ...]:
    found = find_places(read_document(Article("a", text), lang), gazetteer)
    assert all(text[mention.start:mention.end] == mention.text for mention in found)
    return found


def borders(text: str, lang: str, gazetteer: Gazetteer) -> list[tuple[str, PlaceRole]]:
    return [(mention.place.id, mention.role) for mention in mentions(text, lang, gazetteer)
            if mention.place is not None and mention.place.kind is PlaceKind.BORDER]


SITE, DESTINATION = PlaceRole.SITE, PlaceRole.DESTINATION


@pytest.mark.parametrize(("lang", "text", "border", "role"), [
    ("en", "Two rangers were hurt near the border between Kenya and Somalia.", "border:KE-SO", SITE),
    ("en", "Two rangers were hurt on the Kenyan-Somali border.", "border:KE-SO", SITE),
    ("en", "Guards traded fire across the India–Pakistan border.", "border:IN-PK", SITE),
    ("en", "A dam burst along Peru's long border with Bolivia.", "border:BO-PE", SITE),
    ("en", "Chile sent soldiers to its border with Bolivia.", "border:BO-CL", DESTINATION),
    ("de", "An der Grenze zwischen Kenia und Somalia wurden zwei Ranger verletzt.", "border:KE-SO", SITE),
    ("de", "Im kenianisch-somalischen Grenzgebiet wurden zwei Ranger verletzt.", "border:KE-SO", SITE),
    ("de", "Nahe der Grenze zu Bolivien haben peruanische Zöllner einen Lastwagen gestoppt.", "border:BO-PE", SITE),
])
def test_a_border_is_told_by_its_countries(
    lang: str, text: str, border: str, role: PlaceRole, gazetteer: Gazetteer
) -> None:
    assert borders(text, lang, gazetteer) == [(border, role)]


def test_the_countries_are_no_sites_beside_it(gazetteer: Gazetteer) -> None:
    found = mentions("Two rangers were hurt near the border between Kenya and Somalia.", "en", gazetteer)
    assert [mention.text for mention in found if mention.role.pins] == ["border"]


def test_the_border_is_the_one_that_was_told(gazetteer: Gazetteer) -> None:
    text = "Guards were hurt at the border between Kenya and Somalia. On Monday a lorry burned at the border."
    assert [border for border, _ in borders(text, "en", gazetteer)] == ["border:KE-SO"] * 2


@pytest.mark.parametrize("text", [
    "Two border guards of Kenya were hurt in Nairobi.",          # the noun only says of which kind they are
    "A lorry burned at the border.",                             # which one isn't told
    "Two rangers were hurt near the border between Kenya and Chile.",  # there is none
    "People left four Thai border provinces and fled from Cambodia's rockets.",
])
def test_what_is_no_border_of_two_countries_is_none(text: str, gazetteer: Gazetteer) -> None:
    assert borders(text, "en", gazetteer) == []


def test_a_headline_s_border_is_that_of_the_two_countries_of_the_story(gazetteer: Gazetteer) -> None:
    text = ("Guards trade fire along border\n\nSoldiers from Kenya shelled a post in Somalia on Monday. Kenya closed "
            "its markets, and Somalia sent a note.")
    assert borders(text, "en", gazetteer) == [("border:KE-SO", SITE)]


def test_its_borders_with_two_countries_are_two(gazetteer: Gazetteer) -> None:
    found = borders("Mali closed posts on its borders with Niger and Senegal. Bamako is calm in Mali.", "en", gazetteer)
    assert found[0][0] == "border:ML-NE"
