"""Second-level divisions of the world: their names, where they are, and that they take no other place's name."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from geodata.errors import GazetteerError
from geodata.gazetteer import Gazetteer, divisions, tables
from geodata.gazetteer.divisions import bare_name, read_divisions
from geodata.gazetteer.rarity import is_rare_name
from geodata.gazetteer.sources import Entry
from geodata.place import Place, PlaceKind, distance_km

HEADER = "# Second-level divisions, made up\n"


def town(name: str, lat: float, lon: float, code: str, population: int = 1000) -> Entry:
    place = Place(f"gn:{name}", name, PlaceKind.CITY, code[:2], lat, lon, 1.0, region=code, population=population)
    return Entry(place, (name,), (), (code,))


def region(name: str, code: str, iso: str) -> Entry:
    place = Place(f"iso:{iso}", name, PlaceKind.REGION, code[:2], float("nan"), float("nan"), float("nan"))
    return Entry(place, (name, f"{name} Province"), (), (code,))


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, list[Entry], list[Entry]], dict[str, Entry]]:
    """Reads lines of the vendored file beside given towns and regions; entries by their code."""

    def _read(lines: str, towns: list[Entry], others: list[Entry]) -> dict[str, Entry]:
        monkeypatch.setattr(divisions, "read_vendored", lambda _: HEADER + lines)
        return {entry.place.id.removeprefix("adm:"): entry for entry in read_divisions(towns, others)}

    return _read


@pytest.mark.parametrize(("name", "bare"), [
    ("Kabupaten Blora", "Blora"), ("Provincia de Tocache", "Tocache"), ("Nuwakot District", "Nuwakot"),
    ("Arrondissement d'Aquin", "Aquin"), ("Caza d’Aley", "Aley"), ("Inzai-shi", "Inzai"), ("Tuzla İlçesi", "Tuzla"),
    ("Shahrestān-e Jahrom", "Jahrom"), ("Khan Yunis Governorate", "Khan Yunis"), ("Lindi", "Lindi"),
    ("District", "District"), ("", ""),
])
def test_what_a_division_is_comes_off_its_name(name: str, bare: str) -> None:
    assert bare_name(name) == bare


def test_a_division_is_where_its_towns_are(read: Callable[..., dict[str, Entry]]) -> None:
    corners = [(26.0, 80.0), (26.0, 80.4), (26.4, 80.0), (26.4, 80.4), (26.2, 80.2)]
    towns = [town(f"Qa{n}", lat, lon, "IN.09", 5000) for n, (lat, lon) in enumerate(corners)]
    cells = " ".join(f"{round(lat * 100)},{round(lon * 100)}" for lat, lon in corners)
    place = read(f"IN.09.1\tQandapur\t{cells}\n", towns, [region("Qaradesh", "IN.09", "IN-QA")])["IN.09.1"].place
    assert (place.name, place.kind, place.region) == ("Qandapur District", PlaceKind.REGION, "IN-QA")
    assert place.name_in("de") == "Distrikt Qandapur"
    assert distance_km(place.lat, place.lon, 26.2, 80.2) < 2
    assert 20 < place.radius_km < 27                       # the circle of the area of 40 by 44 km
    assert place.population == 25_000


def test_without_towns_on_record_it_is_where_the_town_of_its_name_is_else_anywhere_in_its_region(
    read: Callable[..., dict[str, Entry]]
) -> None:
    towns = [town(f"Qa{n}", 10 + n, 40 + n % 3, "ET.51") for n in range(6)] + [town("Qorahe", 12.5, 41.5, "ET.51")]
    found = read("ET.51.1\tQorahe Zone\t\nET.51.2\tQimbiro Zone\t\n", towns, [])
    seated, somewhere = found["ET.51.1"].place, found["ET.51.2"].place
    assert (seated.lat, seated.lon) == (12.5, 41.5)
    assert somewhere.radius_km > seated.radius_km >= 10


def test_an_adjective_leads_to_its_town(read: Callable[..., dict[str, Entry]]) -> None:
    towns = [town("Qorenevo", 51.4, 34.9, "RU.41"), town("Qarsk", 51.7, 36.2, "RU.41", 400_000)]
    entry = read("RU.41.1\tQorenevskiy Rayon\t\n", towns, [])["RU.41.1"]
    assert entry.place.name == "Qorenevo District"
    assert (entry.place.lat, entry.place.lon) == (51.4, 34.9)
    assert {"Rajon Qorenevo", "Qorenevskiy District", "Qorenevskiy Rayon"} <= set(entry.preferred)


def test_the_bare_name_is_a_divisions_only_where_nothing_else_bears_it(read: Callable[..., dict[str, Entry]]) -> None:
    towns = [town("Qandapur", 26, 80, "IN.09")]
    found = read("IN.09.1\tQandapur\t\nIN.09.2\tXandaqur\t\nIN.09.3\tMaria\t\n", towns, [])
    assert found["IN.09.1"].alternates == ()
    assert found["IN.09.2"].alternates == ("Xandaqur",)
    assert found["IN.09.3"].alternates == ()               # a person's name
    assert all("District of " in " ".join(entry.preferred) for entry in found.values())


def test_what_is_a_town_with_its_surroundings_is_the_town(read: Callable[..., dict[str, Entry]]) -> None:
    found = read("MX.20.1\tQuaxapan\t\nMX.20.2\tQuetlan\t\n", [town("Quaxapan", 17, -97, "MX.20")], [])
    assert set(found) == {"MX.20.2"}


def test_what_the_overlay_tables_have_is_not_had_twice(read: Callable[..., dict[str, Entry]]) -> None:
    province = region("Qapiz", "PH.06", "PH-QAP")
    ours = Entry(Place("iso:PH-QAP", "Qapiz", PlaceKind.REGION, "PH", 11, 122, 30, region="PH-06"), ("Qapiz",))
    towns = [town("Qalibo", 11.7, 122.4, "PH.06")]
    found = read("PH.06.1\tProvince of Qapiz\t\nPH.06.2\tProvince of Qantique\t\n", towns, [province, ours])
    assert set(found) == {"PH.06.2"}


def test_a_file_that_was_not_brought_in_is_a_typed_error() -> None:
    with pytest.raises(GazetteerError, match=r"nowhere\.tsv.*is missing.*hatch_build"):
        tables.read_vendored("nowhere.tsv")


@pytest.mark.parametrize(("key", "rare"), [
    ("virudhunagar", True), ("maria", False), ("song", False), ("isa", False), ("xandaqur tarsaq", True),
    ("simon bolivar", False), ("", False),
])
def test_rare_names_are_hardly_anything_else(key: str, rare: bool) -> None:
    assert is_rare_name(key) is rare


@pytest.mark.parametrize(("name", "country", "lat", "lon"), [
    ("Kupwara district", "IN", 34.5, 74.2), ("Distrikt Dolakha", "NP", 27.8, 86.1),
    ("Kabupaten Blora", "ID", -7.1, 111.4),
    ("Bezirk Hartberg-Fürstenfeld", "AT", 47.2, 16.0), ("Konso Zone", "ET", 5.3, 37.4),
    ("Cercle de Bankass", "ML", 14.1, -3.5), ("Rajon Isjum", "UA", 49.2, 37.3),
])
def test_divisions_of_the_world_are_found(
    gazetteer: Gazetteer, name: str, country: str, lat: float, lon: float
) -> None:
    place = gazetteer.candidates(name)[0].place
    assert place.country == country
    assert distance_km(place.lat, place.lon, lat, lon) < 60
    assert place.kind is PlaceKind.REGION
    assert gazetteer.admin_level(place.id) == 2
