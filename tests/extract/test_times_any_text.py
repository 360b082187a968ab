"""Temporal tagging of any text: spans within it, spans in order, EDTF that reads back, no exception."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract import lexicon
from extract.times import READINGS
from extract.times.grammar import grammar_of
from geodata.edtf import parse_edtf
from tests.extract.tagging import one, times

PIECES = {
    "de": ["am", "3.", "31.", "Mai", "Februar", "2024", "1999", "0", "Montag", "Abend", "vor", "zwei", "Jahren", "seit",
           "bis", "der", "Nacht", "zum", "Mittwoch", "letzten", "nächste", "Woche", "Ende", "des", "Jahres", "14.30",
           "Uhr", "99999999", "Jahrhunderten", "in", "Ostern", "Herbst", "'98", "29.", "30.02.2023", "zuvor", "gestern",
           "-", "–", ".", ",", "(", "wird", "war", "v.", "Chr.", "tausend", "Jahrzehnte", "drei", "12. Jahrhundert"],
    "en": ["on", "3", "31", "May", "February", "2024", "1999", "0", "Monday", "night", "two", "years", "ago", "since",
           "until", "the", "last", "next", "week", "end", "of", "year", "3:30", "p.m.", "99999999", "centuries", "in",
           "Easter", "fall", "'98", "Feb.", "29,", "02/30/2023", "later", "yesterday", "-", "–", ".", ",", "(", "will",
           "was", "BC", "thousand", "decades", "three-day", "mid-1990s", "19th century", "9/11", "every"],
}


def check(text: str, lang: str, published: date | None) -> None:
    end = 0
    for time in times(text, published, lang):
        assert end <= time.start < time.end <= len(text)
        assert text[time.start:time.end] == time.text
        assert parse_edtf(time.span.edtf) == (time.span.start, time.span.end)
        assert time.value
        assert time.why
        if published is None:
            assert time.span.basis in ("stated", "narrative", "unknown")
        end = time.end


@settings(deadline=None)  # the first example compiles the grammar
@given(st.text(max_size=400), st.sampled_from(["de", "en", "und"]), st.none() | st.dates())
def test_any_unicode(text: str, lang: str, published: date | None) -> None:
    check(text, lang, published)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(["de", "en"]).flatmap(lambda lang: st.tuples(
    st.just(lang), st.lists(st.sampled_from(PIECES[lang]), max_size=25))), st.none() | st.dates())
def test_any_words_of_time(pieces: tuple[str, list[str]], published: date | None) -> None:
    check(" ".join(pieces[1]), pieces[0], published)


@pytest.mark.parametrize("text", ["\ud800 am 3. Mai 2020 \udfff", "3\u00a0. Mai 2020", "٣ مايو ٢٠٢٠", "² Mai ½ Jahr",
                                  "Mai" * 500])
def test_odd_texts(text: str) -> None:
    check(text, "de", date(2021, 1, 1))
    check(text, "en", None)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_every_rule_of_the_lexicon_can_be_read(lang: str) -> None:
    rules = lexicon.read(lang, "times")["rules"]
    assert {rule["means"] for rule in rules} <= READINGS.keys()
    assert len({rule["id"] for rule in rules}) == len(rules)
    assert grammar_of(lang).vocabulary["2024"] != grammar_of(lang).vocabulary["xyz"]


def test_a_language_without_a_lexicon_is_read_as_english() -> None:
    assert one("on 3 May 2020", None, "xx").value == "2020-05-03"


def test_a_leap_day_may_be_in_neither_year_told_of() -> None:
    check("Jahres 12. Jahrhundert Ostern 29. Februar", "de", None)
