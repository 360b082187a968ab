"""Every filter: what it keeps, that the address holds it, that a permalink restores it and reset takes it away."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from benchmarks.synthetic import GERMAN, OUTLINES, events
from dashboard import app, state
from dashboard.filters import language_name
from dashboard.i18n import words
from dashboard.server import LAYER_VARIABLE
from dashboard.takeaway import filter_in_words
from geodata.event import Event, Factuality
from geodata.layer import EventFilter, Layer, PublicationDate
from tests.dashboard.live import Opened, opened

APP = str(Path(app.__file__))

EVERY_STATUS = {"statuses": ",".join(status.value for status in Factuality), "types": "all"}


@pytest.fixture
def page(layer_file: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[dict[str, Any]], AppTest]:
    """Opens the dashboard at an address, as somebody who was sent it."""
    monkeypatch.setenv(LAYER_VARIABLE, str(layer_file))

    def opened_at(asked: dict[str, Any]) -> AppTest:
        test = AppTest.from_file(APP, default_timeout=60)
        for name, value in asked.items():
            test.query_params[name] = value
        return run(test)

    return opened_at


def run(test: AppTest) -> AppTest:
    test.run()
    assert not test.exception
    return test


def ignore(share: float, name: str) -> None:
    del share, name


def table(test: AppTest) -> Any:
    return test.dataframe[0].value


def every(column: str, holds: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda rows: all(map(holds, rows[column]))


FILTERS: dict[str, tuple[dict[str, Any], Callable[[Any], bool]]] = {
    "range": ({"from": "2024-03-01", "to": "2024-03-31"}, every("Date", lambda day: "2024" in day or "2025" in day)),
    "certainly": (
        {"from": "2024-03-01", "to": "2024-03-31", "counting": "certainly"},
        every("Date", lambda day: "2024" in day and not day.startswith("until")),
    ),
    "publication": ({"publication": "out"}, every("Date", lambda day: not day.startswith("until"))),
    "types": ({"types": "flood,storm"}, every("Type", lambda kind: kind in ("Storm", "Flood"))),
    "statuses": ({"statuses": "claimed"}, every("Status", lambda status: status == "claimed")),
    "outlet": ({"outlet": ["Morgenblatt"]}, every("Outlet", lambda told: "Morgenblatt" in told)),
    "language": ({"article": ["en"]}, every("Quote", lambda quote: not set(quote.split()) & GERMAN)),
    "place": ({"place": ["t:jena"]}, every("Place", lambda place: place == "Jena")),
    "country": (
        {"place": ["cc:DE"]},
        every("Place", lambda place: place in ("Jena", "Konrad mine")),
    ),
    "box": ({"box": "11.000,50.000,13.000,52.000"}, every("Place", lambda place: place == "Jena")),
    "view": ({"only": "view", "view": "50.9000,11.6000,9"}, lambda rows: len(rows) > 0),
    "confidence": ({"confidence": "80"}, every("Confidence", lambda share: share >= 0.795)),
    "sources": ({"sources": "2"}, every("Sources", lambda number: number >= 2)),
    "text": ({"q": "jena hochwasser"}, every("Quote", lambda quote: "Jena" in quote and "Hochwasser" in quote)),
}


@pytest.mark.parametrize("name", FILTERS)
def test_a_permalink_restores_the_filter_and_reset_takes_it_away(name: str, page: Callable[..., AppTest]) -> None:
    asked, holds = FILTERS[name]
    everything = len(table(page({})))
    test = page(asked)
    if name != "view":  # which the map tells first
        assert 0 < len(table(test)) < everything
    assert holds(table(test))
    for key, value in asked.items():
        assert test.query_params[key] in (value, *(value if isinstance(value, list) else ()))
    next(button for button in test.button if button.label == "Reset filters").click()
    run(test)
    assert len(table(test)) == everything
    assert set(test.query_params) <= {"view"}


def test_filters_together_keep_what_each_keeps(page: Callable[..., AppTest]) -> None:
    both = table(page({"types": "storm,flood", "sources": "2", "confidence": "50"}))
    assert len(both) > 0
    for name in ("types", "sources"):
        assert FILTERS[name][1](both)


def test_undrawn_boxes_select_nothing_at_all() -> None:
    for text in ("", "1,2,3", "nan,1,2,3", "1,95,2,96", "5,1,4,2", "0,5,1,4", "a,b,c,d", "inf,0,1,1"):
        assert state._box(text) is None, text
    assert state._box("170,-20,190,-10") == (170.0, -20.0, -170.0, -10.0)
    assert state._box("-400,-20,400,10") == (-180.0, -20.0, 180.0, 10.0)


def test_a_language_is_named_in_the_interfaces() -> None:
    assert (language_name("de", words("en")), language_name("en", words("de"))) == ("German", "Englisch")
    assert language_name("", words("en")) == words("en")("no_language")


def test_the_filter_in_words_names_all_that_is_chosen_and_nothing_else() -> None:
    layer = Layer.from_events(events(), OUTLINES)
    assert filter_in_words(layer, EventFilter(publication=PublicationDate.AT), words("en")) == (
        "Dated by publication alone: at publication"
    )
    keep = EventFilter(
        text="dam",
        types=frozenset({"storm"}),
        outlets=frozenset({""}),
        places=frozenset({"t:tyrol"}),
        bbox=(1.0, 2.0, 3.0, 4.0),
        min_confidence=0.5,
        min_sources=2,
        certainly=True,
        factualities=frozenset({Factuality.CLAIMED}),
    )
    told = filter_in_words(layer, keep, words("en"))
    for part in ("dam", "Storm", "(no outlet given)", "Tyrol", "1.00°", "50%", "2", "certainly", "claimed"):
        assert part in told
    many = EventFilter(places=frozenset(f"x:{number}" * 40 for number in range(99)))
    assert len(filter_in_words(layer, many, words("en"))) <= 600


# In a browser --------------------------------------------------------------------------------------------------------


def wait_for_fewer(seen: Opened, before: int) -> int:
    seen.page.wait_for_function(
        "before => Number(document.querySelector('.dl-heading p')?.dataset.shown) < before", arg=before
    )
    return seen.settled()


@pytest.mark.browser
def test_a_box_drawn_on_the_map_keeps_what_lies_in_it(browser: Any, address: str) -> None:
    with opened(browser, f"{address}?view=50.93,11.59,7") as seen:
        seen.wait_for_map()
        everything = seen.settled()
        seen.map.get_by_role("button", name="Draw a box on the map").click()
        frame = seen.map.locator("#map_div").bounding_box()
        x, y = frame["x"] + frame["width"] / 2, frame["y"] + frame["height"] / 2
        mouse = seen.page.mouse
        mouse.move(x - 40, y - 40)
        mouse.down()
        mouse.move(x, y, steps=4)
        mouse.move(x + 40, y + 40, steps=4)
        mouse.up()
        fewer = wait_for_fewer(seen, everything)
        assert fewer > 0
        seen.wait_for_address("box=")
        with seen.page.expect_download() as download:
            seen.page.get_by_role("button", name="GeoJSON", exact=True).click()
        content = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
        assert {feature["properties"]["place_name"] for feature in content["features"]} == {"Jena"}
        assert len(content["features"]) == fewer
        assert len(content["dateline"]["filter"]["bbox"]) == 4
        seen.page.get_by_role("button", name="Remove the box from the map").click()
        seen.page.wait_for_function(
            "all => document.querySelector('.dl-heading p')?.dataset.shown === String(all)", arg=everything
        )
        seen.wait_for_address("box=", gone=True)
        assert seen.errors == []


@pytest.mark.browser
def test_a_chosen_outlet_stays_chosen_while_the_counts_change(browser: Any, address: str) -> None:
    with opened(browser, address) as seen:
        seen.wait_for_map()
        before = seen.settled()
        seen.idle()  # else the list is drawn anew
        seen.page.get_by_role("combobox", name="Outlets").click()
        seen.page.get_by_role("option", name="Morgenblatt").click()
        before = wait_for_fewer(seen, before)
        seen.page.locator(".dl-heading h1").click()  # closes the list; Escape would empty it if it has closed by itself
        seen.page.get_by_role("button", name="Last year").click()
        before = wait_for_fewer(seen, before)
        seen.page.get_by_role("button", name="Last month").click()
        wait_for_fewer(seen, before)
        seen.wait_for_address("outlet=Morgenblatt")
        assert seen.errors == []


@pytest.mark.browser
def test_publication_dates_count_as_the_user_chooses(browser: Any, address: str) -> None:
    with opened(browser, f"{address}?from=2024-03-01&to=2025-03-31") as seen:
        seen.wait_for_map()
        possibly = seen.settled()
        seen.page.get_by_role("radio", name="at publication").click()
        at = wait_for_fewer(seen, possibly)
        seen.wait_for_address("publication=at")
        seen.page.get_by_role("radio", name="leave out").click()
        assert wait_for_fewer(seen, at) > 0
        seen.wait_for_address("publication=out")
        assert seen.errors == []


def test_events_say_in_which_languages_they_are_told(gazetteer: Any) -> None:
    from dashboard import own

    del gazetteer
    told = own.pasted("In Graz ist am 4. Mai 2024 eine Gasleitung explodiert, wie die Feuerwehr mitteilte.", "", None)
    layer = own.read([], told, ignore)
    assert layer.languages == ("de",)
    found: tuple[Event, ...] = tuple(layer.events)
    assert {source.lang for event in found for source in event.sources} == {"de"}
    assert layer.mask(EventFilter(languages=frozenset({"de"}))).all()
    assert not layer.mask(EventFilter(languages=frozenset({"en"}))).any()
    assert layer.group("language") == {"de": len(layer)}
