"""Makes news articles of realistic length for benchmarks: the same ones for the same seed, no two alike.

The sentences are templates written for the purpose; people, towns, numbers, days and order vary, so that
caches are hardly warmer than a newsroom's. Of 4,000 code points, counted by Dateline itself:

====================================================  =======  ======  =====  ==========
text                                                  reports  places  times  quantities
====================================================  =======  ======  =====  ==========
118 English online articles, all sections             4        23      13     3
67 articles of a German newspaper, all sections       1        14      9      1
the five seeds: on a war                              12       55      10     3
the gold of tests/gold: short, on wars and disasters  17       42      21     10
:func:`make_articles` (``told=NEWS``)                 4        29      15     3
:func:`make_articles` (``told=DENSE``)                21       41      27     20
====================================================  =======  ======  =====  ==========

An article of ``NEWS`` takes as long to read as the mean of the two real collections at the top (measured).
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

BACKGROUND = {
    "de": [
        "{person} hatte das Amt in {town} von {other_person} übernommen und galt lange als Favoritin der Partei.",
        "Im Ausschuss wurde lange über den Haushalt, die Gebühren und den Umbau der Verwaltung gestritten.",
        "„Wir haben viel zu lange gewartet“, sagte {person}, „jetzt muss es schneller gehen als bisher.“",
        "Der Umsatz des Unternehmens aus {town} stieg im Vergleich zum Vorjahr leicht, der Gewinn gab etwas nach.",
        "In der Diskussion verwies {person} auf ähnliche Versuche in {region}, die allerdings teuer geworden seien.",
        "Ein Gesetz soll den Bau von Leitungen in {region} erleichtern, doch Verbänden geht es nicht weit genug.",
        "Für viele Familien bedeutet das längere Wege, höhere Mieten und weniger Zeit füreinander.",
        "Das Museum in {town} zeigt Zeichnungen, Briefe und Fotografien, darunter Leihgaben aus {other}.",
        "Zuletzt hatte sich die Stimmung in den Betrieben nach Einschätzung von {person} wieder etwas aufgehellt.",
        "Wer künftig einen Antrag stellt, braucht dafür nur noch ein Formular und keine Unterschrift mehr.",
        "Die Forscherin {person} hält den Ansatz für vielversprechend, warnt aber vor übertriebenen Erwartungen.",
        "An der Universität in {town} wird seit {year} untersucht, wie Kinder mehrere Sprachen zugleich lernen.",
        "Auch der Wein und das Obst litten in {region} unter der ungewöhnlich trockenen Luft.",
        "Eine Sprecherin in {town} wollte sich dazu am {day} nicht äußern und verwies auf laufende Gespräche.",
    ],
    "en": [
        "{person} took over from {other_person} in {town} and had long been seen as the party's favourite.",
        "The committee argued at length about the budget, the fees and how the agency should be run.",
        "“We have waited far too long,” {person} said, “and now it has to go faster than before.”",
        "Sales at the company based in {town} rose slightly from a year earlier while its profit slipped.",
        "In the debate {person} pointed to similar schemes in {region} that had turned out to be expensive.",
        "A bill is to make it easier to lay cables in {region}, but the draft does not go far enough for the industry.",
        "For many families that means longer commutes, higher rents and less time for one another.",
        "The museum in {town} shows drawings, letters and photographs, some of them on loan from {other}.",
        "The mood in the factories of {region} had brightened a little, according to {person}.",
        "People who apply in future will need only one form and no longer have to sign it by hand.",
        "The researcher {person} finds the approach promising but warns that expectations are too high.",
        "At the university in {town} a group has studied since {year} how children learn several languages at once.",
        "Wine and fruit in {region} suffered, too, under the unusually dry air.",
        "A spokeswoman in {town} declined to comment on {day}, citing talks that are still under way.",
    ],
}
"""What most of a newspaper is made of: sentences that tell of no event."""
FIRST_NAMES = "Anna Bruno Clara David Elif Frank Greta Hakim Irina Jonas Kemal Laura Mario Nadia Oskar Rosa".split()
SURNAMES = ("Achterberg Baumeister Castellani Dombrowski Eriksen Falkenhayn Gutierrez Hollander Ivanchuk Jablonski "
            "Kavanagh Lindqvist Moretti Nakamura Okonkwo Petrides Quintero Rasmussen Szymanski Thorvald").split()
NEWS, DENSE = 0.15, 1.0
"""Share of sentences about events: in a newspaper as a whole, and the worst case, where every sentence is."""


def make_articles(count: int, seed: int = 0, length: int = LENGTH, told: float = DENSE) -> Iterator[Article]:
    """``count`` articles, German and English in turn, each of about ``length`` code points.

    ``told`` is the share of their sentences that are drawn from those about events.
    """
    chance = random.Random(seed)
    for number in range(count):
        lang = ("de", "en")[number % 2]
        published = date(2015, 1, 1) + timedelta(days=chance.randrange(4000))
        yield Article(
            f"bench-{number}",
            make_text(lang, chance, length, told),
            lang=lang,
            published=Publication(published, published, "given"),
        )


def make_text(lang: str, chance: random.Random, length: int, told: float = DENSE) -> str:
    """Paragraphs of three sentences until ``length`` is reached."""
    paragraphs, size = [], 0
    while size < length:
        events = 3 if told >= 1 else sum(chance.random() < told for _ in range(3))
        sentences = chance.sample(SENTENCES[lang], events) + chance.sample(BACKGROUND[lang], 3 - events)
        paragraph = " ".join(_fill(sentence, lang, chance) for sentence in sentences)
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
        person=f"{chance.choice(FIRST_NAMES)} {chance.choice(SURNAMES)}",
        other_person=f"{chance.choice(FIRST_NAMES)} {chance.choice(SURNAMES)}",
    )
