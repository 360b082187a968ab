"""The parts of the gazetteer that need no compiled file: keys, outlines, cleaning, the file itself."""

from __future__ import annotations

from array import array
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.errors import GazetteerError
from geodata.gazetteer.container import Container, write_container
from geodata.gazetteer.names import acronym, fold, skeleton
from geodata.gazetteer.outlines import (
    concave_hull,
    convex_hull,
    cut_at_antimeridian,
    outline_of_towns,
    separate_parts,
    unwrap,
)
from geodata.gazetteer.sources import clean_alternates, short_forms, without_article
from geodata.gazetteer.tables import overlay_tables, read_table

POINTS = st.lists(st.tuples(st.floats(-20, 20), st.floats(-60, 60)), min_size=1, max_size=40)


# --- keys ------------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("one", "other"), [
    ("Baden-Württemberg", "baden wurttemberg"), ("Xi'an", "Xi’an"), ("Łódź", "Lodz"), ("STRASSBURG", "Straßburg"),
    ("St. Pölten", "St Polten"), ("Kraj\u00adina", "Krajina"), ("Đà Nẵng", "Da Nang"), ("U.S.", "us"), ("Їжак", "іжак"),
])
def test_spellings_of_one_name_share_a_key(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@given(st.text())
def test_folding_is_total_and_settles_at_once(name: str) -> None:
    key = fold(name)
    assert fold(key) == key
    assert key == key.strip()


@pytest.mark.parametrize("spellings", [
    ("Schtschastja", "Shchastia", "Щастя"), ("Pokrowsk", "Pokrovsk", "Покровськ", "Покровск"),
    ("Sergejewka", "Sergeyevka", "Sergeevka", "Сергеевка"), ("Charkiw", "Kharkiv", "Харків"),
    ("Pjöngjang", "Pyongyang"), ("Nischni Nowgorod", "Nizhny Novgorod", "Нижний Новгород"),
])
def test_transliterations_share_a_skeleton(spellings: tuple[str, ...]) -> None:
    assert len({skeleton(spelling) for spelling in spellings}) == 1


@given(st.text(max_size=60))
def test_skeletons_are_total(name: str) -> None:
    assert skeleton(name) == "" or len(skeleton(name)) >= 4


@pytest.mark.parametrize(("name", "key"), [("US", "US"), ("U.S.", "US"), ("us", ""), ("Us", ""), ("U2", ""), ("U", "")])
def test_acronyms_are_capitals(name: str, key: str) -> None:
    assert acronym(name) == key


# --- names of sources ------------------------------------------------------------------------------------------------

def test_alternate_names_lose_codes_links_and_additions() -> None:
    raw = ["MOW", "mo si ke", "https://example.org", "Khwaeng_X", "Maria 1", "Moskau", "Orange (Iowa)", "Paris, Texas"]
    assert list(clean_alternates(raw)) == ["Moskau", "Orange", "Paris"]


@pytest.mark.parametrize(("name", "short"), [
    ("Osterode am Harz", "Osterode"), ("Stoke-on-Trent", "Stoke"), ("Chalon-sur-Saône", "Chalon"),
    ("Neumarkt in der Oberpfalz", "Neumarkt"), ("Rothenburg ob der Tauber", "Rothenburg"),
])
def test_long_names_have_short_forms(name: str, short: str) -> None:
    assert next(short_forms(name, 20_000)) == short


@pytest.mark.parametrize("name", ["Berlin", "Am See", "Hamm", "Bad Homburg"])
def test_other_names_have_none(name: str) -> None:
    assert list(short_forms(name, 20_000)) == []


def test_every_overlay_table_states_its_source_and_licence() -> None:
    for table in overlay_tables():
        header = [line for line in table.read_text(encoding="utf-8").splitlines()[:8] if line.startswith("#")]
        assert "ource" in "".join(header), table.name
        assert "icence" in "".join(header) or "CC BY" in "".join(header), table.name


def test_identifiers_of_the_overlay_are_unique() -> None:
    for table in ("regions.tsv", "districts.tsv", "macroregions.tsv", "waters.tsv", "landforms.tsv", "sites.tsv"):
        ids = [row["id"] for row in read_table(table)]
        assert len(ids) == len(set(ids)), table


# --- outlines --------------------------------------------------------------------------------------------------------

def signed_area(ring: list[tuple[float, float]]) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise([*ring, ring[0]])) / 2


@given(POINTS)
def test_a_convex_hull_runs_counter_clockwise_around_all_points(points: list[tuple[float, float]]) -> None:
    ring = convex_hull(points)
    assert set(ring) <= set(points)
    if len(ring) >= 3:
        assert signed_area(ring) >= 0


@settings(deadline=None)
@given(POINTS)
def test_a_concave_hull_is_no_larger_than_the_convex_one(points: list[tuple[float, float]]) -> None:
    convex, concave = convex_hull(points), concave_hull(points)
    if len(convex) >= 3:
        assert signed_area(concave) <= signed_area(convex) + 1e-9


def test_a_horseshoe_of_towns_is_dug_out() -> None:
    sides = [(x / 4, y) for x in range(41) for y in (0.0, 10.0)]
    shoe = sides + [(0.0, y / 4) for y in range(1, 40)]
    assert abs(signed_area(concave_hull(shoe))) < 60
    assert signed_area(convex_hull(shoe)) == 100


def test_an_island_far_off_has_an_outline_of_its_own() -> None:
    mainland = [(float(x), float(y)) for x in range(3) for y in range(3)]
    island = [(20 + x / 10, y / 10) for x in range(3) for y in range(3)]
    assert [len(part) for part in separate_parts(mainland + island, 200)] == [9, 9]
    assert len(outline_of_towns(mainland + island, 200, dug=False)) == 2


def test_points_around_the_antimeridian_are_neighbours() -> None:
    assert unwrap([(179.0, 0.0), (-179.0, 0.0)]) == [(179.0, 0.0), (181.0, 0.0)]
    assert unwrap([(-10.0, 0.0), (10.0, 0.0)]) == [(-10.0, 0.0), (10.0, 0.0)]


def test_a_ring_across_the_antimeridian_is_cut() -> None:
    west, east = cut_at_antimeridian([(178, 0), (182, 0), (182, 2), (178, 2)])
    assert {lon for lon, _ in west} == {178, 180}
    assert {lon for lon, _ in east} == {-180, -178}
    assert signed_area(west) > 0
    assert signed_area(east) > 0


def test_two_towns_outline_nothing() -> None:
    assert outline_of_towns([(0.0, 0.0), (1.0, 1.0)], 300, dug=True) == ()


# --- the file --------------------------------------------------------------------------------------------------------

def test_sections_come_back_as_they_went(tmp_path: Path) -> None:
    write_container(tmp_path / "a.bin", {"x": 1}, {"text": "größer".encode(), "numbers": array("I", [1, 2, 3])})
    container = Container(tmp_path / "a.bin")
    assert container.header["x"] == 1
    assert bytes(container.section("text")).decode() == "größer"
    assert list(container.numbers("numbers", "I")) == [1, 2, 3]
    assert [file.name for file in tmp_path.iterdir()] == ["a.bin"]


@pytest.mark.parametrize("content", [
    b"", b"short", b"x" * 99, b"DATELN01" + b"\xff" * 8, b"DATELN01" + b"\x02" + b"\0" * 7 + b"{}",
])
def test_a_broken_file_is_a_typed_error_that_names_it(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "broken.bin").write_bytes(content)
    with pytest.raises(GazetteerError, match=r"broken\.bin"):
        Container(tmp_path / "broken.bin")


def test_a_file_cut_short_is_told_apart(tmp_path: Path) -> None:
    write_container(tmp_path / "whole.bin", {}, {"numbers": array("I", range(1000))})
    (tmp_path / "part.bin").write_bytes((tmp_path / "whole.bin").read_bytes()[:-500])
    with pytest.raises(GazetteerError, match="cut short"):
        Container(tmp_path / "part.bin")


def test_arabic_names_lose_their_article_where_arabic_is_spoken() -> None:
    assert list(without_article("Al Qāmishlī", "SY", 184_000)) == ["Qāmishlī"]
    assert list(without_article("Ash Shaddādah", "SY", 15_000)) == ["Shaddādah"]
    assert not list(without_article("El Paso", "US", 680_000))
    assert not list(without_article("Al Bāb", "SY", 100_000)), "what is left is too short for a name"
    assert not list(without_article("Al Qāmishlī", "SY", 500)), "a hamlet"
