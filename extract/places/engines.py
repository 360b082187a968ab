"""Room for other engines: what a recogniser and a resolver must do, and how they are found.

An installed package offers one under the entry point group ``dateline.recognisers`` or
``dateline.resolvers``: a class or function that gives the engine. An engine that needs to be told
something is called with what follows a colon in its name: ``spacy:de_core_news_md``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.metadata import entry_points
from typing import Any, Protocol, cast

from extract.annotation import PlaceMention
from extract.document import Document
from extract.places.toponym import Toponym
from geodata.errors import DatelineError
from geodata.gazetteer import Gazetteer

RECOGNISERS = "dateline.recognisers"
RESOLVERS = "dateline.resolvers"


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
def recogniser(name: str = "dateline") -> Recogniser:
    """The recogniser of that name.

    Raises
    ------
    EngineError
        If there is none, or a package that it needs is missing.
    """
    if name == "dateline":
        from extract.places.recognise import GazetteerRecogniser

        return GazetteerRecogniser()
    return cast(Recogniser, _load(RECOGNISERS, name))


@cache
def resolver(name: str = "dateline") -> Resolver:
    """The resolver of that name.

    Raises
    ------
    EngineError
        If there is none, or a package that it needs is missing.
    """
    if name == "dateline":
        from extract.places.resolve import ArticleResolver

        return ArticleResolver()
    return cast(Resolver, _load(RESOLVERS, name))


def _load(group: str, name: str) -> Any:
    offer, _, argument = name.partition(":")
    offered = {point.name: point for point in entry_points(group=group)}
    if offer not in offered:
        known = ", ".join(sorted({"dateline", *offered}))
        raise EngineError(name, f"no package offers it under the entry point group '{group}'", f"Use one of: {known}")
    try:
        factory = offered[offer].load()
    except ImportError as error:
        raise EngineError(name, f"it can't be loaded: {error}", "Install the packages that it needs") from error
    return factory(argument) if argument else factory()
