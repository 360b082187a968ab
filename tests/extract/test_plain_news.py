"""Plain news in a sentence or three, as agencies tell it: found, of the right type and status, and once."""

from datetime import date

import pytest

from extract.article import Article, Publication
from extract.pipeline import annotate
from geodata.gazetteer import Gazetteer

DAY = date(2024, 3, 6)

TOLD = [
    ("en", "Israel struck Hodeidah on Monday.", [("attack", "asserted")]),
    ("en", "Israel will strike Tehran again, the prime minister said on Tuesday.", [("attack", "planned")]),
    ("en", "Clashes erupted on the Thai-Cambodian border on Thursday.", [("battle", "asserted")]),
    ("en", "Explosions rocked Tehran early on Friday as Israel launched air strikes.", [("attack", "asserted")]),
    ("en", "Islamist militants stormed a village near Djibo on Monday, burning houses and killing 22 people.",
     [("attack", "asserted")]),
    ("en", "For weeks the rebels had closed in. On Tuesday they captured Walikale. Its mines lie idle.",
     [("advance", "asserted")]),
    ("en", "Police fired tear gas while protesters tried to storm the parliament in Tbilisi.",
     [("protest", "asserted")]),
    ("en", "A no-confidence vote against the government in Vilnius failed on Tuesday.", [("other", "asserted")]),
    ("en", "The siege of Dilling was broken on Monday.", [("advance", "asserted")]),
    ("en", "The captors of a Swiss missionary freed her in Timbuktu on Friday.", [("prisoner", "asserted")]),
    ("en", "Police and soldiers were posted at every corner of Kampala on Thursday.", [("deployment", "asserted")]),
    ("en", "Kosovo's parliament failed for the 50th time on Monday to elect a speaker.", [("other", "negated")]),
    ("en", "The Turkish and Greek leaders shook hands in Ankara on Monday.", [("meeting", "asserted")]),
    ("en", "Officers searched the offices in Budapest on Wednesday. No one was arrested.",
     [("crime", "asserted"), ("crime", "negated")]),
    ("en", "Talks between Tehran and Washington are to resume in Muscat on Sunday.", [("meeting", "planned")]),
    ("de", "Separatisten lockten am Samstag bei Kumba einen Armeekonvoi in einen Hinterhalt und töteten fünf Soldaten.",
     [("attack", "asserted")]),
    ("de", "Niederländische Polizisten haben am Dienstag in Rotterdam 30 Wohnungen durchsucht.",
     [("crime", "asserted")]),
    ("de", "Zwei Polizisten wurden am Mittwoch in Bannu getötet, als unter ihrem Wagen eine Bombe explodierte.",
     [("attack", "asserted")]),
    ("en", "Erdogan and Mitsotakis had lunch in Ankara on Wednesday.", [("meeting", "asserted")]),
    ("en", "Four men accused of plotting to kill a minister were acquitted in Lusaka on Tuesday.",
     [("crime", "asserted")]),
    ("de", "Milizionäre haben am Montag den Markt von Zalingei niedergebrannt.", [("attack", "asserted")]),
    ("de", "Festnahmen gab es in Dublin am Samstag nicht.", [("crime", "negated")]),
    ("de", "Nepal sperrte am Donnerstag Facebook und 25 andere Plattformen.", [("order", "asserted")]),
    ("de", "Die Koalition in Den Haag ist am Dienstag zerbrochen.", [("other", "asserted")]),
    ("de", "Israels Parlament billigte am Dienstag die Waffenruhe mit der Hisbollah.", [("treaty", "asserted")]),
    ("de", "An der thailändisch-kambodschanischen Grenze kam es am Donnerstag zu Gefechten.",
     [("battle", "asserted")]),
    ("de", "Die Ukraine hat nach russischen Angaben am Dienstag die Raffinerie in Saratow angegriffen.",
     [("attack", "claimed")]),
    ("de", "Israel greift Ziele in Beirut an", [("attack", "asserted")]),
    ("de", "Schwere Gefechte um Bachmut", [("battle", "asserted")]),
    ("de", "Die syrische Armee hat am Dienstag Maarat al-Numan zurückerobert.", [("advance", "asserted")]),
    ("de", "Die Armee gab am Samstag ihren Stützpunkt in Banki auf.", [("withdrawal", "asserted")]),
    ("de", "Das Gericht in Brasília hat am Dienstag die Verurteilung des Präsidenten bestätigt.",
     [("crime", "asserted")]),
]
NOT_TOLD = [
    ("en", "Brazil attacked from the start in Lyon on Monday and France had no answer."),
    ("en", "Ukraine struck gold in Warsaw on Saturday in the high jump."),
    ("en", "The US hit Canada with new tariffs on Tuesday."),
    ("en", "A row erupted in Brussels on Thursday over fishing quotas."),
    ("en", "The fall of the pound on Sunday ended a week of calm in London."),
    ("en", "The golfer won the first round in Augusta on Thursday."),
    ("en", "NASA launched a rocket with a satellite from Florida on Tuesday."),
    ("en", "A coup for the museum in Basel: it has bought a Picasso."),
    ("en", "India withdrew from the tournament in Doha on Friday."),
    ("de", "Die Band hat sich am Freitag in Köln aufgelöst."),
    ("de", "Die Einnahme der Tabletten in der Stadt wird am Montag in Bonn erklärt."),
    ("de", "Der Vertrag des Trainers in Mainz wurde am Montag aufgelöst."),
    ("de", "Der Konzern greift in China Tesla an."),
    ("de", "Frankreich hat am Montag in Brüssel die Zölle der USA angegriffen."),
    ("de", "Japan hat den Markt für Drohnen in Afrika erobert."),
    ("de", "Der Streit um Fangquoten in Brüssel eskalierte am Donnerstag."),
]


def told(lang: str, text: str, gazetteer: Gazetteer) -> list[tuple[str, str]]:
    article = Article("a", text, lang=lang, published=Publication(DAY, DAY, "given"))
    return sorted((report.type, report.factuality.value) for report in annotate(article, gazetteer).reports)


@pytest.mark.parametrize(("lang", "text", "events"), TOLD, ids=[text[:40] for _, text, _ in TOLD])
def test_plain_news_is_found_once(lang: str, text: str, events: list[tuple[str, str]], gazetteer: Gazetteer) -> None:
    assert told(lang, text, gazetteer) == sorted(events)


@pytest.mark.parametrize(("lang", "text"), NOT_TOLD, ids=[text[:40] for _, text in NOT_TOLD])
def test_what_only_sounds_like_it_is_none(lang: str, text: str, gazetteer: Gazetteer) -> None:
    assert told(lang, text, gazetteer) == []
