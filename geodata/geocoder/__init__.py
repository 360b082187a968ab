"""geopy geocoders: the gazetteer as one, and an online one behind it for what the gazetteer has not.

>>> from geodata.geocoder import GazetteerGeocoder
>>> GazetteerGeocoder().geocode("Kupjansk, Ukraine", language="de").address
'Kupjansk, Oblast Charkiw, Ukraine'

Nothing here sends a request unless a :class:`OnlineGeocoder` is made and put behind the gazetteer:

>>> from geodata.geocoder import ChainedGeocoder, OnlineGeocoder
>>> online = OnlineGeocoder("nominatim", user_agent="my newsroom (map@example.org)")
>>> geocoder = ChainedGeocoder(GazetteerGeocoder(), online)
"""

from __future__ import annotations

from geodata.geocoder.offline import GazetteerGeocoder
from geodata.geocoder.online import ChainedGeocoder, OnlineGeocoder, OnlineGeocodingError

__all__ = ["ChainedGeocoder", "GazetteerGeocoder", "OnlineGeocoder", "OnlineGeocodingError"]
