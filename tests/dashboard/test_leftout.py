"""What was left out: every count with its entries, reasons and quotes, whatever the layer's file holds."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from benchmarks.synthetic import HOSTILE, layer
from dashboard import leftout, own
from dashboard.i18n import LANGUAGES, words
from dashboard.table import why
from extract.article import Article
from geodata.layer import Layer
from geodata.workspace import Failure, Workspace
from tests.dashboard import newsroom

NOTES: dict[str, Any] = {
    "articles": 1234,
    "failures": 2,
    "unreadable": [["a.pdf", "holds no text"], ["b.html", "is no page"]],
    "unresolved": ["Nirgendheim", "Sonstwo"],
    "unresolved_quotes": {"Nirgendheim": ["mb-1", "… brannte in Nirgendheim ein Stall …"]},
    "undated_articles": ["mb-1"],
}


def shown_text(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", html))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_is_counted_and_listed(language: str) -> None:
    said = words(language)
    html = leftout.left_out_html(layer(), NOTES, said)
    text = shown_text(html)
    assert said("left_out_articles", n=said.number(1234)) in text
    for part in ("holds no text", "is no page", "brannte in Nirgendheim ein Stall", "Sonstwo", "mb-1"):
        assert part in text
    assert "<b>Nirgendheim</b>" in html
    assert said("left_out_unplaced", n=1, total=208) in text
    assert said("left_out_undated", n=1, total=208) in text


@pytest.mark.parametrize(
    "notes",
    [
        {},
        {"articles": "many", "failures": None, "unresolved": "x", "unreadable": 3, "undated_articles": {}},
        {"unresolved": ["A", 3, None], "unresolved_quotes": ["A"], "unreadable": [["one"], "two", 3]},
        {"articles": 3, "undated_articles": 2, "failures": 1},
    ],
)
def test_notes_of_any_shape_are_read(notes: dict[str, Any]) -> None:
    assert leftout.left_out_html(layer(3), notes, words("en")).startswith("<div")


@pytest.mark.parametrize("text", HOSTILE)
def test_texts_are_escaped_and_cut(text: str) -> None:
    notes = {
        "unresolved": [text],
        "unresolved_quotes": {text: [text, f"a {text} b"]},
        "unreadable": [[text, text]],
        "undated_articles": [text] * 500,
    }
    html = leftout.left_out_html(layer(3), notes, words("en"))
    assert set(re.findall(r"</?([a-z]+)[^>]*>", html)) <= {"div", "p", "details", "summary", "ul", "li", "b", "small"}
    assert "<script" not in html.lower()
    assert len(html) < 80_000


def test_ones_own_articles_tell_what_was_left_out(gazetteer: Any) -> None:
    del gazetteer  # compiled by now
    made = own.read([], [Article("a", newsroom.FIRE), Article("b", "Im Dorf Hinterobermoosen brannte es.")], ignore)
    assert made.notes["articles"] == 2
    assert made.notes["undated_articles"] == ["b"]
    for name, (article, quote) in made.notes["unresolved_quotes"].items():
        assert name in quote
        assert article in ("a", "b")


def ignore(share: float, name: str) -> None:
    del share, name


def test_a_workspace_tells_failures_with_their_reasons(gazetteer: Any, tmp_path: Path) -> None:
    del gazetteer
    path = newsroom.make(tmp_path)
    with Workspace(path) as workspace:
        workspace.put([], [Failure("broken.pdf", "", "holds no text", "1")])
        made = Layer.from_events(workspace.events(), {}, workspace.notes())
    notes = leftout.notes_of(made, path)
    assert [tuple(each) for each in notes["unreadable"]] == [("broken.pdf", "holds no text")]
    assert notes["articles"] == len(newsroom.ARTICLES)
    assert set(notes["unresolved"]) == set(notes["unresolved_quotes"])
    assert "holds no text" in leftout.left_out_html(made, notes, words("en"))


def test_a_tray_says_what_decided() -> None:
    event = layer(3).events[0]
    assert why(event, "place").startswith("“")
    assert why(event, "time") == ""
