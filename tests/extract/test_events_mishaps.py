"""Mishaps, unrest and flight as desks tell them plainly; and what only sounds like them."""

from __future__ import annotations

from datetime import date

import pytest

from extract.article import Article, Publication
from extract.pipeline import annotate
from geodata.event import Factuality
from geodata.gazetteer import Gazetteer

TODAY = Publication(date(2024, 3, 6), date(2024, 3, 6), "given")

TOLD = [
    ("en", "accident", "A drone crashed in a field outside the Romanian village of Plauru on Wednesday."),
    ("en", "accident", "A three-storey building has collapsed in Lagos, trapping an unknown number of people."),
    ("en", "accident", "A trawler with five men on board has been missing off Varna since Monday."),
    ("en", "accident", "At least 18 migrants were killed when the truck they were travelling in overturned in Oaxaca."),
    ("en", "accident", "Rescuers recovered four bodies from the rubble of a collapsed building in Alexandria."),
    ("en", "accident", "A cable car broke down above Lyon on Sunday."),
    ("en", "storm", "Buffalo digs out after deadly blizzard"),
    ("en", "storm", "Hailstones the size of tennis balls smashed windscreens in Verona."),
    ("en", "storm", "Trains across Hokkaido were cancelled because of a snowstorm."),
    ("en", "storm", "A tree fell on a car during a storm in Lyon, killing the driver."),
    ("en", "storm", "Lightning killed four people at a school in Soroti on Monday."),
    ("en", "explosion", "The explosion at a grain silo near Edessa could be heard miles away."),
    ("en", "outbreak", "Dozens of schoolchildren fell ill in Leeds after eating at the canteen."),
    ("en", "other", "Famine has been declared in Zamzam camp."),
    ("en", "order", "Water was rationed in Bogota as reservoirs ran dry."),
    ("en", "protest", "Riot police fired tear gas at demonstrators in Dakar on Friday."),
    ("de", "accident", "Im Hamburger Hafen brannte am Freitag ein Containerschiff."),
    ("de", "accident", "Bei einem Feuer in einem Einkaufszentrum in Jakarta kamen acht Menschen ums Leben."),
    ("de", "accident", "Aus einem Chemiewerk in Ludwigshafen ist am Donnerstag Salzsäure ausgetreten."),
    ("de", "accident", "In Karatschi sind mindestens 18 Menschen an gepanschtem Alkohol gestorben."),
    ("de", "accident", "Ein Hund hat in Potsdam ein fünfjähriges Kind schwer verletzt."),
    ("de", "accident", "In Kampala ist ein im Bau befindliches Hochhaus eingestürzt."),
    ("de", "accident", "Bei einem Zimmerbrand in Gera ist am Dienstag eine 78-jährige Frau gestorben."),
    ("de", "earthquake", "Leichtes Erdbeben bei Basel"),
    ("de", "storm", "Schneesturm legt Buffalo lahm"),
    ("de", "storm", "Blitzschlag tötet vier Schüler in Soroti"),
    ("de", "flood", "Der Markusplatz in Venedig steht wieder unter Wasser."),
    ("de", "wildfire", "Bei Jüterbog brennen 200 Hektar Wald."),
    ("de", "explosion", "Beim Entschärfen ist in Bottrop eine Weltkriegsbombe detoniert."),
    ("de", "other", "Im Flüchtlingslager Samsam herrscht Hungersnot."),
    ("de", "protest", "Bauernprotest in Warschau eskaliert"),
    ("de", "protest", "Anwälte boykottieren Gerichte in Lahore"),
    ("de", "protest", "Zur Pride-Parade in Budapest kamen 100.000 Menschen."),
    ("de", "movement", "Mehr als 2.000 Menschen sind am Montag auf der Flucht vor den Kämpfen in Renk eingetroffen."),
]

ONCE = [
    ("en", "storm", "A tree fell on a car during a storm in Lyon, killing the driver."),
    ("en", "storm", "Lightning killed four people at a school in Soroti on Monday."),
    ("en", "storm", "Strong winds left 50,000 homes without power in Galway."),
    ("en", "protest", "Riot police fired tear gas at demonstrators in Dakar on Friday."),
    ("en", "protest", "Left-wing rioters torched cars in Leipzig on Saturday night."),
    ("de", "flood", "Ein Schulbus ist bei Zagora von einer Sturzflut fortgerissen worden, sechs Kinder ertranken."),
    ("de", "accident", "Bei einem Hubschrauberabsturz in Rio de Janeiro sind zwei Insassen getötet worden."),
    ("de", "storm", "Nach dem Unwetter waren in Erfurt Hunderte Haushalte ohne Strom."),
]

NOT_TOLD = [
    ("en", "A wave of optimism swept through Athens after the deal."),
    ("en", "The team's title hopes went up in flames in Madrid on Saturday."),
    ("en", "A storm of protest greeted the plans in Paris."),
    ("en", "New tremors in the coalition in Rome"),
    ("en", "Property prices have gone through the roof in Sydney, flooding the market with sellers."),
    ("en", "The bridge in Porto was opened on Monday after two years of repairs."),
    ("en", "A crash course in Spanish is offered in Cardiff from Monday."),
    ("en", "Runners burned off calories at a park in Austin on Sunday."),
    ("en", "A flood of tourists has swept through Venice this summer."),
    ("en", "The crane has a wingspan of two metres and breeds near Tallinn."),
    ("de", "In Jena brennt noch Licht."),
    ("de", "In Erfurt brennen die Kerzen auf dem Adventskranz."),
    ("de", "Der Boden in Wolfsburg bebte, als die Fans feierten."),
    ("de", "Der Kran stammt aus Hamburg und hebt 200 Tonnen."),
    ("de", "In Wien ist das Walzerfieber ausgebrochen."),
    ("de", "Der Strom von Touristen in Venedig reißt nicht ab."),
    ("de", "Eine Welle der Hilfsbereitschaft hat Passau erfasst."),
    ("de", "Lawine von Klagen rollt auf Autobauer in Wolfsburg zu"),
]


def found(gazetteer: Gazetteer, lang: str, text: str) -> list[tuple[str, Factuality]]:
    article = Article("n", text, lang=lang, published=TODAY)
    return [(report.type, report.factuality) for report in annotate(article, gazetteer).reports]


@pytest.mark.parametrize(("lang", "kind", "text"), TOLD)
def test_a_plain_sentence_tells_its_event_as_happened(gazetteer: Gazetteer, lang: str, kind: str, text: str) -> None:
    assert any(each == kind and status.happened for each, status in found(gazetteer, lang, text))


@pytest.mark.parametrize(("lang", "kind", "text"), ONCE)
def test_what_an_event_did_is_no_second_one(gazetteer: Gazetteer, lang: str, kind: str, text: str) -> None:
    assert [each for each, _ in found(gazetteer, lang, text)] == [kind]


@pytest.mark.parametrize(("lang", "text"), NOT_TOLD)
def test_what_only_sounds_like_a_mishap_tells_none(gazetteer: Gazetteer, lang: str, text: str) -> None:
    assert found(gazetteer, lang, text) == []


def test_candles_burn_in_a_church_without_a_fire(gazetteer: Gazetteer) -> None:
    assert found(gazetteer, "de", "In der Kirche von Celle brannten am Sonntag 300 Kerzen.") == []


def test_what_somebody_denies_has_not_leaked(gazetteer: Gazetteer) -> None:
    told = found(gazetteer, "de", "Der Betreiber dementierte, dass in dem Werk in Ludwigsburg Gift ausgetreten sei.")
    assert [status for kind, status in told if kind == "accident" and status.happened] == []


def test_a_storm_that_cancels_trains_has_happened_and_a_march_that_is_called_off_has_not(gazetteer: Gazetteer) -> None:
    assert found(gazetteer, "en", "Trains across Hokkaido were cancelled because of a snowstorm.")[0][1].happened
    assert found(gazetteer, "en", "A rally in Vienna was cancelled on Monday.") == [("protest", Factuality.NEGATED)]
    assert found(gazetteer, "de", "In Bern wurde eine Kundgebung verboten.") == [("protest", Factuality.NEGATED)]


def test_a_headline_and_the_dead_below_it_are_one_flood(gazetteer: Gazetteer) -> None:
    text = ("Two dead after heavy rain in Kampala\n\nHeavy overnight rain left at least two people dead in Kampala on "
            "Monday. Roads were impassable and a bridge was washed away.")
    assert [kind for kind, _ in found(gazetteer, "en", text)] == ["flood"]
