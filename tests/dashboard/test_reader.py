"""Reading: the article in full, all reports side by side, all pins of one event."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from benchmarks.synthetic import PLACES
from benchmarks.synthetic import events as synthetic
from dashboard import app
from dashboard.article import MOST_CHARACTERS, pieces
from dashboard.articles import Telling, tellings_of
from dashboard.i18n import words
from dashboard.reader import reasons_html
from dashboard.reports import rows
from dashboard.server import LAYER_VARIABLE
from extract.annotation import Annotation, Candidate, Form, PlaceMention, PlaceRole, Report
from extract.article import Article
from geodata.event import Codes, Event, Factuality, Mark, Quantity, Source
from geodata.layer import Layer
from tests.dashboard import newsroom
from tests.dashboard.live import Opened, opened, serving

ENGLISH = words("en")


@pytest.fixture(scope="module")
def workspace(gazetteer: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace that no test changes."""
    del gazetteer  # compiled by now
    return newsroom.make(tmp_path_factory.mktemp("newsroom"))


def source(outlet: str, quote: str, *marked: tuple[str, str], **more: Any) -> Source:
    marks = tuple(Mark(quote.index(text), quote.index(text) + len(text), role) for text, role in marked)
    return Source(outlet, quote, 0, len(quote), "", outlet=outlet, marks=marks, **more)


def test_reports_stand_side_by_side_and_differences_are_set_off() -> None:
    reports = (
        source("A", "In Jena brannten 3 Autos.", ("Jena", "place"), ("3", "quantity")),
        source("B", "In der Stadt Gera brannten zwei Wagen aus.", ("Gera", "place"), ("zwei", "quantity")),
        source("C", "In Jena standen 3 Wagen in Flammen.", ("Jena", "place"), ("3", "quantity")),
    )
    event = Event("e", "accident", Factuality.ASSERTED, reports, quantities=(Quantity(17, 18, "3", "material", 3, 3),))
    found = {row.name: row for row in rows(event, [Telling(report) for report in reports], ENGLISH)}
    assert [cell.text for cell in found["Place"].cells] == ["Jena", "Gera", "Jena"]
    assert [cell.differs for cell in found["Place"].cells] == [False, True, False]
    assert [cell.text for cell in found["Material"].cells] == ["3", "", "3"]
    assert not found["Material"].differs, "who gives no number contradicts none"
    assert not found["Status"].differs
    assert "Published" not in found


def test_a_copy_names_what_it_copies_and_an_outlet_counts_once() -> None:
    long = "The old mill by the river burned down to its walls during the night of the fair."
    reports = (source("A", long), source("B", long), source("A", "Nothing is left of the mill."))
    event = Event("e", "accident", Factuality.ASSERTED, reports)
    counted = rows(event, [Telling(report) for report in reports], ENGLISH)[-1]
    assert [cell.text for cell in counted.cells] == ["independent", "copy of A", "same outlet"]


def test_only_web_addresses_are_linked_in_the_table() -> None:
    reports = (source("A", "x", url="https://a.example/1"), source("B", "y", url="javascript:alert(1)"))
    head = rows(Event("e", "storm", Factuality.ASSERTED, reports), [Telling(report) for report in reports], ENGLISH)[0]
    assert [cell.link for cell in head.cells] == ["https://a.example/1", ""]


def test_places_that_lost_are_told_with_the_reason() -> None:
    text = "Vienna says a mill burned in Brno."
    jena, graz, brno = PLACES[:3]
    chosen = PlaceMention(
        29,
        33,
        "Brno",
        Form.NAME,
        PlaceRole.SITE,
        brno,
        (Candidate(brno, 0.9, "most people"), Candidate(jena, 0.1, "far")),
    )
    actor = PlaceMention(0, 6, "Vienna", Form.NAME, PlaceRole.ACTOR, graz, why="it says")
    report = Report("accident", Codes(), Factuality.ASSERTED, (19, 25), ((0, len(text)),), brno, chosen)
    annotation = Annotation(Article("a", text), "en", None, places=(actor, chosen), reports=(report,))
    here = source("a", text)
    event = Event("e", "accident", Factuality.ASSERTED, (here,), brno)
    html = reasons_html(event, (Telling(here, annotation, report),), ENGLISH)
    assert "<li>“Vienna” (Graz): names who acts, not where – it says</li>" in html
    assert "<li>“Brno” could also be Jena (town, DE), 10% – far</li>" in html


def told(text: str, start: int, end: int, trigger: tuple[int, int]) -> tuple[Layer, Event, Telling]:
    """A layer of one event, quoted from a text."""
    here = Source(
        "a", text[start:end], start, end, "", marks=(Mark(trigger[0] - start, trigger[1] - start, "trigger"),)
    )
    event = replace(synthetic(1)[0], id="e", sources=(here,), group="")
    report = Report("storm", Codes(), Factuality.ASSERTED, trigger, ((start, end),))
    article = Annotation(Article("a", text), "en", None, reports=(report,))
    return Layer.from_events([event]), event, Telling(here, article, report)


@given(st.text(max_size=300), st.data())
def test_the_pieces_of_an_article_are_the_article(text: str, data: Any) -> None:
    start, low, high, end = sorted(data.draw(st.integers(0, len(text))) for _ in range(4))
    layer, event, telling = told(text, start, end, (low, high))
    found = list(pieces(layer, event, telling, ENGLISH))
    assert "".join(piece["text"] for piece in found) == text.encode("utf-8", "replace").decode()
    assert (
        "".join(piece["text"] for piece in found if piece.get("role") == "trigger")
        == text[low:high].encode("utf-8", "replace").decode()
    )


def test_a_very_long_article_is_cut_around_the_sentence() -> None:
    text = "x" * 5_000_000 + " A storm came. " + "y" * 5_000_000
    layer, event, telling = told(text, 5_000_001, 5_000_014, (5_000_003, 5_000_008))
    found = list(pieces(layer, event, telling, ENGLISH))
    assert sum(len(piece["text"]) for piece in found) <= MOST_CHARACTERS + 4
    assert [piece["text"] for piece in found if piece.get("role")] == ["storm"]
    assert found[0]["text"] == "… "
    assert found[-1]["text"] == " …"


def test_a_workspace_keeps_the_article_and_what_was_ruled_out(workspace: Path) -> None:
    fire = newsroom.at(workspace, "Graz")
    tellings = tellings_of(fire, workspace)
    assert [telling.annotation is not None for telling in tellings] == [True] * 4
    assert all(telling.report and telling.report.place == fire.place for telling in tellings)
    shown = {row.name: row for row in rows(fire, tellings, ENGLISH)}
    assert {cell.text for cell in shown["Injured"].cells} == {"12", "At least 15", "9"}
    assert shown["Injured"].differs
    assert shown["Date"].differs


def test_other_events_of_the_article_are_marked_with_their_row(workspace: Path) -> None:
    layer = Layer.from_events(newsroom.events(workspace))
    fire, linz = newsroom.at(workspace, "Graz"), newsroom.at(workspace, "Linz")
    telling = next(each for each in tellings_of(fire, workspace) if each.source.article == linz.sources[0].article)
    others = [piece for piece in pieces(layer, fire, telling, ENGLISH) if "row" in piece]
    assert [(piece["row"], piece["text"]) for piece in others] == [(layer.row_of(linz.id), "explodiert")]
    assert "Linz" in others[0]["name"]


def page_of(
    layer: Path, monkeypatch: pytest.MonkeyPatch, event: str, session: Mapping[str, Any] | None = None
) -> AppTest:
    monkeypatch.setenv(LAYER_VARIABLE, str(layer))
    test = AppTest.from_file(str(Path(app.__file__)), default_timeout=60)
    test.query_params["event"] = event
    for name, value in (session or {}).items():
        test.session_state[name] = value
    test.run()
    assert not test.exception
    return test


def test_a_plain_layer_says_what_is_missing_and_why(layer_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = page_of(layer_file, monkeypatch, "event-0001")
    assert any("does not keep the articles" in caption.value for caption in page.caption)


def test_the_pins_of_one_event_are_named_and_ringed(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = page_of(workspace, monkeypatch, newsroom.at(workspace, "Leipzig").id)
    assert {"Dresden", "Chemnitz"} <= {button.label for button in page.button}
    next(button for button in page.button if button.label == "Dresden").click()
    page.run()
    assert page.query_params["event"] == newsroom.at(workspace, "Dresden").id


def test_a_report_that_is_gone_gives_way_to_one_that_is_there(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fire = newsroom.at(workspace, "Graz")
    page = page_of(workspace, monkeypatch, fire.id, {f"report-{fire.id}": 17})
    assert page.session_state[f"report-{fire.id}"] == 0


# In a browser --------------------------------------------------------------------------------------------------------


def part(seen: Opened, name: str) -> None:
    seen.page.get_by_role("radio", name=name).click()


@pytest.mark.browser
def test_reading_an_article_and_from_it_to_another_event(browser: Any, workspace: Path) -> None:
    fire, linz = newsroom.at(workspace, "Graz"), newsroom.at(workspace, "Linz")
    with serving(workspace) as url, opened(browser, f"{url}/?event={fire.id}") as seen:
        page = seen.page
        seen.wait_for_map()
        page.get_by_role("radio", name="Morgenblatt").click()
        article = page.locator(".dl-article")
        article.get_by_text("Holzhändler").first.wait_for()
        page.wait_for_function("() => document.querySelector('.dl-article').scrollTop > 100")
        assert article.locator("mark.dl-trigger").first.is_visible()
        assert article.locator("mark.dl-place").first.inner_text() == "Graz"
        assert article.locator("mark.dl-quantity").first.inner_text() == "12"

        article.get_by_role("button", name="explodiert").click()
        page.locator(f".dl-reader[data-event='{linz.id}']").wait_for()
        seen.map.locator(".dateline-quote", has_text="Linz").wait_for()

        assert seen.left_the_machine() == []
        assert seen.errors == []


@pytest.mark.browser
def test_the_reports_of_an_event_side_by_side(browser: Any, workspace: Path) -> None:
    fire = newsroom.at(workspace, "Graz")
    with serving(workspace) as url, opened(browser, f"{url}/?event={fire.id}") as seen:
        seen.wait_for_map()
        seen.page.get_by_text("4 reports, 3 independent").first.wait_for()
        part(seen, "4 reports")
        table = seen.page.locator(".dl-reports")
        row = table.locator("tr", has=seen.page.get_by_role("rowheader", name="Injured"))
        row.wait_for()
        assert row.locator("td").all_inner_texts() == ["At least 15", "12", "12", "9"]
        assert row.locator("td.dl-other").all_inner_texts() == ["At least 15", "9"]
        table.get_by_text("copy of Morgenblatt").wait_for()
        links = table.locator("a")
        assert links.evaluate_all("all => all.map(a => [a.href, a.rel])") == [
            ["https://harbour.example/fire", "noopener noreferrer"],
            ["https://morgenblatt.example/graz", "noopener noreferrer"],
        ]


@pytest.mark.browser
def test_hostile_articles_are_read_and_never_run(browser: Any, workspace: Path) -> None:
    event = newsroom.at(workspace, "Passau")
    with serving(workspace) as url, opened(browser, f"{url}/?event={event.id}") as seen:
        seen.wait_for_map()
        article = seen.page.locator(".dl-article")
        article.get_by_text("document.title").first.wait_for()
        assert "{{7*7}}" in article.inner_text()
        assert article.evaluate("box => box.scrollWidth <= box.clientWidth"), "no word is wider than the reader"
        assert "owned" not in seen.page.title()
        assert seen.frame.evaluate("document.title").find("owned") == -1
        assert seen.left_the_machine() == []
        assert seen.errors == []


@pytest.mark.browser
def test_the_other_pins_of_an_event_are_ringed_on_the_map(browser: Any, workspace: Path) -> None:
    leipzig = newsroom.at(workspace, "Leipzig")
    with serving(workspace) as url, opened(browser, f"{url}/?event={leipzig.id}") as seen:
        seen.wait_for_map()
        named = "() => [...dateline.events._otherPins.values()].sort().join()"
        seen.frame.wait_for_function(f"() => ({named})() === 'Chemnitz,Dresden'")
        seen.page.get_by_role("button", name="Chemnitz").click()
        seen.frame.wait_for_function(f"() => ({named})() === 'Dresden,Leipzig'")
