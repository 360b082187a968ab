"""The budget of work: no article costs many more calls than it did, and a long one no more a word than a short one."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.work import articles, calls_a_word, count_calls
from extract.document import tokenize
from geodata.gazetteer import Gazetteer

BUDGET: dict[str, float] = tomllib.loads(
    Path(__file__).with_name("work.toml").read_text(encoding="utf-8"))["calls_a_word"]
SLACK = 1.1
"""What a budget may be overdrawn by: rules are added every week, and each may cost a little."""
LONGER = 8
GROWTH = 1.25
"""How much dearer a word of a text may be that is eight times as long; what is done in pairs would cost eight times."""


@pytest.mark.parametrize("kind", BUDGET)
def test_an_article_costs_no_more_than_its_budget(kind: str, gazetteer: Gazetteer) -> None:
    cost = calls_a_word(articles(kind), gazetteer)
    assert cost <= SLACK * BUDGET[kind], f"{cost:.1f} calls a word; what they may be: tests/work.toml"


@pytest.mark.parametrize("kind", BUDGET)
def test_a_word_of_a_long_article_costs_what_one_of_a_short_one_does(kind: str, gazetteer: Gazetteer) -> None:
    short = articles(kind)[:2]
    long = [replace(article, text="\n".join([article.text] * LONGER)) for article in short]
    assert calls_a_word(long, gazetteer) <= GROWTH * calls_a_word(short, gazetteer)


def test_calls_of_ours_are_counted_and_no_others() -> None:
    assert count_calls(lambda: tokenize("Goma")) == count_calls(lambda: tokenize("Goma " * 100)) == 1
    assert count_calls(lambda: "Goma".lower()) == 0
