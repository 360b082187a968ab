"""Online geocoders behind the gazetteer: polite, cached, and only when asked for.

Any geopy geocoder will do, by its name. Requests go out one a second at most, with a user agent that names who asks
(Nominatim's usage policy wants both), and each question once. Every answer carries its attribution.
"""

from __future__ import annotations

import inspect
import json
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from geopy.adapters import URLLibAdapter
from geopy.exc import (
    GeocoderParseError,
    GeocoderRateLimited,
    GeocoderServiceError,
    GeocoderTimedOut,
    GeocoderUnavailable,
    GeopyError,
)
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import get_geocoder_for_service
from geopy.geocoders.base import Geocoder
from geopy.location import Location

from geodata.errors import GeocodingError
from geodata.geocoder.cache import AnswerCache
from geodata.geocoder.offline import GazetteerGeocoder

ATTRIBUTIONS = {
    "nominatim": "© OpenStreetMap contributors (ODbL)",
    "photon": "© OpenStreetMap contributors (ODbL)",
    "pelias": "© OpenStreetMap contributors (ODbL), Who's On First, OpenAddresses, GeoNames",
    "geonames": "GeoNames (CC BY 4.0)",
}
"""What must be said where answers are shown; other services say it in their terms."""

SECONDS_BETWEEN_REQUESTS = 1.0
"""Nominatim's usage policy: at most one request a second."""
SECONDS_AFTER_ERROR = 5.0
RETRIES = 2
TIMEOUT_SECONDS = 10.0

SHORTEST_USER_AGENT = 4
"""Characters; whatever is shorter names nobody."""


class OnlineGeocodingError(GeocodingError, GeocoderServiceError):  # type: ignore[misc]  # geopy has no types
    """Raised when an online geocoder refuses, times out or answers with something unreadable.

    Both one of ours, with subject, problem and remedy, and one of geopy's, so that code written for geopy catches it.
    """


class OnlineGeocoder(Geocoder):  # type: ignore[misc]
    """A geopy geocoder with a cache, a rate limit and a name for the user.

    Parameters
    ----------
    service:
        Name of a geopy geocoder: ``nominatim``, ``photon``, ``geonames``, ``opencage`` …
    user_agent:
        Who asks, with a way to reach them: "Example Gazette (maps@example.org)". Never made up for the user.
    cache:
        File for the answers; in the user's cache folder if not given.
    seconds_between_requests, seconds_after_error, retries:
        How patient to be.
    options:
        Passed to the geopy class: ``domain``, ``scheme``, ``api_key`` …

    Raises
    ------
    GeocodingError
        If the service is unknown, refuses these options, or ``user_agent`` is missing.
    """

    def __init__(self, service: str = "nominatim", *, user_agent: str, cache: Path | None = None,
                 seconds_between_requests: float = SECONDS_BETWEEN_REQUESTS,
                 seconds_after_error: float = SECONDS_AFTER_ERROR, retries: int = RETRIES,
                 clock: Callable[[], float] = time.time, **options: Any) -> None:
        if len(user_agent.strip()) < SHORTEST_USER_AGENT:
            raise GeocodingError(service, "nobody is named as its user",
                                 "Give a user agent with an address, as in 'Example Gazette (maps@example.org)'")
        super().__init__(user_agent=user_agent)
        self.service = service.lower()
        try:
            make = get_geocoder_for_service(self.service)
            # geopy's other adapter, for requests, retries on its own and so past the rate limit.
            settings = {"timeout": TIMEOUT_SECONDS, "adapter_factory": URLLibAdapter, **options}
            self._geocoder = make(user_agent=user_agent, **settings)
        except (GeopyError, TypeError) as error:
            raise GeocodingError(service, f"can't be set up ({error})",
                                 "Choose one of geopy's geocoders and give the options it needs") from error
        self.attribution = ATTRIBUTIONS.get(self.service, f"Geocoded by {make.__name__}; see its terms of use")
        self._where = str(getattr(self._geocoder, "domain", ""))
        self._cache = AnswerCache(cache or _default_cache(), clock)
        # One limiter for both kinds of questions: the service counts them together.
        self._ask = RateLimiter(
            self._call, min_delay_seconds=seconds_between_requests, max_retries=retries, swallow_exceptions=False,
            error_wait_seconds=max(seconds_after_error, seconds_between_requests))

    def geocode(self, query: str | Mapping[str, str], *, exactly_one: bool = True,
                **options: Any) -> Location | list[Location] | None:
        """Places of a name, as the service knows them; ``options`` are its own (``language``, ``country_codes`` …).

        Raises
        ------
        OnlineGeocodingError
            If the service refuses, times out, can't be read, or takes no such option.
        """
        return self._answer("geocode", query, exactly_one=exactly_one, **options)

    def reverse(self, query: Any, *, exactly_one: bool = True, **options: Any) -> Location | list[Location] | None:
        """What is at a point, as the service knows it.

        Raises
        ------
        OnlineGeocodingError
            As for :meth:`geocode`.
        """
        return self._answer("reverse", query, exactly_one=exactly_one, **options)

    def _answer(self, method: str, query: Any, **options: Any) -> Location | list[Location] | None:
        options = {name: value for name, value in options.items() if value is not None}
        self._check_options(method, options)
        question = json.dumps([self.service, self._where, method, query, options], default=str, sort_keys=True)
        try:
            kept = self._cache.get(question)
        except KeyError:
            kept = self._encode(self._request(method, query, options))
            self._cache.put(question, kept)
        return self._decode(kept, options["exactly_one"])

    def _check_options(self, method: str, options: Mapping[str, Any]) -> None:
        taken = inspect.signature(getattr(self._geocoder, method)).parameters
        unknown = sorted(options.keys() - taken.keys())
        if unknown:
            raise OnlineGeocodingError(self.service, f"takes no {', '.join(unknown)}", "Leave it out")

    def _request(self, method: str, query: Any, options: Mapping[str, Any]) -> Any:
        try:
            return self._ask(method, query, options)
        except GeocoderRateLimited as error:
            wait = f" for {error.retry_after} seconds" if error.retry_after else ""
            raise self._error("refuses: too many requests", f"Wait{wait} and ask again") from error
        except (GeocoderTimedOut, GeocoderUnavailable) as error:
            raise self._error(f"does not answer ({error})", "Ask again later") from error
        except (GeocoderParseError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
            problem = f"gives an unreadable answer ({type(error).__name__}: {error})"
            raise self._error(problem, "Ask again later or choose another service") from error
        except GeopyError as error:
            raise self._error(f"refuses ({error})", "Check the query, the options and the key") from error

    def _call(self, method: str, query: Any, options: Mapping[str, Any]) -> Any:
        return getattr(self._geocoder, method)(query, **options)

    def _error(self, problem: str, remedy: str) -> OnlineGeocodingError:
        where = f"{self.service} ({self._where})" if self._where else self.service
        return OnlineGeocodingError(where, problem.replace("\n", " "), remedy)

    @staticmethod
    def _encode(found: Any) -> list[dict[str, Any]]:
        locations = [] if found is None else found if isinstance(found, list) else [found]
        return [{"address": place.address, "lat": place.latitude, "lon": place.longitude, "raw": place.raw}
                for place in locations]

    def _decode(self, kept: list[dict[str, Any]], exactly_one: bool) -> Location | list[Location] | None:
        locations = [
            Location(place["address"], (place["lat"], place["lon"]), {**place["raw"], "attribution": self.attribution})
            for place in kept]
        if not locations:
            return None
        return locations[0] if exactly_one else locations


def _default_cache() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("dateline") / "geocoding.sqlite"


class ChainedGeocoder(Geocoder):  # type: ignore[misc]
    """The gazetteer first; what it doesn't know goes to an online geocoder, if there is one.

    Parameters
    ----------
    gazetteer:
        Asked first.
    online:
        Asked where the gazetteer finds nothing; ``None`` sends no request, ever.
    """

    def __init__(self, gazetteer: GazetteerGeocoder, online: OnlineGeocoder | None = None) -> None:
        super().__init__()
        self.gazetteer = gazetteer
        self.online = online

    @property
    def attribution(self) -> tuple[str, ...]:
        """What must be said where answers are shown."""
        from geodata.geocoder.offline import ATTRIBUTION

        return (ATTRIBUTION, *((self.online.attribution,) if self.online else ()))

    def geocode(self, query: str | Mapping[str, str], *, exactly_one: bool = True, language: str | bool = False,
                country_codes: Any = None, viewbox: Any = None, bounded: bool = False,
                limit: int | None = None) -> Location | list[Location] | None:
        """As :meth:`GazetteerGeocoder.geocode`, then as :meth:`OnlineGeocoder.geocode`.

        Raises
        ------
        OnlineGeocodingError
            If the online geocoder was needed and failed.
        """
        found = self.gazetteer.geocode(query, exactly_one=exactly_one, language=language, country_codes=country_codes,
                                       viewbox=viewbox, bounded=bounded, limit=limit)
        if found is not None or self.online is None:
            return found
        return self.online.geocode(query, exactly_one=exactly_one, language=language or None, limit=limit,
                                   country_codes=country_codes, viewbox=viewbox, bounded=bounded or None)

    def reverse(self, query: Any, *, exactly_one: bool = True,
                language: str | bool = False) -> Location | list[Location] | None:
        """The nearest towns of the gazetteer, without any request."""
        return self.gazetteer.reverse(query, exactly_one=exactly_one, language=language)
