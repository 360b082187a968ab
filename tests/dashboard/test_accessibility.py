"""Nobody is kept out: axe-core finds nothing serious on any page, and every control obeys the keyboard."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.dashboard import newsroom
from tests.dashboard.axe import AxeError, fetch, grave_faults
from tests.dashboard.live import Opened, opened, serving

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
DARK = {"color_scheme": "dark"}
MOST_TABS = 140


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """axe-core's script, fetched once a session; in CI it must be there."""
    try:
        return fetch(tmp_path_factory.mktemp("axe"))
    except AxeError as error:
        if os.environ.get("CI"):
            pytest.fail(str(error))
        pytest.skip(f"NOT CHECKED WITH AXE-CORE: {error}")


def faults(seen: Opened, script: str) -> list[str]:
    """Grave faults of the page and of the map's frame."""
    return [*grave_faults(seen.page.main_frame, script), *grave_faults(seen.frame, script)]


def until_shown(selector: str) -> Callable[[Opened], None]:
    return lambda seen: seen.page.locator(selector).first.wait_for()


STATES: dict[str, tuple[str, dict[str, Any], Callable[[Opened], None]]] = {
    "demo": ("", {}, until_shown(".dl-empty")),
    "tour": ("", {"newcomer": True}, lambda seen: seen.map.locator(".dateline-tour").wait_for()),
    "reader": ("?event=event-0001", {}, until_shown(".dl-reader")),
    "reader, dark": ("?event=event-0001", DARK, until_shown(".dl-reader")),
    "how sure": ("?page=sure", {}, until_shown(".dl-sure")),
    "how sure, dark": ("?page=sure", {**DARK, "locale": "de-DE"}, until_shown(".dl-sure")),
    "phone": ("?event=event-0001", {"viewport": PHONE}, until_shown(".dl-reader")),
    "phone, dark": ("", {"viewport": PHONE, **DARK}, until_shown(".dl-heading")),
    "phone, how sure": ("?page=sure", {"viewport": PHONE, "locale": "de-DE"}, until_shown(".dl-sure")),
    "nothing left": ("?q=nowhere+to+be+found", {}, until_shown(".stAlert")),
}


@pytest.mark.parametrize("name", STATES)
def test_axe_finds_no_serious_fault(browser: Any, address: str, axe: str, name: str) -> None:
    asked, settings, ready = STATES[name]
    with opened(browser, f"{address}/{asked}", **settings) as seen:
        seen.wait_for_map()
        seen.settled()
        ready(seen)
        assert faults(seen, axe) == []


def test_axe_finds_no_serious_fault_with_ones_own_articles(browser: Any, address: str, axe: str) -> None:
    with opened(browser, address) as seen:
        seen.wait_for_map()
        seen.settled()
        seen.page.get_by_role("button", name="Articles").click()
        seen.page.get_by_text("Drop articles here").first.wait_for()
        assert faults(seen, axe) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_fault_without_a_layer(browser: Any, axe: str, scheme: str) -> None:
    with serving(None) as url, opened(browser, url, color_scheme=scheme) as seen:
        seen.page.get_by_text("dateline extract").first.wait_for()
        assert grave_faults(seen.page.main_frame, axe) == []


@pytest.mark.parametrize("settings", [{}, DARK, {"viewport": PHONE}], ids=["light", "dark", "phone"])
def test_axe_finds_no_serious_fault_in_review(
    browser: Any, axe: str, gazetteer: Any, tmp_path: Path, settings: dict[str, Any]
) -> None:
    del gazetteer  # compiled by now
    workspace = newsroom.make(tmp_path)
    event = newsroom.events(workspace)[0]
    with serving(workspace) as url, opened(browser, f"{url}/?event={event.id}", **settings) as seen:
        seen.wait_for_map()
        seen.settled()
        seen.page.locator(".dl-reader").first.wait_for()
        assert faults(seen, axe) == []


# Keyboard ------------------------------------------------------------------------------------------------------------

FOCUSED = """() => {
  const at = document.activeElement;
  const named = at.closest("[class*=st-key-]");
  const key = named && [...named.classList].find((name) => name.startsWith("st-key-")).slice(7);
  return [key, at.tagName, at.className, at.getAttribute("role") || "", at.getAttribute("aria-label") || ""];
}"""

IN_PAGE = {
    "own-add", "download-geojson", "download-csv", "help-sure", "help-tour", "range", "quick-last_year", "counting",
    "text", "types", "types_all", "types_none", "statuses", "publication", "outlets", "languages", "places",
    "only_view", "reset", "online", "language",
}  # fmt: skip
"""Keys of the controls that every user needs."""
IN_FRAME = {
    "Zoom in",
    "Zoom out",
    "Save the map as a picture",
    "Draw a box on the map",
    "Play",
    "Date range on the time line",
}


def test_the_keyboard_reaches_every_control_and_leaves_it_again(browser: Any, address: str) -> None:
    with opened(browser, address) as seen:
        seen.wait_for_map()
        seen.settled()
        keys, roles, in_frame = set(), set(), set()
        for _ in range(MOST_TABS):
            seen.page.keyboard.press("Tab")
            key, tag, _, role, _ = seen.page.evaluate(FOCUSED)
            keys.add(key)
            roles.add(role)
            if tag == "IFRAME":
                in_frame.add(seen.frame.evaluate(FOCUSED)[4])
            if keys >= IN_PAGE and in_frame >= IN_FRAME and "tab" in roles:
                break
        assert keys >= IN_PAGE, f"never reached: {IN_PAGE - keys}"
        assert in_frame >= IN_FRAME, f"never reached on the map: {IN_FRAME - in_frame}"
        assert "tab" in roles, "the tables' tabs"


def test_filter_choose_and_close_with_keys_alone(browser: Any, address: str) -> None:
    with opened(browser, address) as seen:
        seen.wait_for_map()
        before = seen.settled()
        storm = seen.page.locator(".st-key-types button", has_text="Storm")
        storm.focus()
        seen.page.keyboard.press("Enter")
        seen.page.wait_for_function(
            "before => Number(document.querySelector('.dl-heading p')?.dataset.shown) < before", arg=before
        )
        seen.settled()
        seen.page.get_by_role("button", name="How sure is this?").focus()
        seen.page.keyboard.press("Enter")
        page = seen.page.get_by_role("dialog", name="How sure is this?")
        page.wait_for()
        seen.page.keyboard.press("Escape")
        page.wait_for(state="detached")
        assert seen.errors == []


def test_a_row_of_the_table_is_chosen_with_keys(browser: Any, address: str) -> None:
    with opened(browser, address) as seen:
        seen.wait_for_map()
        seen.settled()
        table = seen.page.get_by_test_id("stDataFrame").first
        table.scroll_into_view_if_needed()
        table.locator("canvas").first.focus()
        for key in ("ArrowDown", "Shift+Space"):
            seen.page.keyboard.press(key)
        seen.page.locator(".dl-reader").first.wait_for()
