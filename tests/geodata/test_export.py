"""Filters, coarsening and redaction: what is kept, and that nothing leads back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import InputError
from geodata.event import Event, Factuality
from geodata.export import Selection, coarse_place, coarsen, redact, redacted_notes, select, selection, touches
from geodata.formats import read_layer, write_layer
from geodata.place import Place, PlaceKind, distance_km
from geodata.timespan import UNDATED, TimeSpan
from tests.geodata.layers import EVENTS, FIJI, PLACES, REGION, TOWN, event, no_outline

MARCH = TimeSpan.from_edtf("2023-03")


def kept(selection: Selection, *events: Event) -> list[str]:
    return [event.id for event in select(events, selection, no_outline)]


def test_nothing_asked_keeps_all() -> None:
    assert kept(Selection(), event(), event(None, id="e2", span=UNDATED)) == ["e1", "e2"]


@pytest.mark.parametrize(("edtf", "expected"), [
    ("2023-03-11", True), ("2023-03-12/..", True), ("../2023-03-10", True), ("2023-03-13/..", False), ("2022", False)])
def test_the_window_keeps_what_may_lie_in_it(edtf: str, expected: bool) -> None:
    assert bool(kept(Selection(window=TimeSpan.from_edtf(edtf)), event())) is expected


def test_the_undated_lie_in_no_window_and_the_open_in_many() -> None:
    since = event(id="since", span=TimeSpan.of(date(2020, 1, 1), None))
    assert kept(Selection(window=MARCH), event(id="none", span=UNDATED), since) == ["since"]


@pytest.mark.parametrize("name", ["Beira", "BEIRA", "gn:1", "mz", "MZ.05"])
def test_a_place_by_any_of_its_names(name: str) -> None:
    assert kept(Selection(places=frozenset({name})), event(TOWN), event(FIJI, id="e2"), event(None, id="e3")) == ["e1"]


def test_types_and_statuses() -> None:
    denied = event(id="e2", factuality=Factuality.DENIED)
    assert kept(Selection(statuses=frozenset({Factuality.DENIED})), event(), denied) == ["e2"]
    assert kept(Selection(types=frozenset({"storm"})), event(), event(id="e2", type="storm")) == ["e2"]


@pytest.mark.parametrize(("box", "place", "expected"), [
    ((34, -20, 35, -19), TOWN, True), ((35, -20, 36, -19), TOWN, False), ((36, -20, 40, -19), REGION, True),
    ((38, -20, 40, -19), REGION, False), ((170, -30, -170, 0), FIJI, True), ((-179.9, -30, -175, 0), FIJI, True),
    ((170, -30, -170, 0), TOWN, False), ((0, -30, 10, 0), FIJI, False)])
def test_boxes(box: tuple[float, float, float, float], place: Place, expected: bool) -> None:
    assert touches(box, place, no_outline) is expected


def test_a_selection_in_a_users_words() -> None:
    asked = selection("2023-03-01", "2023-03-31", ["flood"], ["claimed"], ["Beira"], "34,-20,35,-19")
    assert kept(asked, event(), event(REGION, id="e2")) == ["e1"]
    assert selection("", "", (), (), (), "") == Selection()


@pytest.mark.parametrize("asked", [
    ("soon", "", (), (), (), ""), ("2023-03-02", "2023-03-01", (), (), (), ""), ("", "", ["flod"], (), (), ""),
    ("", "", (), ["true"], (), ""), ("", "", (), (), (), "1,2,3"), ("", "", (), (), (), "0,10,1,-10"),
    ("", "", (), (), (), "nan,0,1,1")])
def test_what_is_no_selection_is_named(asked: tuple[str, str, list[str], list[str], list[str], str]) -> None:
    with pytest.raises(InputError, match=r"^--"):
        selection(*asked)


@given(PLACES, st.floats(1, 500))
def test_a_coarse_place_holds_the_true_one_and_does_not_tell_it(place: Place, cell_km: float) -> None:
    coarse = coarse_place(place, cell_km)
    if not place.kind.is_point and place.radius_km >= cell_km:
        assert coarse == place
        return
    assert coarse.kind is PlaceKind.REGION
    assert distance_km(place.lat, place.lon, coarse.lat, coarse.lon) <= coarse.radius_km * 1.01 + 0.01
    assert coarse.radius_km >= cell_km / 2
    assert coarse.radius_km <= cell_km * 2.1  # a cap around a pole; elsewhere about 0.7
    other = replace(place, name="elsewhere", id="x", region=None, population=1, names=())
    assert coarse == coarse_place(other, cell_km)


def test_neighbours_share_a_cell() -> None:
    one, other = (Place("a", "a", PlaceKind.CITY, "MZ", -19.84, 34.83 + step, 5.0) for step in (0.0, 0.01))
    assert coarse_place(one, 50) == coarse_place(other, 50)


def test_a_cell_has_a_size() -> None:
    for size in (0.0, -1.0, float("nan")):
        with pytest.raises(ValueError, match="cells"):
            list(coarsen([event()], size))


SECRETS = ("Der Fluss", "example.org", "Flut", "Bürgermeister", "a1", "Beira", "rund 300", "trat … über", "0000000000")


@pytest.mark.parametrize("suffix", [".geojson", ".csv", ".gpkg", ".kml"])
def test_nothing_leads_back(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"layer{suffix}"
    notes = {"version": "1", "articles": 1, "unresolved": ["Beira"], "undated_articles": ["a1"]}
    write_layer(path, coarsen([event()], 25), no_outline, redacted_notes(notes))
    content = path.read_bytes()
    assert not [secret for secret in SECRETS if secret.encode() in content]
    (found,) = read_layer(path).events
    assert (found.type, found.span, found.sources[0].outlet) == ("flood", event().span, "Bote")
    assert (found.quantities[0].minimum, found.quantities[0].role) == (300, "displaced")


@given(st.lists(EVENTS, max_size=4))
def test_redacting_twice_is_redacting_once(events: list[Event]) -> None:
    once = tuple(redact(events))
    assert tuple(redact(once)) == once
    assert len(once) == len(events)


def test_the_old_order_is_forgotten() -> None:
    early, late = event(id="z"), event(id="a", span=TimeSpan.from_edtf("2024"), group="g1")
    assert list(redact([late, early])) == list(redact([early, late]))
    assert [item.group for item in redact([late, early])] == ["group-1", "group-1"]
