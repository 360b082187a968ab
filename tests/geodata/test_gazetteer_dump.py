"""A GeoNames dump in small, in the format of the real one, written by the tests."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from geodata.errors import GazetteerError
from geodata.gazetteer import Gazetteer, build_from_geonames
from geodata.place import PlaceKind


def feature(geonameid: int, name: str, lat: float, lon: float, code: str, *, country: str = "CH", admin1: str = "GR",
            admin2: str = "", population: int = 0, alternates: str = "") -> str:
    """A line of allCountries.txt: 19 columns."""
    feature_class, _, feature_code = code.partition(".")
    return "\t".join([str(geonameid), name, name, alternates, str(lat), str(lon), feature_class, feature_code, country,
                      "", admin1, admin2, "", "", str(population), "", "600", "Europe/Zurich", "2024-01-01"])


FEATURES = [
    feature(1, "Switzerland", 47.0, 8.0, "A.PCLI", admin1="00", population=8_700_000),
    feature(2, "Kanton Graubünden", 46.75, 9.5, "A.ADM1", population=200_000),
    feature(3, "Region Viamala", 46.6, 9.4, "A.ADM2", admin2="1850", population=13_000),
    feature(4, "Dörfli am Bach", 46.61, 9.41, "P.PPL", admin2="1850", population=120, alternates="Dorfli,XYZ,dorufuri"),
    feature(5, "Leerweiler", 46.62, 9.42, "P.PPL", admin2="1850"),
    feature(6, "Amtshausen", 46.63, 9.43, "P.PPLA3", admin2="1850"),
    feature(7, "Schwarzsee", 46.64, 9.44, "H.LK"),
    feature(8, "Alpenflugplatz", 46.65, 9.45, "S.AIRP", admin1=""),
    feature(9, "Brunnen eins", 46.66, 9.46, "H.WLL"),
    feature(10, "Grossdorf", 46.7, 9.5, "P.PPL", population=9_000),
    feature(11, "Nordort", 46.9, 9.2, "P.PPL", population=900),
    feature(12, "Neukanton", 46.2, 8.2, "A.ADM1", admin1="QQ", population=100),
]
ALTERNATES = [
    "1\t4\tde\tDörfli\t1\t\t\t\t\t", "2\t4\tru\tДёрфли\t\t\t\t\t\t", "3\t4\tlink\thttps://example.org/x\t\t\t\t\t\t",
    "4\t10\tde\tAltgrossdorf\t\t\t\t1\t\t", "5\t2\trm\tGrischun\t1\t\t\t\t\t", "6\t7\ten\tBlack Lake\t1\t\t\t\t\t",
]
SQUARE_CLOCKWISE = {"type": "Polygon", "coordinates": [[[6, 46], [6, 47.5], [10, 47.5], [10, 46], [6, 46]]]}


def write_dump(folder: Path, features: list[str] = FEATURES, shape: str = json.dumps(SQUARE_CLOCKWISE)) -> Path:
    folder.mkdir(exist_ok=True)
    for name, lines in {
        "allCountries.txt": features, "alternateNamesV2.txt": ALTERNATES,
        "admin1CodesASCII.txt": ["CH.GR\tGrisons\tGrisons\t2", "CH.QQ\tNeuer Kanton\tNeuer Kanton\t12"],
        "admin2Codes.txt": ["CH.GR.1850\tViamala District\tViamala District\t3"],
        "hierarchy.txt": ["2\t3\tADM", "3\t8\t"],
        "shapes_all_low.txt": ["geoNameId\tgeoJSON", f"1\t{shape}"],
    }.items():
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def complaints() -> list[str]:
    return []


@pytest.fixture(scope="module")
def gazetteer(tmp_path_factory: pytest.TempPathFactory, complaints: list[str]) -> Gazetteer:
    folder = write_dump(tmp_path_factory.mktemp("dump"), [*FEATURES, "13\tcut short\tcut sho"])
    path = folder / "compiled.bin"
    build_from_geonames(folder, path, complain=complaints.append)
    return Gazetteer(path)


def test_small_towns_come_in_with_their_languages(gazetteer: Gazetteer) -> None:
    village = gazetteer.candidates("Dörfli am Bach")[0].place
    assert (village.id, village.kind, village.country, village.region) == ("gn:4", PlaceKind.CITY, "CH", "CH-GR")
    assert (village.name_in("de"), village.name_in("ru")) == ("Dörfli", "Дёрфли")
    assert gazetteer.candidates("Дёрфли")[0].place.id == "gn:4"
    assert gazetteer.candidates("Altgrossdorf")[0].match == "alternate"


def test_links_codes_and_romanisations_are_no_names(gazetteer: Gazetteer) -> None:
    for name in ("https://example.org/x", "XYZ", "dorufuri"):
        assert gazetteer.candidates(name) == ()


def test_hamlets_stay_out_unless_they_are_seats(gazetteer: Gazetteer) -> None:
    assert gazetteer.candidates("Leerweiler") == ()
    assert gazetteer.feature(gazetteer.candidates("Amtshausen")[0].place.id) == "P.PPLA3"


def test_lakes_and_airports_are_places_and_wells_are_not(gazetteer: Gazetteer) -> None:
    assert gazetteer.candidates("Black Lake")[0].place.kind is PlaceKind.WATER
    assert gazetteer.candidates("Alpenflugplatz")[0].place.kind is PlaceKind.SITE
    assert gazetteer.candidates("Brunnen eins") == ()


def test_regions_of_the_dump_are_ours_where_we_know_them(gazetteer: Gazetteer) -> None:
    assert gazetteer.candidates("Grischun")[0].place.id == "iso:CH-GR"
    assert gazetteer.candidates("Neuer Kanton")[0].place.id == "gn:12"
    assert [gazetteer.admin_level(place_id) for place_id in ("cc:CH", "iso:CH-GR", "gn:3", "gn:4")] == [0, 1, 2, None]


def test_names_of_second_level_codes_are_known(gazetteer: Gazetteer) -> None:
    district = gazetteer.candidates("Viamala District")[0].place
    assert district.id == "gn:3"
    assert gazetteer.contains(gazetteer.place("iso:CH-GR"), district)


def test_the_hierarchy_tells_the_region_of_what_has_no_code(gazetteer: Gazetteer) -> None:
    assert gazetteer.candidates("Alpenflugplatz")[0].place.region == "CH-GR"


def test_true_outlines_are_wound_as_rfc_7946_wants(gazetteer: Gazetteer) -> None:
    (polygon,) = gazetteer.outline(gazetteer.place("cc:CH"))
    assert polygon[0][0] == polygon[0][-1]
    assert set(polygon[0]) == {(6, 46), (10, 46), (10, 47.5), (6, 47.5)}
    doubled = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(polygon[0], polygon[0][1:], strict=False))
    assert doubled > 0


def test_a_truncated_line_is_told_and_the_rest_goes_on(gazetteer: Gazetteer, complaints: list[str]) -> None:
    assert gazetteer.candidates("Grossdorf")
    assert [line for line in complaints if "columns instead of 19" in line and ":13:" in line]


def test_info_names_the_dump(gazetteer: Gazetteer) -> None:
    assert gazetteer.info()["sources"]["geonames"].startswith("allCountries.txt:")


def test_a_folder_without_features_is_a_typed_error(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match=r"allCountries\.txt"):
        build_from_geonames(tmp_path, tmp_path / "compiled.bin")
    assert not (tmp_path / "compiled.bin").exists()


def test_a_file_of_another_kind_is_a_typed_error(tmp_path: Path) -> None:
    (tmp_path / "allCountries.txt").write_text("<html>\n" * 300, encoding="utf-8")
    with pytest.raises(GazetteerError, match="too many broken lines"):
        build_from_geonames(tmp_path, tmp_path / "compiled.bin")
