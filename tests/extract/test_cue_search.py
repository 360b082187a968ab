"""Cues of a text are found by how its words begin."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extract.article import Article
from extract.cue_search import Cues
from extract.document import read_document
from extract.sections import find_sections

CUES = ("foto:", "bild von", "(archiv", "© ", "rss", "b")
PIECES = ("Foto", "bild", " von", ":", "z.B", ".", "ild", "(", "archiv", "©", "rss", "b", "B", *"-' \n_7")


def standing_in(text: str, *lists: tuple[str, ...]) -> list[tuple[str, ...]]:
    return Cues(*lists).standing_in(text.lower(), read_document(Article("t", text), "de").spellings)


def starts_a_word(text: str, cue: str) -> bool:
    places = (at for at in range(len(text)) if text.startswith(cue, at))
    return any(at == 0 or not cue[0].isalnum() or not text[at - 1].isalnum() for at in places)


def test_each_list_has_its_own_answer() -> None:
    assert standing_in("Foto: A. Meier (Archiv)", ("foto:", "bild von"), ("(archiv",)) == [("foto:",), ("(archiv",)]


def test_a_cue_is_no_part_of_a_word() -> None:
    assert standing_in("Telefoto: zwei", ("foto:",)) == [()]


def test_an_abbreviation_may_have_taken_the_first_letter_of_the_word_behind_it() -> None:
    text = "Das zeigt z.Bild von gestern."
    assert "bild" not in read_document(Article("t", text), "de").spellings
    assert standing_in(text, ("bild von",)) == [("bild von",)]


def test_what_is_remembered_of_a_word_is_the_same_for_the_next_text() -> None:
    cues = Cues(CUES)
    spellings = frozenset({"foto", ":", "meier"})
    assert cues.standing_in("foto: meier", spellings) == cues.standing_in("foto: meier", spellings) == [("foto:",)]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_no_cue_at_the_start_of_a_word_is_missed(text: str) -> None:
    folded = text.lower()
    (found,) = standing_in(text, CUES)
    assert set(found) <= {cue for cue in CUES if cue in folded}
    assert set(found) >= {cue for cue in CUES if starts_a_word(folded, cue)}


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_sections_are_the_same_with_the_words_that_have_been_found_already(text: str) -> None:
    assert find_sections(text) == find_sections(text, "", read_document(Article("t", text), "de").spellings)
