"""Other engines: found by entry point, named in every mention, and a clear line where one is missing."""

from __future__ import annotations

from importlib.metadata import EntryPoint
from typing import Any

import pytest

from extract.annotation import Form, PlaceRole
from extract.article import Article
from extract.document import Document, read_document
from extract.places import engines, find_places
from extract.places.toponym import Toponym
from geodata.gazetteer import Gazetteer, open_gazetteer


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return open_gazetteer()


def document(text: str, lang: str = "en") -> Document:
    return read_document(Article("a", text, lang=lang), lang)


class FirstWord:
    """Takes the first word of every document for a place."""

    def __init__(self, argument: str = "plain") -> None:
        self.name = f"first:{argument}"

    def recognise(self, document: Document, gazetteer: Gazetteer) -> tuple[Toponym, ...]:  # noqa: ARG002
        token = document.tokens[0]
        return (Toponym(token.start, token.end, token.text, Form.NAME, PlaceRole.SITE, token.text, maker=self.name),)


@pytest.fixture
def offered(monkeypatch: pytest.MonkeyPatch) -> None:
    points = [EntryPoint("first", f"{__name__}:FirstWord", engines.RECOGNISERS),
              EntryPoint("broken", "a_package_that_nobody_has:Engine", engines.RECOGNISERS)]
    monkeypatch.setattr(engines, "entry_points", lambda group: [point for point in points if point.group == group])
    engines.recogniser.cache_clear()


@pytest.mark.usefixtures("offered")
def test_an_engine_is_found_by_its_entry_point(gazetteer: Gazetteer) -> None:
    mention, = find_places(document("Lisbon shook."), gazetteer, recognise_by="first")
    assert mention.maker == "first:plain"
    assert mention.place is not None
    assert mention.place.country == "PT"


@pytest.mark.usefixtures("offered")
def test_what_follows_the_colon_is_handed_to_the_engine(gazetteer: Gazetteer) -> None:
    mention, = find_places(document("Lisbon shook."), gazetteer, recognise_by="first:told")
    assert mention.maker == "first:told"


@pytest.mark.usefixtures("offered")
@pytest.mark.parametrize(("name", "line"), [
    ("nobody", "no package offers it"), ("broken", "it can't be loaded"),
])
def test_a_missing_engine_says_so(name: str, line: str) -> None:
    with pytest.raises(engines.EngineError, match=line):
        engines.recogniser(name)


def trained_pipeline() -> Any:
    """A pipeline that has learnt two sentences by heart."""
    spacy = pytest.importorskip("spacy")
    from spacy.training import Example

    spacy.util.fix_random_seed(0)
    nlp = spacy.blank("de")
    recogniser = nlp.add_pipe("ner")
    recogniser.add_label("LOC")
    lessons = [("Die Helfer kamen aus Lissabon .", [(21, 29, "LOC")]), ("Die Helfer kamen spät .", [])]
    examples = [Example.from_dict(nlp.make_doc(text), {"entities": entities}) for text, entities in lessons]
    optimizer = nlp.initialize(lambda: examples)
    for _ in range(40):
        nlp.update(examples, sgd=optimizer)
    return nlp


def test_a_spacy_pipeline_recognises_and_the_article_resolves(gazetteer: Gazetteer) -> None:
    nlp = trained_pipeline()
    from extract.places.resolve import ArticleResolver
    from extract.places.spacy_engine import SpacyRecogniser

    engine = SpacyRecogniser(nlp)
    read = document("\ud800 war da.\nDie Helfer kamen aus Lissabon .", "de")
    toponyms = engine.recognise(read, gazetteer)
    assert [toponym.text for toponym in toponyms] == ["Lissabon"]
    mention, = ArticleResolver().resolve(read, toponyms, gazetteer)
    assert read.text[mention.start:mention.end] == "Lissabon"
    assert mention.role is PlaceRole.ORIGIN
    assert mention.maker.startswith("spacy:")
    assert mention.place is not None
    assert mention.place.country == "PT"


def test_a_spacy_pipeline_that_is_not_installed_says_how_to_get_it() -> None:
    pytest.importorskip("spacy")
    from extract.places.spacy_engine import SpacyRecogniser

    with pytest.raises(engines.EngineError, match="python -m spacy download"):
        SpacyRecogniser("xx_no_such_pipeline")
