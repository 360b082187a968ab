"""Reviewing a workspace on the page: decisions are kept, applied at once, and can be taken back."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import app, decisions
from dashboard.decisions import Records
from dashboard.reader import WANTED
from dashboard.server import LAYER_VARIABLE
from geodata.corrections import Confirm, Discard, Retype
from geodata.event import Event, Factuality
from geodata.layer import Layer
from geodata.workspace import Workspace
from tests.dashboard import newsroom
from tests.dashboard.live import ROOT, Opened, opened, serving

ARTICLES = {
    "one.txt": "In Graz brannte am 3. Mai 2024 ein Lagerhaus aus. Verletzt wurde niemand, so die Polizei.",
    "two.txt": "In Hannover ist am 4. Mai 2024 eine Gasleitung explodiert, wie die Feuerwehr mitteilte.",
}


@pytest.fixture
def workspace(gazetteer: Any, tmp_path: Path) -> Path:
    """A workspace of two articles with an event each."""
    del gazetteer  # compiled by now
    for name, text in ARTICLES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    path = tmp_path / "newsroom.gpkg"
    command = [
        sys.executable,
        "-m",
        "dateline",
        "extract",
        *(str(tmp_path / name) for name in ARTICLES),
        "-w",
        str(path),
    ]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return path


def page_of(workspace: Path, monkeypatch: pytest.MonkeyPatch, event: str = "") -> AppTest:
    monkeypatch.setenv(LAYER_VARIABLE, str(workspace))
    test = AppTest.from_file(str(Path(app.__file__)), default_timeout=60)
    if event:
        test.query_params["event"] = event
        test.session_state[WANTED] = "review"
    return run(test)


def run(test: AppTest) -> AppTest:
    test.run()
    assert not test.exception
    return test


def press(test: AppTest, key: str) -> AppTest:
    next(button for button in test.button if button.key == key).click()
    return run(test)


def tell(test: AppTest, **message: Any) -> AppTest:
    """Run again as if the map had sent a message."""
    test.session_state["map"] = {"last_active_drawing": {"properties": {"messages": [{"sent": 1, **message}]}}}
    return run(test)


def events(workspace: Path) -> dict[str, Any]:
    with Workspace(workspace) as opened_workspace:
        return {event.type: event for event in opened_workspace.events()}


def test_only_a_workspace_can_be_reviewed(workspace: Path, layer_file: Path, tmp_path: Path) -> None:
    assert decisions.is_workspace(workspace)
    assert not decisions.is_workspace(layer_file)
    assert not decisions.is_workspace(None)
    assert not decisions.is_workspace(tmp_path / "missing.gpkg")


def test_confirm_leaves_the_queue_and_can_be_taken_back(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    event = events(workspace)["explosion"]
    page = page_of(workspace, monkeypatch, event.id)
    assert any(tab.label == "To review 2" for tab in page.tabs)
    page.text_input(key="review-who").set_value("ana")
    press(page, "review-confirm")
    assert any(tab.label == "To review 1" for tab in page.tabs)
    (made,) = Records.of(workspace).on(event)
    assert (made.change, made.who) == (Confirm(), "ana")
    press(page, f"undo-{made.id}")
    assert any(tab.label == "To review 2" for tab in page.tabs)


def test_a_moved_pin_stands_elsewhere_and_the_page_shows_it(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    event = events(workspace)["explosion"]
    page = page_of(workspace, monkeypatch, event.id)
    page.selectbox(key=f"review-kind-{event.id}").set_value("move")
    run(page)
    page.text_input(key=f"review-place-{event.id}").set_value("Jena")
    run(page)
    press(page, "review-save")
    assert events(workspace)["explosion"].place.name == "Jena"
    assert "Jena" in set(page.dataframe[0].value["Place"])


def test_retype_and_redate(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    event = events(workspace)["explosion"]
    page = page_of(workspace, monkeypatch, event.id)
    page.selectbox(key=f"review-kind-{event.id}").set_value("type")
    run(page)
    page.selectbox(key=f"review-type-{event.id}").set_value("accident")
    run(page)
    press(page, "review-save")
    assert set(events(workspace)) == {"accident"}


def choose_change(test: AppTest, event: Event, kind: str) -> None:
    test.selectbox(key=f"review-kind-{event.id}").set_value(kind)
    run(test)


def test_another_date_status_and_no_place(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    event = events(workspace)["explosion"]
    page = page_of(workspace, monkeypatch, event.id)
    choose_change(page, event, "date")
    page.date_input(key=f"review-first-{event.id}").set_value(date(2024, 5, 9))
    run(page)
    assert page.warning[0].value == "The last day lies before the first."
    page.date_input(key=f"review-last-{event.id}").set_value(date(2024, 5, 10))
    run(page)
    press(page, "review-save")
    choose_change(page, event, "status")
    page.selectbox(key=f"review-status-{event.id}").set_value(Factuality.DENIED)
    run(page)
    press(page, "review-save")
    choose_change(page, event, "move")
    page.checkbox(key=f"review-nowhere-{event.id}").check()
    run(page)
    press(page, "review-save")
    now = events(workspace)["explosion"]
    assert (now.span.edtf, now.factuality, now.place) == ("2024-05-09/2024-05-10", Factuality.DENIED, None)
    for made in Records.of(workspace).on(now):
        press(page, f"undo-{made.id}")
    assert events(workspace)["explosion"] == event


def test_a_discarded_event_is_gone_with_its_reason_kept(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    event = events(workspace)["explosion"]
    page = page_of(workspace, monkeypatch, event.id)
    page.text_input(key=f"review-why-{event.id}").set_value("it was a drill")
    press(page, "review-discard")
    assert set(events(workspace)) == {"accident"}
    with Workspace(workspace) as opened_workspace:
        (made,) = opened_workspace.corrections()
    assert (made.change, made.why) == (Discard(), "it was a drill")


def test_the_queue_goes_on_to_the_next_least_certain(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    queue = sorted(events(workspace).values(), key=lambda event: event.confidence)
    page = page_of(workspace, monkeypatch)
    press(page, "review-next")
    first = page.query_params["event"]
    press(page, "review-next")
    assert {first, page.query_params["event"]} == {event.id for event in queue}
    press(page, "review-next")
    assert page.query_params["event"] == first, "from the end back to the beginning"
    press(page, "review-confirm")
    press(page, "review-next")
    press(page, "review-confirm")
    assert next(button for button in page.button if button.key == "review-next").disabled


def test_a_discarded_event_can_be_taken_back_where_it_was(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    event = events(workspace)["explosion"]
    page = page_of(workspace, monkeypatch, event.id)
    press(page, "review-discard")
    assert any("The event that was open is gone" in info.value for info in page.info)
    with Workspace(workspace) as opened_workspace:
        (made,) = opened_workspace.corrections()
    press(page, f"undo-{made.id}")
    assert set(events(workspace)) == {"accident", "explosion"}
    assert page.query_params["event"] == event.id


def test_the_reviewers_name_stays_while_other_parts_are_read(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    event = events(workspace)["explosion"]
    page = page_of(workspace, monkeypatch, event.id)
    page.text_input(key="review-who").set_value("ana")
    run(page)
    for part in ("article", "review"):
        page.session_state[WANTED] = part
        run(page)
    assert page.text_input(key="review-who").value == "ana"
    page.session_state[WANTED] = "article"
    run(page)
    press(page, "review-confirm")
    assert Records.of(workspace).on(event)[0].who == "ana"


def test_who_comes_late_is_told_and_can_decide_again(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    event = events(workspace)["explosion"]
    page = page_of(workspace, monkeypatch, event.id)
    page.text_input(key=f"review-why-{event.id}").set_value("a drill")
    run(page)
    decisions.decide(workspace, event, Retype("accident"), "ben", "the text says so")
    press(page, "review-discard")
    assert "ben" in page.warning[0].value
    assert page.text_input(key=f"review-why-{event.id}").value == "a drill"
    assert len(newsroom.events(workspace)) == 2, "nothing was discarded behind anybody's back"
    press(page, "review-discard")
    assert not page.warning
    assert len(newsroom.events(workspace)) == 1


def test_merge_with_the_nearest_and_take_it_back(
    gazetteer: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del gazetteer
    room = newsroom.make(tmp_path)
    fire, linz = newsroom.at(room, "Graz"), newsroom.at(room, "Linz")
    page = page_of(room, monkeypatch, fire.id)
    page.checkbox(key=f"merge-{fire.id}-{linz.id}").check()
    run(page)
    press(page, "merge-save")
    merged = newsroom.at(room, "Graz")
    assert len(merged.sources) == 5
    assert linz.id not in {event.id for event in newsroom.events(room)}
    (made,) = Records.of(room).on(merged)
    press(page, f"undo-{made.id}")
    assert newsroom.at(room, "Linz") == linz
    assert newsroom.at(room, "Graz") == fire


def test_events_chosen_together_are_merged_into_the_one_that_is_named(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = events(workspace)
    page = page_of(workspace, monkeypatch)
    tell(page, action="open", rows=[0, 1], at=[47.0, 15.0])
    page.session_state["merge-listed-0-1"] = [0, 1]
    run(page)
    keeps = next(box for box in page.selectbox if str(box.key).endswith("-keeps"))
    assert set(keeps.options) == {"Explosion · Hanover · 4 May 2024", "Accident · Graz · 3 May 2024"}
    page.text_input(key="review-why-listed").set_value("one night")
    press(page, "merge-save")
    (merged,) = newsroom.events(workspace)
    assert len(merged.sources) == 2
    assert merged.id in {event.id for event in found.values()}
    assert page.query_params["event"] == merged.id
    assert any("one night" in line for line in merged.why)


def test_reports_split_off_take_their_own_date_and_toll_with_them(
    gazetteer: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del gazetteer
    room = newsroom.make(tmp_path)
    fire = newsroom.at(room, "Graz")
    number = next(number for number, source in enumerate(fire.sources) if source.outlet == "Radio Ostwind")
    page = page_of(room, monkeypatch, fire.id)
    page.checkbox(key=f"split-{fire.id}-{fire.sources[number].article}-{number}").check()
    run(page)
    press(page, "split-save")
    stays, leaves = sorted((e for e in newsroom.events(room) if e.place == fire.place), key=lambda e: -len(e.sources))
    assert (len(stays.sources), len(leaves.sources)) == (3, 1)
    assert (stays.span.edtf, leaves.span.edtf) == ("2024-05-03", "2024-05-04")
    assert {number.text for number in leaves.quantities} == {"9"}
    assert "9" not in {number.text for number in stays.quantities}


def test_merging_outlives_reading_everything_anew(gazetteer: Any, tmp_path: Path) -> None:
    del gazetteer
    room = newsroom.make(tmp_path)
    fire, linz = newsroom.at(room, "Graz"), newsroom.at(room, "Linz")
    decisions.decide(room, fire, decisions.merge_of([linz]), "ana", "")
    with Workspace(room) as opened_workspace:
        made = opened_workspace.corrections()
    (tmp_path / "anew").mkdir()
    anew = newsroom.make(tmp_path / "anew")
    with Workspace(anew) as opened_workspace:
        assert opened_workspace.correct(made, lambda _: ()) == ()
    assert len(newsroom.at(anew, "Graz").sources) == 5


def test_the_log_tells_all_and_takes_back_what_is_gone(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = events(workspace)
    decisions.decide(workspace, found["accident"], Confirm(), "ana", "")
    discarded = decisions.decide(workspace, found["explosion"], Discard(), "ben", "a drill")
    page = page_of(workspace, monkeypatch)
    table = next(frame.value for frame in page.dataframe if "Decision" in frame.value.columns)
    assert list(table["Who"]) == ["ben", "ana"]
    assert list(table["Decision"]) == ["No event", "All right"]
    assert "Hanover" in table["Event"][0]
    assert set(table["Now"]) == {"in effect"}
    decisions.take_back(workspace, discarded, "ana")
    run(page)
    table = next(frame.value for frame in page.dataframe if "Decision" in frame.value.columns)
    assert list(table["Now"]) == ["taken back", "in effect"]
    (first, _) = decisions.log(Records.of(workspace), Layer.from_events(newsroom.events(workspace)))
    assert first.undo is not None
    decisions.take_back(workspace, first.undo, "ben")
    assert set(events(workspace)) == {"accident"}


# In a browser --------------------------------------------------------------------------------------------------------


@pytest.mark.browser
def test_two_people_review_at_once_and_both_keep_their_work(browser: Any, workspace: Path) -> None:
    found = events(workspace)
    with (
        serving(workspace) as url,
        opened(browser, f"{url}/?event={found['explosion'].id}") as ana,
        opened(browser, f"{url}/?event={found['accident'].id}") as ben,
    ):
        for seen, who in ((ana, "ana"), (ben, "ben")):
            signed_in(seen, who)
        ana.page.get_by_role("button", name="All right").click()
        ben.page.get_by_role("button", name="All right").click()
        for seen in (ana, ben):
            seen.page.get_by_role("button", name="Take back").wait_for()
    made = [Records.of(workspace).on(event)[0].who for event in (found["explosion"], found["accident"])]
    assert made == ["ana", "ben"]


def signed_in(seen: Opened, who: str) -> None:
    """Open the part that reviews, and say who does; a page behind another one draws no frames."""
    seen.page.bring_to_front()
    seen.wait_for_map()
    seen.page.get_by_role("radio", name="Review").click()
    seen.page.get_by_label("Your name").fill(who)
    seen.page.get_by_label("Your name").press("Tab")
    seen.page.wait_for_timeout(500)  # the name is on its way to Python, which draws the buttons anew
    seen.idle()


@pytest.mark.browser
def test_two_people_merge_at_once_and_the_second_is_told(browser: Any, gazetteer: Any, tmp_path: Path) -> None:
    del gazetteer
    room = newsroom.make(tmp_path)
    fire, linz = newsroom.at(room, "Graz"), newsroom.at(room, "Linz")
    with serving(room) as url, opened(browser, f"{url}/?event={fire.id}") as ana:
        signed_in(ana, "ana")
        with opened(browser, f"{url}/?event={linz.id}") as ben:
            signed_in(ben, "ben")
            choose(ana, "Explosion · Linz")
            choose(ben, "Accident · Graz")
            ana.page.get_by_role("button", name="Merge 2 events").click()
            ana.page.get_by_text("2 events are one · ana").wait_for()
            ben.page.get_by_role("button", name="Merge 2 events").click()
            ben.page.get_by_text("Somebody has decided about this event meanwhile").wait_for()
            assert len(newsroom.at(room, "Graz").sources) == 5
            ben.page.get_by_role("button", name="Take back").click()
            ben.page.locator(f".dl-reader[data-event='{linz.id}']").wait_for()
    assert newsroom.at(room, "Linz") == linz
    with Workspace(room) as opened_workspace:
        assert [(made.action, made.who) for made in opened_workspace.corrections()] == [
            ("merge", "ana"),
            ("undo", "ben"),
        ]


def choose(seen: Opened, name: str) -> None:
    """Tick the candidate of that name, and wait for the button that it brings."""
    seen.page.locator("label", has_text=name).click()
    seen.page.get_by_role("button", name="Merge 2 events").wait_for()


@pytest.mark.browser
def test_keys_confirm_discard_and_go_on_but_not_while_one_writes(browser: Any, workspace: Path) -> None:
    found = events(workspace)
    with serving(workspace) as url, opened(browser, f"{url}/?event={found['explosion'].id}") as seen:
        signed_in(seen, "ana")
        why = seen.page.get_by_label("Why (may be empty)")
        why.click()
        why.press_sequentially("oxn")
        why.press("Tab")
        seen.page.wait_for_function("() => [...document.querySelectorAll('input')].some(box => box.value === 'oxn')")
        assert not Records.of(workspace).made
        seen.page.wait_for_timeout(500)  # the reason is on its way to Python
        seen.idle()
        seen.page.locator(".dl-heading h1").click()
        seen.page.keyboard.press("o")
        seen.page.get_by_text("All right · ana").wait_for()
        seen.page.keyboard.press("n")
        seen.page.locator(f".dl-reader[data-event='{found['accident'].id}']").wait_for()
        seen.page.keyboard.press("x")
        seen.page.get_by_text("The event that was open is gone").wait_for()
    assert set(events(workspace)) == {"explosion"}


@pytest.mark.browser
def test_after_a_decision_the_event_stays_open_and_so_does_the_tray(browser: Any, workspace: Path) -> None:
    with serving(workspace) as url, opened(browser, url) as seen:
        seen.wait_for_map()
        tray = seen.page.get_by_role("tab", name="To review")
        tray.click()
        table = seen.page.locator("[data-testid=stDataFrame]:visible")
        table.wait_for()
        table.scroll_into_view_if_needed()
        box = table.bounding_box()
        seen.page.mouse.click(box["x"] + 18, box["y"] + 52)
        reader = seen.page.locator(".dl-reader[data-event]")
        reader.wait_for()
        event = reader.get_attribute("data-event")
        seen.page.get_by_role("button", name="All right").click()
        seen.page.get_by_role("button", name="Take back").wait_for()
        seen.page.get_by_role("tab", name="To review 1").wait_for()
        assert reader.get_attribute("data-event") == event
        assert tray.get_attribute("aria-selected") == "true"


@pytest.mark.browser
def test_splitting_and_the_log_in_a_browser(browser: Any, gazetteer: Any, tmp_path: Path) -> None:
    del gazetteer
    room = newsroom.make(tmp_path)
    fire = newsroom.at(room, "Graz")
    with serving(room) as url, opened(browser, f"{url}/?event={fire.id}") as seen:
        signed_in(seen, "ana")
        seen.page.locator("label", has_text="Radio Ostwind").click()
        seen.page.get_by_role("button", name="Split off 1").click()
        seen.page.get_by_text("1 of its reports tell of another event · ana").wait_for()
        seen.page.get_by_text("3 reports, 2 independent").first.wait_for()
        assert seen.settled() == 7
        seen.page.get_by_role("tab", name="Log").click()
        log = seen.page.locator("[data-testid=stDataFrame]:visible")
        log.wait_for()
        box = log.bounding_box()
        seen.page.mouse.click(box["x"] + 18, box["y"] + 52)
        seen.page.get_by_role("button", name="Take this back").click()
        seen.page.get_by_text("4 reports, 3 independent").first.wait_for()
        assert seen.settled() == 6
        assert seen.errors == []
    assert newsroom.at(room, "Graz") == fire
