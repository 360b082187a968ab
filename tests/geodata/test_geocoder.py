"""The gazetteer as a geopy geocoder, and an online one behind it, against a local server that speaks Nominatim."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlparse

import pytest
from geopy.exc import GeocoderQueryError, GeocoderServiceError
from geopy.geocoders.base import Geocoder

from geodata.errors import DatelineError, GeocodingError
from geodata.geocoder import ChainedGeocoder, GazetteerGeocoder, OnlineGeocoder, OnlineGeocodingError
from geodata.geocoder.cache import MAXIMUM_AGE_DAYS


@pytest.fixture(scope="module")
def geocoder() -> GazetteerGeocoder:
    return GazetteerGeocoder()


# --- over the gazetteer ----------------------------------------------------------------------------------------------

def test_it_is_a_geopy_geocoder(geocoder: GazetteerGeocoder) -> None:
    assert isinstance(geocoder, Geocoder)
    with geocoder as same:
        assert same is geocoder


def test_a_name_gives_one_location_in_the_language_asked_for(geocoder: GazetteerGeocoder) -> None:
    location = geocoder.geocode("Lwiw", language="de-DE,en;q=0.5")
    assert location.address.startswith("Lwiw, ")
    assert location.address.endswith(", Ukraine")
    assert (round(location.latitude), round(location.longitude)) == (50, 24)
    assert location.raw["country_code"] == "UA"
    assert "GeoNames" in location.raw["attribution"]


def test_many_locations_on_request_up_to_a_limit(geocoder: GazetteerGeocoder) -> None:
    springfields = geocoder.geocode("Springfield", exactly_one=False, limit=4)
    assert len(springfields) == 4
    assert {place.raw["country_code"] for place in springfields} == {"US"}


def test_what_stands_after_commas_contains_it(geocoder: GazetteerGeocoder) -> None:
    assert geocoder.geocode("Springfield, Illinois").raw["region"] == "US-IL"
    assert geocoder.geocode({"city": "Córdoba", "country": "Spain"}).raw["country_code"] == "ES"
    assert geocoder.geocode("Springfield, Bayern") is None


def test_country_codes_and_view_box_narrow_the_choice(geocoder: GazetteerGeocoder) -> None:
    assert geocoder.geocode("Cambridge", country_codes="us").raw["country_code"] == "US"
    assert geocoder.geocode("Cambridge", country_codes=["nz", "ca"]).raw["country_code"] == "CA"
    around_new_zealand = [(-48, 165), (-33, 179)]
    assert geocoder.geocode("Cambridge", viewbox=around_new_zealand).raw["country_code"] == "NZ"
    only = geocoder.geocode("Cambridge", viewbox=around_new_zealand, bounded=True, exactly_one=False)
    assert {place.raw["country_code"] for place in only} == {"NZ"}


def test_nothing_found_is_none_as_geopy_has_it(geocoder: GazetteerGeocoder) -> None:
    assert geocoder.geocode("Qwxzberg") is None
    assert geocoder.geocode("Qwxzberg", exactly_one=False) is None


@pytest.mark.parametrize("query", ["", " , ,", {}])
def test_a_query_that_names_nothing_is_an_error(geocoder: GazetteerGeocoder, query: Any) -> None:
    with pytest.raises(GeocoderQueryError):
        geocoder.geocode(query)


def test_reverse_gives_the_nearest_towns(geocoder: GazetteerGeocoder) -> None:
    assert geocoder.reverse((48.8584, 2.2945), language="de").raw["country_code"] == "FR"
    near_graz = geocoder.reverse("47.07, 15.44", exactly_one=False, limit=3)
    distances = [place.raw["distance_km"] for place in near_graz]
    assert near_graz[0].raw["name"] == "Graz"
    assert distances == sorted(distances)
    with pytest.raises(GeocoderQueryError):
        geocoder.reverse("nowhere")


# --- online ----------------------------------------------------------------------------------------------------------

class Nominatim(ThreadingHTTPServer):
    """A stand-in for Nominatim: answers what ``script`` says, in order, and remembers what it was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.script: list[tuple[int, bytes, float]] = []
        self.asked: list[dict[str, Any]] = []

    @property
    def domain(self) -> str:
        return f"127.0.0.1:{self.server_port}"

    def will_answer(self, status: int, body: Any, delay: float = 0.0) -> None:
        self.script.append((status, body if isinstance(body, bytes) else json.dumps(body).encode(), delay))


class _Answers(BaseHTTPRequestHandler):
    server: Nominatim

    def do_GET(self) -> None:
        address = urlparse(self.path)
        self.server.asked.append({
            "path": address.path, "agent": self.headers["User-Agent"],
            **{key: values[0] for key, values in parse_qs(address.query).items()}})
        status, body, delay = self.server.script.pop(0) if self.server.script else (200, b"[]", 0.0)
        time.sleep(delay)
        with suppress(BrokenPipeError):  # who gave up waiting has hung up
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def nominatim() -> Iterator[Nominatim]:
    server = Nominatim()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def online(nominatim: Nominatim, tmp_path: Path) -> OnlineGeocoder:
    return impatient(nominatim, tmp_path)


def impatient(nominatim: Nominatim, folder: Path, **options: Any) -> OnlineGeocoder:
    return OnlineGeocoder(
        "nominatim", user_agent="tests (tests@example.org)", cache=folder / "answers.sqlite",
        **{"domain": nominatim.domain, "scheme": "http", "seconds_between_requests": 0.0, "seconds_after_error": 0.0,
           "retries": 0, **options})


HAMLET = {"place_id": 7, "osm_type": "node", "osm_id": 11, "lat": "51.5", "lon": "7.25", "display_name": "Kleinhausen"}


def test_an_answer_is_asked_for_once_and_kept_on_disk(
        nominatim: Nominatim, online: OnlineGeocoder, tmp_path: Path) -> None:
    nominatim.will_answer(200, [HAMLET])
    first = online.geocode("Kleinhausen", language="de", country_codes="de")
    again = impatient(nominatim, tmp_path).geocode("Kleinhausen", language="de", country_codes="de")
    assert (first.latitude, first.longitude, first.address) == (51.5, 7.25, "Kleinhausen")
    assert again.point == first.point
    assert len(nominatim.asked) == 1
    assert nominatim.asked[0]["q"] == "Kleinhausen"
    assert nominatim.asked[0]["accept-language"] == "de"
    assert nominatim.asked[0]["agent"] == "tests (tests@example.org)"
    assert "OpenStreetMap" in first.raw["attribution"]


def test_that_nothing_was_found_is_kept_too(nominatim: Nominatim, online: OnlineGeocoder) -> None:
    nominatim.will_answer(200, [])
    assert online.geocode("Nirgendheim") is None
    assert online.geocode("Nirgendheim") is None
    assert len(nominatim.asked) == 1


def test_an_old_answer_is_asked_for_again(nominatim: Nominatim, tmp_path: Path) -> None:
    now = [1_000_000_000.0]
    online = impatient(nominatim, tmp_path, clock=lambda: now[0])
    nominatim.will_answer(200, [HAMLET])
    nominatim.will_answer(200, [HAMLET])
    online.geocode("Kleinhausen")
    now[0] += (MAXIMUM_AGE_DAYS + 1) * 86_400
    online.geocode("Kleinhausen")
    assert len(nominatim.asked) == 2


@pytest.mark.parametrize(("status", "body", "problem"), [
    (429, b"slow down", "too many requests"),
    (503, b"", "does not answer"),
    (403, b"blocked", "refuses"),
    (500, b"oops", "refuses"),
    (200, b"<html>maintenance</html>", "unreadable"),
    (200, b'[{"no": "place"}]', "unreadable"),
    (200, b'{"error": "something"}', "unreadable"),
    (200, b'[{"lat": "north", "lon": "7", "display_name": "x"}]', "unreadable"),
    (200, b"\xff\xfe\x00", "unreadable"),
])
def test_trouble_is_one_typed_error_and_is_not_kept(
        nominatim: Nominatim, online: OnlineGeocoder, status: int, body: bytes, problem: str) -> None:
    nominatim.will_answer(status, body)
    with pytest.raises(OnlineGeocodingError, match=problem) as raised:
        online.geocode("Kleinhausen")
    assert isinstance(raised.value, DatelineError)
    assert isinstance(raised.value, GeocoderServiceError), "code written for geopy catches it"
    assert nominatim.domain in str(raised.value)
    nominatim.will_answer(200, [HAMLET])
    assert online.geocode("Kleinhausen") is not None


def test_a_time_out_is_a_typed_error(nominatim: Nominatim, tmp_path: Path) -> None:
    nominatim.will_answer(200, [HAMLET], delay=0.3)
    with pytest.raises(OnlineGeocodingError, match="does not answer"):
        impatient(nominatim, tmp_path, timeout=0.05).geocode("Kleinhausen")


def test_a_short_outage_is_survived(nominatim: Nominatim, tmp_path: Path) -> None:
    nominatim.will_answer(503, b"")
    nominatim.will_answer(200, [HAMLET])
    assert impatient(nominatim, tmp_path, retries=1).geocode("Kleinhausen") is not None
    assert len(nominatim.asked) == 2


def test_a_refused_connection_is_a_typed_error(nominatim: Nominatim, tmp_path: Path) -> None:
    with pytest.raises(OnlineGeocodingError):
        impatient(nominatim, tmp_path, domain="127.0.0.1:9").geocode("Kleinhausen")


def test_a_broken_cache_file_names_itself(nominatim: Nominatim, tmp_path: Path) -> None:
    (tmp_path / "answers.sqlite").write_bytes(b"not a database, surely" * 100)
    with pytest.raises(GeocodingError, match=r"answers\.sqlite"):
        impatient(nominatim, tmp_path).geocode("Kleinhausen")


def test_the_user_must_be_named_and_the_service_known(tmp_path: Path) -> None:
    with pytest.raises(GeocodingError, match="nobody is named"):
        OnlineGeocoder("nominatim", user_agent=" ", cache=tmp_path / "a")
    with pytest.raises(GeocodingError, match="atlantis"):
        OnlineGeocoder("atlantis", user_agent="tests (tests@example.org)", cache=tmp_path / "a")


def test_an_option_the_service_has_not_is_named(online: OnlineGeocoder) -> None:
    with pytest.raises(OnlineGeocodingError, match="elevation"):
        online.geocode("Kleinhausen", elevation=3)


def test_reverse_asks_the_service(nominatim: Nominatim, online: OnlineGeocoder) -> None:
    nominatim.will_answer(200, HAMLET)
    assert online.reverse((51.5, 7.25)).address == "Kleinhausen"
    assert nominatim.asked[0]["path"].startswith("/reverse")


# --- one behind the other --------------------------------------------------------------------------------------------

def test_only_what_the_gazetteer_has_not_is_asked_online(
        geocoder: GazetteerGeocoder, nominatim: Nominatim, online: OnlineGeocoder) -> None:
    chain = ChainedGeocoder(geocoder, online)
    assert chain.geocode("Wien").raw["country_code"] == "AT"
    assert nominatim.asked == []
    nominatim.will_answer(200, [HAMLET])
    assert chain.geocode("Kleinhausen an der Quxe", country_codes="de").address == "Kleinhausen"
    assert nominatim.asked[0]["countrycodes"] == "de"
    assert len(chain.attribution) == 2


def test_without_an_online_geocoder_nothing_is_asked(geocoder: GazetteerGeocoder) -> None:
    assert ChainedGeocoder(geocoder).geocode("Kleinhausen an der Quxe") is None
