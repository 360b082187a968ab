"""The page *How sure is this?*: nothing on it but what was measured."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import app
from dashboard.i18n import LANGUAGES, words
from dashboard.server import LAYER_VARIABLE
from dashboard.sure import accuracy_html, sure_html
from extract.accuracy import FEW, Share, measured_accuracy
from tests.dashboard.live import opened


def shown_text(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", " ", html))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_tells_date_version_sizes_and_every_type(language: str) -> None:
    accuracy, text = measured_accuracy(), shown_text(sure_html(language))
    for told in (str(accuracy.measured.year), accuracy.version, accuracy.program, *accuracy.gold):
        assert told in text
    for share in (accuracy.unseen.whole.pins, accuracy.unseen.whole.found):
        assert f"{share.percent} %" in text
    rows = re.findall(r'<th scope="row">', sure_html(language))
    types = {key for part in (accuracy.unseen, accuracy.learnt) for key in part.types}
    assert len(rows) == len(types) + len(accuracy.unseen.languages) + len(accuracy.unseen.confidence)


def test_every_percentage_of_few_cases_is_left_out() -> None:
    accuracy = measured_accuracy()
    few = replace(
        accuracy.unseen, types={"flood": replace(accuracy.unseen.whole, pins=Share(FEW - 1, FEW - 1))}, languages={}
    )
    many = replace(few, types={"flood": replace(few.whole, pins=Share(FEW, FEW))})
    few_text, many_text = (
        shown_text(accuracy_html(replace(accuracy, unseen=part, learnt=replace(part, types={})), words("en")))
        for part in (few, many)
    )
    assert f"{FEW - 1} of {FEW - 1}, few" in few_text
    assert "100 %  20 of 20" in re.sub("  +", "  ", many_text)


def test_the_address_opens_the_page_and_it_stays_there(layer_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(LAYER_VARIABLE, str(layer_file))
    test = AppTest.from_file(str(Path(app.__file__)), default_timeout=60)
    test.query_params["page"] = "sure"
    test.run()
    assert not test.exception
    assert test.query_params["page"] == "sure"


@pytest.mark.browser
def test_a_button_opens_it_and_escape_closes_it(browser: Any, address: str) -> None:
    with opened(browser, address) as seen:
        seen.wait_for_map()
        seen.page.get_by_role("button", name="How sure is this?").click()
        page = seen.page.get_by_role("dialog", name="How sure is this?")
        page.get_by_text("What that means for you").wait_for()
        seen.wait_for_address("page=sure")
        seen.page.keyboard.press("Escape")
        page.wait_for(state="detached")
        seen.wait_for_address("page=", gone=True)
        assert seen.left_the_machine() == []
