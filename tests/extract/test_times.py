"""Temporal tagging, German: what is found, its TIMEX3 value, its days."""

from __future__ import annotations

from datetime import date

import pytest

from extract.article import Publication
from tests.extract.tagging import PUBLISHED, one, times


@pytest.mark.parametrize(("text", "span", "value", "edtf"), [
    ("Die Fähre sank am 3. März 2019 vor Kreta.", "3. März 2019", "2019-03-03", "2019-03-03"),
    ("Am Montag, den 3. Mai 2021, bebte die Erde.", "Montag, den 3. Mai 2021", "2021-05-03", "2021-05-03"),
    ("Stichtag ist der 01.07.2022.", "01.07.2022", "2022-07-01", "2022-07-01"),
    ("Die Halle brannte im Jänner 2020 ab.", "Jänner 2020", "2020-01", "2020-01"),
    ("Die Halle brannte Anfang August 2020 ab.", "Anfang August 2020", "2020-08", "2020-08-01/2020-08-10"),
    ("Im Herbst 2018 trat der Fluss über die Ufer.", "Herbst 2018", "2018-FA", "2018-23"),
    ("Das Werk entstand im Jahr 1987.", "Jahr 1987", "1987", "1987"),
    ("Die Brücke stammt aus dem 19. Jahrhundert.", "dem 19. Jahrhundert", "18", "1801/1900"),
    ("In den neunziger Jahren schloss die Grube.", "den neunziger Jahren", "199", "199X"),
    ("Mitte der 1970er-Jahre schloss die Grube.", "Mitte der 1970er-Jahre", "197", "1973/1976"),
    ("Im dritten Quartal 2022 sank der Absatz.", "dritten Quartal 2022", "2022-Q3", "2022-07/2022-09"),
    ("In der 12. Kalenderwoche 2022 fror es.", "12. Kalenderwoche 2022", "2022-W12", "2022-03-21/2022-03-27"),
    ("Ostern 2022 fiel der Schnee.", "Ostern 2022", "2022-04-17", "2022-04-17/2022-04-18"),
    ("Am Pfingstmontag 2021 kenterte das Boot.", "Pfingstmontag 2021", "2021-05-24", "2021-05-24"),
])
def test_stated(text: str, span: str, value: str, edtf: str) -> None:
    found = one(text)
    assert (found.text, found.value, found.span.edtf) == (span, value, edtf)
    assert found.span.basis == "stated"
    assert text[found.start:found.end] == found.text
    assert one(text, published=None).span == found.span


@pytest.mark.parametrize(("text", "span", "value", "edtf"), [
    ("Der Zug entgleiste am Montag.", "Montag", "2023-05-15", "2023-05-15"),
    ("Der Zug entgleiste am Mittwoch.", "Mittwoch", "2023-05-17", "2023-05-17"),
    ("Die Minister werden am Freitag verhandeln.", "Freitag", "2023-05-19", "2023-05-19"),
    ("Der Zug entgleiste am vergangenen Mittwoch.", "vergangenen Mittwoch", "2023-05-10", "2023-05-10"),
    ("Der Zug entgleiste gestern Abend.", "gestern Abend", "2023-05-16TEV", "2023-05-16"),
    ("In der Nacht zum Dienstag brannte es.", "der Nacht zum Dienstag", "2023-05-16TNI", "2023-05-15/2023-05-16"),
    ("In der Nacht zum Montag, 1. Mai, brannte es.", "der Nacht zum Montag, 1. Mai", "2023-05-01TNI",
     "2023-04-30/2023-05-01"),
    ("Zum Jahresende hatte die Werft Schulden.", "Jahresende", "2022", "2022-09/2022-12"),
    ("In der vergangenen Nacht brannte es.", "der vergangenen Nacht", "2023-05-16TNI", "2023-05-16/2023-05-17"),
    ("Letzte Woche stürzte ein Kran um.", "Letzte Woche", "2023-W19", "2023-05-08/2023-05-14"),
    ("Anfang dieser Woche stürzte ein Kran um.", "Anfang dieser Woche", "2023-W20", "2023-05-15/2023-05-16"),
    ("Im vergangenen Herbst stürzte ein Kran um.", "vergangenen Herbst", "2022-FA", "2022-23"),
    ("Im Februar stürzte ein Kran um.", "Februar", "2023-02", "2023-02"),
    ("Im November stürzte ein Kran um.", "November", "2022-11", "2022-11"),
    ("Die Brücke soll im November eröffnet werden.", "November", "2023-11", "2023-11"),
    ("Ende nächsten Jahres läuft der Vertrag aus.", "Ende nächsten Jahres", "2024", "2024-09/2024-12"),
    ("Vor zwei Wochen stürzte ein Kran um.", "zwei Wochen", "P2W", "2023-05-03"),
    ("Vor drei Jahren stürzte ein Kran um.", "drei Jahren", "P3Y", "2020"),
    ("In den vergangenen drei Tagen starb er.", "den vergangenen drei Tagen", "P3D", "2023-05-14/2023-05-17"),
])
def test_relative(text: str, span: str, value: str, edtf: str) -> None:
    found = one(text)
    assert (found.text, found.value, found.span.edtf) == (span, value, edtf)
    assert found.span.basis == "relative"
    without = one(text, published=None)
    assert not without.span.is_dated
    assert "no publication date" in without.why


@pytest.mark.parametrize(("text", "value"), [
    ("Am Freitag tritt der Minister zurück.", "2023-05-19"),
    ("Am Freitag sind Wahlen.", "2023-05-19"),
    ("Am Freitag soll er den Wagen gestohlen haben.", "2023-05-12"),
    ("Am Freitag sei er gesehen worden, sagte sie.", "2023-05-12"),
    ("Die Polizei meldet am Montag zwei Tote.", "2023-05-15"),
    ("Am Freitag brach das Eis.", "2023-05-12"),
    ("Am Freitag ist er gestorben.", "2023-05-12"),
    ("Mord am Freitag", "2023-05-12"),
    ("Am Freitag musste ein Wohnhaus geräumt werden.", "2023-05-12"),
    ("Die Regierung hat am Freitag zwei Generäle festnehmen lassen.", "2023-05-12"),
    ("Die Wachen haben am Freitag schießen müssen und zwei Männer verletzt.", "2023-05-12"),
    ("Gesucht wird ein Mann, der am Freitag einen Jungen niederstach.", "2023-05-12"),
    ("Am Freitag muss ein Wohnhaus geräumt werden.", "2023-05-19"),
    ("Die Regierung will am Freitag zwei Generäle festnehmen lassen.", "2023-05-19"),
])
def test_the_verb_tells_which_friday(text: str, value: str) -> None:
    assert one(text).value == value


@pytest.mark.parametrize(("text", "relation", "edtf"), [
    ("Seit Mitte Januar ruht der Verkehr.", "since", "2023-01-11/.."),
    ("Die Straße bleibt bis Freitag gesperrt.", "until", "../2023-05-19"),
    ("Vor dem 3. März 2019 gab es keine Sirenen.", "before", "../2019-03-02"),
    ("Nach dem 3. März 2019 gab es Sirenen.", "after", "2019-03-03/.."),
])
def test_prepositions(text: str, relation: str, edtf: str) -> None:
    found = one(text)
    assert (found.relation, found.span.edtf) == (relation, edtf)


def test_a_range_dates_both_its_ends() -> None:
    for text in ("Vom 3. bis 5. Mai 2021 stritten die Minister.", "Zwischen dem 3. und 5. Mai 2021 stritten sie."):
        first, last = times(text)
        assert (first.text, last.text) == ("3.", "5. Mai 2021")
        assert first.span.edtf == last.span.edtf == "2021-05-03/2021-05-05"
    first, last = times("Von 1999 bis 2008 war er Rektor.")
    assert (first.value, last.value, first.span.edtf) == ("1999", "2008", "1999/2008")


def test_bounds_of_publication_resolve_nothing() -> None:
    text = "Am Montag brannte es. Gestern regnete es. Im Mai schneit es."
    for published in (Publication(PUBLISHED, None, "text"), Publication(date(2023, 5, 1), date(2023, 5, 31), "text")):
        assert not any(time.span.is_dated for time in times(text, published))


@pytest.mark.parametrize(("published", "value"), [
    (date(2023, 5, 17), "2020-02-29"), (date(2024, 3, 1), "2024-02-29"), (date(2022, 1, 1), "2020-02-29"),
])
def test_leap_day(published: date, value: str) -> None:
    assert one("Am 29. Februar brannte es.", published).value == value


def test_a_weekday_tells_the_year() -> None:
    assert one("Am Sonntag, 1. Mai, brannte es.").value == "2022-05-01"
    assert one("Am Montag, 1. Mai, brannte es.").value == "2023-05-01"


def test_a_year_counted_from_publication_is_relative() -> None:
    assert one("Im Januar dieses Jahres brannte es.").span.basis == "relative"
    assert not one("Im Januar dieses Jahres brannte es.", None).span.is_dated
    assert not times("Im Herbst 2019 brannte es. Im Januar dieses Jahres auch.", None)[1].span.is_dated


def test_days_on_no_calendar() -> None:
    assert [time.value for time in times("Am 29. Februar 2023 brannte es.")] == ["2023-02"]
    assert times("Am 31.06.2023 brannte es.") == ()


def test_a_weekday_that_does_not_fit_is_noted() -> None:
    assert "weekday does not fit" in one("Am Montag, 4. Mai 2021, brannte es.").why
    assert "weekday" not in one("Am Dienstag, 4. Mai 2021, brannte es.").why


def test_a_bare_month_belongs_to_the_story_told_before() -> None:
    _, november = times("Im Herbst 2019 streikten die Fahrer. Im November gaben sie auf.")
    assert (november.value, november.span.basis) == ("2019-11", "narrative")
    assert times("Im Herbst 2019 streikten sie. Im November gaben sie auf.", published=None)[1].value == "2019-11"


def test_a_story_that_told_two_dates_goes_on_in_their_year() -> None:
    text = ("Im März 2011 bebte die Erde. Am 5. April 2011 wurde das Gebiet gesperrt. Viele gingen fort. "
            "Manche kehrten zurück. Am 8. Juni fiel Regen.")
    assert times(text)[-1].value == "2011-06-08"
    text = "Der Vertrag stammt vom 5. April 2011. Viele gingen. Manche blieben. Am 8. Mai fiel Regen."
    assert times(text)[-1].value == "2023-05-08"


def test_what_is_yet_to_come_does_not_belong_to_an_old_story() -> None:
    assert times("Im März 2011 bebte die Erde. Im Juni soll die Halle eröffnet werden.")[-1].value == "2023-06"


def test_a_day_may_follow_its_month() -> None:
    text = "Im Juli 1987 kam er an. Es war kalt. Er fror. Er suchte Arbeit. Am 9. Juli fand er sie."
    assert times(text)[-1].value == "1987-07-09"


def test_days_and_times_of_day_belong_together() -> None:
    clock, night = times("Gegen 2.30 Uhr in der Nacht auf Sonntag brannte es.")
    assert (clock.type, night.value) == ("TIME", "2023-05-14TNI")
    _, evening = times("Am Montag stritten sie. Viele gingen. Am Abend kam Regen.")
    assert evening.value == "2023-05-15TEV"
    assert one("Am Abend kam Regen.").span.edtf == "2023-05-16/2023-05-17"


def test_a_night_between_two_days() -> None:
    night = one("In der Nacht vom 4. auf den 5. März 2022 brannte es.")
    assert (night.value, night.span.edtf) == ("2022-03-05TNI", "2022-03-04/2022-03-05")


def test_the_morning_is_not_tomorrow() -> None:
    assert one("Am Morgen kam Regen.").value == "XXXX-XX-XXTMO"
    assert one("Morgen kommt Regen.").value == "2023-05-18"
    assert one("Er kommt morgen früh.").value == "2023-05-18TMO"
    assert one("Er kam gestern am frühen Morgen.").value == "2023-05-16TMO"


def test_the_time_of_a_statement_is_not_that_of_the_story() -> None:
    _, _, later = times("Am Samstag brannte es. Das teilte die Polizei am Montag mit. Zwei Tage später regnete es.")
    assert later.span.edtf == "2023-05-15"


def test_captions_do_not_go_on_to_tell() -> None:
    text = "Im Herbst 2019 streikten sie.\n\nFoto: Max Muster, 3. Mai 2012\n\nIm November gaben sie auf."
    assert times(text)[-1].value == "2019-11"


def test_a_line_that_is_only_a_day_dates_what_stands_below() -> None:
    text = "Freitag, 5. Mai 2023\n\nWir brachen auf.\n\nEs regnete.\n\nWir kamen voran. Abends kam Nebel."
    assert times(text)[-1].value == "2023-05-05TEV"


def test_a_year_told_once_holds_for_both_dates() -> None:
    first, last = times("Vom 3. Mai bis zum 5. Juni 2021 war gesperrt.")
    assert (first.value, last.value) == ("2021-05-03", "2021-06-05")
    assert first.span == last.span


def test_weekend() -> None:
    assert one("Am Wochenende brannte es.").value == "2023-W19-WE"
    assert one("Am Wochenende soll es regnen.").value == "2023-W20-WE"
    assert one("Am kommenden Wochenende regnet es.").value == "2023-W20-WE"


@pytest.mark.parametrize(("text", "kind", "value"), [
    ("Das Spiel dauerte zwei Stunden.", "DURATION", "PT2H"),
    ("Das erste Mal seit 100 Jahren.", "DURATION", "P100Y"),
    ("Sie fuhr zwei Wochen und drei Tage zur See.", "DURATION", "P2W3D"),
    ("Der Prozess zog sich jahrelang hin.", "DURATION", "PXY"),
    ("Jeden Montag trifft sich der Rat.", "SET", "XXXX-WXX-1"),
    ("Der Rat tagt alle vier Jahre.", "SET", "P4Y"),
    ("Der Rat tagt monatlich.", "SET", "P1M"),
    ("Damals fehlte das Geld.", "DATE", "PAST_REF"),
    ("Derzeit fehlt das Geld.", "DATE", "PRESENT_REF"),
    ("Bald fehlt das Geld.", "DATE", "FUTURE_REF"),
])
def test_what_is_vague_long_or_repeated_gets_no_date(text: str, kind: str, value: str) -> None:
    found = one(text)
    assert (found.type, found.value) == (kind, value)
    assert not found.span.is_dated


@pytest.mark.parametrize("text", [
    "Rund 2000 Menschen flohen.", "Das kostet 1999 Euro.", "Auf Seite 1945 steht es.", "Der 32. Mann traf.",
    "Sie zahlten 12.000 Euro.", "Das Spiel endete 3:0.", "Der 57 Jahre alte Mann floh.",
    "Er starb im Alter von 40 Jahren.",
    "Die Nr. 2012 gewann.", "Sie nahm die letzte Woche des Monats frei.",
])
def test_mere_numbers(text: str) -> None:
    assert times(text) == ()


def test_a_span_of_publication_days_dates_what_both_its_ends_agree_on() -> None:
    """Published on some day of one week: "this week" is known, "on Thursday" is not."""
    week, thursday = times("Anfang dieser Woche brannte es, am Donnerstag nicht mehr.",
                           Publication(date(2025, 11, 18), date(2025, 11, 23), "given"))
    assert (week.span.start, week.span.end) == (date(2025, 11, 17), date(2025, 11, 18))
    assert not thursday.span.is_dated
