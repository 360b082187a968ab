"""What a place is to its sentence, where only the words around it can tell."""

from __future__ import annotations

import pytest

from extract.annotation import PlaceRole
from extract.article import Article
from extract.document import read_document
from extract.places import find_places
from geodata.gazetteer import Gazetteer

SITE = PlaceRole.SITE


def role(text: str, name: str, lang: str, gazetteer: Gazetteer) -> PlaceRole:
    document = read_document(Article("a", text), lang)
    (found,) = [mention.role for mention in find_places(document, gazetteer) if name in mention.text]
    return found


@pytest.mark.parametrize(("lang", "text", "name", "expected"), [
    # the object of a verb that happens to places
    ("en", "A cyclone struck northern Mozambique on Friday.", "Mozambique", SITE),
    ("en", "Insurgents captured Bamako after a long siege.", "Bamako", SITE),
    ("de", "Anfang des Jahres hatten Milizen Khartum eingenommen.", "Khartum", SITE),
    ("de", "Ein Erdbeben erschütterte Manila am Montag.", "Manila", SITE),
    ("en", "Bamako struck a deal with the miners.", "Bamako", PlaceRole.ACTOR),
    # a noun phrase with a preposition of place
    ("en", "A gas tank exploded on the edge of Nairobi.", "Nairobi", SITE),
    ("de", "Am Rand von Nairobi explodierte ein Gastank.", "Nairobi", SITE),
    ("de", "Im Hafen von Beirut brannte ein Lager.", "Beirut", SITE),
    ("en", "The decision is in the hands of London.", "London", PlaceRole.ACTOR),
    ("de", "Die Entscheidung liegt in den Händen von London.", "London", PlaceRole.ACTOR),
    # what happens between two places, and what two governments do
    ("en", "Two lorries collided on the road between Lagos and Ibadan.", "Lagos", SITE),
    ("en", "Relations between London and Nairobi have cooled.", "London", PlaceRole.ACTOR),
    # a suburb that is named behind its town is where it was
    ("en", "An explosion rocked the Tehran suburb of Shahr-e Rey.", "Shahr-e Rey", SITE),
    # what happens on a road lies between its ends; a train that is called after them may be anywhere
    ("en", "Workers blocked the Lagos-Ibadan highway for four hours.", "Ibadan", SITE),
    ("en", "Plans for the Lagos-Ibadan railway were approved.", "Ibadan", PlaceRole.TOPIC),
    ("en", "The Mumbai-Goa train was late.", "Goa", PlaceRole.TOPIC),
    # a country before somebody's office
    ("en", "They signed it in the presence of Nigeria President John Doe.", "Nigeria", PlaceRole.ACTOR),
    # the noun and its preposition may stand apart
    ("de", "Beim Überfall der Miliz auf Kamerun starben zwölf Menschen.", "Kamerun", SITE),
    # a town that is called one acts for nobody
    ("de", "In der Nacht hat ein Sturm die Hafenstadt Manila getroffen.", "Manila", SITE),
    ("en", "The worst drought in decades hit south-central Chile.", "Chile", SITE),
])
def test_roles(lang: str, text: str, name: str, expected: PlaceRole, gazetteer: Gazetteer) -> None:
    assert role(text, name, lang, gazetteer) is expected
