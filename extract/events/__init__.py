"""Events: triggers, their arguments and their factuality."""

from __future__ import annotations

from collections.abc import Sequence

from extract.annotation import PlaceMention, Report, TimeExpression
from extract.article import Publication
from extract.document import Document
from geodata.event import Quantity


def find_reports(document: Document, places: Sequence[PlaceMention], times: Sequence[TimeExpression],
                 quantities: Sequence[Quantity], published: Publication | None) -> tuple[Report, ...]:
    """What a document reports, ordered by importance."""
    return ()
