"""Where a text says that a place lies: in another, some kilometres off, or what its designator says it is."""

from __future__ import annotations

import pytest

from extract.annotation import PlaceMention
from extract.article import Article
from extract.document import read_document
from extract.places import find_places
from geodata.gazetteer import Gazetteer
from geodata.place import Place, PlaceKind, distance_km


def places_of(text: str, lang: str, gazetteer: Gazetteer) -> tuple[PlaceMention, ...]:
    return find_places(read_document(Article("a", text, lang=lang), lang), gazetteer)


def mentions(text: str, lang: str, gazetteer: Gazetteer) -> dict[str, PlaceMention]:
    return {mention.text: mention for mention in places_of(text, lang, gazetteer)}


def place_of(text: str, lang: str, name: str, gazetteer: Gazetteer) -> Place:
    """The place that a name of a text is resolved to."""
    place = mentions(text, lang, gazetteer)[name].place
    assert place is not None
    return place


@pytest.mark.parametrize(("text", "lang", "name", "place"), [
    ("Gunmen burned down the village of Qorahle, in the Mudug region.", "en", "Qorahle", "Mudug"),
    ("A boat sank off the village of Tanjoqa in Barguna district.", "en", "Tanjoqa", "Barguna District"),
    ("Im Dorf Qalembe im Distrikt Mangochi kamen acht Menschen um.", "de", "Qalembe", "Mangochi"),
    ("Das Dorf Qirchwang (Landkreis Freising) war am Abend ohne Strom.", "de", "Qirchwang", "Landkreis Freising"),
])
def test_a_village_that_no_gazetteer_has_is_somewhere_in_what_holds_it(
    gazetteer: Gazetteer, text: str, lang: str, name: str, place: str
) -> None:
    found = mentions(text, lang, gazetteer)[name]
    assert found.place is not None
    assert found.place.name == place
    assert found.place.kind is PlaceKind.REGION
    assert "not in the gazetteer" in found.why


def test_every_other_use_of_the_name_is_there_too(gazetteer: Gazetteer) -> None:
    text = "Gunmen burned the village of Qorahle, in the Mudug region. Qorahle was empty. Aid came to Qorahle."
    places = places_of(text, "en", gazetteer)
    assert {m.place.name for m in places if m.text == "Qorahle" and m.place} == {"Mudug"}
    assert sum(m.text == "Qorahle" for m in places) == 3


@pytest.mark.parametrize(("text", "lang", "lat", "lon"), [
    ("Herders died in the village of Qobdere, some 80 km north of Galkayo.", "en", 7.5, 47.4),
    ("Im Dorf Qobdere, rund 80 Kilometer südlich von Galkayo, starben Hirten.", "de", 6.05, 47.4),
    ("Herders died in the village of Qobdere, about 50 miles west of Galkayo.", "en", 6.77, 46.7),
])
def test_a_told_distance_is_a_circle_there(gazetteer: Gazetteer, text: str, lang: str, lat: float, lon: float) -> None:
    place = mentions(text, lang, gazetteer)["Qobdere"].place
    assert place is not None
    assert place.id.startswith("near:")
    assert distance_km(place.lat, place.lon, lat, lon) < place.radius_km
    assert 15 <= place.radius_km <= 25


def test_without_a_direction_the_circle_is_all_around(gazetteer: Gazetteer) -> None:
    found = mentions("Im Dorf Qobdere, 30 Kilometer von Galkayo entfernt, starben Hirten.", "de", gazetteer)
    place = found["Qobdere"].place
    assert place is not None
    assert place.radius_km > 30
    assert distance_km(place.lat, place.lon, 6.77, 47.43) < 10


@pytest.mark.parametrize(("text", "lang", "name"), [
    ("Recruits from Qorahle died in Somalia.", "en", "Qorahle"),
    ("The village of Qorahle was burned down, officials in Mogadishu said.", "en", "Qorahle"),
])
def test_a_place_that_does_not_hold_it_says_nothing_of_it(
    gazetteer: Gazetteer, text: str, lang: str, name: str
) -> None:
    found = mentions(text, lang, gazetteer)
    assert name not in found or found[name].place is None


@pytest.mark.parametrize(("text", "lang", "kind", "name"), [
    ("Im Landkreis Göttingen brannte ein Wald.", "de", PlaceKind.REGION, "Landkreis Göttingen"),
    ("Bewohner des Landkreises Kleve klagen über Lärm.", "de", PlaceKind.REGION, "Kreis Kleve"),
    ("In Göttingen brannte ein Haus.", "de", PlaceKind.CITY, "Göttingen"),
    ("Am Flughafen Lungi setzte eine Maschine hart auf.", "de", PlaceKind.SITE, "Lungi International Airport"),
    ("A plane left the runway at Lungi international airport.", "en", PlaceKind.SITE, "Lungi International Airport"),
    ("Rebels entered Kupwara district.", "en", PlaceKind.REGION, "Kupwara District"),
])
def test_a_designator_belongs_to_the_name_of_what_it_says(
    gazetteer: Gazetteer, text: str, lang: str, kind: PlaceKind, name: str
) -> None:
    places = [mention.place for mention in mentions(text, lang, gazetteer).values()]
    assert [(place.kind, place.name) for place in places if place is not None] == [(kind, name)]


@pytest.mark.parametrize(("text", "lang", "name", "region"), [
    ("Rebels attacked Chhattisgarh's Bijapur district.", "en", "Bijapur district", "IN-CG"),
    ("In der Stadt Victoria in Tamaulipas fielen Schüsse.", "de", "Victoria", "MX-TAM"),
    ("Shots were fired in Victoria in the Mexican state of Tamaulipas.", "en", "Victoria", "MX-TAM"),
])
def test_what_holds_a_place_tells_it_from_its_namesakes(
    gazetteer: Gazetteer, text: str, lang: str, name: str, region: str
) -> None:
    assert place_of(text, lang, name, gazetteer).region == region


def test_a_possessive_belongs_to_a_name_or_ends_one(gazetteer: Gazetteer) -> None:
    text = "Camps flooded in Cox's Bazar. A man was held at Toronto's Pearson International Airport."
    found = mentions(text, "en", gazetteer)
    assert found["Cox's Bazar"].place is not None
    assert found["Cox's Bazar"].place.country == "BD"
    assert "Toronto" in found


@pytest.mark.parametrize(("text", "lang", "name", "place"), [
    ("Gunmen raided the Santa Maria school in Port-au-Prince.", "en", "Santa Maria", "Port-au-Prince"),
    ("A blaze gutted the Hamburg restaurant in Osaka.", "en", "Hamburg", "Osaka"),
    ("Stalls burned at the Soweto market in Lusaka.", "en", "Soweto", "Lusaka"),
    ("Beim Brand in der Grundschule Toledo in Osaka wurde niemand verletzt.", "de", "Toledo", "Osaka"),
])
def test_a_building_called_like_a_town_elsewhere_is_where_it_stands(
    gazetteer: Gazetteer, text: str, lang: str, name: str, place: str
) -> None:
    assert place_of(text, lang, name, gazetteer).name == place


@pytest.mark.parametrize(("text", "name"), [
    ("Shells hit the Kunduz hospital in northern Afghanistan.", "Kunduz"),
    ("Nineteen died at a Texas school in Uvalde.", "Texas"),
    ("Stalls burned at the Soweto market in Johannesburg.", "Soweto"),
])
def test_a_building_in_the_town_that_it_is_called_after_leaves_the_town(
    gazetteer: Gazetteer, text: str, name: str
) -> None:
    assert place_of(text, "en", name, gazetteer).name == name


@pytest.mark.parametrize(("text", "name"), [
    ("Two men robbed a school in St Andrews.", "St Andrews"),
    ("A hospital in St. Petersburg burned.", "St. Petersburg"),
    ("The St. Louis Hospital burned.", "St. Louis"),
])
def test_a_town_called_after_a_saint_is_a_town(gazetteer: Gazetteer, text: str, name: str) -> None:
    assert mentions(text, "en", gazetteer)[name].place is not None


@pytest.mark.parametrize(("text", "lang", "name", "place"), [
    ("Fires burn in Oregon, Washington and California.", "en", "Washington", "iso:US-WA"),
    ("Snow fell in Idaho and Wyoming.", "en", "Wyoming", "iso:US-WY"),
    ("He flew to Washington and New York.", "en", "Washington", "gn:4140963"),
    ("In Sachsen, Brandenburg und Thüringen hat es geschneit.", "de", "Brandenburg", "iso:DE-BB"),
])
def test_a_name_beside_regions_in_a_list_is_a_region(
    gazetteer: Gazetteer, text: str, lang: str, name: str, place: str
) -> None:
    assert place_of(text, lang, name, gazetteer).id == place


def test_a_small_town_is_not_surely_meant_by_the_name_of_a_region_elsewhere(gazetteer: Gazetteer) -> None:
    place = mentions("The governor of Montana spoke.", "en", gazetteer)["Montana"].place
    assert place is None or place.country == "US"


@pytest.mark.parametrize(("text", "lang", "name", "country"), [
    ("A fire destroyed a hotel in the Spanish town of Toledo.", "en", "Toledo", "ES"),
    ("Two people were shot in the Canadian city of London.", "en", "London", "CA"),
    ("Im irischen Athlone zogen Tausende durch die Straßen.", "de", "Athlone", "IE"),
    ("In der spanischen Stadt Toledo brannte ein Hotel.", "de", "Toledo", "ES"),
])
def test_a_country_s_adjective_before_a_town_says_which(
    gazetteer: Gazetteer, text: str, lang: str, name: str, country: str
) -> None:
    assert place_of(text, lang, name, gazetteer).country == country


def test_a_movement_that_is_spelt_like_two_towns_is_no_place(gazetteer: Gazetteer) -> None:
    assert "Hamas" not in mentions("Hamas and Israel agreed to a ceasefire on Monday.", "en", gazetteer)
    assert "Hamas" not in mentions("Die Hamas und Israel einigten sich am Montag.", "de", gazetteer)
