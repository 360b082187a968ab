"""Where, when and how many; which mentions are one event; in what order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from extract.annotation import PlaceRole, Report, TimexType
from geodata.event import Factuality
from geodata.timespan import Basis, Granularity, TimeSpan
from tests.extract.stubs import PUBLISHED, mention, on, reports


def names(found: tuple[Report, ...]) -> list[str | None]:
    return [report.place.name if report.place else None for report in found]


# --- where

def test_the_clause_comes_before_the_sentence() -> None:
    text = "Rebellen griffen Goma an, während in Kinshasa Tausende demonstrierten."
    found = reports(text, [mention(text, "Goma", PlaceRole.DESTINATION), mention(text, "Kinshasa")])
    assert {report.type: report.place.name for report in found if report.place} == {
        "attack": "Goma", "protest": "Kinshasa"}


def test_the_finer_of_nested_places() -> None:
    text = "Bei Gefechten nahe der Grenze starben in Sake in Nord-Kivu zehn Soldaten."
    assert names(reports(text, [mention(text, "Sake"), mention(text, "Nord-Kivu")])) == ["Sake"]


def test_several_listed_places_are_pins_of_one_event() -> None:
    text = "In Quito, Guayaquil und Ambato demonstrierten am Freitag Tausende."
    found = reports(text, [mention(text, name) for name in ("Quito", "Guayaquil", "Ambato")])
    assert names(found) == ["Quito", "Guayaquil", "Ambato"]
    assert len({report.group for report in found}) == 1
    assert found[0].group


def test_only_sites_and_destinations_pin() -> None:
    text = "Ruanda bombardierte nach Angaben der Armee ein Lager der Rebellen."
    found = reports(text, [mention(text, "Ruanda", PlaceRole.ACTOR)])
    assert names(found) == [None]


def test_there_stands_for_the_place_before() -> None:
    text = "Die Lage in Sake in Nord-Kivu ist ernst. Dort griffen Rebellen am Morgen ein Lager an."
    found = reports(text, [mention(text, "Sake"), mention(text, "Nord-Kivu")])
    assert names(found) == ["Sake"]
    assert "Dort" in found[0].why[1]


def test_a_noun_with_a_name_refers_to_nothing_before() -> None:
    text = "Der Präsident wohnt in Kinshasa. Am Abend wurde die Stadt Walungu bombardiert."
    assert names(reports(text, [mention(text, "Kinshasa")]))[0] in (None, "Kinshasa")
    assert not any("stands for" in report.why[1] for report in reports(text, [mention(text, "Kinshasa")]))


def test_the_story_goes_on_where_it_was() -> None:
    text = ("In Goma ist es still.\nIn Quito fiel Schnee. Rebellen griffen eine Kaserne an.\n"
            "Soldaten stürmten ein Lager.")
    found = {report.type: report for report in reports(text, [mention(text, "Goma"), mention(text, "Quito")])}
    assert found["attack"].place is not None
    assert found["attack"].place.name == "Quito"
    assert found["advance"].place is not None
    assert found["advance"].place.name == "Quito"


def test_a_follow_up_plays_in_the_town_that_the_article_is_about() -> None:
    text = ("Nach einem Brand in einer Textilfabrik in Guayaquil sind 12 Menschen gestorben.\n"
            "Ecuador schickte Ärzte.\nAm Abend nahm die Polizei den Besitzer fest.")
    found = {report.type: report for report in reports(text, [mention(text, "Guayaquil"),
                                                              mention(text, "Ecuador", PlaceRole.ACTOR)])}
    assert found["crime"].place is not None
    assert found["crime"].place.name == "Guayaquil"
    assert "about" in found["crime"].why[1]


def test_the_scene_is_where_the_main_event_was() -> None:
    text = ("A bus plunged off a bridge in Ambato on Monday, killing nine people. All of them lived near by.\n"
            "In Quito it rained. The president visited the scene.")
    found = reports(text, [mention(text, "Ambato"), mention(text, "Quito")], lang="en")
    assert {report.place.name for report in found if report.type == "meeting" and report.place} == {"Ambato"}


def test_the_dead_and_what_killed_them_are_one_event_wherever_the_dateline_is() -> None:
    text = "Kinshasa (dpa) - At least nine people died when rebels shelled a market in Sake on Monday."
    found = reports(text, [mention(text, "Kinshasa"), mention(text, "Sake")], lang="en")
    assert [(report.type, report.place.name) for report in found if report.place] == [("attack", "Sake")]


def test_what_something_sounds_like_did_not_happen() -> None:
    text = "In Ambato klang es wie eine Bombe, sagte eine Nachbarin. Es klang wie eine Explosion in Quito."
    assert not [report for report in reports(text, [mention(text, "Quito")]) if report.type == "explosion"]


def test_a_month_told_later_dates_another_event() -> None:
    text = ("Rebels attacked a convoy near Goma.\n"
            "In March, raids on barracks in Goma killed dozens.")
    march = on(text, "March", date(2024, 3, 1))
    span = TimeSpan(date(2024, 3, 1), date(2024, 3, 31), Granularity.MONTH, Basis.RELATIVE, "2024-03")
    month = replace(march, span=span)
    found = reports(text, [mention(text, "Goma"), mention(text, "Goma", nth=1)], [month], lang="en")
    assert [report.span.start for report in found if report.type == "attack"].count(date(2024, 3, 1)) == 1
    assert len([report for report in found if report.type == "attack"]) == 2


def test_what_is_not_told_stands_for_nothing() -> None:
    text = ("In Quito und in Ambato wurde gelacht.\n"
            "Die Armee meldete einen Angriff auf eine Kaserne; den Ort nannte sie nicht.")
    assert names(reports(text, [mention(text, "Quito"), mention(text, "Ambato")])) == [None]


def test_the_dateline_places_the_lead() -> None:
    text = "GOMA (AFP) – Bei einem Luftangriff auf ein Lager starben am Freitag zehn Menschen."
    text = text.replace("GOMA", "Goma")
    found = reports(text, [mention(text, "Goma", PlaceRole.TOPIC)])
    assert names(found) == ["Goma"]
    assert "dateline" in found[0].why[1]


def test_near_a_town_is_a_circle_around_it() -> None:
    text = "Nahe Sake wurde ein Konvoi der Armee angegriffen."
    found = reports(text, [mention(text, "Sake", PlaceRole.LANDMARK)])
    assert found[0].place is not None
    assert found[0].place.radius_km == 20


def test_who_withdraws_from_a_town_does_so_there() -> None:
    text = "Die Armee zog ihre Soldaten aus Goma ab."
    assert names(reports(text, [mention(text, "Goma", PlaceRole.ORIGIN)])) == ["Goma"]


# --- when

def test_event_time_comes_before_report_time() -> None:
    text = "Die Armee gab am Donnerstag bekannt, dass Rebellen am Dienstag ein Lager angegriffen hätten."
    times = [on(text, "am Donnerstag", date(2024, 5, 16)), on(text, "am Dienstag", date(2024, 5, 14))]
    found = reports(text, [], times)
    assert found[0].span.start == found[0].span.end == date(2024, 5, 14)


def test_report_time_alone_is_an_upper_bound() -> None:
    text = "The army said on Thursday that rebels had attacked a camp."
    found = reports(text, [], [on(text, "on Thursday", date(2024, 5, 16))], "en")
    assert (found[0].span.start, found[0].span.end) == (None, date(2024, 5, 16))


def test_no_time_is_the_publication_date_as_an_open_end() -> None:
    found = reports("Rebellen griffen ein Lager der Armee an.")
    assert (found[0].span.start, found[0].span.end, found[0].span.basis) == (None, PUBLISHED, Basis.PUBLICATION)
    assert not reports("Rebellen griffen ein Lager der Armee an.", published=None)[0].span.is_dated


def test_a_time_of_another_noun_is_not_taken() -> None:
    text = "Rebels captured the town in the worst defeat since the coup of 2021."
    told = reports(text, [], [on(text, "2021", date(2021, 2, 1))], "en")
    found = [report for report in told if report.type == "advance"]
    assert found[0].span.basis is Basis.PUBLICATION


def test_what_lies_ahead_is_planned() -> None:
    text = "Am Montag treffen sich die Minister in Quito."
    found = reports(text, [mention(text, "Quito")], [on(text, "Am Montag", date(2024, 5, 20))])
    assert found[0].factuality is Factuality.PLANNED


# --- how many

def test_the_dead_of_the_next_sentence_belong_to_the_event() -> None:
    text = "In Goma explodierte am Morgen eine Bombe. Zwölf Menschen wurden getötet, 30 verletzt."
    found = reports(text, [mention(text, "Goma")])
    assert [report.type for report in found] == ["attack"]
    assert {(quantity.text, quantity.role) for quantity in found[0].quantities} == {
        ("Zwölf", "killed"), ("30", "injured")}


# --- one event, many mentions

def test_a_headline_is_told_on_behind_its_dead() -> None:
    for body in ("At least six people were killed when a bomb went off at a bus stand in Quito on Tuesday.",
                 "Six people were killed and 19 injured when a bomb went off at a bus stand on Tuesday."):
        text = f"Blast at Quito bus stand kills six\n\n{body}"
        found = reports(text, [mention(text, "Quito")], lang="en")
        assert [report.type for report in found] == ["attack"], body


def test_a_headline_and_its_text_are_one_event() -> None:
    text = "Viele Tote bei Erdbeben\n\nEin Erdbeben hat am Freitag Quito erschüttert. Das Beben dauerte lange."
    found = reports(text, [mention(text, "Quito")])
    assert len(found) == 1
    assert len(found[0].quotes) >= 2


def test_other_places_are_other_events() -> None:
    text = "In Goma demonstrierten Tausende. In Quito demonstrierten Hunderte."
    assert names(reports(text, [mention(text, "Goma"), mention(text, "Quito")])) == ["Goma", "Quito"]


def test_another_is_another() -> None:
    text = "Bei einer Explosion in Goma starben zwei Menschen. Eine weitere Explosion zerstörte ein Lager."
    assert len(reports(text, [mention(text, "Goma")])) == 2


# --- what is told at all

def test_remembrance_and_habit_tell_no_event() -> None:
    assert reports("Die Stadt gedenkt der Bombardierung vor 80 Jahren.") == ()
    assert reports("In der Gegend kommt es immer wieder zu Erdbeben.") == ()


def test_what_ended_long_ago_is_history() -> None:
    text = "Im Mai 1945 bombardierten die Alliierten den Hafen."
    assert reports(text, [], [on(text, "Im Mai 1945", date(1945, 5, 3))]) == ()


def test_a_match_report_tells_no_event() -> None:
    text = ("Der FC Goma hat das Endspiel gewonnen. Trainer Mbala lobte seine Mannschaft nach dem Abstiegskampf. "
            "Der Angriff traf in der zweiten Halbzeit dreimal, der Torwart hielt zwei Elfmeter. Es war ein Kampf.")
    assert reports(text, [mention(text, "Goma")]) == ()


# --- order

def test_the_first_event_is_what_the_article_is_about() -> None:
    text = ("Bei einem Erdbeben in Quito sind am Freitag 40 Menschen gestorben. "
            "Das Beben zerstörte Hunderte Häuser.\n"
            "Der Präsident besuchte am Samstag Guayaquil.")
    found = reports(text, [mention(text, "Quito"), mention(text, "Guayaquil")])
    assert [report.type for report in found] == ["earthquake", "meeting"]
    assert found[0].salience > found[1].salience
    assert all(0 < report.confidence <= 1 for report in found)


# --- any text

WORDS = st.sampled_from([
    *"Rebellen griffen Goma an . , und nicht dass sagte wenn könnte „ “ – ( ) Angriff bei dem".split(),
    "zwölf", "Menschen", "starben", "\n", "\ud800", "Dort", "Luftangriff", "3.000", "wurde", "bombardiert"])


@given(st.lists(WORDS, max_size=60).map(" ".join))
def test_every_report_lies_within_its_text(text: str) -> None:
    for report in reports(text):
        start, end = report.quotes[0]
        assert 0 <= start <= report.trigger[0] < report.trigger[1] <= end <= len(text)
        assert 0 <= report.salience <= 1
        assert 0 < report.confidence <= 1
        assert len(report.why) == 4
        assert all(text[quantity.start:quantity.end] == quantity.text for quantity in report.quantities)


def test_hours_later_is_the_same_day() -> None:
    text = ("Am Montag griffen Rebellen Goma an.\n"
            "Stunden später bombardierte die Armee Sake.")
    found = reports(text, [mention(text, "Goma", PlaceRole.DESTINATION), mention(text, "Sake")],
                    [on(text, "Montag", date(2024, 5, 13))])
    assert {report.span.start for report in found} == {date(2024, 5, 13)}


def test_an_entry_of_a_live_blog_is_dated_by_its_head() -> None:
    text = "Blog\n14:05 - Police\nPolice arrested ten people.\n11:30 - March\nThousands marched through Quito."
    clock = [replace(on(text, words, date(2024, 5, 16)), type=TimexType.TIME) for words in ("14:05", "11:30")]
    found = {report.type: report for report in reports(text, [mention(text, "Quito")], clock, lang="en")}
    assert found["protest"].span.start == found["protest"].span.end == date(2024, 5, 16)
    assert "heads the entry" in found["protest"].why[2]


def test_a_film_tells_no_news() -> None:
    text = "Im zweiten Akt griffen Rebellen Goma an. Die Premiere war am Samstag."
    assert reports(text, [mention(text, "Goma", PlaceRole.DESTINATION)]) == ()


def test_where_something_else_happened_before_is_no_place_of_this() -> None:
    text = "The attack came hours after lawmakers met in Quito. In Ambato and Guayaquil it rained."
    found = reports(text, [mention(text, "Quito"), mention(text, "Ambato"), mention(text, "Guayaquil")], lang="en")
    assert not [report for report in found if report.type == "attack" and report.place is not None]
    assert {report.place.name for report in found if report.type == "meeting" and report.place} == {"Quito"}


def test_near_a_town_holds_for_the_next_sentence_too() -> None:
    text = "Nahe Sake stürzte ein Bus in eine Schlucht. Die Polizei nahm am Abend den Fahrer fest."
    found = {report.type: report for report in reports(text, [mention(text, "Sake", PlaceRole.LANDMARK)])}
    assert found["crime"].place is not None
    assert found["crime"].place.radius_km == 20


# --- who is called up comes from there

def test_recruits_come_from_their_own_land() -> None:
    text = "Junge Leute aus den Dörfern Ecuadors werden seit Mai von der Armee als Soldaten angeworben."
    assert names(reports(text, [mention(text, "Ecuador", PlaceRole.ACTOR)])) == ["Ecuador"]


def test_of_two_states_the_one_that_calls_up_is_meant() -> None:
    text = "Ruanda habe Ecuadors Rekrutierung von Soldaten verlangsamt, sagte der Minister am Montag."
    found = reports(text, [mention(text, "Ruanda", PlaceRole.ACTOR), mention(text, "Ecuador", PlaceRole.ACTOR)])
    assert [report.place.name for report in found if report.type == "recruitment" and report.place] == ["Ecuador"]


# --- clauses and their voice

def test_an_auxiliary_behind_two_participles_is_of_both() -> None:
    text = "Die Armee teilte mit, dass bei Gefechten in Goma 30 Soldaten getötet und 40 verletzt wurden."
    assert [report.type for report in reports(text, [mention(text, "Goma")])] == ["battle"]


def test_a_name_in_quotation_marks_parts_no_clause() -> None:
    text = ("Der Minister sagte bei der Tagung „Neue Wege“ in Kinshasa, "
            "dass Rebellen am Montag ein Dorf angegriffen hätten.")
    found = reports(text, [mention(text, "Kinshasa")])
    assert [report.place for report in found if report.type == "attack"] == [None]


def test_what_goes_on_somewhere_is_not_what_killed() -> None:
    text = ("Tausende Söldner kämpfen auf der Seite der Armee. Mindestens 300 der Soldaten seien getötet worden, "
            "hieß es.")
    assert {report.type for report in reports(text, [])} == {"battle", "casualties"}


def test_two_main_clauses_tell_two_events() -> None:
    text = "In Quito setzte die Polizei Tränengas ein, in Ambato plünderten Vermummte ein Lager."
    found = reports(text, [mention(text, "Quito"), mention(text, "Ambato")])
    assert {report.type: report.place.name for report in found if report.place} == {
        "protest": "Quito", "crime": "Ambato"}


def test_what_a_verb_is_done_to_picks_up_no_event() -> None:
    text = ("In Quito demonstrierten am Montag Tausende. Die Polizei griff nicht ein. "
            "Am 25. Juni 2023 hatten Demonstranten das Rathaus gestürmt.")
    times = [on(text, "Montag", date(2024, 5, 13)), on(text, "25. Juni 2023", date(2023, 6, 25))]
    found = reports(text, [mention(text, "Quito")], times)
    assert {report.span.start for report in found if report.type == "protest"} == {date(2024, 5, 13), date(2023, 6, 25)}


def test_the_headline_tells_of_what_happened_again() -> None:
    text = ("Polizei löst Kundgebung in Quito auf\n\nIn Quito hat die Polizei erneut eine Kundgebung aufgelöst. "
            "Zehn Menschen kamen in Gewahrsam.")
    found = reports(text, [mention(text, "Quito"), mention(text, "Quito", nth=1)])
    assert [report.type for report in found if report.type == "protest"] == ["protest"]


def test_what_one_is_called_on_to_do_has_not_happened() -> None:
    text = "Both sides were called on in Quito on Monday to return to the negotiating table, diplomats met."
    found = reports(text, [mention(text, "Quito")], [on(text, "Monday", date(2024, 5, 13))], lang="en")
    assert "summit-scene" not in " ".join(report.why[0] for report in found if report.factuality is Factuality.ASSERTED)


def test_a_place_that_heads_a_paragraph_is_where_it_happened() -> None:
    text = ("Das Wichtigste vom Montag.\n\nAmbato: Am Morgen wurden drei Räuber festgenommen. Ein Haus brannte aus.\n\n"
            "Quito (Ecuador) – Tausende demonstrierten am Mittag.\n\nEin Bus stürzte in eine Schlucht, vier Tote.")
    found = reports(text, [mention(text, "Ambato", PlaceRole.TOPIC), mention(text, "Quito", PlaceRole.TOPIC)])
    placed = {report.type: report.place.name for report in found if report.place}
    assert placed["crime"] == "Ambato"
    assert placed["protest"] == "Quito"


def test_a_headline_is_headed_by_its_topic_only() -> None:
    text = "Quito: Präsident trifft Demonstranten"
    assert names(reports(text, [mention(text, "Quito", PlaceRole.TOPIC)])) in ([], [None])


def test_a_crosshead_places_what_is_told_below_it() -> None:
    text = ("In Quito wurde am Montag demonstriert. Die Polizei griff ein.\n\nKellerbrand in Ambato\n\n"
            "Zu einem Feuer in einem Haus rückte am Samstag die Feuerwehr aus, zwei Verletzte.\n\nEs wird ermittelt.")
    found = reports(text, [mention(text, "Quito"), mention(text, "Ambato")])
    assert {report.type: report.place.name for report in found if report.place}["accident"] == "Ambato"
