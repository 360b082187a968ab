"""Sentences and tokens: every offset points into the text as it came."""

from __future__ import annotations

from itertools import pairwise
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.article import Article
from extract.document import UNSEEN, read_document


def sentences(text: str, lang: str) -> list[str]:
    document = read_document(Article("a", text), lang)
    return [text[sentence.start:sentence.end] for sentence in document.sentences]


@pytest.mark.parametrize(("lang", "expected"), [
    ("de", ["Am 3. Mai brannte es.", "Niemand wurde verletzt."]),
    ("de", ["Der Fluss stieg bis zum 12.", "Die Stadt wurde geräumt."]),
    ("de", ["Prof. Dr. Beispiel lehrt z. B. in St. Gallen.", "Er schwieg."]),
    ("de", ["„Wir gehen nicht.“", "Das sagte sie gestern."]),
    ("de", ["Kommt er?", "Nein!", "Sie wartet …"]),
    ("de", ["Das war 2019.", "Danach kam nichts."]),
    ("en", ["Mr. Smith of the U.S. Army met Gen. Jones at 3 p.m. in St. Louis.", "They talked."]),
    ("en", ["“We won't leave.”", "She stayed."]),
    ("en", ["The toll rose to 12.", "Rescue went on."]),
    ("en", ["He moved to the U.S.", "The family followed."]),
])
def test_sentences(lang: str, expected: list[str]) -> None:
    assert sentences(" ".join(expected), lang) == expected


def test_tokens_keep_inner_hyphens_and_split_marks() -> None:
    document = read_document(Article("a", "Im Gaza-Streifen (10.000 Menschen) – laut U.N. um 17:19."), "de")
    assert [token.text for token in document.tokens] == [
        "Im", "Gaza-Streifen", "(", "10.000", "Menschen", ")", "–", "laut", "U.N.", "um", "17:19", "."]


def test_a_sentence_and_a_role_are_found_by_offset() -> None:
    text = "Wasser stieg.\n\nFoto: Agentur\n\nDann fiel es."
    document = read_document(Article("a", text), "de")
    found = document.sentence_at(text.index("fiel"))
    assert found is not None
    assert text[found.start:found.end] == "Dann fiel es."
    assert document.sentence_at(text.index("\n")) is None
    assert document.role_at(text.index("Agentur")).value == "caption"


def seen(text: str) -> str:
    """A text without what no reader sees of it: soft hyphens, ends of lines, accents apart from their letters."""
    return UNSEEN.sub("", "".join(normalize("NFC", text).replace("-\n", "").replace("-\r\n", "").split()))


@given(st.text(max_size=300), st.sampled_from(["de", "en", "xx", ""]))
def test_any_text_is_taken_apart(text: str, lang: str) -> None:
    document = read_document(Article("a", text), lang)
    for token in document.tokens:
        assert token.text
        assert text[token.start:token.end] == token.text or seen(text[token.start:token.end]) == seen(token.text)
    assert all(a.end <= b.start for a, b in pairwise(document.tokens))
    for sentence in document.sentences:
        tokens = document.tokens_of(sentence)
        assert sentence.start <= tokens[0].start
        assert tokens[-1].end <= sentence.end


@pytest.mark.parametrize(("text", "lang", "words"), [
    ("ein Erd-\nbeben in Chile", "de", ["ein", "Erdbeben", "in", "Chile"]),
    ("a north-\r\nwestern gale", "en", ["a", "northwestern", "gale"]),
    ("Rad-\nund Fußwege", "de", ["Rad", "-", "und", "Fußwege"]),
    ("in Gaza-\nStadt", "de", ["in", "Gaza", "-", "Stadt"]),
    ("die Feuer\u00adwehr\u00admänner", "de", ["die", "Feuerwehrmänner"]),
    ("\u200bMu\u0308nster\u200b brennt", "de", ["Münster", "brennt"]),
    ("Ha\u0308user, Ga\u0308rten", "de", ["Häuser", ",", "Gärten"]),
])
def test_words_in_pieces_are_one(text: str, lang: str, words: list[str]) -> None:
    document = read_document(Article("a", text), lang)
    assert document.words == words
    assert document.tokens[0].start == len(text) - len(text.lstrip("\u200b"))


def test_sentences_end_before_their_footnotes() -> None:
    text = "Two posts were hit.[12][13] Nobody was hurt.³ The road is open.[14]"
    document = read_document(Article("a", text), "en")
    assert [text[sentence.start:sentence.end] for sentence in document.sentences] == [
        "Two posts were hit.[12][13]", "Nobody was hurt.³", "The road is open.[14]"]


MARKS_AND_SPACES = "ab.!?…“”'’-_ \t\n\r\x0b\x1f\x85\u2028\xa0\u3000,3é\ud800"


@given(st.text(st.sampled_from(MARKS_AND_SPACES), max_size=120), st.sampled_from(["de", "en", "xx"]))
def test_the_sentences_share_out_all_tokens_and_the_tokens_all_letters_and_marks(text: str, lang: str) -> None:
    document = read_document(Article("a", text), lang)
    assert [number for sentence in document.sentences for number in range(sentence.first, sentence.last)] \
        == list(range(len(document.tokens)))
    assert "".join("".join(text[token.start:token.end].split()) for token in document.tokens) == "".join(text.split())
    for sentence in document.sentences:
        tokens = document.tokens_of(sentence)
        assert (sentence.start, sentence.end) == (tokens[0].start, tokens[-1].end)


def test_a_text_without_full_stops_is_taken_in_pieces() -> None:
    document = read_document(Article("a", "Zahl " * 1000), "de")
    assert [sentence.last - sentence.first for sentence in document.sentences] == [400, 400, 200]
