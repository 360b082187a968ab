"""Whose words a claim is: a whole name, or none."""

from __future__ import annotations

import pytest

from extract.article import Article
from extract.document import read_document
from extract.events.reading import read_sentences
from extract.events.speaker import named_beside, speaker
from extract.events.vocabulary import vocabulary


def said_by(text: str, lang: str) -> str:
    reading = read_sentences(read_document(Article("a", text), lang), vocabulary(lang))[0][0]
    cues = reading.classes.get("attribution", ())
    return named_beside(reading, cues[0]) if cues else speaker(reading)


@pytest.mark.parametrize(("lang", "text", "name"), [
    ("de", "Im November bestätigten die USA, dass die Brücke beschädigt ist.", "die USA"),
    ("de", "Der norwegische Wetterdienst gab am Donnerstag bekannt, dass der Sturm abzieht.",
     "Der norwegische Wetterdienst"),
    ("de", "Mitte Januar hatte der NIS geschätzt, dass 300 Menschen starben.", "der NIS"),
    ("de", "Nyström sagte, die Fähre sei gesunken.", "Nyström"),
    ("de", "Laut der Feuerwehr brannten zwei Häuser.", "der Feuerwehr"),
    ("de", "Heute berichteten mehrere, dass es brenne.", ""),
    ("en", "Two houses burned, according to the fire department in Leeds.", "the fire department"),
    ("en", "Residents said the bridge had collapsed.", "Residents"),
    ("en", "At least 40 of them were hurt, Carol Hennessey said.", "Carol Hennessey"),
    ("en", "Shells hit a camp near Tawila on Monday, it was reported.", ""),
])
def test_the_speaker_is_a_whole_name_or_nobody(lang: str, text: str, name: str) -> None:
    assert said_by(text, lang) == name
