"""Many articles over several processes: each opens the one compiled gazetteer, whose pages they share in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from extract.annotation import Annotation
from extract.article import Article
from extract.incremental import Reading, Unreadable, stored
from extract.sources import STANDARD_INPUT, ReadOptions, read_articles
from extract.sources.kinds import SUFFIXES
from extract.workers import Broken, work_through
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


def annotate_all(articles: Iterable[Article], gazetteer: Path, jobs: int) -> Iterator[Annotation]:
    """Annotate articles in ``jobs`` processes, in order.

    Raises
    ------
    GazetteerError
        If the gazetteer can't be opened.
    InputError
        If an article can't be read.
    """
    for article, outcome in work_through(articles, Annotator(gazetteer), jobs):
        if isinstance(outcome, Broken):
            remedy = "This is a defect of Dateline: report it, and leave the article out until it is mended"
            raise InputError(f"article {article.id!r}", f"can't be read ({outcome.reason})", remedy)
        yield outcome


def articles_in(inputs: Iterable[str], options: ReadOptions | None = None) -> Iterator[Article | Unreadable]:
    """The articles of files, folders, archives and standard input; where one can't be read, that and why.

    Raises
    ------
    InputError
        If an input isn't there: a slip of the hand, not one bad article among many.
    """
    unreadable: list[Unreadable] = []
    for article in read_articles(_existing(inputs), options, lambda error: unreadable.append(_unreadable(error))):
        yield from unreadable
        unreadable.clear()
        yield article
    yield from unreadable


def _unreadable(error: InputError) -> Unreadable:
    return Unreadable(error.subject, f"{error.problem}. {error.remedy}")


def _existing(inputs: Iterable[str]) -> Iterator[str]:
    for name in inputs:
        if name != STANDARD_INPUT and "://" not in name and not Path(name).exists():
            raise InputError(name, "no such file or folder", "Check the path")
        yield name


def expected(inputs: Iterable[str]) -> int | None:
    """How many articles the inputs will give, about, for the time left; ``None`` where nobody can tell in advance.

    A file counts as one article, a file of lines as many as it has lines.
    """
    count = 0
    for name in inputs:
        path = Path(name)
        for file in [path] if path.is_file() else path.rglob("*"):
            kind = SUFFIXES.get(file.suffix.lower(), "")
            if kind in ("text", "page", "saved page", "PDF"):
                count += 1
            elif file.suffix.lower() in (".jsonl", ".ndjson"):
                count += _lines(file)
            elif kind:
                return None
    return count or None


BLOCK = 1 << 20


def _lines(path: Path) -> int:
    with path.open("rb") as file:
        return sum(block.count(b"\n") for block in iter(lambda: file.read(BLOCK), b""))
