"""In whose voice an event is told, and whether it happened."""

from __future__ import annotations

import pytest

from extract.article import Article
from extract.document import read_document
from extract.events.factuality import Status, factuality_of
from extract.events.reading import read_sentences
from extract.events.triggers import find_triggers
from extract.events.vocabulary import vocabulary
from extract.pipeline import annotate
from geodata.event import Factuality
from geodata.gazetteer import Gazetteer


def status_of(text: str, lang: str, word: str) -> Status:
    """The status of the event that ``word`` names in a one-sentence text."""
    words = vocabulary(lang)
    readings, totals = read_sentences(read_document(Article("t", text), lang), words)
    for reading in readings:
        for trigger in find_triggers(reading, totals, words):
            if reading.tokens[trigger.token].text == word:
                return factuality_of(reading, trigger, lang)
    raise AssertionError(f"{word} is no trigger in: {text}")


@pytest.mark.parametrize(("lang", "word", "sentence", "expected"), [
    # the author's own voice
    ("de", "Luftangriff", "Bei einem Luftangriff auf Nyala starben neun Menschen.", "asserted"),
    ("de", "griffen", "Rebellen griffen am Sonntag die Kaserne an.", "asserted"),
    ("en", "bombed", "Warplanes bombed the airport on Sunday.", "asserted"),
    ("en", "derailed", "A freight train derailed near Agen.", "asserted"),
    ("en", "evacuated", "A hotel with 300 guests had to be evacuated.", "asserted"),
    # somebody else's
    ("de", "bombardiert", "Die Luftwaffe habe den Hafen bombardiert, sagte ein Sprecher.", "claimed"),
    ("de", "bombardiert", "Laut Augenzeugen wurde der Hafen bombardiert.", "claimed"),
    ("de", "angegriffen", "Die Miliz soll das Dorf angegriffen haben.", "claimed"),
    ("de", "beschossen", "Vielmehr hätten Soldaten am Montag Dörfer in der Provinz mit Mörsern beschossen.", "claimed"),
    ("de", "beschossen", "Beinahe hätten Soldaten am Montag ein Dorf beschossen.", "hypothetical"),
    ("de", "angegriffen", "Ohne die Waffenruhe hätten die Rebellen das Dorf angegriffen.", "hypothetical"),
    ("de", "explodiert", "Einem Bericht zufolge ist im Hafen ein Tank explodiert.", "claimed"),
    ("en", "bombed", "The army bombed the port, witnesses said.", "claimed"),
    ("en", "attacked", "Rebels reportedly attacked the barracks.", "claimed"),
    ("en", "abducting", "The group accused soldiers of abducting twelve men.", "claimed"),
    # denied, and twice denied
    ("de", "bombardiert", "Die Armee bestreitet, dass sie den Hafen bombardiert hat.", "denied"),
    ("en", "shelling", "The rebels denied shelling the town.", "denied"),
    ("de", "Einsatz", "Der Präsident bestritt den Einsatz von Soldaten nicht.", "claimed"),
    # it did not happen
    ("de", "Überschwemmungen", "Zu Überschwemmungen kam es nicht.", "negated"),
    ("de", "Kämpfe", "Es gibt keine Anzeichen dafür, dass Soldaten in Kämpfe verwickelt sind.", "negated"),
    ("en", "explosion", "There was no explosion at the plant.", "negated"),
    ("en", "protest", "Police banned the protest by students.", "negated"),
    # planned
    ("de", "abziehen", "Frankreich will seine Soldaten abziehen.", "planned"),
    ("de", "Manöver", "Die Marine plant ein Manöver mit 30 Schiffen und Soldaten.", "planned"),
    ("de", "besuchen", "Der Präsident wird am Montag Ankara besuchen.", "planned"),
    ("en", "visit", "The president will visit Ankara on Monday.", "planned"),
    ("en", "withdraw", "The army plans to withdraw its troops by June.", "planned"),
    # only possible
    ("de", "angreifen", "Die Rebellen könnten die Stadt angreifen.", "hypothetical"),
    ("de", "angreifen", "Wenn die Rebellen angreifen, fliehen die Bewohner.", "hypothetical"),
    ("de", "Ausschreitungen", "Sollte es zu Ausschreitungen kommen, greift die Polizei ein.", "hypothetical"),
    ("de", "Zugunglücks", "Im Falle eines Zugunglücks mit Verletzten rückt die Feuerwehr aus.", "hypothetical"),
    ("en", "burst", "Had the dam burst, thousands of people would have drowned.", "hypothetical"),
    ("en", "flooding", "Residents were bracing for flooding on Monday.", "hypothetical"),
    # what only looks like a condition
    ("de", "nahm", "Im Fall des erschossenen Richters nahm die Polizei zwei Männer fest.", "asserted"),
    ("de", "Angriffs", "Im Falle eines Angriffs helfen sich die Länder.", "hypothetical"),
    ("de", "Erdbeben", "Behörden warnen vor einem möglichen Erdbeben.", "hypothetical"),
    ("en", "attack", "The rebels might attack the city.", "hypothetical"),
    ("en", "attack", "Officials warned of the risk of an attack.", "hypothetical"),
    # whoever thinks of something hasn't done it
    ("en", "strike", "Unions in Lyon are weighing a strike.", "hypothetical"),
    ("en", "sending", "The cabinet discussed sending troops to Chad.", "hypothetical"),
    ("en", "strike", "A strike by dockers is being considered.", "hypothetical"),
    ("en", "attack", "The blast is considered an attack.", "asserted"),
    ("en", "walkout", "Dockers in Hull ruled out a walkout.", "negated"),
    ("de", "Hungerstreik", "Der Häftling erwog einen Hungerstreik.", "hypothetical"),
    ("de", "Generalstreik", "Die Gewerkschaft zieht einen Generalstreik in Betracht.", "hypothetical"),
    ("de", "entsenden", "Frankreich erwägt, 200 Soldaten nach Niamey zu entsenden.", "hypothetical"),
    ("de", "Entsendung", "Die Regierung prüft die Entsendung von Soldaten nach Mali.", "hypothetical"),
    # a doubtful doer or victim makes no doubtful deed
    ("en", "attacked", "Suspected rebels attacked a village near Bria.", "asserted"),
    ("en", "attack", "The alleged attack near Bria happened on Monday.", "claimed"),
    ("de", "griffen", "Mutmaßliche Rebellen griffen in der Nacht Bria an.", "asserted"),
    ("de", "Anschlag", "Bei einem mutmaßlichen Anschlag in Bria starben zwei Soldaten.", "claimed"),
    # who speaks may do something, too; and a report is told beside what stands before its "and"
    ("de", "schickte", "Der Präsident sprach von Terror und schickte 300 Soldaten nach Gao.", "asserted"),
    ("en", "kidnapped", "Police said gunmen attacked a bank and kidnapped a clerk.", "claimed"),
    ("en", "bombed", "Jets bombed a depot in Bria, and the army says it killed eight rebels.", "asserted"),
    ("en", "bombed", "Jets bombed a depot in Bria, a doctor and two nurses said.", "claimed"),
    ("en", "marched", "Nurses marched through Cork until a pay rise was announced.", "asserted"),
    ("en", "displaced", "Fighting displaced an estimated 20,000 people.", "asserted"),
    ("de", "meldete", "Die Armee meldete die Einnahme eines Dorfes, Soldaten und Rebellen kämpften.", "claimed"),
    ("de", "beschossen", "Nepal wirft Indien vor, am Samstag ein Dorf bei Birgunj beschossen zu haben.", "claimed"),
    ("de", "geflohen", "In Tahoua sind nach UN-Schätzungen 4000 Menschen geflohen.", "claimed"),
    ("de", "verschleppt", "Ermittler suchen einen Mann, der zwei Kinder verschleppt haben soll.", "claimed"),
    # a passive in the future, what is announced, what is decided, what numbers
    ("en", "sent", "An extra 300 troops will be sent to Palermo.", "planned"),
    ("en", "summit", "The bloc announced an extraordinary summit in Accra.", "planned"),
    ("en", "ban", "Lawmakers in Oslo voted to ban fishing in the fjord.", "asserted"),
    ("en", "strike", "Union members in Perth voted to strike.", "planned"),
    ("en", "went", "Members of Union No. 4 in Lima went on strike.", "asserted"),
    ("de", "Anschlag", "Es ist nicht der erste Anschlag in Lahore.", "asserted"),
])
def test_status(lang: str, word: str, sentence: str, expected: str) -> None:
    status = status_of(sentence, lang, word)
    assert status.factuality is Factuality(expected), status.why


def test_what_frames_something_else_has_happened() -> None:
    assert status_of("Nach dem Angriff könnte die Armee reagieren.", "de", "Angriff").factuality.happened
    assert status_of("After the attack the army may respond.", "en", "attack").factuality.happened


def test_the_source_of_a_claim_is_named() -> None:
    assert status_of("Laut dem Roten Halbmond wurde der Hafen bombardiert.", "de", "bombardiert").claimed_by \
        == "dem Roten Halbmond"
    spoken = status_of("An army spokesman said rebels attacked the port.", "en", "attacked")
    assert "army spokesman" in spoken.claimed_by


def test_an_asserted_event_names_no_source() -> None:
    assert status_of("Rebellen griffen die Kaserne an.", "de", "griffen").claimed_by == ""


def test_a_clause_goes_on_behind_a_relative_clause(gazetteer: Gazetteer) -> None:
    text = ("Es gebe keine Hinweise darauf, dass Rebellen, die in Goma stationiert sind, in Kämpfe verwickelt seien, "
            "sagte ein Sprecher der Armee am Montag.")
    reports = annotate(Article("a", text, lang="de"), gazetteer).reports
    assert [report.factuality for report in reports if report.type == "battle"] == [Factuality.NEGATED]


@pytest.mark.parametrize(("lang", "word", "sentence", "expected"), [
    ("de", "Zusammenstoß", "Der Fahrer konnte einen Zusammenstoß mit einem Traktor nicht mehr vermeiden.",
     Factuality.ASSERTED),
    ("en", "collision", "The driver could not avoid a collision with a tractor.", Factuality.ASSERTED),
    ("de", "Angriff", "Um einen Angriff auf die Stadt zu vermeiden, gaben die Rebellen nach.", Factuality.NEGATED),
    ("en", "attack", "The rebels gave in to avoid an attack on the town.", Factuality.NEGATED),
])
def test_what_could_not_be_avoided_happened(lang: str, word: str, sentence: str, expected: Factuality) -> None:
    assert status_of(sentence, lang, word).factuality is expected


def test_a_repeated_conjunction_opens_a_clause() -> None:
    text = "Es hieß, dass 300 Soldaten getötet worden seien und dass die Armee 40 Gefangene halte."
    readings, _ = read_sentences(read_document(Article("t", text), "de"), vocabulary("de"))
    assert [reading.lower[clause.first] for reading in readings for clause in reading.clauses] == ["es", "dass", "und"]
