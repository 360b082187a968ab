"""Articles of the user's own: dropped on the page or pasted, read here, shown at once. Nothing leaves the machine."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Protocol

import streamlit as st

from dashboard import articles, wording
from dashboard.i18n import Words
from extract.annotation import Annotation
from extract.article import Article, Publication
from extract.merge import merge_reports
from extract.once import Tally, found_in
from extract.pipeline import annotate
from extract.sources import read_articles
from geodata.errors import DatelineError, InputError
from geodata.formats import format_of, read_layer
from geodata.gazetteer import Gazetteer, open_gazetteer
from geodata.layer import Layer

SUFFIXES = ("txt", "md", "html", "htm", "mhtml", "pdf", "jsonl", "csv", "zip", "rss", "xml", "warc", "geojson", "gpkg")
"""What the box takes: articles of every kind that is read from files, and layers."""

Progress = Callable[[float, str], object]


class Upload(Protocol):
    """A file that the browser sent."""

    name: str

    def getvalue(self) -> bytes:
        """Its content."""
        ...


def own_layer() -> Layer | None:
    """The layer made of the user's own articles in this session, if any."""
    layer: Layer | None = st.session_state.get("own")
    return layer


def forget() -> None:
    """Back to the layer that was opened first."""
    st.session_state.pop("own", None)
    st.session_state.pop(articles.OWN, None)


def form(words: Words) -> None:
    """A box for files, one for text, and the button that reads them."""
    # Streamlit has these words of its box in English alone.
    st.html(
        "<style>"
        f".st-key-own-files button p::before {{ content: {json.dumps(words('own_choose'), ensure_ascii=False)}; }}"
        "</style>"
    )
    uploads = st.file_uploader(words("own_files"), type=list(SUFFIXES), accept_multiple_files=True, key="own-files")
    text = st.text_area(words("own_text"), key="own-text", height=160)
    left, right = st.columns(2)
    published = left.date_input(
        words("own_published"),
        value=None,
        key="own-published",
        help=words("own_published_help"),
        format=words("date_format"),
    )
    outlet = right.text_input(words("own_outlet"), key="own-outlet")
    st.caption(words("own_stays"))
    # Never greyed out: a text reaches Python only when its box is left, and a click on a dead button would be for that.
    st.button(words("own_find"), key="own-find", on_click=_ask_to_read)
    if not st.session_state.get("own-asked"):
        return
    if uploads or text.strip():
        _read_and_show(uploads or [], pasted(text, outlet, published), words)
    else:
        st.session_state["own-asked"] = False
        st.info(words("own_nothing"))


def _ask_to_read() -> None:
    """Remembered until it is done: the run that does it may be broken off by the next thing the user does."""
    st.session_state["own-asked"] = True


def pasted(text: str, outlet: str, published: date | None) -> list[Article]:
    """The pasted text as an article; none if there is no text."""
    if not text.strip():
        return []
    given = Publication(published, published, "given") if published else None
    return [Article("pasted", text, outlet=outlet.strip(), published=given)]


def _read_and_show(uploads: Sequence[Upload], texts: list[Article], words: Words) -> None:
    bar = st.progress(0.0, words("own_reading"))
    kept: dict[str, Annotation] = {}
    layer: Layer | None
    try:
        layer = read(uploads, texts, lambda share, name: bar.progress(share, f"{words('own_reading')} {name}"), kept)
    except DatelineError as error:
        bar.empty()
        st.error(wording.plain(str(error)))
        layer = None
    st.session_state["own-asked"] = False
    if layer is None:
        return
    if not len(layer):
        bar.empty()
        st.warning(words("own_none"))
        return
    st.session_state.own = layer
    st.session_state[articles.OWN] = kept
    st.rerun()


def read(
    uploads: Sequence[Upload],
    texts: Iterable[Article],
    progress: Progress,
    kept: dict[str, Annotation] | None = None,
) -> Layer:
    """The layer of files and articles: their events, merged where several tell of one.

    Parameters
    ----------
    kept:
        Gets what was found in the articles, by the hash of their text, for the reader to show.

    Raises
    ------
    InputError
        If a file can't be read; it is named as the user named it.
    """
    with tempfile.TemporaryDirectory(prefix="dateline-") as folder:
        paths = [_save(upload, Path(folder, str(number))) for number, upload in enumerate(uploads)]
        try:
            layers = [read_layer(path) for path in paths if _is_layer(path)]
            found = [*texts, *read_articles([path for path in paths if not _is_layer(path)])]
        except InputError as error:
            raise InputError(Path(error.subject).name, error.problem, error.remedy) from error
    gazetteer = open_gazetteer()
    annotations = list(_annotated(found, gazetteer, progress))
    if kept is not None:
        kept |= {annotation.article.text_sha256: annotation for annotation in annotations}
    events = [event for file in layers for event in file.events] + list(merge_reports(annotations))
    outlines = {place.id: gazetteer.outline(place) for event in events if (place := event.place)}
    given = {place: outline for file in layers for place, outline in file.outlines.items()}
    counted = Tally()
    for annotation in annotations:
        counted.add(found_in(annotation))
    return Layer.from_events(events, {**outlines, **given}, counted.notes() if annotations else {})


def _save(upload: Upload, folder: Path) -> Path:
    folder.mkdir()
    path = folder / (Path(upload.name.replace("\\", "/")).name or "upload")
    path.write_bytes(upload.getvalue())
    return path


def _is_layer(path: Path) -> bool:
    """GeoJSON and GeoPackage are layers; CSV and JSON may be either, and are read as articles."""
    kind = format_of(path)
    return kind is not None and path.suffix.lower() not in (".csv", ".json", ".ndjson")


def _annotated(texts: list[Article], gazetteer: Gazetteer, progress: Progress) -> Iterable[Annotation]:
    for number, article in enumerate(texts):
        progress(number / len(texts), article.title or article.id)
        yield annotate(article, gazetteer)
