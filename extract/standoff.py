"""Annotations as JSON, offsets in Unicode code points of the text: the contract of ``dateline annotate``.

Field by field in docs/formats.md.
"""

from __future__ import annotations

from typing import Any

from extract.annotation import Annotation, Candidate, PlaceMention, Report, TimeExpression
from extract.article import Article, Publication
from geodata.event import Quantity
from geodata.place import Place
from geodata.timespan import TimeSpan


def annotation_to_json(annotation: Annotation) -> dict[str, Any]:
    """One article's annotations as a JSON object."""
    return {
        "id": annotation.article.id,
        "lang": annotation.lang,
        "published": _publication(annotation.published),
        "places": [_place_mention(mention) for mention in annotation.places],
        "times": [_time_expression(expression) for expression in annotation.times],
        "quantities": [quantity_to_json(quantity) for quantity in annotation.quantities],
        "events": [_report(report) for report in annotation.reports],
    }


def article_to_json(article: Article) -> dict[str, Any]:
    """What offsets count into, and what stands beside it in a page."""
    return {"text": article.text, "captions": list(article.captions), "teasers": list(article.teasers)}


def place_to_json(place: Place | None) -> dict[str, Any] | None:
    """A place as the contract has it; ``None`` stays ``None``."""
    if place is None:
        return None
    return {"id": place.id, "name": place.name, "kind": place.kind.value, "country": place.country,
            "lat": round(place.lat, 5), "lon": round(place.lon, 5), "radius_km": round(place.radius_km, 1)}


def interval_to_json(span: TimeSpan) -> list[str | None]:
    """First and last day as ISO 8601; ``None`` for an open end."""
    return [span.start.isoformat() if span.start else None, span.end.isoformat() if span.end else None]


def quantity_to_json(quantity: Quantity) -> dict[str, Any]:
    """A quantity as the contract has it."""
    return {"start": quantity.start, "end": quantity.end, "text": quantity.text, "role": quantity.role,
            "min": quantity.minimum, "max": quantity.maximum, "approximate": quantity.approximate}


def _publication(published: Publication | None) -> dict[str, Any] | None:
    if published is None:
        return None
    return {"start": published.start.isoformat() if published.start else None,
            "end": published.end.isoformat() if published.end else None, "basis": published.basis}


def _candidate(candidate: Candidate) -> dict[str, Any]:
    return {"id": candidate.place.id, "name": candidate.place.name, "kind": candidate.place.kind.value,
            "country": candidate.place.country, "score": round(candidate.score, 3), "why": candidate.why}


def _place_mention(mention: PlaceMention) -> dict[str, Any]:
    return {"start": mention.start, "end": mention.end, "text": mention.text, "form": mention.form.value,
            "role": mention.role.value, "place": place_to_json(mention.place),
            "candidates": [_candidate(candidate) for candidate in mention.candidates],
            "why": mention.why, "maker": mention.maker}


def _time_expression(expression: TimeExpression) -> dict[str, Any]:
    return {"start": expression.start, "end": expression.end, "text": expression.text,
            "type": expression.type.value, "value": expression.value,
            "interval": interval_to_json(expression.span), "edtf": expression.span.edtf,
            "granularity": expression.span.granularity.value, "basis": expression.span.basis.value,
            "relation": expression.relation, "why": expression.why}


def _report(report: Report) -> dict[str, Any]:
    return {"type": report.type, "codes": {"acled": report.codes.acled, "plover": report.codes.plover},
            "factuality": report.factuality.value, "claimed_by": report.claimed_by,
            "interval": interval_to_json(report.span), "edtf": report.span.edtf, "basis": report.span.basis.value,
            "place": place_to_json(report.place),
            "precision": report.place.kind.value if report.place else None,
            "trigger": list(report.trigger), "quotes": [list(quote) for quote in report.quotes],
            "actors": [{"role": role, "text": text} for role, text in report.actors],
            "quantities": [quantity_to_json(quantity) for quantity in report.quantities],
            "salience": round(report.salience, 3), "confidence": round(report.confidence, 3),
            "group": report.group, "why": list(report.why)}
