"""Real events told in the words of sport, stage and market, and words that only look like triggers."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from extract import lexicon
from extract.article import Article, Publication
from extract.document import read_document
from extract.events.domains import Leanings, is_no_news
from extract.events.reading import read_sentences
from extract.events.triggers import find_triggers
from extract.events.vocabulary import CLASS_FILES, NAMED, TRIGGER_FILES, vocabulary
from extract.pipeline import annotate
from geodata.event import Factuality
from geodata.gazetteer import Gazetteer

REAL = tomllib.loads((Path(__file__).parent / "lookalikes.toml").read_text(encoding="utf-8"))["real"]
CLASS_KEYS = ("needs", "article_needs", "article_like", "article_unlike", "beside", "agents", "patients", "unless")


@pytest.mark.parametrize("row", REAL, ids=[row["text"][:24] for row in REAL])
def test_what_really_happened_at_a_match_or_on_a_stage_is_found(gazetteer: Gazetteer, row: dict[str, str]) -> None:
    published = Publication(date(2026, 3, 4), date(2026, 3, 4), "given")
    reports = annotate(Article("n", row["text"], lang=row["lang"], published=published), gazetteer).reports
    assert (row["type"], row["place"]) in {
        (report.type, report.place.name if report.place else "") for report in reports}


def triggers_of(text: str, lang: str) -> set[str]:
    words = vocabulary(lang)
    readings, totals = read_sentences(read_document(Article("t", text), lang), words)
    return {reading.tokens[trigger.token].text for reading in readings
            for trigger in find_triggers(reading, totals, words)}


@pytest.mark.parametrize(("lang", "sentence", "word"), [
    ("de", "Schnee fällt am Montag im Norden bis in tiefere Lagen.", "Lagen"),
    ("de", "Die Truppe muss binnen drei Tagen für neue Aufgaben gerüstet werden.", "Aufgaben"),
    ("de", "Der Minister sprach mit den Begnadigten in Minsk.", "Begnadigten"),
    ("de", "Für den Brand- und Katastrophenschutz sind in Kassel 40 Beamte zuständig.", "Brand"),
    ("en", "Detective Constable Rob Jones asked witnesses in Leeds to come forward.", "Rob"),
    ("en", "He ran a local police station in Mombasa for years.", "station"),
    ("en", "Riot police from Kassel wore riot gear.", "riot"),
    ("en", "A fire engine and two fire trucks stood outside the building.", "fire"),
    ("en", "Soldiers carried assault rifles past the building.", "assault"),
    ("en", "The army's flood defences and flood gates were inspected.", "flood"),
])
def test_a_word_spelt_like_a_trigger_is_none(lang: str, sentence: str, word: str) -> None:
    assert word not in triggers_of(sentence, lang)


@pytest.mark.parametrize(("lang", "sentence", "word"), [
    ("de", "Beim Bombardieren der Stadt Gao starben am Montag sechs Menschen.", "Bombardieren"),
    ("de", "Brand in Kassel: Zwei Tote in einem Wohnhaus.", "Brand"),
    ("en", "Rebels and militiamen often attack villages near Beni.", "attack"),
    ("en", "Thousands of people fled as a fire swept through the building.", "fire"),
    ("en", "Rebels attack the town of Kidal.", "attack"),
    ("en", "Gunmen repeatedly attack the town of Kidal.", "attack"),
])
def test_a_trigger_is_one_beside_the_same_words(lang: str, sentence: str, word: str) -> None:
    assert word in triggers_of(sentence, lang)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_every_class_that_a_rule_names_is_defined_in_its_language(lang: str) -> None:
    defined = {name for file in CLASS_FILES for name in lexicon.read(lang, file).get("classes", {})} | {NAMED}
    unknown = {(entry["id"], name) for file in TRIGGER_FILES for entry in lexicon.read(lang, file).get("trigger", ())
               for key in CLASS_KEYS for name in entry.get(key, ()) if name not in defined}
    assert unknown == set()


def leanings_of(text: str, lang: str) -> list[frozenset[str]]:
    readings, totals = read_sentences(read_document(Article("t", text), lang), vocabulary(lang))
    leanings = Leanings(totals, readings)
    return [leanings.of(reading) for reading in readings]


def test_a_paragraph_of_sport_does_not_silence_the_news_above_it() -> None:
    text = ("A dust explosion ripped through a mill in Salina on Monday, the fire chief said.\n\n"
            "The Rockets bombed again: a 38-3 rout at home left fans and the head coach speechless.")
    first, second = leanings_of(text, "en")
    assert not first
    assert second == {"sport"}


def test_results_of_matches_count_and_times_of_day_do_not() -> None:
    assert leanings_of("Der Klub traf dreimal, 3:0 und 2:1, die Fans sangen nach dem Spiel.", "de") == [{"sport"}]
    assert leanings_of("Der Klub lud um 18:30 und 20:15 Uhr zum Spiel.", "de") == [frozenset()]


def test_those_who_help_make_news_of_a_match() -> None:
    match = "The striker and the goalkeeper of the league side met at the stadium for the semi-final. "
    words = vocabulary("en")
    for text, no_news in ((match, True), (match + "Paramedics took a spectator to hospital, police said.", False)):
        readings, totals = read_sentences(read_document(Article("t", text), "en"), words)
        assert is_no_news(totals, readings) is no_news


@pytest.mark.parametrize("lang", ["de", "en"])
def test_no_class_is_defined_twice(lang: str) -> None:
    names = [name for file in CLASS_FILES for name in lexicon.read(lang, file).get("classes", {})]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize(("lang", "text"), [
    ("en", "Fire crews in Truro staged a mock plane crash on Monday; volunteers played the wounded."),
    ("de", "Im Übungsszenario entgleist am Montag in Fulda ein Zug mit Chemikalien, Dutzende werden verletzt."),
    ("en", "Under section 3 of the act, anyone who attacks a nurse or burns down a hospital faces prison."),
    ("de", "Wer in Spanien einen Beamten angreift, macht sich strafbar."),
    ("de", "Bei einem Brand in der Wohnung sollte man sofort die Feuerwehr rufen."),
    ("en", "If you witness an explosion in a tunnel near Bern, make sure you leave your car at once."),
    ("de", "Die Police deckt Naturkatastrophen wie Erdbeben und Hochwasser in Österreich ab."),
    ("en", "The policy covers hazards such as earthquakes and floods in Portugal."),
    ("de", "Das Dorf Grimma ist seit Montag besser vor Hochwasser geschützt."),
    ("en", "The town of Carlisle is better protected against flooding since Monday."),
    ("de", "In Sachsen gab es 2025 weniger tödliche Unfälle als im Vorjahr."),
    ("en", "More people were killed in accidents in Ohio than in the previous year."),
    ("en", "The Melbourne Storm were level on Friday before the break in Canberra."),
    ("en", "The Flood Control Board in Manila hired forty clerks on Monday."),
    ("en", "She was trying to reach the court in Leeds by Monday."),
    ("en", "A drone, the police lieutenant added, was bought in Tampa on Monday."),
    ("de", "Das trifft in Bremen laut Bürgermeister seit Montag auf alle Viertel zu."),
])
def test_what_is_acted_forbidden_advised_or_counted_is_no_event(
        gazetteer: Gazetteer, lang: str, text: str) -> None:
    published = Publication(date(2026, 3, 4), date(2026, 3, 4), "given")
    reports = annotate(Article("n", text, lang=lang, published=published), gazetteer).reports
    assert [(report.type, report.why[0]) for report in reports] == []


@pytest.mark.parametrize(("lang", "text", "type_"), [
    ("en", "Two soldiers were killed during an exercise near Grafenwöhr on Monday when a shell exploded.", "attack"),
    ("de", "Wer die Bombe am Montag in Kassel gezündet hat, ist unklar; zwei Menschen wurden verletzt.", "attack"),
    ("en", "Storm Eunice hit Cork on Friday and killed two people.", "storm"),
    ("en", "The attacks on Beni, in which you could hear shots for hours, police say, killed six on Monday.", "attack"),
    ("de", "In Laos wurden am Montag 40 Häuser durch das Hochwasser zerstört, trotz aller Schutzdämme.", "flood"),
    ("en", "The foreign minister flew to Doha on Thursday.", "meeting"),
    ("en", "Gusts of 140 kilometres an hour brought down a crane in Brest on Sunday and killed two people.", "storm"),
    ("de", "In Karadsch wurden am Dienstag drei Frauen gehängt.", "execution_threat"),
    ("de", "Drei Arbeiter erstickten am Montag in Ulm in einem Silo.", "accident"),
    ("de", "Das Bataillon gab am Montag seinen Posten bei Gao auf.", "withdrawal"),
    ("de", "Im Gedränge vor einem Stadion in Kinshasa starben am Montag 20 Fans.", "accident"),
    ("de", "Die Rebellen leisteten am Montag in Uvira heftigen Widerstand.", "battle"),
    ("en", "Six people were killed in a Saudi strike in Saada on Tuesday, nurses and staff said.", "attack"),
    ("en", "Thousands of people marched from Republique to Nation in Paris on Monday.", "protest"),
    ("en", "A trafficker received a 12-year sentence in Leeds on Monday.", "crime"),
    ("en", "The army abandoned its camp near Gao on Monday.", "withdrawal"),
    ("en", "The ministerial council gathered in Vienna on Monday.", "meeting"),
])
def test_the_same_words_told_in_earnest_are_an_event(
        gazetteer: Gazetteer, lang: str, text: str, type_: str) -> None:
    published = Publication(date(2026, 3, 4), date(2026, 3, 4), "given")
    reports = annotate(Article("n", text, lang=lang, published=published), gazetteer).reports
    assert type_ in {report.type for report in reports}


@pytest.mark.parametrize(("lang", "text", "crimes"), [
    ("en", "Two men robbed a jeweller in Truro on Monday. They threatened the staff with a hammer.", 1),
    ("de", "Drei Männer raubten am Montag in Lienz einen Juwelier aus. Sie bedrohten ihn mit einem Hammer.", 1),
    ("en", "Two men robbed a jeweller in Truro on Monday. Police arrested a suspect in Bath on Tuesday.", 2),
    ("de", "Am Montag wurde in Lienz ein Juwelier ausgeraubt. Am Dienstag nahm die Polizei in Graz ihn fest.", 2),
])
def test_a_crime_that_is_told_on_is_one_and_its_arrest_another(
        gazetteer: Gazetteer, lang: str, text: str, crimes: int) -> None:
    published = Publication(date(2026, 3, 4), date(2026, 3, 4), "given")
    reports = annotate(Article("n", text, lang=lang, published=published), gazetteer).reports
    assert sum(report.type == "crime" for report in reports) == crimes, [report.why[0] for report in reports]


@pytest.mark.parametrize(("lang", "text"), [
    ("de", "Der Minister hat am Montag in Graz Vorbereitungen für den Winter getroffen."),
    ("de", "Die Regierung in Wien demonstrierte am Montag Geschlossenheit und Stärke."),
    ("de", "Der Präsident wählte am Montag in Prag harte Worte."),
    ("de", "Der Minister in Berlin begrüßte am Montag den Vorstoß der Länder."),
    ("de", "Der Präsident sagte am Montag in Wien im Gespräch mit der Zeitung, er bleibe."),
    ("en", "The firm signed a deal in Austin on Monday to acquire a chain of stores."),
    ("en", "The chancellor came under fire over taxes in London on Monday."),
    ("en", "The mayor called on parliament in Madrid on Monday to speed up the bill."),
])
def test_light_verbs_and_trade_tell_no_event(gazetteer: Gazetteer, lang: str, text: str) -> None:
    published = Publication(date(2026, 3, 4), date(2026, 3, 4), "given")
    reports = annotate(Article("n", text, lang=lang, published=published), gazetteer).reports
    assert [report.why[0] for report in reports] == []


@pytest.mark.parametrize(("lang", "text"), [
    ("de", "In Basel hängen seit Montag zwei Frauen von Picasso."),
    ("de", "In Bonn hängte eine Frau am Montag ihre Bilder an die Wand."),
    ("de", "Soldaten übten am Montag in Munster scharfe Kritik am Minister."),
    ("de", "Die Rekruten übten am Montag in Munster Nachsicht mit dem Koch."),
    ("de", "Das Orchester der Luftwaffe probte am Montag in Erfurt ein neues Lied."),
    ("de", "Der Kommandeur gab am Montag in Kassel seinen Posten auf und wurde Winzer."),
    ("de", "Der Verein zieht am Montag in Bern die Reserve ein."),
    ("de", "Der Ausbruch des Ätnas kostete am Montag in Catania drei Menschen das Leben."),
    ("de", "Der Schnee schnitt am Montag in Lienz den Ton ab."),
    ("de", "Der Neuschnee erstickte am Montag in Lienz jedes Geräusch."),
    ("de", "Im Gedränge vor dem Tor in Mainz verletzte sich am Montag ein Stürmer."),
    ("de", "Eine Lawine von Anfragen begrub am Montag in Bremen das Amt."),
    ("de", "Im Hochhaus in Gera haben sich am Montag Nachbarn getroffen. Sie gedachten der Luftangriffe von 1945."),
    ("de", "Soldaten der Heilsarmee leisteten am Montag in Ulm Widerstand gegen die Hitze."),
    ("de", "Lastwagen blockierten am Montag in Ulm die Straße, um Klaviere auszuladen."),
    ("en", "The Green Party abandoned its stronghold in Bristol on Monday."),
    ("en", "In Nice on Monday the race leader threatened to attack on the last climb."),
    ("en", "Brides marched from the chapel gate to the pier in Brighton on Monday."),
    ("en", "Students marched from the dining hall to the chapel in Durham on Monday to collect their prizes."),
    ("en", "Lorries blocked the road in Hull on Monday to deliver pianos."),
    ("en", "Hundreds of families drove south from Oslo on Friday for the holidays."),
    ("en", "Children poured out of the circus in Hull on Monday, thrilled."),
    ("en", "The contact group of anglers met in Bruges on Monday."),
    ("en", "The council gathered in Wells on Monday to hear the new choir."),
    ("en", "Each pupil was given a sentence to parse in Bath on Monday."),
    ("en", "The groom was led away in handcuffs in Bath on Monday, a joke for his stag night."),
])
def test_words_of_war_and_unrest_in_everyday_use_tell_no_event(gazetteer: Gazetteer, lang: str, text: str) -> None:
    published = Publication(date(2026, 3, 4), date(2026, 3, 4), "given")
    reports = annotate(Article("n", text, lang=lang, published=published), gazetteer).reports
    assert [(report.type, report.why[0]) for report in reports if report.factuality is Factuality.ASSERTED] == []
