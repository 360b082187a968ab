"""From articles to one layer by way of the disk: the same events, in the same order, as merging all in memory."""

from __future__ import annotations

from datetime import date

from extract.annotation import Annotation, Report
from extract.article import Article, Publication
from extract.merge import merge_reports
from extract.once import MOST_LISTED, Spool, Tally, found_in
from extract.workers import Broken, attempt
from geodata.event import Codes, Factuality
from geodata.timespan import Basis, TimeSpan
from tests.extract.stubs import place


def report(where: str, day: date, trigger: int) -> Report:
    return Report("attack", Codes("Attack", "ASSAULT"), Factuality.ASSERTED, (trigger, trigger + 6), ((0, 40),),
                  place(where), None, TimeSpan.of(day, day, Basis.STATED), confidence=0.6)


def annotations(count: int) -> list[Annotation]:
    """Articles that come neither by day nor by id, two of three telling of an event that others tell, too."""
    made = []
    for number in range(count):
        day = date(2024, 5, 1 + number * 7 % 28)
        reports = (report("Quito", day, 12), report(("Goma", "Sake", "Ambato")[number % 3], day, 2))
        text = f"Attack \ud800 and attack in the town, number {number}."
        given = Publication(day, day, "given") if number % 4 else None
        made.append(Annotation(Article(f"a{(number * 31) % count}", text, published=given), "en", given,
                               reports=reports))
    return made


def spooled(found: list[Annotation]) -> Spool:
    spool = Spool()
    for annotation in found:
        spool.put(found_in(annotation))
    spool.merge()
    return spool


def test_events_are_those_of_merging_in_memory_in_the_order_of_the_articles() -> None:
    made = annotations(50)
    with spooled(made) as spool:
        events = tuple(spool.events())
    assert events == merge_reports(made)
    assert any(len(event.sources) > 1 for event in events)


def test_nothing_read_is_no_event() -> None:
    with spooled([]) as spool:
        assert list(spool.events()) == []


def test_the_tally_lists_what_a_person_may_read_and_counts_the_rest() -> None:
    tally = Tally()
    for annotation in annotations(8):
        tally.add(found_in(annotation))
    assert tally.notes() == {"articles": 8, "unresolved": [], "undated_articles": ["a0", "a4"], "failures": 0,
                             "unresolved_quotes": {}, "unreadable": []}
    undated = found_in(annotations(1)[0])
    for _ in range(MOST_LISTED):
        tally.add(undated)
    assert tally.notes()["undated_articles"] == MOST_LISTED + 2


def test_a_report_that_cannot_be_packed_is_one_broken_article() -> None:
    broken = Annotation(Article("a", "text"), "en", None, reports=(report("Quito", date(2024, 5, 1), 0), None))  # type: ignore[arg-type]
    assert isinstance(attempt(found_in, broken), Broken)
