"""``dateline explain`` and ``evaluate``: why an article was read so, and how well a gold file is met."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dateline.options import Inputs
from dateline.progress import compiled_gazetteer
from dateline.status import exit_after

commands = typer.Typer()


@commands.command()
def explain(inputs: Inputs) -> None:
    """Show articles with their spans in colour, and why each event is what, where and when it is."""
    from rich.console import Console

    from extract.console import Terminal, annotated
    from extract.explain import explain as explain_article

    console, terminal = Console(), Terminal()
    for annotation in annotated(inputs, None, compiled_gazetteer(), 1, terminal):
        for part in explain_article(annotation):
            console.print(part)
    raise exit_after(terminal.read, terminal.failed)


@commands.command()
def evaluate(
    gold: Annotated[Path, typer.Argument(help="A gold file: .jsonl, or .json with documents.")],
    articles: Annotated[Path | None, typer.Option(help="Folder of the files that the gold names.")] = None,
    predicted: Annotated[Path | None, typer.Option(help="What annotate wrote; else the gold's texts are read.")] = None,
) -> None:
    """Score annotations against a gold file: times, toponyms, event types or events, whichever it holds."""
    import json

    from extract.evaluate import kind_of, read_rows, score
    from extract.evaluate.links import read_links, score_links
    from extract.gold import gold_articles
    from extract.pipeline import annotate as annotate_article
    from extract.standoff import annotation_to_json

    rows = read_rows(gold)
    more = {}
    if predicted is not None:
        predictions = read_rows(predicted)
    else:
        gazetteer = compiled_gazetteer()
        annotations = [annotate_article(article, gazetteer) for article in gold_articles(gold, rows, articles)]
        predictions = list(map(annotation_to_json, annotations))
        links = read_links(gold)
        if links:  # only here: what annotate writes has no events of several articles
            more = {"cross_document_links": score_links(links, rows, annotations)}
    typer.echo(json.dumps(score(kind_of(rows), rows, predictions) | more))
