"""The real app in a real browser: what a user does, and that nothing leaves the machine meanwhile."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.dashboard.live import Opened, opened, serving

pytestmark = pytest.mark.browser


def wait_for_shown(seen: Opened, before: int) -> int:
    """Until the heading shows another number of events than ``before``."""
    seen.page.wait_for_function(
        "before => document.querySelector('.dl-heading p')?.dataset.shown !== String(before)", arg=before
    )
    return seen.settled()


def click_place(seen: Opened, lat: float, lon: float, zoom: int = 11) -> None:
    """Bring a place into the middle of the map and click it."""
    seen.frame.evaluate("([lat, lon, zoom]) => void map.setView([lat, lon], zoom, {animate: false})", [lat, lon, zoom])
    x, y = seen.frame.evaluate(
        "([lat, lon]) => { const p = map.latLngToContainerPoint([lat, lon]); return [p.x, p.y]; }", [lat, lon]
    )
    seen.page.wait_for_timeout(100)
    seen.map.locator("#map_div").click(position={"x": x, "y": y})


def test_explore_slide_read_download(browser: Any, address: str) -> None:
    with opened(browser, address) as seen:
        seen.wait_for_map()
        page = seen.page
        everything = seen.shown()
        assert seen.settled() == everything > 100

        slider = page.get_by_role("slider").first
        slider.focus()
        for _ in range(5):
            slider.press("PageUp")
        fewer = wait_for_shown(seen, everything)
        assert fewer < everything

        page.get_by_role("button", name="Reset filters").click()
        wait_for_shown(seen, fewer)

        click_place(seen, 50.93, 11.59)
        rows = seen.map.locator(".dateline-row")
        rows.first.wait_for()
        assert rows.count() > 1, "several events at one place open as a list"
        rows.first.click()
        quote = seen.map.locator(".dateline-quote")
        quote.wait_for()
        assert "Jena" in quote.inner_text()
        assert quote.locator("mark.dateline-place").inner_text() == "Jena"
        assert quote.locator("mark.dateline-trigger").count() == 1
        page.locator(".dl-reader blockquote mark.dl-place", has_text="Jena").first.wait_for()

        with page.expect_download() as download:
            page.get_by_role("button", name="GeoJSON", exact=True).click()
        content = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
        assert len(content["features"]) == seen.shown()
        assert "filter" in content["dateline"]

        assert seen.left_the_machine() == []
        assert seen.errors == []


def test_hostile_texts_are_shown_and_never_run(browser: Any, address: str) -> None:
    with opened(browser, address) as seen:
        seen.wait_for_map()
        for row in range(6):
            lat, lon = seen.frame.evaluate(
                "n => { const c = dateline.columns;"
                " const rows = [...c.row.keys()].filter(i => Math.abs(c.places[c.place[i]]?.lat - (37 + n)) < 1e-9);"
                " const p = c.places[c.place[rows[0]]]; return [p.lat, p.lon]; }",
                row,
            )
            click_place(seen, lat, lon)
            seen.map.locator(".dateline-quote").wait_for()
            seen.map.locator(".leaflet-popup-close-button").click()
            assert seen.map.locator(".dateline-source a").count() == 0, "no javascript: link"
        assert "owned" not in seen.page.title()
        assert seen.frame.evaluate("document.title").find("owned") == -1
        assert seen.left_the_machine() == []


def test_a_brush_on_the_time_line_moves_the_slider(browser: Any, address: str) -> None:
    with opened(browser, address) as seen:
        seen.wait_for_map()
        before = seen.shown()
        box = seen.map.locator(".dateline-histogram").bounding_box()
        mouse = seen.page.mouse
        mouse.move(box["x"] + box["width"] * 0.4, box["y"] + 20)
        mouse.down()
        mouse.move(box["x"] + box["width"] * 0.5, box["y"] + 20, steps=5)
        mouse.move(box["x"] + box["width"] * 0.6, box["y"] + 20, steps=5)
        mouse.up()
        fewer = wait_for_shown(seen, before)
        assert 0 < fewer < before
        assert "from=" in seen.page.url


def test_playback_runs_and_ends_with_its_range_in_the_filters(browser: Any, address: str) -> None:
    with opened(browser, address) as seen:
        seen.wait_for_map()
        before = seen.shown()
        play = seen.map.locator(".dateline-play")
        play.click()
        seen.page.wait_for_timeout(700)
        play.click()
        assert wait_for_shown(seen, before) < before
        assert seen.frame.evaluate("dateline.timeline._frames") > 3


def test_a_permalink_restores_view_range_filters_and_selection(browser: Any, address: str) -> None:
    asked = "?from=2024-03-01&to=2024-09-30&counting=certainly&types=storm,flood&q=Jena&view=50.9000,11.6000,8"
    with opened(browser, address + asked + "&event=event-0001&lang=de") as seen:
        seen.wait_for_map()
        assert seen.page.get_by_text("Filter zurücksetzen").count() == 1
        assert seen.frame.evaluate("map.getZoom()") == 8
        assert seen.page.locator("article.dl-reader").get_attribute("data-event") == "event-0001"
        seen.page.wait_for_timeout(1500)
        for part in ("from=2024-03-01", "counting=certainly", "q=Jena", "event=event-0001", "lang=de", "view=50.9"):
            assert part in seen.page.url


def test_the_map_stays_where_it_is_while_filters_change(browser: Any, address: str) -> None:
    with opened(browser, address) as seen:
        seen.wait_for_map()
        seen.frame.evaluate("void map.setView([48, 14], 6, {animate: false})")
        before = seen.shown()
        seen.page.get_by_role("button", name="Storm").first.click()
        wait_for_shown(seen, before)
        assert seen.frame.evaluate("[map.getZoom(), Math.round(map.getCenter().lat)]") == [6, 48]


def test_a_row_of_the_table_opens_its_event(browser: Any, address: str) -> None:
    with opened(browser, address) as seen:
        seen.wait_for_map()
        table = seen.page.get_by_test_id("stDataFrame").first
        table.scroll_into_view_if_needed()
        box = table.bounding_box()
        seen.page.mouse.click(box["x"] + 18, box["y"] + 52)
        seen.page.locator("article.dl-reader").wait_for()
        seen.map.locator(".dateline-event").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_map_follows_the_theme(browser: Any, address: str, scheme: str) -> None:
    with opened(browser, address, color_scheme=scheme) as seen:
        seen.wait_for_map()
        seen.map.locator(f"#map_div[data-theme='{scheme}']").wait_for()


def test_with_no_layer_the_page_says_what_to_do(browser: Any) -> None:
    with serving(None) as url, opened(browser, url) as seen:
        seen.page.get_by_text("dateline extract").first.wait_for()
        assert seen.left_the_machine() == []


def test_the_map_is_saved_as_a_picture(browser: Any, address: str) -> None:
    with opened(browser, address) as seen:
        seen.wait_for_map()
        with seen.page.expect_download() as download:
            seen.map.locator(".dateline-picture").click()
        assert download.value.suggested_filename == "dateline.png"
        content = Path(download.value.path()).read_bytes()
        assert content.startswith(b"\x89PNG")
        assert len(content) > 20_000


def test_the_map_outlives_filters_that_leave_nothing(browser: Any, address: str) -> None:
    with opened(browser, address) as seen:
        seen.wait_for_map()
        before = seen.settled()
        seen.frame.evaluate("window.same = true")
        words = seen.page.get_by_label("Search quotes")
        words.fill("zzzzzz")
        words.press("Enter")
        seen.page.get_by_text("No event passes these filters").wait_for()
        assert seen.settled() == 0
        seen.page.get_by_role("button", name="Reset filters").click()
        seen.page.get_by_text("No event passes these filters").wait_for(state="detached")
        seen.wait_for_map()
        assert seen.settled() == before
        assert seen.frame.evaluate("window.same")


MANY = (
    "In Bremen ist am 2. Mai 2024 eine Gasleitung explodiert. In Bremen brannte am 9. Mai 2024 ein Lagerhaus. "
    "In Bremen demonstrierten am 20. Mai 2024 Tausende. In Rostock ist am 25. Mai 2024 ein Zug entgleist."
)
FEW = "In Hannover ist am 4. Mai 2024 eine Gasleitung explodiert. In Kassel explodierte am 6. Mai 2024 eine Bombe."


def test_the_map_goes_from_one_layer_to_a_smaller_one(browser: Any, gazetteer: Any) -> None:
    del gazetteer  # compiled by now
    with serving(None) as url, opened(browser, url) as seen:
        for text, number in ((MANY, 4), (FEW, 2)):
            if text == FEW:
                seen.wait_for_address("view=")  # the map has told its view: what runs the page anew closes the form
                seen.idle()
                seen.page.get_by_role("button", name="Articles").click()
            seen.page.get_by_label("Or paste the text").fill(text)
            seen.page.get_by_role("button", name="Find events").click()
            seen.page.locator(f".dl-heading [data-shown='{number}']").wait_for()
            seen.wait_for_map()
            assert seen.settled() == number
        assert seen.map.locator(".dateline-notice").is_hidden()
        assert seen.errors == []


def test_a_pasted_text_is_read_by_the_first_click(browser: Any, gazetteer: Any) -> None:
    del gazetteer  # compiled by now
    with serving(None) as url, opened(browser, url) as seen:
        find = seen.page.get_by_role("button", name="Find events")
        find.click()
        seen.page.get_by_text("Drop a file or paste a text first").wait_for()
        seen.page.get_by_label("Or paste the text").fill("In Hannover ist am 4. Mai 2024 eine Gasleitung explodiert.")
        find.click()
        seen.wait_for_map()
        assert seen.settled() == 1


def test_articles_dropped_on_the_page_become_events(browser: Any, gazetteer: Any, tmp_path: Path) -> None:
    del gazetteer  # compiled by now
    article = tmp_path / "fire.txt"
    article.write_text(
        "In Hannover ist am 4. Mai 2024 eine Gasleitung explodiert, wie die Feuerwehr mitteilte.",
        encoding="utf-8",
    )
    with serving(None) as url, opened(browser, url) as seen:
        with seen.page.expect_response(lambda answer: "upload_file" in answer.url and answer.request.method == "PUT"):
            seen.page.locator("input[type=file]").set_input_files(str(article))
        seen.page.get_by_text("fire.txt").wait_for()
        seen.idle()
        seen.page.get_by_role("button", name="Find events").click()
        seen.wait_for_map()
        assert seen.settled() == 1
        assert seen.left_the_machine() == []


def test_crimea_is_drawn_as_the_united_nations_have_it(browser: Any, address: str) -> None:
    with opened(browser, address) as seen:
        seen.wait_for_map()
        seen.frame.wait_for_function("() => dateline.events._world")  # borders come after the events
        inside = """code => dateline.events._world.byCode.get(code).geometry.coordinates
          .some(polygon => L.Dateline.ringContains(polygon[0], 34.1, 45.2))"""
        assert seen.frame.evaluate(inside, "804")
        assert not seen.frame.evaluate(inside, "643")


def test_on_a_phone_an_event_lies_over_the_map_and_can_be_closed(browser: Any, address: str) -> None:
    narrow = {"width": 390, "height": 844}
    with opened(browser, address + "?event=event-0001", viewport=narrow) as seen:
        seen.wait_for_map()
        sheet = seen.map.locator(".dateline-sheet")
        sheet.locator(".dateline-quote").wait_for()
        box = sheet.bounding_box()
        assert 0 <= box["x"] < box["x"] + box["width"] <= 390
        sheet.get_by_role("button", name="Close").click()
        assert sheet.count() == 0


def test_tiles_are_fetched_only_when_switched_on_and_name_their_source(browser: Any, address: str) -> None:
    with opened(browser, address) as seen:
        seen.page.context.route("https://tile.openstreetmap.org/**", lambda route: route.abort())
        seen.wait_for_map()
        assert seen.left_the_machine() == []
        seen.page.get_by_test_id("stCheckbox").filter(has_text="Online map").locator("label").first.click()
        seen.map.get_by_role("link", name="OpenStreetMap").wait_for()
        seen.page.wait_for_timeout(500)
        assert seen.left_the_machine()
        assert all(url.startswith("https://tile.openstreetmap.org/") for url in seen.left_the_machine())


def test_the_time_line_obeys_the_keyboard(browser: Any, address: str) -> None:
    with opened(browser, address) as seen:
        seen.wait_for_map()
        everything = seen.settled()
        line = seen.map.locator(".dateline-histogram")
        line.focus()
        for _ in range(3):
            line.press("Shift+PageDown")
        fewer = wait_for_shown(seen, everything)
        assert fewer < everything
        line.press("Home")
        assert wait_for_shown(seen, fewer) == everything
