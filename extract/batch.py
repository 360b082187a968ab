"""Many articles over several processes: each opens the one compiled gazetteer, whose pages they share in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from extract.annotation import Annotation
from extract.article import Article
from extract.incremental import Reading, Unreadable, stored
from extract.once import Found, found_in
from extract.sources import STANDARD_INPUT, ReadOptions, read_articles
from extract.sources.kinds import SUFFIXES
from extract.workers import Broken, Result, Work, work_through
from geodata.errors import InputError
from geodata.workspace import StoredArticle


@dataclass(frozen=True, slots=True)
class Annotator:
    """Starts the reading of articles in a process: opens the gazetteer there and gives :func:`annotate`."""

    gazetteer: Path

    def __call__(self) -> Callable[[Article], Annotation]:
        from extract.pipeline import annotate
        from geodata.gazetteer import open_gazetteer

        gazetteer = open_gazetteer(self.gazetteer)
        return lambda article: annotate(article, gazetteer)


@dataclass(frozen=True, slots=True)
class Reader:
    """Starts the reading of articles for a workspace: what a process sends back is packed already."""

    gazetteer: Path
    version: str

    def __call__(self) -> Callable[[Reading], StoredArticle]:
        annotate = Annotator(self.gazetteer)()
        return lambda reading: stored(annotate(reading.article), reading, self.version)


@dataclass(frozen=True, slots=True)
class Finder:
    """Starts the reading of articles for a layer: a process sends back what the layer needs and no more."""

    gazetteer: Path

    def __call__(self) -> Callable[[Article], Found]:
        annotate = Annotator(self.gazetteer)()
        return lambda article: found_in(annotate(article))


def read_all(articles: Iterable[Article | Unreadable], start: Callable[[], Work[Article, Result]], jobs: int,
             failed: Callable[[Unreadable], None]) -> Iterator[Result]:
    """Read articles in ``jobs`` processes, in order; what can't be read is told to ``failed``, and the next is read.

    Parameters
    ----------
    start:
        Called in every process; gives the function that reads an article: :class:`Annotator`, :class:`Finder`.

    Raises
    ------
    GazetteerError
        If the gazetteer can't be opened.
    """
    for article, outcome in work_through(_readable(articles, failed), start, jobs):
        if isinstance(outcome, Broken):
            failed(Unreadable(article.id, outcome.reason))
        else:
            yield outcome


def _readable(articles: Iterable[Article | Unreadable], failed: Callable[[Unreadable], None]) -> Iterator[Article]:
    for article in articles:
        if isinstance(article, Unreadable):
            failed(article)
        else:
            yield article


def articles_in(inputs: Iterable[str], options: ReadOptions | None = None) -> Iterator[Article | Unreadable]:
    """The articles of files, folders, archives and standard input; where one can't be read, that and why.

    Raises
    ------
    InputError
        If an input isn't there: a slip of the hand, not one bad article among many, and told before the first.
    """
    names = list(inputs)
    for name in names:
        if not name:
            raise InputError("an input", "has an empty name", "Name a file or folder; . is the one you stand in")
        if name != STANDARD_INPUT and "://" not in name and not Path(name).exists():
            raise InputError(name, "no such file or folder", "Check the path")
    return _articles_in(names, options)


def _articles_in(inputs: list[str], options: ReadOptions | None) -> Iterator[Article | Unreadable]:
    unreadable: list[Unreadable] = []
    for article in read_articles(inputs, options, lambda error: unreadable.append(_unreadable(error))):
        yield from unreadable
        unreadable.clear()
        yield article
    yield from unreadable


def _unreadable(error: InputError) -> Unreadable:
    return Unreadable(error.subject, f"{error.problem}. {error.remedy}")


def expected(inputs: Iterable[str]) -> int | None:
    """How many articles the inputs will give, about, for the time left; ``None`` where nobody can tell in advance.

    A file counts as one article, a file of lines as many as it has lines.
    """
    count = 0
    for name in inputs:
        path = Path(name)
        try:
            for file in [path] if path.is_file() else path.rglob("*"):
                kind = SUFFIXES.get(file.suffix.lower(), "")
                if not kind or not file.is_file():
                    continue
                if kind in ("text", "page", "saved page", "PDF"):
                    count += 1
                elif file.suffix.lower() in (".jsonl", ".ndjson"):
                    count += _lines(file)
                else:
                    return None
        except OSError:  # its reader will say why
            return None
    return count or None


BLOCK = 1 << 20


def _lines(path: Path) -> int:
    with path.open("rb") as file:
        return sum(block.count(b"\n") for block in iter(lambda: file.read(BLOCK), b""))
