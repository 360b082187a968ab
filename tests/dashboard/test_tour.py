"""The tour: once on its own, never in the way, again when asked for."""

from __future__ import annotations

from typing import Any

import pytest

from dashboard.i18n import LANGUAGES, words
from tests.dashboard.live import opened

pytestmark = pytest.mark.browser

STEPS = ("map", "reader", "time", "filters", "trays", "sure")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_newcomer_is_shown_round_by_keyboard_and_never_again(browser: Any, address: str, language: str) -> None:
    said = words(language)
    with opened(browser, address, newcomer=True, locale=language) as seen:
        seen.wait_for_map()
        card = seen.map.get_by_role("region", name=said("tour"))
        for number, step in enumerate(STEPS, 1):
            card.get_by_text(said(f"tour_{step}")).wait_for()
            card.get_by_text(f"{number}/{len(STEPS)}").wait_for()
            forward = card.get_by_role("button", name=said("tour_next" if number < len(STEPS) else "tour_done"))
            forward.focus()
            forward.press("Enter")
        card.wait_for(state="detached")
        assert seen.page.locator(".dl-toured").count() == 0
        seen.page.reload()
        seen.wait_for_map()
        seen.settled()
        assert card.count() == 0
        assert seen.left_the_machine() == []
        assert seen.errors == []


def test_it_rings_what_it_speaks_of_and_escape_ends_it(browser: Any, address: str) -> None:
    with opened(browser, address, newcomer=True) as seen:
        seen.wait_for_map()
        card = seen.map.get_by_role("region", name="Short tour")
        card.get_by_role("button", name="Next").click()
        seen.page.locator(".st-key-reader.dl-toured").wait_for()
        card.press("Escape")
        card.wait_for(state="detached")
        seen.page.locator(".dl-toured").wait_for(state="detached")


def test_a_permalink_is_not_interrupted_and_the_button_starts_it(browser: Any, address: str) -> None:
    with opened(browser, f"{address}?event=event-0001", newcomer=True) as seen:
        seen.wait_for_map()
        seen.map.locator(".dateline-quote").first.wait_for()
        card = seen.map.get_by_role("region", name="Short tour")
        assert card.count() == 0
        for _ in range(2):
            seen.page.get_by_role("button", name="Short tour").click()
            card.get_by_text("1/6").wait_for()
            card.get_by_role("button", name="Close").click()
            card.wait_for(state="detached")


def test_the_map_works_while_the_card_stands(browser: Any, address: str) -> None:
    with opened(browser, address, newcomer=True) as seen:
        seen.wait_for_map()
        seen.map.get_by_role("region", name="Short tour").wait_for()
        before = seen.settled()
        seen.page.get_by_role("radio", name="Storm").or_(seen.page.get_by_role("button", name="Storm")).first.click()
        seen.page.wait_for_function(
            "before => document.querySelector('.dl-heading p')?.dataset.shown !== String(before)", arg=before
        )
        assert seen.settled() < before
        assert seen.map.get_by_role("region", name="Short tour").count() == 1
