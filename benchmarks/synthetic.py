"""Synthetic events, the same for the same seed: every kind of place, open spans, hostile texts.

For tests, pictures and benchmarks; the program itself never makes an event up.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from typing import overload

import numpy as np
import pandas as pd

from geodata.event import Event, Factuality, Mark, Quantity, Source
from geodata.layer import OPEN_START, Layer, Outline, day_number
from geodata.place import Place, PlaceKind
from geodata.taxonomy import taxonomy
from geodata.timespan import UNDATED, Basis, Granularity, TimeSpan

FIRST_DAY = date(2024, 1, 1)

PLACES = (
    Place("t:jena", "Jena", PlaceKind.CITY, "DE", 50.93, 11.59, 6, names=(("de", "Jena"), ("en", "Jena"))),
    Place("t:graz", "Graz", PlaceKind.CITY, "AT", 47.07, 15.44, 7),
    Place("t:brno", "Brno", PlaceKind.CITY, "CZ", 49.2, 16.61, 8, names=(("de", "Brünn"), ("en", "Brno"))),
    Place("t:lviv", "Lviv", PlaceKind.CITY, "UA", 49.84, 24.03, 9, names=(("de", "Lwiw"), ("en", "Lviv"))),
    Place("t:suva", "Suva", PlaceKind.CITY, "FJ", -18.14, 178.44, 6),
    Place("t:apia", "Apia", PlaceKind.CITY, "WS", -13.83, -171.76, 4),
    Place("t:mine", "Konrad mine", PlaceKind.SITE, "DE", 52.19, 10.4, 1, names=(("de", "Schacht Konrad"),)),
    Place("t:tyrol", "Tyrol", PlaceKind.REGION, "AT", 47.2, 11.4, 70, names=(("de", "Tirol"), ("en", "Tyrol"))),
    Place("t:kamchatka", "Kamchatka", PlaceKind.REGION, "RU", 57.0, 160.0, 450, names=(("de", "Kamtschatka"),)),
    Place("cc:PT", "Portugal", PlaceKind.COUNTRY, "PT", 39.6, -8.0, 280),
    Place("cc:RU", "Russia", PlaceKind.COUNTRY, "RU", 61.5, 96.7, 3000, names=(("de", "Russland"), ("en", "Russia"))),
    Place("cc:PL", "Poland", PlaceKind.COUNTRY, "PL", 52.1, 19.4, 320, names=(("de", "Polen"), ("en", "Poland"))),
    Place("t:balkans", "Balkans", PlaceKind.MACROREGION, None, 43.2, 21.1, 420, names=(("de", "Balkan"),)),
    Place("t:adria", "Adriatic Sea", PlaceKind.WATER, None, 43.0, 15.2, 260, names=(("de", "Adria"),)),
    Place("border:CZ-PL", "Czech–Polish border", PlaceKind.BORDER, None, 50.4, 16.6, 250),
)

OUTLINES: dict[str, Outline] = {
    "t:tyrol": ((((10.1, 46.9), (11.3, 46.9), (12.7, 46.7), (12.6, 47.7), (11.0, 47.4), (10.1, 46.9)),),),
}

SENTENCES = (
    ("{place}: Am {day} hat ein Hochwasser {count} Keller überflutet, so die Feuerwehr.", "Hochwasser", "flood"),
    ("In {place} brannte am {day} ein Lagerhaus; {count} Menschen wurden verletzt.", "brannte", "accident"),
    ("A storm tore the roofs off {count} houses in {place} on {day}, the mayor said.", "storm", "storm"),
    ("Delegates of {count} countries met in {place} on {day} to talk about fishing quotas.", "met", "meeting"),
    ("Rund {count} Menschen protestierten am {day} in {place} gegen die neue Trasse.", "protestierten", "protest"),
    ("An earthquake shook {place} on {day}; {count} buildings were damaged.", "earthquake", "earthquake"),
    ("Die Streitkräfte griffen am {day} ein Depot bei {place} an, {count} Soldaten starben.", "griffen", "attack"),
    ("Police in {place} arrested {count} suspects on {day} after a robbery.", "robbery", "crime"),
    ("The minister said in {place} on {day} that {count} bridges need repair.", "said", "statement"),
    ("{count} Soldaten wurden am {day} nach {place} verlegt, berichten Anwohner.", "verlegt", "deployment"),
)

GERMAN = {"Hochwasser", "brannte", "protestierten", "griffen", "verlegt"}
"""Triggers of the German sentences."""

OUTLETS = ("Morgenblatt", "The Harbour Post", "Agentur Süd", "Radio Ostwind", "")

HOSTILE = (
    "${alert(1)} `${document.title='owned'}` {{'alert'}} {% raw %}",
    "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">",
    "</script><!-- ' \" \\ \u2028 \u2029 -->",
    "انفجار في المدينة \u202egnihtyreve sesrever siht\u202c שלום",
    "x" * 10_000,
    '=HYPERLINK("file:///etc/passwd")',
)


def events(number: int = 200, seed: int = 7) -> list[Event]:
    """``number`` harmless events, then one a hostile text, one with no place, one with no date."""
    dice = random.Random(seed)
    made = [_event(index, dice) for index in range(number)]
    made += [_hostile(index, text, dice) for index, text in enumerate(HOSTILE)]
    made.append(replace(_event(number, dice), id="placeless", place=None))
    made.append(replace(_event(number + 1, dice), id="dateless", span=UNDATED))
    return made


def layer(number: int = 200, seed: int = 7) -> Layer:
    """The layer of :func:`events`, with the outlines that are known."""
    return Layer.from_events(events(number, seed), OUTLINES)


def _event(index: int, dice: random.Random) -> Event:
    pattern, trigger, kind = dice.choice(SENTENCES)
    place = dice.choice(PLACES)
    span = _span(dice)
    day, count = f"{span.start or span.end:%d.%m.}", str(dice.randint(3, 900))
    quote = pattern.format(place=place.name, day=day, count=count)
    marks = tuple(
        Mark(quote.index(text), quote.index(text) + len(text), role)
        for text, role in ((trigger, "trigger"), (place.name, "place"), (day, "time"), (count, "quantity"))
    )
    factuality = dice.choices(list(Factuality), weights=(60, 25, 4, 6, 3, 2))[0]
    outlets = dice.sample(OUTLETS, k=dice.choice((1, 1, 1, 2, 3)))
    sources = tuple(
        replace(
            _source(f"article-{index}-{turn}", quote, outlet, marks, span, factuality),
            lang="de" if trigger in GERMAN else "en",
        )
        for turn, outlet in enumerate(outlets)
    )
    number = Quantity(quote.index(count), quote.index(count) + len(count), count, "people", float(count), float(count))
    return Event(
        id=f"event-{index:04d}",
        type=kind,
        factuality=factuality,
        sources=sources,
        place=place,
        span=span,
        claimed_by="the mayor" if factuality is Factuality.CLAIMED else "",
        quantities=(number,),
        confidence=round(dice.uniform(0.3, 0.95), 2),
        why=(f"type: “{trigger}”", f"place: “{place.name}”"),
    )


def _source(
    article: str, quote: str, outlet: str, marks: tuple[Mark, ...], span: TimeSpan, factuality: Factuality
) -> Source:
    published = (span.end or span.start or FIRST_DAY) + timedelta(days=1)
    return Source(
        article=article,
        quote=quote,
        start=0,
        end=len(quote),
        text_sha256=sha256(quote.encode()).hexdigest(),
        outlet=outlet,
        url=f"https://news.example/{article}",
        title=quote.split(",")[0],
        published=str(published),
        published_basis="given",
        marks=marks,
        factuality=factuality,
    )


def _span(dice: random.Random) -> TimeSpan:
    first = FIRST_DAY + timedelta(days=dice.randint(0, 700))
    shape = dice.random()
    if shape < 0.7:
        return TimeSpan(first, first, Granularity.DAY, Basis.STATED, str(first))
    if shape < 0.85:
        start = first.replace(day=1)
        end = (start + timedelta(days=32)).replace(day=1) - timedelta(days=1)
        return TimeSpan(start, end, Granularity.MONTH, Basis.STATED, f"{start:%Y-%m}")
    if shape < 0.93:
        return TimeSpan(None, first, Granularity.UNKNOWN, Basis.PUBLICATION, f"../{first}")
    return TimeSpan(first, first + timedelta(days=dice.randint(2, 40)), Granularity.INTERVAL, Basis.RELATIVE)


def _hostile(index: int, text: str, dice: random.Random) -> Event:
    first = FIRST_DAY + timedelta(days=index)
    span = TimeSpan(first, first, Granularity.DAY, Basis.STATED, str(first))
    place = Place(f"t:hostile{index}", text[:60], PlaceKind.CITY, "PT", 37 + index, -8 - dice.random(), 5)
    source = Source(
        article=text[:80],
        quote=text,
        start=0,
        end=len(text),
        text_sha256="",
        outlet=text[:40],
        url="javascript:document.title='owned'",
        title=text[:80],
        published=str(first),
        marks=(Mark(0, 3, "trigger"),),
    )
    return Event(
        id=f"hostile-{index}",
        type="other",
        factuality=Factuality.ASSERTED,
        sources=(source,),
        place=place,
        span=span,
        why=(text[:200],),
    )


class _MadeOnDemand(Sequence[Event]):
    """A long row of events of which each is made when it is looked at."""

    def __init__(self, frame: pd.DataFrame, places: tuple[Place, ...], seed: int) -> None:
        self._frame, self._places, self._seed = frame, places, seed

    def __len__(self) -> int:
        return len(self._frame)

    @overload
    def __getitem__(self, index: int) -> Event: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Event]: ...
    def __getitem__(self, index: int | slice) -> Event | Sequence[Event]:
        if isinstance(index, slice):
            return [self[row] for row in range(*index.indices(len(self)))]
        row = self._frame.iloc[index]
        first = date(1970, 1, 1) + timedelta(days=int(row["start"]))
        return replace(
            _event(index, random.Random(self._seed + index)),
            id=f"event-{index:07d}",
            type=str(row["type"]),
            place=self._places[int(row["place"])],
            factuality=Factuality(row["factuality"]),
            span=TimeSpan(first, date(1970, 1, 1) + timedelta(days=int(row["end"])), Granularity.DAY, Basis.STATED),
        )


def big_layer(number: int = 1_000_000, seed: int = 7, towns: int = 20_000, years: int = 10) -> Layer:
    """A layer of ``number`` events over ``years`` years in ``towns`` towns around 400 centres."""
    dice = np.random.default_rng(seed)
    centres = np.c_[dice.uniform(-35, 62, 400), dice.uniform(-120, 145, 400)]
    near = dice.choice(400, towns, p=dice.dirichlet(np.full(400, 0.5)))
    lat = np.clip(centres[near, 0] + dice.normal(0, 1.5, towns), -60, 75)
    lon = centres[near, 1] + dice.normal(0, 2.2, towns)
    places = tuple(
        Place(f"t:{town}", f"Town {town}", PlaceKind.CITY, "DE", float(lat[town]), float(lon[town]), 5)
        for town in range(towns)
    )
    types = [key for key, kind in taxonomy().items() if kind.on_map]
    start = np.sort(dice.integers(0, 365 * years, number)).astype(np.int32) + day_number(date(2015, 1, 1))
    length = np.where(dice.random(number) < 0.8, 0, dice.integers(1, 31, number)).astype(np.int32)
    frame = pd.DataFrame(
        {
            "type": pd.Categorical.from_codes(dice.integers(0, len(types), number).astype(np.int8), pd.Index(types)),
            "factuality": pd.Categorical.from_codes(
                (dice.random(number) < 0.25).astype(np.int8), pd.Index(["asserted", "claimed"])
            ),
            "place": dice.integers(0, towns, number).astype(np.int32),
            "start": start,
            "end": start + length,
            "publication": np.full(number, OPEN_START, dtype=np.int32),
            "outlets": dice.integers(0, len(OUTLETS), number).astype(np.int32),
            "languages": pd.Categorical(["de"]).take(np.zeros(number, dtype=np.int8)),
            "sources": np.ones(number, dtype=np.int32),
            "confidence": dice.random(number).astype(np.float32),
            "text": pd.Series(
                pd.Categorical.from_codes(
                    dice.integers(0, len(SENTENCES), number).astype(np.int8),
                    pd.Index([pattern.casefold() for pattern, _, _ in SENTENCES]),
                )
            ),
        }
    )
    return Layer(_MadeOnDemand(frame, places, seed), frame, places, tuple((outlet,) for outlet in OUTLETS))
