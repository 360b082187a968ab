"""What a word may name in its sentence, and what articles are asked for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.articles import make_articles
from extract import lexicon
from extract.events import reading
from extract.events.vocabulary import GRAMMAR_FILES, Word, vocabulary
from extract.pipeline import annotate
from geodata.gazetteer import open_gazetteer

WORDS = {lang: [word for text in vocabulary(lang).spellings() if (word := vocabulary(lang).word(text)).senses]
         for lang in ("de", "en")}


@st.composite
def asked(draw: st.DrawFn) -> tuple[Word, frozenset[str], frozenset[str]]:
    """A word, and a sentence's spellings and classes, some of which its senses want."""
    word = draw(st.sampled_from(WORDS[draw(st.sampled_from(["de", "en"]))]))
    fixed = sorted({text for sense in word.senses for text in sense.fixed} | {"und"})
    classes = sorted({name for sense in word.senses for names in sense.any_of for name in names} | {"definite"})
    return word, draw(st.frozensets(st.sampled_from(fixed))), draw(st.frozensets(st.sampled_from(classes)))


@given(asked())
def test_a_word_has_the_senses_that_its_sentence_has_all_for(
        asked: tuple[Word, frozenset[str], frozenset[str]]) -> None:
    word, spellings, present = asked
    assert list(word.senses_in.within(spellings, present)) == [
        sense for sense in word.senses
        if sense.fixed <= spellings and all(names & present for names in sense.any_of)]


@pytest.fixture
def names_asked(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The classes that articles are asked for by name."""
    names: set[str] = set()

    class Listening(reading.Totals):
        def __getitem__(self, name: str) -> int:
            names.add(name)
            return super().__getitem__(name)

    monkeypatch.setattr(reading, "Totals", Listening)
    return names


def test_what_articles_are_asked_for_is_counted_in_them(names_asked: set[str]) -> None:
    for article in make_articles(6):
        annotate(article, open_gazetteer())
    assert {"grave", "harm", "soldiers"} <= names_asked
    for lang in ("de", "en"):
        grammar = {name for file in GRAMMAR_FILES for name in lexicon.read(lang, file).get("classes", {})}
        assert names_asked & grammar <= vocabulary(lang).topics
