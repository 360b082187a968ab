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
