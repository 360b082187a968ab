"""Annotations as compact bytes and back, without loss: how a workspace and a cluster of machines keep them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256

from extract.annotation import Annotation
from extract.article import Article
from extract.merge.blocks import turn_of
from extract.merge.cluster import Telling
from geodata.records import from_plain, json_bytes, pack, to_plain, unpack

NO_ARTICLE = {"id": "", "text": ""}
WHICH = "which"
"""What a report's place mention is written as: its number among the article's mentions."""


def content_hash(article: Article) -> str:
    """Hash of all that the program reads of an article: its text and what is known from outside.

    Not its id; nor what stands beside the text, for a page leads to other stories every hour.
    """
    return sha256(json_bytes(to_plain(replace(article, id="", captions=(), teasers=())))).hexdigest()


def pack_article(article: Article) -> bytes:
    """An article as bytes."""
    return pack(to_plain(article))


def unpack_article(content: bytes) -> Article:
    """The article that :func:`pack_article` was given."""
    return from_plain(Article, unpack(content))


def pack_annotation(annotation: Annotation) -> bytes:
    """What was found in an article; without the article itself."""
    plain = to_plain(annotation)
    del plain["article"]
    for report, entry in zip(annotation.reports, plain.get("reports", ()), strict=True):
        if report.place_mention in annotation.places:
            entry["place_mention"] = {WHICH: annotation.places.index(report.place_mention)}
    return pack(plain)


def unpack_annotation(article: Article, content: bytes) -> Annotation:
    """The annotation that :func:`pack_annotation` was given, and its article."""
    plain = unpack(content)
    for entry in plain.get("reports", ()):
        which = (entry.get("place_mention") or {}).get(WHICH)
        if which is not None:
            entry["place_mention"] = plain["places"][which]
    return replace(from_plain(Annotation, {**plain, "article": NO_ARTICLE}), article=article)


def pack_reports(annotation: Annotation) -> Iterator[tuple[int, bytes]]:
    """What merging needs of each report, with its turn (:func:`extract.merge.blocks.turn_of`)."""
    for report in annotation.reports:
        mention = report.place_mention
        light = replace(report, place_mention=replace(mention, candidates=()) if mention else None)
        telling = Telling.of(annotation, light)
        yield turn_of(telling.traits), pack(to_plain(telling))


def unpack_report(content: bytes) -> Telling:
    """The report, told by its article, that :func:`pack_reports` packed; the other candidates of its place are gone."""
    return from_plain(Telling, unpack(content))
