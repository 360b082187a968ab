"""Annotations as compact bytes and back, without loss: how a workspace and a cluster keep them.

In two parts. What an article reports is small and read again whenever events are worked out; all its mentions,
with every candidate place, are four times as much and read when somebody asks why.
"""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import Any

from extract.annotation import Annotation
from extract.article import Article
from geodata.records import from_plain, json_bytes, pack, to_plain, unpack

MENTIONS = ("places", "times", "quantities")
NO_ARTICLE = {"id": "", "text": ""}


def content_hash(article: Article) -> str:
    """Hash of all that the program reads of an article: its text and what is known from outside, not its id."""
    return sha256(json_bytes(to_plain(replace(article, id="")))).hexdigest()


def pack_article(article: Article) -> bytes:
    return pack(to_plain(article))


def unpack_article(content: bytes) -> Article:
    """The article that :func:`pack_article` was given."""
    return from_plain(Article, unpack(content))


def pack_annotation(annotation: Annotation) -> tuple[bytes, bytes]:
    """What an article reports, and its mentions; without the article itself."""
    plain = to_plain(annotation)
    del plain["article"]
    mentions = {name: plain.pop(name) for name in MENTIONS if name in plain}
    places = annotation.places
    for report, entry in zip(annotation.reports, plain.get("reports", ()), strict=True):
        if report.place_mention in places and "candidates" in entry["place_mention"]:
            del entry["place_mention"]["candidates"]  # they are among the mentions
            entry["place_mention"][WHICH] = places.index(report.place_mention)
    return pack(plain), pack(mentions)


WHICH = "#"
"""Beside a report's place mention: which of the article's mentions it is."""


def unpack_reports(article: Article, reports: bytes) -> Annotation:
    """What the article reports: an annotation without mentions, nor the candidates of a report's place."""
    return replace(from_plain(Annotation, {**unpack(reports), "article": NO_ARTICLE}), article=article)


def unpack_annotation(article: Article, reports: bytes, mentions: bytes) -> Annotation:
    """The annotation that :func:`pack_annotation` was given."""
    plain, found = unpack(reports), unpack(mentions)
    for entry in plain.get("reports", ()):
        mention: dict[str, Any] = entry.get("place_mention") or {}
        if WHICH in mention:
            entry["place_mention"] = found["places"][mention[WHICH]]
    return replace(from_plain(Annotation, {**plain, **found, "article": NO_ARTICLE}), article=article)

