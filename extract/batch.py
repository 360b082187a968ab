"""Many articles over several processes: each opens the one compiled gazetteer, whose pages they share in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from extract.annotation import Annotation
from extract.article import Article
from extract.incremental import Reading, Unreadable, stored
from extract.sources import read_articles
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


def annotate_all(articles: Iterable[Article | Unreadable], gazetteer: Path,
                 jobs: int) -> Iterator[Annotation | Unreadable]:
    """Annotate articles in ``jobs`` processes, in order; what can't be read comes with its reason.

    Raises
    ------
    GazetteerError
        If the gazetteer can't be opened.
    """
    unreadable: list[Unreadable] = []
    for article, outcome in work_through(_readable(articles, unreadable), Annotator(gazetteer), jobs):
        yield from _emptied(unreadable)
        yield Unreadable(article.id, outcome.reason) if isinstance(outcome, Broken) else outcome
    yield from _emptied(unreadable)


def _readable(articles: Iterable[Article | Unreadable], unreadable: list[Unreadable]) -> Iterator[Article]:
    for article in articles:
        if isinstance(article, Article):
            yield article
        else:
            unreadable.append(article)


def _emptied(found: list[Unreadable]) -> Iterator[Unreadable]:
    yield from found
    found.clear()


def articles_in(inputs: Iterable[str]) -> Iterator[Article | Unreadable]:
    """The articles of files, folders and standard input; where one can't be read, that and why.

    Raises
    ------
    InputError
        If an input as such can't be read: a path that doesn't exist, a folder without articles.
    """
    for name in inputs:
        found = False
        try:
            for article in read_articles([name]):
                found = True
                yield article
        except InputError as error:
            if not found:
                raise
            yield Unreadable(error.subject, f"{error.problem}. {error.remedy}")


def expected(inputs: Iterable[str]) -> int | None:
    """How many articles the inputs will give, about, for the time left; ``None`` where nobody can tell in advance.

    A file counts as one article, a file of lines as many as it has lines.
    """
    count = 0
    for name in inputs:
        path = Path(name)
        files = [path] if path.is_file() else list(path.rglob("*")) if path.is_dir() else []
        if not files:
            return None
        for file in files:
            if file.suffix.lower() in (".jsonl", ".ndjson"):
                count += _lines(file)
            elif file.suffix.lower() in ONE_ARTICLE:
                count += 1
            elif file.is_file() and file.suffix.lower() in MANY_ARTICLES:
                return None
    return count


ONE_ARTICLE = (".txt", ".text", ".md", ".html", ".htm", ".xhtml", ".mhtml", ".mht", ".pdf")
MANY_ARTICLES = (".json", ".csv", ".tsv", ".parquet", ".zip", ".warc", ".gz", ".rss", ".atom", ".xml")
BLOCK = 1 << 20


def _lines(path: Path) -> int:
    with path.open("rb") as file:
        return sum(block.count(b"\n") for block in iter(lambda: file.read(BLOCK), b""))
