"""One event, many reports: what is merged, what stays apart, and what is kept of the differences."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from extract.annotation import Annotation, Report
from extract.article import Article, Publication
from extract.merge import link_events, merge_reports
from geodata.event import Codes, Factuality, Quantity
from geodata.independence import independent_reports
from geodata.place import Place
from geodata.timespan import UNDATED, Basis, Granularity, TimeSpan
from tests.extract.stubs import place

DAY = date(2024, 5, 14)


def span(day: date = DAY, until: date | None = None) -> TimeSpan:
    end = until or day
    return TimeSpan(day, end, Granularity.DAY, Basis.RELATIVE, f"{day}/{end}")


def killed(minimum: float | None, maximum: float | None, role: str = "killed") -> Quantity:
    return Quantity(0, 2, "12", role, minimum, maximum)


def report(where: Place | None = None, when: TimeSpan | None = None, type: str = "attack",
           quantities: tuple[Quantity, ...] = (), factuality: Factuality = Factuality.ASSERTED) -> Report:
    return Report(type, Codes("Attack", "ASSAULT"), factuality, (0, 6), ((0, 30),), where, None,
                  span() if when is None else when, quantities=quantities, confidence=0.6)


QUOTE = "Attack on the market of a town."


def annotation(article: str, *reports: Report, outlet: str = "", quote: str = QUOTE) -> Annotation:
    published = DAY + timedelta(days=1)
    text = f"{quote} ({article})"
    reports = tuple(replace(each, quotes=((0, len(quote)),)) for each in reports)
    return Annotation(Article(article, text, outlet=outlet), "en", Publication(published, published, "given"),
                      reports=reports)


GOMA, SAKE, KIVU = place("Goma"), place("Sake"), place("Nord-Kivu")


def test_reports_of_one_place_and_day_are_one_event() -> None:
    events = merge_reports([annotation("a", report(GOMA), quote="Rebels stormed the market in the morning hours."),
                            annotation("b", report(GOMA), quote="Eleven traders died when gunmen opened fire.")])
    assert len(events) == 1
    assert [source.article for source in events[0].sources] == ["a", "b"]
    assert "sources: 2 reports, 2 independent" in events[0].why
    assert events[0].confidence > 0.6


def test_a_night_between_is_one_event_a_week_is_not() -> None:
    near = merge_reports([annotation("a", report(GOMA)), annotation("b", report(GOMA, span(DAY + timedelta(days=1))))])
    far = merge_reports([annotation("a", report(GOMA)), annotation("b", report(GOMA, span(DAY + timedelta(days=7))))])
    assert (len(near), len(far)) == (1, 2)


def test_other_towns_types_and_statuses_stay_apart() -> None:
    others = (report(SAKE), report(GOMA, type="flood"), report(GOMA, factuality=Factuality.PLANNED), report(None))
    for other in others:
        assert len(merge_reports([annotation("a", report(GOMA)), annotation("b", other)])) == 2


def test_an_attack_and_its_explosion_are_one_event() -> None:
    assert len(merge_reports([annotation("a", report(GOMA)), annotation("b", report(GOMA, type="explosion"))])) == 1


def test_the_finer_place_wins_and_the_coarser_is_kept_as_a_difference() -> None:
    goma, kivu = replace(GOMA, region="CD-NK"), replace(KIVU, id="iso:CD-NK")
    event, = merge_reports([annotation("a", report(kivu)), annotation("b", report(goma), outlet="Bote")])
    assert event.place == goma
    assert any("Nord-Kivu" in line for line in event.why)


def test_up_to_and_at_least_are_not_the_same_number() -> None:
    at_most = annotation("a", report(GOMA, type="deployment", quantities=(killed(None, 3000, "troops"),)))
    at_least = annotation("b", report(GOMA, type="deployment", quantities=(killed(3000, None, "troops"),)))
    about = annotation("c", report(GOMA, type="deployment", quantities=(killed(2900, 3100, "troops"),)))
    assert len(merge_reports([at_most, at_least])) == 2
    assert len(merge_reports([at_most, about])) == 1


def test_a_toll_that_rises_is_one_event_and_both_numbers_are_kept() -> None:
    event, = merge_reports([annotation("a", report(GOMA, quantities=(killed(12, 12),)), outlet="Bote"),
                            annotation("b", report(GOMA, quantities=(killed(19, 19),)), outlet="Kurier")])
    assert sorted(quantity.minimum for quantity in event.quantities if quantity.minimum) == [12, 19]
    assert any(line.startswith("differs") for line in event.why)
    assert len(merge_reports([annotation("a", report(GOMA, quantities=(killed(12, 12),))),
                              annotation("b", report(GOMA, quantities=(killed(300, 300),)))])) == 2


def test_reports_of_one_article_are_not_merged_with_each_other() -> None:
    assert len(merge_reports([annotation("a", report(GOMA), report(GOMA))])) == 2


def test_an_article_without_a_date_of_its_own_joins_by_its_publication() -> None:
    open_start = TimeSpan(None, DAY + timedelta(days=1), Granularity.INTERVAL, Basis.PUBLICATION, "../2024-05-15")
    event, = merge_reports([annotation("a", report(GOMA)), annotation("b", report(GOMA, open_start))])
    assert event.span == span()


def test_unplaced_events_are_merged_only_where_they_are_copies() -> None:
    same = merge_reports([annotation("a", report(None)), annotation("b", report(None))])
    other = merge_reports([annotation("a", report(None)),
                           annotation("b", report(None), quote="Gunmen attacked a bus at night.")])
    assert (len(same), len(other)) == (1, 2)


def test_agency_copies_count_once() -> None:
    quote = "Rebels stormed the market in the morning hours and killed eleven traders."
    event, = merge_reports([annotation("a", report(GOMA), outlet="Bote", quote=quote),
                            annotation("b", report(GOMA), outlet="Kurier", quote=quote + " The army came late.")])
    assert len(event.sources) == 2
    assert independent_reports(event.sources) == 1


def test_ids_are_the_same_in_every_run_and_differ_between_events() -> None:
    annotations = [annotation("a", report(GOMA), report(SAKE)), annotation("b", report(KIVU, UNDATED))]
    first, second = merge_reports(annotations), merge_reports(annotations)
    assert [event.id for event in first] == [event.id for event in second]
    assert len({event.id for event in first}) == 3


def test_marks_lie_within_their_quote() -> None:
    for event in merge_reports([annotation("a", report(GOMA, quantities=(killed(12, 12),)))]):
        source = event.sources[0]
        assert source.quote == "Attack on the market of a town."
        assert all(0 <= mark.start < mark.end <= len(source.quote) for mark in source.marks)
        assert {mark.role for mark in source.marks} == {"trigger", "quantity"}


def test_comparisons_grow_with_the_number_of_reports() -> None:
    """Many events of one town and week: the block is bounded, and every report still finds its event."""
    annotations = []
    for number in range(300):
        town = replace(GOMA, id=f"t:{number}", lat=GOMA.lat + number) if number < 80 else GOMA
        annotations.append(annotation(f"a{number}", report(town)))
    events = merge_reports(annotations)
    assert max(len(event.sources) for event in events) >= 220


def test_events_of_one_situation_are_linked_not_merged() -> None:
    goma, kivu = replace(GOMA, region="CD-NK"), replace(KIVU, id="iso:CD-NK")
    events = merge_reports([annotation("a", report(kivu, type="deployment")),
                            annotation("b", report(goma, span(DAY + timedelta(days=20)), type="battle")),
                            annotation("c", report(place("Quito"), type="battle"))])
    links = link_events(events)
    assert len(events) == 3
    assert {(link.one, link.other) for link in links} == {(events[0].id, events[1].id)}


def test_two_crimes_of_a_town_are_no_situation_but_a_protest_and_its_arrests_are() -> None:
    def linked(one: str, other: str, days: int) -> bool:
        later = report(GOMA, span(DAY + timedelta(days=days)), type=other)
        return bool(link_events(merge_reports([annotation("a", report(GOMA, type=one)), annotation("b", later)])))

    assert not linked("crime", "crime", 3)
    assert linked("protest", "crime", 2)
    assert not linked("protest", "crime", 20)
    assert linked("flood", "storm", 10)
    assert not linked("flood", "battle", 2)
    assert linked("battle", "attack", 30)
    assert not linked("battle", "attack", 60)
