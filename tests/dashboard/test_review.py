"""Reviewing a workspace on the page: decisions are kept, applied at once, and can be taken back."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import app, review
from dashboard.reader import WANTED
from dashboard.server import LAYER_VARIABLE
from geodata.corrections import Confirm, Discard
from geodata.workspace import Workspace
from tests.dashboard.live import ROOT, opened, serving

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


def events(workspace: Path) -> dict[str, Any]:
    with Workspace(workspace) as opened_workspace:
        return {event.type: event for event in opened_workspace.events()}


def test_only_a_workspace_can_be_reviewed(workspace: Path, layer_file: Path, tmp_path: Path) -> None:
    assert review.is_workspace(workspace)
    assert not review.is_workspace(layer_file)
    assert not review.is_workspace(None)
    assert not review.is_workspace(tmp_path / "missing.gpkg")


def test_confirm_leaves_the_queue_and_can_be_taken_back(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    event = events(workspace)["explosion"]
    page = page_of(workspace, monkeypatch, event.id)
    assert any(tab.label == "To review 2" for tab in page.tabs)
    page.text_input(key="review-who").set_value("ana")
    press(page, "review-confirm")
    assert any(tab.label == "To review 1" for tab in page.tabs)
    (made,) = review.made_on(workspace, event)
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


def test_a_discarded_event_is_gone_with_its_reason_kept(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    event = events(workspace)["explosion"]
    page = page_of(workspace, monkeypatch, event.id)
    page.text_input(key=f"review-why-{event.id}").set_value("it was a drill")
    press(page, "review-discard")
    assert set(events(workspace)) == {"accident"}
    with Workspace(workspace) as opened_workspace:
        (made,) = opened_workspace.corrections()
    assert (made.change, made.why) == (Discard(), "it was a drill")


@pytest.mark.browser
def test_two_people_review_at_once_and_both_keep_their_work(browser: Any, workspace: Path) -> None:
    found = events(workspace)
    with (
        serving(workspace) as url,
        opened(browser, f"{url}/?event={found['explosion'].id}") as ana,
        opened(browser, f"{url}/?event={found['accident'].id}") as ben,
    ):
        for seen, who in ((ana, "ana"), (ben, "ben")):
            seen.wait_for_map()
            seen.page.get_by_role("radio", name="Review").click()
            seen.page.get_by_label("Your name").fill(who)
            seen.page.get_by_label("Your name").press("Tab")
        ana.page.get_by_role("button", name="All right").click()
        ben.page.get_by_role("button", name="All right").click()
        for seen in (ana, ben):
            seen.page.get_by_role("button", name="Take back").wait_for()
    made = [review.made_on(workspace, event)[0].who for event in (found["explosion"], found["accident"])]
    assert made == ["ana", "ben"]
