"""Room for other engines: what a recogniser and a resolver must do, and how they are found.

An installed package offers one under the entry point group ``dateline.recognisers`` or
``dateline.resolvers``: a class or function that gives the engine. An engine that needs to be told
something is called with what follows a colon in its name: ``spacy:de_core_news_md``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Any, Protocol, cast

from extract.annotation import PlaceMention
from extract.document import Document
from extract.places.toponym import Toponym
from geodata.errors import DatelineError
from geodata.gazetteer import Gazetteer

RECOGNISERS = "dateline.recognisers"
RESOLVERS = "dateline.resolvers"
OWN_NAME = "dateline"
OWN = (EntryPoint(OWN_NAME, "extract.places.recognise:GazetteerRecogniser", RECOGNISERS),
       EntryPoint(OWN_NAME, "extract.places.resolve:ArticleResolver", RESOLVERS))
"""Dateline's engines, offered as those of other packages are; found without a look at what is installed."""


class Recogniser(Protocol):
    """Finds the spans that name places."""

    name: str

    def recognise(self, document: Document, gazetteer: Gazetteer) -> Sequence[Toponym]:
        """The toponyms of a document, in text order, not overlapping."""
        ...


class Resolver(Protocol):
    """Picks the place that each toponym means."""

    name: str

    def resolve(self, document: Document, toponyms: Sequence[Toponym], gazetteer: Gazetteer) -> Sequence[PlaceMention]:
        """One mention a toponym, in the same order; ``place`` is ``None`` where it can't be decided."""
        ...


class EngineError(DatelineError):
    """Raised when no installed package offers an engine of that name, or it can't be started."""


@cache
def recogniser(name: str = OWN_NAME) -> Recogniser:
    """The recogniser of that name.

    Raises
    ------
    EngineError
        If there is none, or a package that it needs is missing.
    """
    return cast(Recogniser, _engine(RECOGNISERS, name))


@cache
def resolver(name: str = OWN_NAME) -> Resolver:
    """The resolver of that name.

    Raises
    ------
    EngineError
        If there is none, or a package that it needs is missing.
    """
    return cast(Resolver, _engine(RESOLVERS, name))


def _engine(group: str, name: str) -> Any:
    """The engine of that name: Dateline's own, or what an installed package offers."""
    offer, _, argument = name.partition(":")
    points = OWN if offer == OWN_NAME else entry_points(group=group)
    offered = {point.name: point for point in points if point.group == group}
    if offer not in offered:
        known = ", ".join(sorted({OWN_NAME, *offered}))
        raise EngineError(name, f"no package offers it under the entry point group '{group}'", f"Use one of: {known}")
    try:
        factory = offered[offer].load()
    except ImportError as error:
        raise EngineError(name, f"it can't be loaded: {error}", "Install the packages that it needs") from error
    return factory(argument) if argument else factory()
