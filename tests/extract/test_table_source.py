"""Tables of articles: what is odd in one row costs the others nothing."""

from __future__ import annotations

import json
import logging
from datetime import date

import pytest

from extract.article import Publication
from extract.sources.item import ReadOptions, in_memory, stop
from extract.sources.table import read_json


def published(value: object) -> Publication | None:
    row = json.dumps({"id": "1", "text": "Text.", "published": value}).encode()
    (article,) = read_json(in_memory("rows.jsonl", "rows", ".jsonl", row), ReadOptions(), stop)
    return article.published


@pytest.mark.parametrize("value", ["2016-12-19", "2016-12-19T07:58:00Z", "Mon, 19 Dec 2016 07:58:00 +0000",
                                   "19.12.2016", "19. 12. 2016, 07:58 Uhr"])
def test_dates_of_archives_and_feeds(value: str) -> None:
    day = date(2016, 12, 19)
    assert published(value) == Publication(day, day, "given")


@pytest.mark.parametrize("value", ["", None, 0])
def test_no_date(value: object) -> None:
    assert published(value) is None


@pytest.mark.parametrize("value", ["7:58 AM ET", "Dec 17, 20", "2016-02-30", "30.2.2016", "12.19.2016", "12/19/2016",
                                   [1], {"a": 1}])
def test_an_unreadable_date_is_told_and_left_out(value: object, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert published(value) is None
    assert "rows.jsonl:1" in caplog.text
