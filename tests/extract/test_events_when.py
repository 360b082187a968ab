"""When events are told to happen: by the verb's tense, counted from other events, over nights, weeks and paragraphs."""

from __future__ import annotations

from datetime import date

import pytest

from extract.annotation import Report
from extract.article import Article, Publication
from extract.pipeline import annotate
from geodata.gazetteer import open_gazetteer

DAY = date(2026, 3, 4)
"""A Wednesday."""


def reports(lang: str, text: str) -> tuple[Report, ...]:
    article = Article("when", text, lang=lang, published=Publication(DAY, DAY, "given"))
    return annotate(article, open_gazetteer()).reports


def dated(lang: str, text: str) -> dict[str, tuple[str, str]]:
    """Place → days and status of what is told there."""
    return {report.place.name if report.place else "": (report.span.edtf, report.factuality.value)
            for report in reports(lang, text)}


@pytest.mark.parametrize(("lang", "text", "place", "expected"), [
    ("en", "Negotiators for the rail unions and the ministry return to talks in Lisbon on Friday, with pay unresolved.",
     "Lisbon", ("2026-03-06", "planned")),
    ("en", "ACCRA - Ghana's finance minister flies to Washington on Thursday to meet the head of the IMF.",
     "Washington", ("2026-03-05", "planned")),
    ("en", "The teachers' union has called a strike for Monday in Nairobi after talks over allowances collapsed.",
     "Nairobi", ("2026-03-09", "planned")),
    ("en", "Foreign ministers of the bloc met in Vienna on Monday to discuss sanctions.",
     "Vienna", ("2026-03-02", "asserted")),
    ("de", "Am Montag treffen sich die Innenminister der Länder in Bremen, um über das Waffenrecht zu beraten.",
     "Bremen", ("2026-03-09", "planned")),
    ("de", "Der Premierminister wird am Donnerstag in Kopenhagen zu Gesprächen erwartet.",
     "Copenhagen", ("2026-03-05", "planned")),
    ("de", "Ab Freitag ziehen die französischen Soldaten aus Abidjan ab.", "Abidjan", ("2026-03-06/..", "planned")),
    ("de", "Am Montag trafen sich die Innenminister der Länder in Bremen.", "Bremen", ("2026-03-02", "asserted")),
    ("de", "Am Montag haben die Präsidenten von Peru, Chile, die lange zerstritten waren, und Bolivien in Lima ein "
           "Abkommen unterzeichnet.", "Lima", ("2026-03-02", "asserted")),
])
def test_the_verb_says_which_day_of_the_week(lang: str, text: str, place: str, expected: tuple[str, str]) -> None:
    assert dated(lang, text)[place] == expected


def test_what_nobody_announces_is_told_vividly_in_the_present() -> None:
    text = ("Montagnachmittag, kurz nach 15 Uhr, explodiert in einem Haus in Kassel eine Gasflasche, zwei "
            "Menschen werden verletzt.")
    assert dated("de", text)["Kassel"] == ("2026-03-02", "asserted")


@pytest.mark.parametrize(("lang", "text", "place", "edtf"), [
    ("en", "A car bomb exploded in Mogadishu on Tuesday, two days after gunmen attacked a hotel in Kismayo and killed "
           "seven people.", "Kismayo", "2026-03-01"),
    ("en", "A car bomb exploded in Mogadishu on Tuesday, two days after gunmen attacked a hotel in Kismayo and killed "
           "seven people.", "Mogadishu", "2026-03-03"),
    ("en", "Two days after a bomb killed five people in Lahore on Sunday, gunmen attacked a bus near Quetta.",
     "Quetta", "2026-03-03"),
    ("en", "A bomb exploded outside a court in Cali on Tuesday. The blast came a day after soldiers arrested a gang "
           "leader in Medellín.", "Medellín", "2026-03-02"),
    ("de", "In Bamako demonstrierten am Dienstag Hunderte gegen die Armee, drei Tage nachdem Bewaffnete bei Kidal "
           "acht Bauern getötet hatten.", "Kidal", "2026-02-28"),
])
def test_an_event_is_counted_from_another(lang: str, text: str, place: str, edtf: str) -> None:
    assert dated(lang, text)[place][0] == edtf


@pytest.mark.parametrize(("lang", "text", "place", "edtf"), [
    ("en", "A bomb killed four people outside a cinema in Lahore on Tuesday.\n\nThe province has seen a surge in "
           "violence. Its police force is underpaid. Analysts blame porous borders. Few believe in change.\n\n"
           "Ten days earlier, gunmen killed eight bus passengers near Quetta.", "Quetta", "2026-02-21"),
    ("de", "Bei einem Anschlag auf eine Polizeiwache in Peschawar sind am Dienstag sechs Polizisten getötet worden.\n\n"
           "Die Region kommt nicht zur Ruhe. Experten sehen darin ein Muster. Die Regierung schweigt. Das hat Gründe."
           "\n\nEine Woche zuvor hatte ein Selbstmordattentäter in Quetta neun Menschen getötet.", "Quetta",
     "2026-02-24"),
])
def test_days_earlier_are_counted_over_paragraphs(lang: str, text: str, place: str, edtf: str) -> None:
    assert dated(lang, text)[place][0] == edtf


def test_the_finer_of_two_times_of_an_event() -> None:
    text = ("Rescuers have recovered four more bodies from a ferry that sank last week off Cebu.\n\n"
            "The vessel went down on Thursday evening with 90 people on board.")
    assert dated("en", text)["Cebu"][0] == "2026-02-26"


def test_the_day_on_which_unrest_began_is_not_that_of_its_latest_turn() -> None:
    text = ("Thousands of protesters are blocking the bridge in Dhaka.\n\nThe protests began on 8 February over fuel "
            "prices.")
    assert dated("en", text)["Dhaka"][0] == "../2026-03-04"


@pytest.mark.parametrize(("lang", "text", "place", "edtf"), [
    ("de", "Kurz vor Weihnachten unterzeichneten Peru und Chile in Lima ein Abkommen über die Fischerei.",
     "Lima", "2025-12-10/2025-12-23"),
    ("de", "Eine Kundgebung Anfang Woche in Lausanne löste die Polizei auf.", "Lausanne", "2026-03-02/2026-03-03"),
    ("de", "Ebenfalls am Montag legte ein Felssturz im Wallis die Straße oberhalb von Sitten lahm.", "Sitten",
     "2026-03-02"),
    ("en", "A boy was crushed to death in Cork when fans toppled a wall shortly after midnight, the fire brigade said.",
     "Cork", "2026-03-03/2026-03-04"),
])
def test_times_of_news(lang: str, text: str, place: str, edtf: str) -> None:
    assert dated(lang, text)[place][0] == edtf


@pytest.mark.parametrize(("lang", "text", "status"), [
    ("en", "Talks between the government and the rebels in Nairobi ended on Monday without an agreement.", "asserted"),
    ("de", "Viele Menschen wollen nicht zurück in ihre Wohnungen, seit am Sonntag in Neapel die Erde bebte.",
     "asserted"),
    ("de", "Weitere 300 Polizisten sollen nun nach Marseille und Toulon verlegt werden.", "planned"),
    ("de", "Wie die Armee am Dienstag mitteilte, griffen Kämpfer am Sonntag einen Stützpunkt bei Gao an.", "claimed"),
    ("de", "Dass die Miliz in den nächsten Tagen in Goma einrückt, halten Diplomaten für möglich.", "hypothetical"),
])
def test_what_stands_in_another_clause_changes_no_status(lang: str, text: str, status: str) -> None:
    assert {report.factuality.value for report in reports(lang, text)} == {status}


def test_the_time_of_a_report_is_that_of_its_own_clause() -> None:
    text = "Wie die Armee am Dienstag mitteilte, griffen Kämpfer am Sonntag einen Stützpunkt bei Gao an."
    assert dated("de", text)["Gao"][0] == "2026-03-01"


@pytest.mark.parametrize(("lang", "text", "place", "expected"), [
    ("en", "Opposition parties plan a march in Dakar on Saturday against the president.", "Dakar",
     ("2026-03-07", "planned")),
    ("en", "A second fisheries pact is to be signed in Thessaloniki on Monday.", "Thessaloníki",
     ("2026-03-09", "planned")),
    ("de", "Die Bundeswehr zieht bis Ende März aus Niamey ab.", "Niamey", ("2026-03-04/2026-03-31", "planned")),
])
def test_what_is_planned_lies_ahead(lang: str, text: str, place: str, expected: tuple[str, str]) -> None:
    assert dated(lang, text)[place] == expected


@pytest.mark.parametrize(("lang", "text", "place", "edtf"), [
    ("en", "It was the deadliest accident on the route since November, when 22 mourners died in a bus crash near Voi.",
     "Voi", "2025-11"),
    ("en", "Detectives arrested a man in Perth on Tuesday morning over Friday's shooting in Glasgow.",
     "Perth", "2026-03-03"),
    ("en", "A trawler sank off Vigo in a storm on Monday with nine men aboard.", "Vigo", "2026-03-02"),
    ("de", "Fünf Tage nachdem in Kattowitz ein Kran auf eine Straßenbahn gestürzt ist und vier Menschen getötet hat, "
           "haben Gutachter eine Ursache genannt.", "Katowice", "2026-02-26/2026-02-27"),
])
def test_whose_a_time_is(lang: str, text: str, place: str, edtf: str) -> None:
    assert dated(lang, text)[place][0] == edtf


def test_what_a_sentence_of_long_ago_tells_takes_no_day_from_its_neighbours() -> None:
    text = ("Shelling killed three people in Tripoli on Tuesday.\n\nA 2020 ceasefire ended a long assault on Tripoli "
            "by eastern commanders.")
    assert [report.span.edtf for report in reports("en", text) if "ceasefire" in report.why[0]] in ([], ["2020"])
    assert all(report.span.edtf != "2026-03-03" for report in reports("en", text) if "assault" in report.why[0])


def test_an_entry_of_a_live_blog_may_be_headed_by_the_hour_alone() -> None:
    text = ("Kathmandu protests – live\n\n16:20\nPolice fire water cannon at students in Kathmandu.\n\n15:45\n"
            "In Pokhara, crowds have set fire to the office of the ruling party.")
    assert {edtf for edtf, _ in dated("en", text).values()} == {"2026-03-04"}


@pytest.mark.parametrize(("lang", "text", "place", "edtf"), [
    ("en", "The army said on Tuesday that its jets had bombed a militant camp near Kidal a day earlier.", "Kidal",
     "2026-03-02"),
    ("de", "Die Armee teilte am Dienstag mit, ihre Jets hätten am Vortag ein Lager der Miliz bei Kidal bombardiert.",
     "Kidal", "2026-03-02"),
    ("en", "The two presidents will hold their first meeting in eight years in Astana next Wednesday.", "Astana",
     "2026-03-11"),
    ("en", "A day after Monday's missile attack on Dnipro, European ambassadors met in Kyiv.", "Kyiv", "2026-03-03"),
    ("de", "Die für Samstag in Zürich geplante Kundgebung wurde verboten.", "Zürich", "2026-03-07"),
])
def test_what_days_are_counted_from(lang: str, text: str, place: str, edtf: str) -> None:
    assert dated(lang, text)[place][0] == edtf


@pytest.mark.parametrize(("lang", "text", "place", "expected"), [
    ("en", "Russian forces shelled Kherson on March 2 and 3, killing two people.", "Kherson",
     ("2026-03-02/2026-03-03", "asserted")),
    ("de", "Am Montag und Dienstag gab es bei Malakal Gefechte zwischen Soldaten und Rebellen.", "Malakal",
     ("2026-03-02/2026-03-03", "asserted")),
    ("en", "Gunmen attacked a convoy near Jos on Sunday and fled on Tuesday.", "Jos", ("2026-03-01", "asserted")),
])
def test_two_days_told_together(lang: str, text: str, place: str, expected: tuple[str, str]) -> None:
    assert dated(lang, text)[place] == expected


def test_a_paragraph_goes_on_with_its_day() -> None:
    text = ("Thousands marched in Bamako on Monday. The air was full of smoke. Police fired tear gas at students in "
            "Ségou.")
    assert {edtf for edtf, _ in dated("en", text).values()} == {"2026-03-02"}


@pytest.mark.parametrize(("lang", "text", "place", "expected"), [
    # when something was decided is not when it is to be
    ("en", "Union members in Perth voted on Tuesday to strike.", "Perth", ("2026-03-03/..", "planned")),
    ("en", "On Sunday, community groups plan to march to city hall in Surrey.", "Surrey", ("2026-03-08", "planned")),
    ("de", "Die Gewerkschaft will am Freitag in Graz streiken.", "Graz", ("2026-03-06", "planned")),
    # up to a month to come
    ("en", "Paris decided on Monday to withdraw its soldiers from Dakar by January.",
     "Dakar", ("../2027-01", "planned")),
    ("de", "Paris kündigte an, seine Soldaten bis Januar aus Dakar abzuziehen.", "Dakar", ("../2027-01", "planned")),
    # a relative clause tells of what was before
    ("de", "In Arauca ließ die Guerilla am Sonntag vier Soldaten frei, die sie im Januar verschleppt hatte.",
     "Arauca", ("2026-03-01", "asserted")),
    # a time before a comma is no report's
    ("en", "Rebels shelled the town of Uvira on Tuesday, according to two officials.",
     "Uvira", ("2026-03-03", "claimed")),
    # what is told of tomorrow dates nothing that has happened
    ("de", "Ab dem 15. April öffnet Peru den Grenzübergang in Desaguadero wieder. Chile hat derweil 400 Soldaten aus "
           "der Garnison in Arica abgezogen.", "Arica", ("../2026-03-04", "asserted")),
])
def test_whose_time_it_is(lang: str, text: str, place: str, expected: tuple[str, str]) -> None:
    assert dated(lang, text)[place] == expected


def test_a_night_is_of_the_news_not_of_a_day_recalled() -> None:
    text = ("Rebels killed nine villagers near Bunia on 20 February. The army has sent 300 soldiers since. Schools are "
            "closed. In Uvira, gunships pounded rebel camps overnight.")
    assert dated("en", text)["Uvira"][0].startswith("2026-03-03")


@pytest.mark.parametrize(("lang", "text", "place", "expected"), [
    ("en", "NAIROBI, March 3 (Agency) - A bus fell into a river near Garissa on Sunday, killing nine.",
     "Garissa", "2026-03-01"),
    ("en", "LAGOS — March 3, 2026: Gunmen abducted nine pupils in Kafanchan.", "Kafanchan", "../2026-03-04"),
    ("de", "Nairobi, 3. März 2026 (epd) – In Garissa sind bei einem Brand neun Menschen gestorben.",
     "Garissa", "../2026-03-04"),
    ("de", "BERLIN, 3. März. Die Polizei hat in Erfurt drei Männer festgenommen.", "Erfurt", "../2026-03-04"),
])
def test_the_date_of_a_dateline_is_when_it_was_written(lang: str, text: str, place: str, expected: str) -> None:
    assert dated(lang, text)[place][0] == expected


@pytest.mark.parametrize(("lang", "text", "place"), [
    ("de", "Drohnen haben am Montag den Hafen von Ismajil getroffen.\n\nIn Saratow kam es zu Explosionen.", "Saratov"),
    ("en", "Drones hit the port of Izmail on Monday.\n\nExplosions were heard in Saratov.", "Saratov"),
])
def test_what_a_report_on_one_night_tells_by_turns_is_of_its_day(lang: str, text: str, place: str) -> None:
    assert dated(lang, text)[place][0] == "2026-03-02"
