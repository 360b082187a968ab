"""Makes news articles of realistic length for benchmarks: the same ones for the same seed, no two alike.

The sentences are templates written for the purpose; towns, numbers, days and order vary, so that no
cache is warmer than a newsroom's.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

from extract.article import Article, Publication

LENGTH = 4000
"""Code points of an article; news agencies' longer pieces."""

TOWNS = {
    "de": "Magdeburg Lissabon Khartum Mandalay Valparaíso Toronto Nairobi Izmir Passau Straßburg Beirut Goma Manila "
    "Oslo Thessaloniki Kasan Charkiw Osaka Lagos Quito".split(),
    "en": "Magdeburg Lisbon Khartoum Mandalay Valparaiso Toronto Nairobi Izmir Passau Strasbourg Beirut Goma Manila "
    "Oslo Thessaloniki Kazan Kharkiv Osaka Lagos Quito".split(),
}
REGIONS = {
    "de": "Bayern Sachsen Kalabrien Katalonien Darfur Tigray Kursk Charkiw Kalifornien Texas".split(),
    "en": "Bavaria Saxony Calabria Catalonia Darfur Tigray Kursk Kharkiv California Texas".split(),
}
DAYS = {
    "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag".split(),
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),
}
MONTHS = {
    "de": "Januar März Mai Juli September November".split(),
    "en": "January March May July September November".split(),
}
SENTENCES = {
    "de": [
        "Bei einem Angriff auf ein Dorf nahe {town} sind am {day} mindestens {n} Menschen getötet worden.",
        "Das Hochwasser in {town} ging am {day} langsam zurück, teilte die Feuerwehr mit.",
        "In der Region {region} kämpften rund {n} Helfer seit dem {d}. {month} gegen die Flammen.",
        "Nach Angaben der Behörden wurden {n} Häuser in {town} beschädigt, verletzt wurde niemand.",
        "Der Bürgermeister von {town} sagte, man habe aus den Fehlern der vergangenen Wochen gelernt.",
        "Tausende Menschen demonstrierten am {day} in {town} gegen die Pläne der Regierung.",
        "Die Regierung wies die Vorwürfe zurück und kündigte für {month} {year} einen Bericht an.",
        "Ein Zug entgleiste zwischen {town} und {other}; {n} Fahrgäste kamen ins Krankenhaus.",
        "Der Fall beschäftigt seit Jahren die Gerichte, ein Ende ist nach Ansicht von Fachleuten nicht abzusehen.",
        "Am Rande des Treffens in {town} unterzeichneten beide Länder ein Abkommen über Fischerei.",
        "Ob die Zahlen stimmen, ließ sich zunächst nicht unabhängig prüfen.",
        "Wie die Polizei in {town} mitteilte, wurde ein {n} Jahre alter Mann festgenommen.",
    ],
    "en": [
        "At least {n} people were killed in an attack on a village near {town} on {day}, officials said.",
        "Flood water in {town} fell slowly on {day}, the fire service said.",
        "Some {n} firefighters have fought the flames in the region of {region} since {month} {d}.",
        "Authorities said {n} houses in {town} were damaged and nobody was hurt.",
        "The mayor of {town} said lessons had been learnt from the mistakes of recent weeks.",
        "Thousands of people protested in {town} on {day} against the government's plans.",
        "The government rejected the accusations and promised a report for {month} {year}.",
        "A train derailed between {town} and {other}, and {n} passengers were taken to hospital.",
        "The case has kept the courts busy for years, and experts see no end to it.",
        "The two countries signed a fishing agreement on the sidelines of the meeting in {town}.",
        "The figures could not be verified independently at first.",
        "Police in {town} said a {n}-year-old man had been arrested.",
    ],
}


def make_articles(count: int, seed: int = 0, length: int = LENGTH) -> Iterator[Article]:
    """``count`` articles, German and English in turn, each of about ``length`` code points."""
    chance = random.Random(seed)
    for number in range(count):
        lang = ("de", "en")[number % 2]
        published = date(2015, 1, 1) + timedelta(days=chance.randrange(4000))
        yield Article(
            f"bench-{number}",
            make_text(lang, chance, length),
            lang=lang,
            published=Publication(published, published, "given"),
        )


def make_text(lang: str, chance: random.Random, length: int) -> str:
    """Paragraphs of three sentences until ``length`` is reached."""
    paragraphs, size = [], 0
    while size < length:
        paragraph = " ".join(_fill(sentence, lang, chance) for sentence in chance.sample(SENTENCES[lang], 3))
        paragraphs.append(paragraph)
        size += len(paragraph) + 1
    return "\n".join(paragraphs)[:length]


def _fill(sentence: str, lang: str, chance: random.Random) -> str:
    town, other = chance.sample(TOWNS[lang], 2)
    return sentence.format(
        town=town,
        other=other,
        region=chance.choice(REGIONS[lang]),
        day=chance.choice(DAYS[lang]),
        month=chance.choice(MONTHS[lang]),
        n=chance.randrange(3, 900),
        d=chance.randrange(1, 29),
        year=chance.randrange(2010, 2026),
    )
