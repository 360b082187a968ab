"""Toponym recognition by a spaCy pipeline (extra ``dateline[spacy]``), in place of Dateline's own.

``find_places(document, gazetteer, recognise_by="spacy:de_core_news_md")``. The pipeline finds the spans;
roles come from Dateline's cues, places from the resolver, so that everything behind it works alike.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from extract.annotation import Form, PlaceRole
from extract.document import Document, Sentence
from extract.places.engines import EngineError
from extract.places.roles import find_role
from extract.places.spot import Spot
from extract.places.toponym import Toponym
from extract.places.vocabulary import Vocabulary, read_vocabulary
from extract.places.words import Words, read_words
from geodata.gazetteer import Gazetteer

if TYPE_CHECKING:
    from spacy.language import Language

PLACE_LABELS = frozenset({"LOC", "GPE", "FAC", "LOCATION"})
"""Entity labels of places: OntoNotes' three, WikiNER's and CoNLL's one."""

DERIVED_LABELS = frozenset({"NORP", "LOCderiv"})
"""Nationalities in OntoNotes, derivations in GermEval."""


class SpacyRecogniser:
    """Finds toponyms by a spaCy pipeline's named entities.

    Parameters
    ----------
    pipeline:
        Name of an installed pipeline or path of a saved one, or a pipeline.

    Raises
    ------
    EngineError
        If spaCy or the pipeline is not installed, or no pipeline is named.
    """

    def __init__(self, pipeline: str | Language = "") -> None:
        self._pipeline = _load(pipeline) if isinstance(pipeline, str) else pipeline
        meta: dict[str, Any] = self._pipeline.meta
        self.name = f"spacy:{pipeline if isinstance(pipeline, str) else '_'.join((meta['lang'], meta['name']))}"

    def recognise(self, document: Document, gazetteer: Gazetteer) -> tuple[Toponym, ...]:
        """The pipeline's places in a document, sentence by sentence, so that no text is too long for it."""
        vocabulary = read_vocabulary(document.lang, gazetteer)
        texts = (document.text[sentence.start : sentence.end] for sentence in document.sentences)
        toponyms: list[Toponym] = []
        for sentence, parsed in zip(
            document.sentences, self._pipeline.pipe(map(_without_surrogates, texts)), strict=True
        ):
            toponyms.extend(self._toponyms(document, sentence, parsed.ents, vocabulary))
        return tuple(toponyms)

    def _toponyms(
        self, document: Document, sentence: Sentence, entities: Any, vocabulary: Vocabulary
    ) -> Iterator[Toponym]:
        places = [entity for entity in entities if entity.label_ in PLACE_LABELS | DERIVED_LABELS]
        if not places:
            return
        words = read_words(document, sentence, vocabulary)
        before: tuple[Spot, PlaceRole] | None = None
        for entity in places:
            spot = _spot(
                words, sentence.start + entity.start_char, sentence.start + entity.end_char, entity.text, vocabulary
            )
            spot.form = Form.DERIVED if entity.label_ in DERIVED_LABELS else Form.NAME
            place_id = vocabulary.derived.places.get(spot.name, "") if spot.form is Form.DERIVED else ""
            spot.place_id = "" if place_id.startswith("=") else place_id
            role = find_role(spot, words, vocabulary.cues, before)
            before = (spot, role)
            yield Toponym(
                spot.start,
                spot.end,
                document.text[spot.start : spot.end],
                spot.form,
                role,
                spot.name,
                spot.place_id,
                why=f"entity {entity.label_}",
                maker=self.name,
            )


def _spot(words: Words, start: int, end: int, text: str, vocabulary: Vocabulary) -> Spot:
    """A spot over the sentence's words that the entity covers."""
    first = max(0, bisect_left(words.spans, (start + 1,)) - 1)
    last = max(first + 1, bisect_left(words.spans, (end,)))
    bare = "" if vocabulary.spelt(text) else vocabulary.without_case(text)
    spot = Spot(first, last, start, end, bare or text)
    spot.places, spot.genitive = vocabulary.gazetteer.candidates(spot.name), bool(bare)
    return spot


def _without_surrogates(text: str) -> str:
    """Lone surrogates of broken input as another letter: spaCy hashes words as UTF-8. Keeps every offset."""
    return text if text.isascii() else "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)


def _load(name: str) -> Language:
    if not name:
        raise EngineError("spacy", "no pipeline is named", "Name one, as in 'spacy:de_core_news_md'")
    try:
        import spacy
    except ImportError as error:
        raise EngineError(f"spacy:{name}", "spaCy is not installed", "Install 'dateline[spacy]'") from error
    try:
        return spacy.load(name)
    except OSError as error:
        raise EngineError(
            f"spacy:{name}", "spaCy has no such pipeline", f"Install it with 'python -m spacy download {name}'"
        ) from error
