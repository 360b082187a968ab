"""Airports and bases under their full names, and the remote towns that they are listed under."""

from __future__ import annotations

from typing import Any

import pytest

from geodata.gazetteer import Gazetteer, airports
from geodata.gazetteer.airports import read_airports
from geodata.gazetteer.sources import Entry
from geodata.place import Place, PlaceKind


def row(icao: str, name: str, city: str, country: str, iata: str = "") -> dict[str, Any]:
    return {"icao": icao, "iata": iata, "name": name, "city": city, "country": country, "lat": 7.7894, "lon": 33.0054}


def read(monkeypatch: pytest.MonkeyPatch, rows: list[dict[str, Any]], known: list[Entry]) -> dict[str, Entry]:
    monkeypatch.setattr("airportsdata.load", lambda _: {row["icao"]: row for row in rows})
    return {entry.place.id.removeprefix("air:"): entry for entry in read_airports(known)}


def test_an_airport_bears_its_full_names_only(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = read(monkeypatch, [row("XAQA", "Qanda International Airport", "Qanda", "DE")], [])["XAQA"]
    assert entry.place.kind is PlaceKind.SITE
    assert {"Qanda International Airport", "Qanda Airport", "Flughafen Qanda"} <= set(entry.preferred)
    assert entry.place.name_in("de") == "Flughafen Qanda"
    assert "Qanda" not in entry.preferred + entry.alternates


def test_a_base_is_called_a_base(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [row("XAQB", "Qarab Afb Airport", "Qarab", "US"), row("XAQC", "Qeft Air Base", "", "EG")]
    found = read(monkeypatch, rows, [])
    assert found["XAQB"].place.name == "Qarab Air Force Base"
    assert found["XAQC"].place.name == "Qeft Air Base"
    assert "Luftwaffenstützpunkt Qeft" in found["XAQC"].preferred


def test_farms_strips_stay_out(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [row("1TX9", "Lazy Q Ranch Airport", "Qarford", "US"),
            row("KQRF", "Qarford Airport", "Qarford", "US", "QRF")]
    assert set(read(monkeypatch, rows, [])) == {"KQRF"}


def test_an_unknown_town_with_an_airstrip_is_a_town_near_it(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [row("XQ1", "Qanyok Airport", "Qanyok", "SS"), row("XQ2", "Qorjok Airport", "Qorjok, Upper Q", "SS"),
            row("XQ3", "Qamp 12 Airport", "Qamp 12", "SS")]
    known = Entry(Place("gn:1", "Qanyók", PlaceKind.CITY, "SS", 7.8, 33.0, 1.0), ("Qanyók",))
    towns = {entry.place.name: entry.place for entry in read(monkeypatch, rows, [known]).values()
             if entry.place.kind is PlaceKind.CITY}
    assert set(towns) == {"Qorjok"}
    assert towns["Qorjok"].radius_km >= 10


@pytest.mark.parametrize(("name", "country"), [
    ("Bole International Airport", "ET"), ("Al Dhafra Air Base", "AE"), ("Flughafen Zvartnots", "AM"), ("Akobo", "SS"),
])
def test_airports_and_remote_towns_are_found(gazetteer: Gazetteer, name: str, country: str) -> None:
    assert country in {named.place.country for named in gazetteer.candidates(name)}


def test_every_kind_of_airport_has_a_german_name_too() -> None:
    assert all(any(template.endswith(" {}") for template in form.templates) for form in airports._forms())
