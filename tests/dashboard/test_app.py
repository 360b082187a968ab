"""The page as Streamlit runs it, without a browser."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import app
from dashboard.server import LAYER_VARIABLE
from geodata.event import Event
from geodata.formats import write_layer

APP = str(Path(app.__file__))


@pytest.fixture
def page(layer_file: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The dashboard with the synthetic layer, run once."""
    monkeypatch.setenv(LAYER_VARIABLE, str(layer_file))
    return run(AppTest.from_file(APP, default_timeout=60))


def run(test: AppTest) -> AppTest:
    test.run()
    assert not test.exception
    return test


def map_arguments(test: AppTest) -> dict[str, Any]:
    arguments: dict[str, Any] = json.loads(test.get("component_instance")[0].proto.json_args)
    return arguments


def command(test: AppTest) -> dict[str, Any]:
    script = map_arguments(test)["feature_group"]
    found: dict[str, Any] = json.JSONDecoder().raw_decode(script[script.index("update(") + 7 :])[0]
    return found


def shown(test: AppTest) -> int:
    return len(test.dataframe[0].value)


def tell(test: AppTest, **message: Any) -> AppTest:
    """Run again as if the map had sent a message."""
    sent = test.session_state["seen"] + 1 if "seen" in test.session_state else 1
    test.session_state["map"] = {"last_active_drawing": {"properties": {"messages": [{"sent": sent, **message}]}}}
    return run(test)


def test_the_map_is_constant_and_loads_only_our_files(page: AppTest) -> None:
    first = map_arguments(page)
    page.text_input(key="text").set_value("Jena")
    run(page)
    second = map_arguments(page)
    assert first["script"] == second["script"]
    for link in [*first["js_links"], *first["css_links"]]:
        assert link.startswith("../dashboard.served.assets/")
    assert "://" not in first["script"] + first["header"] + first["html"]
    assert len(second["feature_group"]) < 20_000


def test_statements_and_what_did_not_happen_are_off_the_map_at_first(page: AppTest) -> None:
    assert "statement" not in page.session_state["types"]
    assert page.session_state["statuses"] == ["asserted", "claimed"]


def test_the_slider_leaves_fewer_events_and_certainly_fewer_still(page: AppTest) -> None:
    everything = shown(page)
    page.slider(key="range").set_range(date(2024, 3, 10), date(2024, 9, 20))
    possible = shown(run(page))
    tell(page, action="nothing")
    page.session_state["counting"] = "certainly"
    certain = shown(run(page))
    assert 0 < certain < possible < everything
    assert command(page)["certainly"] is True


def test_search_keeps_matching_quotes_and_publishes_their_columns(page: AppTest) -> None:
    before = command(page)["columns"]
    page.text_input(key="text").set_value("jena hochwasser")
    run(page)
    assert all("Jena" in quote for quote in page.dataframe[0].value["Quote"])
    assert command(page)["columns"] != before


def test_nothing_left_says_so_and_reset_brings_all_back(page: AppTest) -> None:
    everything = shown(page)
    page.text_input(key="text").set_value("no such words anywhere")
    run(page)
    assert page.warning[0].value == "No event passes these filters."
    next(button for button in page.button if button.label == "Reset filters").click()
    assert shown(run(page)) == everything


def test_a_click_on_the_map_lists_then_opens_then_goes_back(page: AppTest) -> None:
    tell(page, action="open", rows=[3, 4, 5], at=[47.0, 15.0])
    assert [item["row"] for item in command(page)["popup"]["items"]] == [3, 4, 5]
    tell(page, action="choose", row=4)
    popup = command(page)["popup"]
    assert [item["row"] for item in popup["items"]] == [4]
    assert popup["at"] == [47.0, 15.0]
    assert page.query_params["event"] == "event-0004"
    tell(page, action="back")
    assert len(command(page)["popup"]["items"]) == 3


def test_a_message_is_applied_once(page: AppTest) -> None:
    tell(page, action="open", rows=[3], at=[47.0, 15.0])
    number = command(page)["popup"]["number"]
    assert command(run(page))["popup"]["number"] == number


def test_messages_that_arrive_together_all_count(page: AppTest) -> None:
    view = {"action": "view", "centre": [50.9, 11.6], "zoom": 9, "bounds": [11, 50.5, 12, 51.5], "sent": 11}
    told = [{"action": "range", "range": [19_800, 19_900], "sent": 10}, view]
    page.session_state["map"] = {"last_active_drawing": {"properties": {"messages": told}}}
    run(page)
    assert page.slider(key="range").value[0] == date(2024, 3, 18)
    assert page.session_state["view"]["zoom"] == 9
    assert command(page)["seen"] == 11


def test_a_brush_moves_the_slider_and_stays_within_the_layer(page: AppTest) -> None:
    tell(page, action="range", range=[19_800, 99_999])
    start, end = page.slider(key="range").value
    assert (start, end) == (date(2024, 3, 18), date(2025, 11, 30))
    tell(page, action="range", range=None)
    assert page.slider(key="range").value == (date(2024, 1, 1), date(2025, 11, 30))


@pytest.mark.parametrize("rows", [[-1], [10**9], ["0"], [None], [1.5]])
def test_rows_that_no_layer_has_select_nothing(page: AppTest, rows: list[Any]) -> None:
    tell(page, action="open", rows=rows, at=[0, 0])
    assert command(page)["popup"] is None


def test_only_what_the_map_shows(page: AppTest) -> None:
    tell(page, action="view", centre=[50.9, 11.6], zoom=9, bounds=[11, 50.5, 12, 51.5])
    page.toggle(key="only_view").set_value(True)
    run(page)
    assert set(page.dataframe[0].value["Place"]) == {"Jena"}


def test_all_types_or_none(page: AppTest) -> None:
    for name, expected in (("types_none", 0), ("types_all", len(page.session_state["types"]) + 1)):
        next(button for button in page.button if button.key == name).click()
        run(page)
        assert len(page.session_state["types"]) == expected


def test_the_language_switch_speaks_german(page: AppTest) -> None:
    page.session_state["language"] = "de"
    run(page)
    assert "Filter zurücksetzen" in [button.label for button in page.button]
    assert "Datum" in page.dataframe[0].value.columns


@pytest.mark.parametrize(
    "params",
    [
        {"from": "yesterday", "to": "x"},
        {"from": "2030-01-01", "to": "1999-01-01"},
        {"view": "nan,inf,3"},
        {"view": "1,2"},
        {"types": "eclipse,<b>"},
        {"outlet": "nobody", "place": "nowhere", "event": "none"},
        {"confidence": "-5", "sources": "9" * 50},
        {"lang": "../../x", "counting": "maybe"},
    ],
)
def test_a_broken_permalink_still_opens(
    layer_file: Path, monkeypatch: pytest.MonkeyPatch, params: dict[str, str]
) -> None:
    monkeypatch.setenv(LAYER_VARIABLE, str(layer_file))
    test = AppTest.from_file(APP, default_timeout=60)
    for name, value in params.items():
        test.query_params[name] = value
    run(test)
    assert test.session_state["language"] == "en"


def test_no_layer_says_how_to_make_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(LAYER_VARIABLE, raising=False)
    test = run(AppTest.from_file(APP, default_timeout=60))
    assert "dateline extract" in test.code[0].value


def test_a_broken_layer_names_file_and_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "broken.geojson"
    broken.write_text("{", encoding="utf-8")
    monkeypatch.setenv(LAYER_VARIABLE, str(broken))
    test = run(AppTest.from_file(APP, default_timeout=60))
    assert test.title[0].value == "This layer can't be opened"
    assert "broken" in test.markdown[0].value


@pytest.mark.parametrize("number", [0, 1])
def test_layers_of_no_event_and_of_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    from benchmarks.synthetic import events

    few: list[Event] = events(3)[:number]
    path = tmp_path / "few.geojson"
    write_layer(path, few, lambda _: (), {})
    monkeypatch.setenv(LAYER_VARIABLE, str(path))
    test = run(AppTest.from_file(APP, default_timeout=60))
    if number == 0:
        assert test.title[0].value == "This layer holds no events"
    else:
        assert command(test)["extent"]


def test_pasted_text_becomes_events_without_a_layer(gazetteer: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    del gazetteer  # compiled by now
    monkeypatch.delenv(LAYER_VARIABLE, raising=False)
    test = run(AppTest.from_file(APP, default_timeout=120))
    next(button for button in test.button if button.key == "own-find").click()
    run(test)
    assert [told.value for told in test.info] == ["Drop a file or paste a text first."]
    test.text_area(key="own-text").set_value(
        "In Graz ist am Montag eine Gasleitung explodiert, wie die Feuerwehr mitteilte. Niemand wurde verletzt."
    )
    test.date_input(key="own-published").set_value(date(2024, 5, 8))
    run(test)
    next(button for button in test.button if button.key == "own-find").click()
    run(test)
    row = test.dataframe[0].value.iloc[0]
    assert (row["Type"], row["Place"], row["Date"]) == ("Explosion", "Graz", "6 May 2024")
