"""Sentences and phrases that place an event by way of another: "Das geschah nahe Maroua", "in einem syrischen Dorf"."""

from __future__ import annotations

from datetime import date

import pytest

from extract.annotation import Report
from extract.article import Article, Publication
from extract.pipeline import annotate
from geodata.gazetteer import open_gazetteer

DAY = date(2025, 3, 12)


def reports(lang: str, text: str) -> tuple[Report, ...]:
    article = Article("follow-ups", text, lang=lang, published=Publication(DAY, DAY, "given"))
    return annotate(article, open_gazetteer()).reports


def placed(lang: str, text: str) -> list[tuple[str, str]]:
    return [(report.type, report.place.name if report.place else "") for report in reports(lang, text)]


@pytest.mark.parametrize(("lang", "text", "expected"), [
    ("en", "Two men were stabbed during a fight on Saturday night. The incident happened outside a nightclub in Leeds "
           "shortly after 2am.", ("crime", "Leeds")),
    ("de", "Soldaten haben am Dienstag drei Dorfbewohner erschossen. Das geschah nach Angaben von Anwohnern nahe "
           "Maroua in Kamerun.", ("attack", "Maroua")),
    ("de", "Im Osten Boliviens stieß am Montag ein Lastwagen mit einem Bus zusammen, elf Menschen starben. Das Unglück "
           "ereignete sich bei Betanzos.", ("accident", "Betanzos")),
])
def test_a_follow_up_places_what_was_told_before(lang: str, text: str, expected: tuple[str, str]) -> None:
    assert placed(lang, text) == [expected]
    assert len(reports(lang, text)[0].quotes) == 2


def test_a_follow_up_is_none_without_something_that_stands_for_the_event() -> None:
    text = "Two men were stabbed in Leeds on Saturday. Nothing like that had ever happened in York, residents said."
    assert placed("en", text) == [("crime", "Leeds")]


@pytest.mark.parametrize(("lang", "text", "place"), [
    ("en", "Gunmen killed 12 people in a Pakistani village on Monday.", "Pakistan"),
    ("en", "At least 40 people drowned when a ferry sank off the Senegalese coast on Sunday.", "Senegal"),
    ("en", "A fire at a Bangladeshi garment factory killed 17 workers on Friday.", "Bangladesh"),
    ("de", "In einem syrischen Dorf sind am Montag bei einem Luftangriff elf Menschen getötet worden.", "Syria"),
    ("de", "Vor der italienischen Küste ist am Mittwoch ein Boot mit Migranten gekentert.", "Italy"),
])
def test_an_adjective_says_whose_land_a_place_without_a_name_is_in(lang: str, text: str, place: str) -> None:
    assert [name for _, name in placed(lang, text)] == [place]


@pytest.mark.parametrize(("lang", "text"), [
    ("en", "Gunmen killed 12 people in the Pakistani army on Monday."),
    ("de", "Bei einem Luftangriff der syrischen Armee sind am Montag elf Menschen getötet worden."),
])
def test_an_adjective_of_who_acts_places_nothing(lang: str, text: str) -> None:
    assert all(name == "" for _, name in placed(lang, text))


@pytest.mark.parametrize(("lang", "text", "place"), [
    ("en", "Police in Kenya arrested 20 people on Monday. Gunmen attacked a village in the country's far north, "
           "killing six.", "Northern Kenya"),
    ("en", "Police in Kenya arrested 20 people on Monday. Gunmen attacked a village in the west of the East African "
           "nation, killing six.", "Western Kenya"),
    ("de", "In Nigeria hat die Polizei am Montag 20 Menschen festgenommen. Bewaffnete griffen ein Dorf im Nordwesten "
           "des westafrikanischen Landes an, sechs Menschen starben.", "Northwestern Nigeria"),
    ("de", "In Nigeria hat die Polizei am Montag 20 Menschen festgenommen. Bewaffnete griffen ein Dorf im östlichen "
           "Landesteil an, sechs Menschen starben.", "Eastern Nigeria"),
])
def test_a_part_of_the_country_told_of(lang: str, text: str, place: str) -> None:
    assert ("attack", place) in placed(lang, text)


def test_an_article_on_an_accident_needs_no_victim_in_every_sentence() -> None:
    text = ("Bei einem Zusammenstoß zweier Busse bei Hof sind am Sonntag drei Menschen gestorben, elf wurden verletzt. "
            "Rettungskräfte brachten die Opfer in Kliniken.\n\n"
            "Ein weiterer Unfall ereignete sich am Montagabend bei Münchberg.")
    assert ("accident", "Münchberg") in placed("de", text)


def test_a_bare_adverb_dates_the_verb_not_the_noun_before_it() -> None:
    arrested = reports("en", "A man from Bradford was arrested on suspicion of robbery in a bank yesterday.")[0]
    assert (arrested.span.start, arrested.span.end) == (date(2025, 3, 11), date(2025, 3, 11))


def test_what_happened_at_the_same_place_was_part_of_the_day() -> None:
    text = ("Rebels attacked the town of Goma on Tuesday, killing eleven soldiers.\n\nThe ministry did not comment.\n\n"
            "In Goma, police arrested three men.\n\nIn Bukavu, police arrested six men.")
    days = {report.place.name: report.span.end for report in reports("en", text)
            if report.place is not None and report.type == "crime"}
    assert days == {"Goma": date(2025, 3, 11), "Bukavu": DAY}


@pytest.mark.parametrize(("lang", "text", "place"), [
    ("de", "Bei einem Brand in Gazipur nördlich der Hauptstadt Dhaka sind neun Menschen gestorben.", "Gazipur"),
    ("en", "Nine workers were killed in an explosion in Gazipur, some 30 km north of the capital, Dhaka.", "Gazipur"),
    ("en", "Nine workers were killed on Monday in an explosion in Gazipur and in a blast in Dhaka.", "Dhaka"),
])
def test_a_second_place_may_only_say_where_the_first_lies(lang: str, text: str, place: str) -> None:
    assert place in [name for _, name in placed(lang, text)]


def test_who_is_given_troops_is_where_they_go() -> None:
    text = "Eritrea hat Äthiopien seit Herbst rund 12.000 Soldaten zum Kampf gegen Somalia zur Verfügung gestellt."
    assert placed("de", text) == [("deployment", "Ethiopia")]


def test_the_dead_told_with_arms_were_attacked() -> None:
    text = "Six soldiers were killed on Tuesday when militants with a machine gun surprised them in Maiduguri."
    assert ("attack", "Maiduguri") in placed("en", text)


def test_a_bomber_at_a_rally_is_no_protest() -> None:
    assert placed("en", "A suicide bomber killed 13 people at a political rally in Mastung on Monday.") \
        == [("attack", "Mastung")]


def test_protests_of_one_list_are_of_one_day() -> None:
    text = ("Thousands protested in Buenos Aires on Thursday against the new labour law.\n\n"
            "In Rosario, bus drivers and dockers protested outside the grain terminals.")
    assert {report.span.end for report in reports("en", text) if report.type == "protest"} == {date(2025, 3, 6)}


def test_a_match_report_with_one_real_event_keeps_that_one() -> None:
    text = ("Senegal withstood an aerial bombardment before a striker's late goal won the match for the visitors, and "
            "the goalkeeper went down on his knees. The season had begun with a massacre in Tangier, a 4-0 defeat.\n\n"
            "In Dakar, two people were killed and eleven injured when police fired shots at a crowd that night, the "
            "hospital said. Among the dead is a girl of nine years. Rescuers took the wounded to two clinics, and "
            "an inquiry into the shooting has been promised by the government.")
    assert {place for _, place in placed("en", text)} == {"Dakar"}


def test_a_prison_of_a_town_is_in_it() -> None:
    text = "Bei einer Explosion im Gefängnis von Machala sind am Sonntag sechs Häftlinge getötet worden."
    assert placed("de", text)[0][1] == "Machala"


@pytest.mark.parametrize(("lang", "text"), [
    ("de", "Die Gewerkschaften riefen für Sonntag zu einem landesweiten Streik in Peru auf."),
    ("en", "Unions called a general strike in Peru for Sunday."),
])
def test_what_is_called_for_a_day_is_planned_and_lies_ahead(lang: str, text: str) -> None:
    strike = reports(lang, text)[0]
    assert (strike.factuality.value, strike.span.start) == ("planned", date(2025, 3, 16))


def test_a_doubtful_name_is_a_place_in_a_country_told_of() -> None:
    text = "In Malkangiri, six people were killed in India in a bomb attack on Sunday, police in Delhi said."
    assert ("attack", "Malakanagiri") in placed("en", text)


def test_each_paragraph_of_a_round_up_has_its_own_place() -> None:
    text = ("Recife. In einem Armenviertel stürzten am Montag mehrere Häuser ein, sechs Menschen starben.\n\n"
            "Constanța. Vor der rumänischen Schwarzmeerküste ist ein Frachter in Brand geraten, zwei Seeleute starben.")
    assert {name for kind, name in placed("de", text) if kind == "accident"} == {"Recife", "Constanţa"}


def test_the_town_that_goods_go_to_is_not_the_town_told_of() -> None:
    text = ("Wer in Guayaquil am Hafen arbeitet, hat gelernt wegzusehen. Von hier gehen die Container nach Antwerpen. "
            "Im Oktober ging vor einem Einkaufszentrum im Norden der Stadt eine Autobombe hoch, ein Taxifahrer starb.")
    assert placed("de", text) == [("attack", "Guayaquil")]


@pytest.mark.parametrize(("lang", "text", "place"), [
    ("de", "In Passau ist am Montag eine Gasleitung explodiert.", "Passau"),
    ("en", "A gas pipeline exploded in Tulsa on Monday.", "Tulsa"),
])
def test_a_message_of_one_sentence(lang: str, text: str, place: str) -> None:
    assert placed(lang, text) == [("explosion", place)]


@pytest.mark.parametrize(("lang", "text"), [
    ("en", "Tillerson was considered a long shot to be the top diplomat in Washington on Monday."),
    ("en", "The major crimes unit of London police took charge of the investigation on Monday."),
    ("en", "The party won the election in Leeds by a landslide on Monday, to the despair of its rival, police said."),
    ("de", "Das Urteil war am Montag ein Schlag ins Gesicht der Polizei in Kassel, sagte ein Soldat."),
])
def test_idioms_name_no_event(lang: str, text: str) -> None:
    assert not {"attack", "crime", "flood", "battle"} & {kind for kind, _ in placed(lang, text)}


def test_what_collapsed_is_not_called_off() -> None:
    silo = reports("en", "A grain silo collapsed at a mill outside Rosario on Monday, trapping four workers.")[0]
    assert (silo.type, silo.factuality.value) == ("accident", "asserted")


@pytest.mark.parametrize(("lang", "text", "kind"), [
    ("en", "A bomb killed nine people in the city of Herat on Monday. The explosion tore through a market.", "attack"),
    ("en", "A car bomb went off in Kano on Monday, killing nine. The blast ripped through a waiting room.", "attack"),
    ("de", "Nach tagelangem Regen hat ein Erdrutsch am Montag ein Dorf bei Cobán verschüttet.", "flood"),
    ("en", "Fire tore through a market in Kano on Monday. The flames swept through dozens of stalls.", "accident"),
])
def test_what_it_did_is_no_other_event(lang: str, text: str, kind: str) -> None:
    assert [report.type for report in reports(lang, text)] == [kind]
