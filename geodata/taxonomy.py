"""The event types: labels, colours and codes, read from ``taxonomy.toml`` (users may add a file)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType

from geodata.errors import TaxonomyError
from geodata.event import Codes


@dataclass(frozen=True, slots=True)
class EventType:
    """One event type.

    Attributes
    ----------
    key:
        ``battle``, ``flood`` …
    labels:
        By language code.
    family:
        ``conflict``, ``politics``, ``society`` or ``disaster``: events of one family may be two
        reports of one event, and share a shape on the map.
    colour:
        ``#rrggbb``; told apart by people with colour-vision deficiency together with :attr:`icon`.
    icon:
        Shape on the map: ``circle square diamond triangle cross star``.
    codes:
        What other schemes call it by default; a trigger may say it more finely.
    on_map:
        Whether it is on the map at first sight.
    """

    key: str
    labels: Mapping[str, str]
    family: str
    colour: str
    icon: str
    codes: Codes
    on_map: bool = True

    def label(self, language: str) -> str:
        """The label in ``language``, else in English."""
        return self.labels.get(language, self.labels["en"])


@cache
def taxonomy(extra: Path | None = None) -> Mapping[str, EventType]:
    """Every event type by key, in display order; ``extra`` is a user's own TOML file, read after ours.

    Raises
    ------
    TaxonomyError
        If ``extra`` can't be read or an entry lacks a label, family, colour or icon.
    """
    types = _read(tomllib.loads((files("geodata") / "taxonomy.toml").read_text(encoding="utf-8")), "taxonomy.toml")
    if extra is not None:
        try:
            types |= _read(tomllib.loads(extra.read_text(encoding="utf-8")), str(extra))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise TaxonomyError(extra, f"can't be read ({error})", "Write it like geodata/taxonomy.toml") from error
    return MappingProxyType(types)


def _read(table: Mapping[str, Mapping[str, str | bool]], origin: str) -> dict[str, EventType]:
    types = {}
    for key, entry in table.items():
        missing = {"en", "family", "colour", "icon"} - entry.keys()
        if missing:
            raise TaxonomyError(origin, f"[{key}] lacks {', '.join(sorted(missing))}", "Add what is missing")
        labels = {name: str(value) for name, value in entry.items() if len(name) == 2}
        types[key] = EventType(
            key=key, labels=MappingProxyType(labels), family=str(entry["family"]), colour=str(entry["colour"]),
            icon=str(entry["icon"]), codes=Codes(str(entry.get("acled", "Other")), str(entry.get("plover", ""))),
            on_map=bool(entry.get("on_map", True)))
    return types
