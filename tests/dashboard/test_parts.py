"""The dashboard's parts: words, columns, scripts, popups and the reader, without a screen."""

from __future__ import annotations

import gzip
import inspect
import json
import os
import re
import string
import tomllib
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import jinja2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.synthetic import HOSTILE, OUTLINES, PLACES, events, layer
from dashboard import columns, served, table, wording
from dashboard.articles import Telling
from dashboard.i18n import LANGUAGES, language_of, words
from dashboard.map import as_script
from dashboard.popup import popup
from dashboard.reader import head_html, reasons_html, source_html
from dashboard.reports import table_html
from dashboard.served import ASSETS
from dashboard.server import LAYER_VARIABLE, server_command, server_environment
from dashboard.takeaway import describe_filter
from dashboard.tally import COUNTINGS, tally
from geodata.event import Event, Factuality, Mark, Source
from geodata.geometry import circle
from geodata.layer import EventFilter, Layer
from geodata.place import PlaceKind
from geodata.taxonomy import taxonomy

DASHBOARD = Path(columns.__file__).parent


def fields(message: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(message) if name}


def test_every_language_has_the_same_messages_with_the_same_braces() -> None:
    english = words("en").messages
    for language in LANGUAGES:
        other = words(language).messages
        assert other.keys() == english.keys()
        assert {key: fields(other[key]) for key in other} == {key: fields(english[key]) for key in english}


def test_every_message_is_used() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in [*DASHBOARD.glob("*.py"), *ASSETS.glob("*.js")])
    composed = ("kind_", "status_", "family_", "review_", "role_", "mention_", "publication_", "standing_")
    unused = [
        key for key in words("en").messages if not key.startswith(composed) and not re.search(rf"\b{key}\b", code)
    ]
    assert not unused


def test_every_kind_and_status_has_a_word() -> None:
    for language in LANGUAGES:
        for kind in PlaceKind:
            assert words(language)(f"kind_{kind}")
        for status in Factuality:
            assert words(language)(f"status_{status}")


@pytest.mark.parametrize(
    ("locale", "language"),
    [("de-AT", "de"), ("DE", "de"), ("de_CH", "de"), ("en-GB", "en"), ("fr", "en"), (None, "en")],
)
def test_the_locale_picks_the_language(locale: str | None, language: str) -> None:
    assert language_of(locale) == language


texts = st.text() | st.sampled_from(
    ["{{ 7*7 }}", "{% raw %}", "{# x #}", "${alert(1)}", "</script>", "{{'a'}}", "map_div", "\ud800"]
)


@given(st.dictionaries(texts, st.lists(texts | st.floats(allow_nan=False, allow_infinity=False) | st.none())))
def test_no_text_in_a_command_is_code_to_anybody(value: Any) -> None:
    script = as_script({"value": value})
    assert json.loads(script) == {"value": value}
    assert jinja2.Template(script).render() == script
    inside = "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', script))
    assert not set(inside) & set("{}<>&'`$#%_/\u2028\u2029")


def test_columns_hold_the_kept_rows_in_the_layout_that_the_scripts_read() -> None:
    made = layer()
    mask = made.mask(EventFilter(types=frozenset({"flood", "storm"})))
    encoded = columns.encode_events(made, mask)
    number = int(np.frombuffer(encoded, "<u4", 1)[0])
    assert number == mask.sum()
    assert len(encoded) == 4 + number * (4 * 4 + 2)
    place, start, end = np.frombuffer(encoded, "<i4", 3 * number, 4).reshape(3, number)
    row = np.frombuffer(encoded, "<u4", number, 4 + 12 * number)
    kind = np.frombuffer(encoded, "u1", number, 4 + 16 * number)
    keys = columns.type_keys(made)
    for at, index in enumerate(row):
        event = made.events[int(index)]
        assert keys[kind[at]] == event.type
        assert event.place is None or made.places[place[at]].id == event.place.id
        assert start[at] == made.frame["start"][index]
        assert end[at] == made.frame["end"][index]


def test_an_unknown_type_looks_like_other_and_keeps_its_name() -> None:
    made = Layer.from_events([replace(events(1)[0], type="eclipse")])
    assert columns.type_keys(made) == ("eclipse",)
    key = json.loads(columns.encode_key(made, words("de")))
    assert (key["types"][0]["label"], key["types"][0]["icon"]) == ("eclipse", taxonomy()["other"].icon)


def test_countries_and_borders_find_their_shape_and_circles_are_no_outline() -> None:
    circles = {place.id: circle(place.lat, place.lon, place.radius_km) for place in PLACES}
    made = Layer.from_events(events(400), {**circles, **OUTLINES})
    entries = {
        place.id: entry for place, entry in zip(made.places, json.loads(columns.encode_places(made)), strict=True)
    }
    assert entries["cc:PT"]["codes"] == ["620"]
    assert entries["border:CZ-PL"]["codes"] == ["203", "616"]
    assert "outline" in entries["t:tyrol"]
    assert "outline" not in entries["t:adria"]
    assert entries["t:jena"]["point"]
    assert not entries["t:balkans"]["point"]


def test_the_key_names_countries_in_the_language() -> None:
    made = layer(5)
    assert json.loads(columns.encode_key(made, words("de")))["countries"]["276"] == "Deutschland"
    assert json.loads(columns.encode_key(made, words("en")))["countries"]["276"] == "Germany"


def test_towns_come_largest_first_with_their_names_in_the_language() -> None:
    exonyms = {("gn:2867714", "en"): "Munich", ("gn:2867714", "de"): "München"}
    towns = json.loads(columns.encode_towns("de", lambda place, language: exonyms.get((place, language))))
    people = [town[3] for town in towns]
    assert people == sorted(people, reverse=True)
    assert people[-1] >= columns.SMALLEST_TOWN
    assert "München" in {town[0] for town in towns}


def test_a_popup_shows_one_event_or_lists_several() -> None:
    made = layer()
    one = popup(made, [0], 4, None, words("en"))
    assert one is not None
    assert one["back"] == "← all 4 here"
    assert "".join(text for text, _ in one["items"][0]["quote"]) == made.events[0].sources[0].quote
    many = popup(made, list(range(100)), 100, (1.0, 2.0), words("en"))
    assert many is not None
    assert many["at"] == (1.0, 2.0)
    assert len(many["items"]) < 100
    assert "100" in many["more"]
    assert popup(made, [], 0, None, words("en")) is None
    assert popup(made, [made.row_of("placeless") or 0], 0, None, words("en")) is None


def test_a_popup_stays_small_whatever_the_text() -> None:
    long = [replace(events(1)[0], sources=(Source("a", "x" * 1_000_000, 0, 1_000_000, "", outlet="y" * 9000),))] * 200
    made = Layer.from_events(long)
    assert len(as_script(popup(made, list(range(200)), 200, None, words("en")))) < 20_000
    assert len(as_script(popup(made, [0], 1, None, words("en")))) < 20_000


def page_of(event: Event) -> str:
    """All that the reader shows of an event in HTML."""
    english = words("en")
    tellings = [Telling(source) for source in event.sources]
    return (
        head_html(event, english)
        + table_html(event, tellings * 2, english)
        + "".join(source_html(source, english) for source in event.sources)
        + reasons_html(event, tellings, english)
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_the_reader_escapes_what_articles_say(text: str) -> None:
    source = Source(
        text,
        text,
        0,
        len(text),
        "",
        outlet=text,
        url=text,
        title=text,
        published=text,
        marks=(Mark(0, 4, "trigger"), Mark(2, 9, '"><script>')),
    )
    event = Event(
        text, text, Factuality.CLAIMED, (source,), replace(PLACES[0], name=text), claimed_by=text, why=(text,)
    )
    html = page_of(event)
    for tag in re.findall(r"<[^>]*>", html):
        assert re.fullmatch(
            r"</?(article|header|span|h2|h3|p|b|section|blockquote|mark|details|summary|ul|li|img|div|table|thead|tbody|tr|th"
            r"|td|small|abbr)( [a-z-]+=\"[^\"<]*\")* ?/?>",
            tag,
            re.IGNORECASE,
        ), tag


def test_lone_surrogates_are_shown_as_replaced() -> None:
    source = Source("a", "Br\ud800cke", 0, 6, "", outlet="\udfff")
    html = page_of(replace(events(1)[0], sources=(source,)))
    html.encode("utf-8")


@given(
    st.text(max_size=60), st.lists(st.tuples(st.integers(0, 70), st.integers(0, 70)), max_size=6), st.integers(5, 80)
)
def test_a_marked_quote_is_the_quote(quote: str, marks: list[tuple[int, int]], most: int) -> None:
    source = Source("a", quote, 0, len(quote), "", marks=tuple(Mark(min(m), max(m), "time") for m in marks))
    pieces = [text for text, _ in wording.marked_pieces(source, most)]
    shown = "".join(pieces)
    if len(quote) <= most:
        assert shown == quote
    else:
        assert shown.removeprefix("… ").removesuffix(" …") in quote


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "http://", "//host/x", "https://[::1", "ftp://a/b", ""]
)
def test_only_web_addresses_become_links(url: str) -> None:
    assert wording.web_address(Source("a", "", 0, 0, "", url=url)) == ""


def test_the_filter_is_described_without_what_keeps_everything() -> None:
    keep = EventFilter(types=frozenset({"storm", "flood"}), text="dam")
    assert describe_filter(keep) == {"types": ["flood", "storm"], "text": "dam"}


def test_sessions_that_publish_the_same_at_once_do_not_disturb_each_other() -> None:
    contents = [bytes([number]) * 100_000 for number in range(3)] * 20
    with ThreadPoolExecutor(8) as pool:
        addresses = list(pool.map(lambda content: served.publish(content, ".bin"), contents))
    assert len(set(addresses)) == 3
    assert all(served.is_published(address) for address in addresses)


def test_scripts_ask_for_nothing_from_elsewhere() -> None:
    for path in [*ASSETS.glob("*.js"), *ASSETS.glob("*.css")]:
        assert not re.search(r"https?://|//[a-z]+\.[a-z]", path.read_text(encoding="utf-8")), path


def test_a_tally_counts_as_the_layer_itself_does() -> None:
    made = layer(150)
    ranged = EventFilter(start=date(2024, 3, 1), end=date(2024, 11, 30))
    for keep in (
        EventFilter(),
        replace(ranged, types=frozenset({"storm", "flood"}), factualities=frozenset({Factuality.CLAIMED})),
        replace(ranged, outlets=frozenset({"Morgenblatt"}), certainly=True, min_confidence=0.5),
        replace(ranged, text="brno", types=frozenset()),
    ):
        counted = tally(made, keep)
        assert counted.kept.tolist() == made.mask(keep).tolist()
        assert counted.number == len(made.filter(keep))
        assert counted.by_type == made.group("type", made.mask(replace(keep, types=None)))
        assert counted.by_status == made.group("factuality", made.mask(replace(keep, factualities=None)))
        assert counted.by_outlet == made.group("outlet", made.mask(replace(keep, outlets=None)))
        for way in COUNTINGS:
            other = replace(keep, certainly=way == "certainly")
            assert counted.by_counting[way] == len(made.filter(other))


@pytest.mark.parametrize("most", [1, 7, 10_000])
def test_the_first_rows_of_a_table_are_the_latest_kept(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    monkeypatch.setattr(table, "STRETCH", 20)
    made = layer(150)
    mask = made.mask(EventFilter(types=frozenset({"storm", "flood", "meeting"})))
    rows = table.first_rows(table.latest_first(made), mask, most)
    last = [made.events[row].span.end or made.events[row].span.start or date.min for row in rows]
    assert last == sorted(last, reverse=True)
    assert len(rows) == min(most, np.count_nonzero(mask))
    assert mask[rows].all()


def test_what_is_served_is_packed_once_and_the_same_for_the_same_content(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(served, "_folder", lambda: tmp_path)
    content = b"a row of events " * 1000
    address = served.publish(content, ".bin")
    assert address.endswith(".bin.gz"), "a name that Streamlit serves as it is"
    packed = (tmp_path / address.rpartition("/")[2]).read_bytes()
    assert gzip.decompress(packed) == content
    assert len(packed) < len(content) / 10
    assert served.publish(content, ".bin") == address


def test_what_is_served_waits_while_another_thread_looks_a_module_up(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """``inspect`` marks a module as seen before it notes its file; whoever asks in between is told ``None``."""
    monkeypatch.setattr(served, "_folder", lambda: tmp_path)
    half_way = {name: path for name, path in inspect.modulesbyfile.items() if path != served.__name__}
    noted = {served.__name__: served.__file__}
    monkeypatch.setattr(inspect, "modulesbyfile", half_way)
    monkeypatch.setattr(inspect, "_filesbymodname", noted)
    monkeypatch.setattr(served, "MOST_LOOKS", 100_000)
    assert inspect.getmodule(served.publish.__code__) is None
    with ThreadPoolExecutor() as pool:
        address = pool.submit(served.publish, b"two came at once", ".bin")
        assert not wait([address], 0.1).done
        half_way[str(served.__file__)] = served.__name__
        assert served.is_published(address.result(60))


def test_the_server_gets_its_layer_and_what_the_user_has_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert server_environment(tmp_path / "x.geojson")[LAYER_VARIABLE] == str(tmp_path / "x.geojson")
    assert server_environment(None)["MALLOC_ARENA_MAX"] == "2"
    monkeypatch.setenv("MALLOC_ARENA_MAX", "8")
    assert server_environment(None)["MALLOC_ARENA_MAX"] == "8"


def test_both_ways_of_starting_send_what_has_not_changed_as_its_hash(tmp_path: Path) -> None:
    config = tomllib.loads((DASHBOARD / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    command = server_command(8501, tmp_path)
    limit = command[command.index("--global.minCachedMessageSize") + 1]
    assert config["global"]["minCachedMessageSize"] == int(limit)


def test_what_is_served_stays_while_it_is_asked_for(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(served, "_folder", lambda: tmp_path)
    monkeypatch.setattr(served, "MOST_PUBLISHED", 3)
    kept = served.publish(b"asked for", ".json")
    for number in range(6):
        os.utime(tmp_path / kept.rpartition("/")[2], ns=(number, number))  # as old as it gets
        assert served.is_published(kept)
        served.publish(bytes([number]), ".json")
    assert served.is_published(kept)
    assert not served.is_published(served.publish(b"gone", ".json") + "x")
    assert not served.is_published("")
