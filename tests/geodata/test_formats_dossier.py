"""The dossier in a real browser: it shows the events, filters them, and lets no text of an article run or load."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from geodata.errors import OutputError
from geodata.event import Factuality, Mark, Source
from geodata.formats import html, read_layer, write_layer
from geodata.formats.borders import _deltas, _thinned, borders
from geodata.timespan import TimeSpan
from tests.geodata.layers import FIJI, REGION, TOWN, event, no_outline

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

HOSTILE = ("</script><script>window.ran = 1</script><img src=x onerror='window.ran = 1'>"
           "<!--<script>${window.ran = 1}{{window.ran = 1}}]]>&lt;\u2028")


def hostile_source() -> Source:
    return Source(HOSTILE, HOSTILE, 0, len(HOSTILE), "", HOSTILE, "javascript:window.ran=1", HOSTILE, "2023-03-12",
                  "given", (Mark(0, 9, "trigger"), Mark(500, 900, "place"), Mark(3, 5, "time")))


def test_markup_in_an_article_ends_no_element(tmp_path: Path) -> None:
    path = tmp_path / "layer.html"
    write_layer(path, [event(sources=(hostile_source(),), claimed_by=HOSTILE)], no_outline, {"title": HOSTILE})
    page = path.read_text(encoding="utf-8")
    assert len(re.findall(r"<script\b", page, re.IGNORECASE)) == 3
    assert len(re.findall(r"</script", page, re.IGNORECASE)) == 3
    assert not re.search(r"onerror='", page.replace("\\u003c", "").split("<script")[0])
    assert read_layer(path).events[0].sources[0].quote == HOSTILE


def test_a_page_bears_only_so_many_events(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "MOST_EVENTS", 1)
    with pytest.raises(OutputError, match="more events than one page bears"):
        write_layer(tmp_path / "a.html", [event(), event(id="e2")], no_outline, {})
    assert not (tmp_path / "a.html").exists()


def test_the_page_names_nothing_on_the_network(tmp_path: Path) -> None:
    path = tmp_path / "layer.html"
    write_layer(path, [event(sources=())], no_outline, {})
    page = path.read_text(encoding="utf-8")
    assert not re.search(r"""(?:src|href)\s*=\s*["']|@import|url\(|fetch\(|https?://""", page)


def test_thinning_keeps_the_ends_and_whole_numbers_add_up() -> None:
    arc = [(0.0, 0.0), (0.01, 0.0), (0.2, 0.1), (0.21, 0.1), (1.0, 1.0)]
    thinned = _thinned(arc, 0.15)
    assert thinned == [(0.0, 0.0), (0.2, 0.1), (1.0, 1.0)]
    assert list(_deltas(thinned)) == [0, 0, 200, 100, 800, 900]


def test_borders_are_finer_near_the_events() -> None:
    far, near = borders(None), borders((33.0, -21.0, 36.0, -18.0))
    if far is None or near is None:
        pytest.skip("MAP DATA NOT INSTALLED: run python hatch_build.py")
    assert {country["name"] for country in far["countries"]} >= {"Mozambique", "Fiji", "Germany"}
    assert len(json.dumps(far)) < len(json.dumps(near)) < 600_000


def test_both_languages_say_everything_the_page_asks_for() -> None:
    folder = Path(html.__file__).parent / "dossier"
    wording = tomllib.loads((folder / "wording.toml").read_text(encoding="utf-8"))
    assert wording["de"].keys() == wording["en"].keys()
    asked = set(re.findall(r'say\("(\w+)"', (folder / "page.js").read_text(encoding="utf-8")))
    asked |= set(re.findall(r'data-(?:text|label)="(\w+)"', (folder / "page.html").read_text(encoding="utf-8")))
    asked |= {status.value for status in Factuality} | {f"head_{key}" for key in ("when", "what", "where", "quote")}
    assert asked <= wording["en"].keys()
    assert not {key for key in wording["en"].keys() - asked if not key.startswith("head_")}


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """The dossier of five events, and nothing said on the console or asked of the network."""
    later = TimeSpan.of(date(2023, 9, 1), date(2023, 9, 1))
    path = tmp_path / "layer.html"
    write_layer(path, [
        event(TOWN), event(REGION, id="e2", span=later, type="storm"), event(FIJI, id="e3", span=later),
        event(None, id="e4", span=TimeSpan(), type="crime"),
        event(TOWN, id="e5", sources=(hostile_source(),), claimed_by=HOSTILE)], no_outline, {"title": HOSTILE})
    tab, asked, said = browser.new_page(locale="de-DE"), [], []
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("pageerror", lambda error: said.append(str(error)))
    tab.on("console", lambda message: said.append(message.text))
    tab.goto(path.as_uri())
    yield tab
    assert [url for url in asked if not url.startswith(("file:", "blob:"))] == []
    assert said == []
    assert tab.evaluate("window.ran") is None
    tab.close()


@pytest.mark.browser
def test_the_page_shows_every_event_as_text(page: Page) -> None:
    assert "Ereignisse: 5" in page.inner_text("#summary")
    assert "ohne Ort: 1" in page.inner_text("#summary")
    assert page.locator("article").count() == 5
    assert page.locator("article img, article script, article a[href^=javascript]").count() == 0
    assert any(HOSTILE[:60] in text for text in page.locator("blockquote").all_inner_texts())
    assert page.locator("mark.trigger").first.inner_text().strip() == "trat"
    assert page.locator("mark.trigger").count() == 4 + 1


@pytest.mark.browser
def test_the_slider_the_types_and_the_search_filter(page: Page) -> None:
    page.evaluate("setWindow(earliest, earliest + 30)")
    assert "Ereignisse: 2" in page.inner_text("#summary")  # the undated lies in no part of the time
    page.evaluate("setWindow(earliest, latest)")
    page.click("#types button:has-text('Sturm')")
    assert "Ereignisse: 4" in page.inner_text("#summary")
    page.fill("#search", "fiji")
    assert "Ereignisse: 1" in page.inner_text("#summary")
    page.wait_for_selector("#rows tr:only-child")


@pytest.mark.browser
def test_a_click_on_the_map_shows_what_happened_there(page: Page) -> None:
    page.wait_for_function("() => map.clusters && map.clusters.some(cluster => !cluster.area)")
    x, y = page.evaluate("(({x, y}) => [x, y])(map.clusters.find(cluster => !cluster.area))")
    page.locator("#map").click(position={"x": x, "y": y})
    page.wait_for_function("() => document.querySelectorAll('article').length === 2")
    assert "Beira" in (page.locator("article h3").first.text_content() or "")  # below the fold it has no inner text


@pytest.mark.browser
def test_the_layer_can_be_taken_out_of_the_page(page: Page, tmp_path: Path) -> None:
    with page.expect_download() as download:
        page.click("#download")
    taken = tmp_path / "taken.geojson"
    download.value.save_as(taken)
    assert [item.id for item in read_layer(taken).events] == ["e1", "e2", "e3", "e4", "e5"]
