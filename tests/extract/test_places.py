"""Places from text to gazetteer: what a reader of the article would say."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
    ("Ein Bus von Maribor nach Graz verunglückte.", "Maribor", PlaceRole.ORIGIN),
    ("Die Rebellen rückten auf Bunia vor.", "Bunia", PlaceRole.SITE),
    ("Ein Einsatz in den von Serbien besetzten Orten endete.", "Serbien", PlaceRole.ACTOR),
    ("Das Weiße Haus und der Kreml schwiegen.", "Kreml", PlaceRole.ACTOR),
    ("Hochwasser bedroht Chennai.", "Chennai", PlaceRole.SITE),
    ("Orte an der Donau wurden geräumt.", "Donau", PlaceRole.SITE),
    ("Auf den Komoren fiel der Strom aus.", "Komoren", PlaceRole.SITE),
    ],
)
def test_roles(text: str, name: str, role: PlaceRole, gazetteer: Gazetteer) -> None:
    assert places_in(text, gazetteer)[name].role is role


@pytest.mark.parametrize(("lang", "text", "name", "place_id"), [
    ("en", "Wildfires spread near Athens, Georgia, on Sunday.", "Athens", "iso:US-GA"),
    ("en", "A mill exploded in Paris, Ont., police said.", "Paris", "iso:CA-ON"),
    ("de", "Hochwasser: In Frankfurt (Oder) stieg der Pegel.", "Frankfurt (Oder)", "iso:DE-BB"),
])
def test_a_container_beside_a_name_decides(
        lang: str, text: str, name: str, place_id: str, gazetteer: Gazetteer) -> None:
    place = places_in(text, gazetteer, lang)[name].place
    assert place is not None
    assert f"iso:{place.region}" == place_id


def test_a_region_that_holds_the_article_s_towns_is_meant(gazetteer: Gazetteer) -> None:
    text = "The storm reached Georgia on Friday. Atlanta and Savannah lost power."
    place = places_in(text, gazetteer, "en")["Georgia"].place
    assert place is not None
    assert place.id == "iso:US-GA"


def test_a_name_does_not_speak_for_itself(gazetteer: Gazetteer) -> None:
    """Ten times London, Ky., is no article about Britain."""
    text = "LONDON, Ky. (AP) — A shop burned in London. London firefighters came. The mayor of London spoke."
    document = read_document(Article("a", text, lang="en"), "en")
    found = [mention for mention in find_places(document, gazetteer) if mention.text.casefold() == "london"]
    assert len(found) == 4
    assert {mention.place.region for mention in found if mention.place} == {"US-KY"}


def test_namesakes_that_nothing_parts_stay_undecided_and_cost_no_other(gazetteer: Gazetteer) -> None:
    found = places_in("Der Zug fuhr von Neustadt nach Lissabon.", gazetteer, "und")
    assert found["Lissabon"].place is not None
    undecided = [mention for mention in found.values() if mention.place is None]
    assert all(len(mention.candidates) > 1 for mention in undecided if "could be" in mention.why)


@pytest.mark.parametrize(("lang", "text", "name", "border"), [
    ("en", "Floods cut off Konstantinovka near the Russian border with China.", "Konstantinovka", ("CN", "RU")),
    ("en", "A truck burned in Santa Rosa near the border between Mexico and Guatemala.", "Santa Rosa", ("GT", "MX")),
])
def test_the_border_that_is_named_decides_between_namesakes(
        lang: str, text: str, name: str, border: tuple[str, str], gazetteer: Gazetteer) -> None:
    place = places_in(text, gazetteer, lang)[name].place
    assert place is not None
    assert gazetteer.distance_to_border(place, *border) < 30


def test_a_region_that_is_named_lends_its_bare_name(gazetteer: Gazetteer) -> None:
    found = places_in("Überschwemmungen in der Region Orenburg: In Orenburg wurden Deiche erhöht.", gazetteer)
    assert found["Orenburg"].place is not None
    assert found["Orenburg"].place.kind is PlaceKind.REGION or found["Orenburg"].place.population > 500_000


@pytest.mark.parametrize(("lang", "text", "name", "part"), [
    ("de", "In Ostpolen fiel der Strom aus.", "Ostpolen", "eastern"),
    ("de", "Im Norden Kenias fehlt Regen.", "Kenias", "northern"),
    ("en", "Floods hit southern Brazil.", "Brazil", "southern"),
    ("de", "Peru meldet ein Beben. Im Süden des Landes stürzten Häuser ein.", "Süden des Landes", "southern"),
])
def test_a_part_of_the_sky_makes_a_part_of_the_place(
        lang: str, text: str, name: str, part: str, gazetteer: Gazetteer) -> None:
    place = places_in(text, gazetteer, lang)[name].place
    assert place is not None
    assert place.kind is PlaceKind.MACROREGION
    assert place.name.lower().startswith(part) or place.id.startswith("dl:")


@pytest.mark.parametrize(("lang", "text", "name"), [
    ("de", "Ein Erdrutsch verschüttete Höfe im Weiler Xaverhub.", "Xaverhub"),
    ("de", "Der Sturm deckte in Quetzelhausen Dächer ab.", "Quetzelhausen"),
    ("de", "Stau auf der A 9 zwischen Nürnberg und Quasselburg.", "Quasselburg"),
    ("en", "Shells fell on the village of Qarmatiya.", "Qarmatiya"),
    ("en", "Deputies searched a farm in Zebulonia County.", "Zebulonia County"),
])
def test_a_name_that_no_gazetteer_has_is_kept_without_a_place(
        lang: str, text: str, name: str, gazetteer: Gazetteer) -> None:
    mention = places_in(text, gazetteer, lang)[name]
    assert mention.form is Form.NAME
    assert mention.place is None or mention.place.kind is not PlaceKind.COUNTRY


@pytest.mark.parametrize(("lang", "text"), [
    ("de", "Die Frankfurter Allgemeine berichtete darüber."),
    ("de", "Der FC Augsburg gewann gegen Borussia Dortmund."),
    ("de", "Bayern München verlor."),
    ("de", "Präsident Essen trat zurück, sagte Herr Halle."),
    ("de", "Am 23. März kamen 150 Kitas dazu."),
    ("en", "Austin Miller said Jordan Baker had left."),
    ("en", "He lives at 12 Oxford Street and reads The Denver Post."),
    ("de", "Das Portal „Riga Heute“ schrieb davon."),
    ("en", "The Islamic State group claimed it."),
    ("en", "Cyclone Milton grew; Marburg virus spread; a Bengal tiger slept; the submarine Kursk sank."),
    ("en", "al-Qaida in the Islamic Maghreb and Islamic State West Africa Province split."),
    ("de", "Hurrikan Florence wuchs; der Islamische Staat im Irak und Syrien zerfiel."),
    ("en", "A Molotov cocktail flew; the Geneva Conventions forbid it."),
    ("en", "Shots hit the church of St. Peter and St. Paul, and St Thomas' Hospital."),
    ("en", "They met at the Saint Peter and Saint Paul Orthodox Church."),
    ("de", "In der Kirche St. Johannes und im Krankenhaus Sankt Peter brannte Licht."),
])
def test_called_after_a_place_is_no_place(lang: str, text: str, gazetteer: Gazetteer) -> None:
    assert [m.text for m in places_in(text, gazetteer, lang).values() if m.form is Form.NAME] == []


@pytest.mark.parametrize(("text", "name", "lemma"), [
    ("Die Häfen Tunesiens sind zu.", "Tunesiens", "cc:TN"),
    ("Der Chile-Besuch fiel aus.", "Chile-Besuch", "cc:CL"),
    ("Die Grazer Feuerwehr half.", "Grazer", "gn:2778067"),
    ("Die westafrikanischen Staaten tagten.", "westafrikanischen", "dl:west-africa"),
])
def test_inflected_compound_and_derived_words(text: str, name: str, lemma: str, gazetteer: Gazetteer) -> None:
    place = places_in(text, gazetteer)[name].place
    assert place is not None
    assert place.id == lemma


@pytest.mark.parametrize(("lang", "text", "place_id"), [
    ("ru", "В Костроме прошёл дождь.", "gn:543878"),
    ("ru", "Жители уехали из Омской области.", "iso:RU-OMS"),
    ("uk", "У Чернівцях та в Луцьку відкрили школи.", "gn:702569"),
])
def test_other_languages_carry_as_far_as_their_lexicon(
        lang: str, text: str, place_id: str, gazetteer: Gazetteer) -> None:
    assert place_id in {mention.place.id for mention in places_in(text, gazetteer, lang).values() if mention.place}


def test_words_glued_by_a_lost_line_break_come_apart(gazetteer: Gazetteer) -> None:
    assert "Lissabon" in places_in("Schwere Schäden in LissabonFeuerwehr im Einsatz.", gazetteer)


def test_another_transliteration_is_found_where_the_text_says_it_is_a_place(gazetteer: Gazetteer) -> None:
    place = places_in("Kämpfe gab es in der Siedlung Nowoolexandriwka.", gazetteer)["Nowoolexandriwka"].place
    assert place is None or place.country == "UA"


def test_every_mention_says_why_and_who(gazetteer: Gazetteer) -> None:
    for mention in places_in("In Kampala und Nairobi protestierten Tausende gegen Uganda.", gazetteer).values():
        assert mention.maker == "dateline"
        assert mention.why


@given(st.text(max_size=400))
@settings(max_examples=60, deadline=None)
def test_any_text_gives_ordered_mentions_that_do_not_overlap(text: str) -> None:
    for lang in ("de", "en"):
        end = 0
        for mention in find_places(read_document(Article("a", text, lang=lang), lang), open_gazetteer()):
            assert end <= mention.start < mention.end
            assert mention.text == text[mention.start:mention.end]
            end = mention.end


@pytest.mark.parametrize("text", ["", "\ud800 in \udfff", "?!…" * 2000, "A" * 100_000, "In " * 5000, "in Ulm, " * 2000])
@pytest.mark.parametrize("lang", ["de", "en", "und", "zh"])
def test_hostile_text_is_read_to_its_end(text: str, lang: str, gazetteer: Gazetteer) -> None:
    for mention in places_in(text, gazetteer, lang).values():
        assert mention.start < mention.end <= len(text)


@pytest.mark.parametrize(("text", "lang", "name"), [
    ("ROME (AP) — A tram hit a bus on Monday.", "en", "ROME"),
    ("LIMA, Peru — A tram hit a bus on Monday.", "en", "LIMA"),
    ("OSLO: Am Montag stießen zwei Fähren zusammen.", "de", "OSLO"),
])
def test_a_short_name_in_capitals_heads_a_dateline(text: str, lang: str, name: str, gazetteer: Gazetteer) -> None:
    place = places_in(text, gazetteer, lang)[name].place
    assert place is not None
    assert place.kind is PlaceKind.CITY
    assert place.name == name.capitalize()


@pytest.mark.parametrize("text", ["NATO (AP) — ministers meet.", "ISIS: Zwei starben.", "SPD (dpa) – Der Streit."])
def test_an_acronym_there_is_no_town(text: str, gazetteer: Gazetteer) -> None:
    assert places_in(text, gazetteer) == {}
