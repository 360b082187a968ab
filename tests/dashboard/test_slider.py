"""The page's slider and the map: the map goes along at once, and what Python says late never takes it back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.dashboard.live import Opened, opened

pytestmark = pytest.mark.browser


class Line:
    """The WebSocket between page and server, which can be held up either way."""

    def __init__(self, page: Any) -> None:
        self.asks, self.answers = True, True
        self._waiting: list[tuple[Any, Any]] = []
        page.route_web_socket(re.compile("_stcore/stream"), self._join)

    def _join(self, page_end: Any) -> None:
        server_end = page_end.connect_to_server()
        page_end.on_message(lambda message: self._pass_on(server_end, message, self.asks))
        server_end.on_message(lambda message: self._pass_on(page_end, message, self.answers))

    def _pass_on(self, end: Any, message: Any, is_open: bool) -> None:
        if is_open:
            end.send(message)
        else:
            self._waiting.append((end, message))

    def release(self) -> None:
        """Let everything through that waits, in order, and all that follows."""
        self.asks, self.answers = True, True
        waiting, self._waiting = self._waiting, []
        for end, message in waiting:
            end.send(message)

    def holds(self, page: Any, least: int) -> None:
        """Wait until so many messages are held up."""
        for _ in range(600):
            if len(self._waiting) >= least:
                return
            page.wait_for_timeout(50)
        raise AssertionError(f"only {len(self._waiting)} messages came")


@contextmanager
def held_up(browser: Any, url: str) -> Iterator[tuple[Opened, Line]]:
    """The dashboard, its map drawn, and the line to its server."""
    with opened(browser, "about:blank") as seen:
        line = Line(seen.page)
        seen.page.goto(url)
        seen.wait_for_map()
        seen.settled()
        seen.page.get_by_role("slider").first.focus()
        yield seen, line


def slide(seen: Opened, key: str) -> int:
    """Press a key on the slider; returns how many events the map keeps then."""
    before = seen.kept()
    seen.page.keyboard.press(key)
    seen.frame.wait_for_function("kept => document.getElementById('map_div').dataset.kept !== kept", arg=str(before))
    return seen.kept()


def test_the_map_follows_the_slider_before_the_server_has_heard_of_it(browser: Any, address: str) -> None:
    with held_up(browser, address) as (seen, line):
        everything = seen.shown()
        line.asks = False
        kept = slide(seen, "PageUp")
        assert kept < everything
        said = seen.map.locator(".dateline-count").inner_text()
        assert re.sub(r"\D", "", said) == str(kept), "map and time line count alike"
        assert seen.shown() == everything, "the page has not heard of it yet"
        line.release()
        assert seen.settled() == kept


def test_a_late_answer_does_not_take_the_map_back(browser: Any, address: str) -> None:
    with held_up(browser, address) as (seen, line):
        line.answers = False
        first = slide(seen, "PageUp")
        line.holds(seen.page, 20)
        second = slide(seen, "PageUp")
        assert second < first
        seen.frame.evaluate("""() => {
          window.keptSince = [];
          new MutationObserver(() => window.keptSince.push(Number(map_div.getContainer().dataset.kept)))
            .observe(map_div.getContainer(), {attributeFilter: ["data-kept"]});
        }""")
        line.release()
        assert seen.settled() == second
        assert set(seen.frame.evaluate("window.keptSince")) <= {second}


def test_reset_right_after_the_slider_wins(browser: Any, address: str) -> None:
    with held_up(browser, address) as (seen, line):
        everything = seen.shown()
        line.answers = False
        assert slide(seen, "PageUp") < everything
        seen.page.get_by_role("button", name="Reset filters").click()
        line.release()
        assert seen.settled() == everything


def test_time_line_and_slider_one_right_after_the_other_end_in_agreement(browser: Any, address: str) -> None:
    with held_up(browser, address) as (seen, line):
        line.answers = False
        seen.map.locator(".dateline-histogram").press("Shift+PageDown")
        line.holds(seen.page, 20)
        seen.page.get_by_role("slider").first.focus()
        slide(seen, "PageUp")
        line.release()
        kept = seen.settled()
        assert seen.frame.evaluate("dateline.awaited") is None
        assert kept == seen.shown()


def test_the_map_follows_while_the_slider_is_dragged(browser: Any, address: str) -> None:
    with held_up(browser, address) as (seen, _):
        everything = seen.shown()
        box = seen.page.locator(".st-key-range [role=group]").bounding_box()
        seen.page.mouse.move(box["x"] + box["width"] - 8, box["y"] + box["height"] / 2)
        seen.page.mouse.down()
        seen.page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + box["height"] / 2, steps=5)
        seen.frame.wait_for_function(
            "all => Number(document.getElementById('map_div').dataset.kept) < all", arg=everything
        )
        assert seen.shown() == everything, "the page waits until it is let go"
        seen.page.mouse.up()
        assert seen.settled() < everything


def test_the_slider_ends_playback(browser: Any, address: str) -> None:
    with held_up(browser, address) as (seen, _):
        seen.map.locator(".dateline-play").click()
        seen.map.locator(".dateline-play.is-playing").wait_for()
        seen.page.get_by_role("slider").first.focus()
        seen.page.keyboard.press("PageUp")
        seen.map.locator(".dateline-play:not(.is-playing)").wait_for()
        start = seen.page.locator(".st-key-range input[type=range]").first.get_attribute("aria-valuetext")
        seen.settled()
        assert seen.map.locator(".dateline-range").inner_text().startswith(str(start))
