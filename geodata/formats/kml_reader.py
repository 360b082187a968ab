"""The placemarks of a KML file in a stream: their data and their polygons."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from geodata.errors import InputError
from geodata.geometry import Polygon, Ring

CHUNK = 1 << 16


@dataclass(slots=True)
class Placemark:
    """What a Placemark (or the document itself) carries: its data by name, and the polygons of its geometry."""

    data: dict[str, str] = field(default_factory=dict)
    polygons: list[Polygon] = field(default_factory=list)


class _DoctypeError(Exception):
    """Raised inside the parser: KML has no document type, and entity bombs need one."""


def placemarks(path: Path) -> Iterator[Placemark]:
    """The document's own data, if it has any, then every Placemark.

    Raises
    ------
    InputError
        If the file is no KML, ends early, or declares a document type.
    """
    builder = _Builder()
    remedy = "Write it with dateline export"
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                builder.parser.Parse(chunk, False)
                yield from builder.take()
            builder.parser.Parse(b"", True)
            yield from builder.take()
    except OSError as error:
        raise InputError(path, f"can't be read ({error.strerror})", "Check the path") from error
    except expat.ExpatError as error:
        raise InputError(path, f"is no KML ({error})", remedy) from error
    except _DoctypeError as error:
        raise InputError(path, "declares a document type, which KML has not", remedy) from error
    except ValueError as error:
        raise InputError(path, f"has coordinates that are none ({error})", remedy) from error
    if not builder.is_kml:
        raise InputError(path, "is no KML", remedy)


class _Builder:
    """Turns the parser's events into placemarks."""

    def __init__(self) -> None:
        self.is_kml = False
        self._done: list[Placemark] = []
        self._current = Placemark()
        self._name = ""
        self._text: list[str] = []
        self._rings: list[Ring] = []
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text_append

    def take(self) -> list[Placemark]:
        done, self._done = self._done, []
        return done

    def _refuse(self, *_: object) -> None:
        raise _DoctypeError

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._text = []
        if tag == "kml":
            self.is_kml = True
        elif tag in ("SimpleData", "Data"):
            self._name = attributes.get("name", "")
        elif tag == "Placemark":
            if self._current.data:  # the document's own
                self._done.append(self._current)
            self._current = Placemark()
        elif tag == "Polygon":
            self._rings = []

    def _text_append(self, text: str) -> None:
        self._text.append(text)

    def _end(self, tag: str) -> None:
        text, self._text = "".join(self._text), []
        if tag == "SimpleData" or (tag == "value" and self._name):
            self._current.data[self._name] = text
        elif tag == "coordinates":
            self._rings.append(tuple(_position(pair) for pair in text.split()))
        elif tag == "Polygon":
            self._current.polygons.append(tuple(self._rings))
        elif tag == "Placemark":
            self._done.append(self._current)
            self._current = Placemark()
        elif tag == "Document" and self._current.data:
            self._done.append(self._current)


def _position(text: str) -> tuple[float, float]:
    lon, lat = text.split(",")[:2]
    return float(lon), float(lat)
