"""Numbers of people and things, their bounds and roles; and numbers that count nobody."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.article import Article
from extract.document import read_document
from extract.quantities import find_quantities

Found = tuple[str, str, float | None, float | None, bool]


def quantities(text: str, lang: str) -> list[Found]:
    document = read_document(Article("t", text), lang)
    return [(q.text, q.role, q.minimum, q.maximum, q.approximate) for q in find_quantities(document)]


@pytest.mark.parametrize(("lang", "text", "expected"), [
    ("de", "Mindestens 40 Menschen starben.", ("Mindestens 40", "killed", 40, None, False)),
    ("de", "Fast 12.000 Soldaten stehen dort.", ("Fast 12.000", "troops", None, 12000, True)),
    ("de", "Bis zu 3000 Kämpfer sind im Einsatz.", ("Bis zu 3000", "troops", None, 3000, False)),
    ("de", "Rund zwei Dutzend Häuser brannten ab.", ("Rund zwei Dutzend", "material", 24, 24, True)),
    ("de", "Mehr als 1,7 Millionen Menschen sind auf der Flucht.",
     ("Mehr als 1,7 Millionen", "displaced", 1.7e6, None, False)),
    ("de", "Zwischen 40 und 50 Menschen wurden verletzt.", ("Zwischen 40 und 50", "injured", 40, 50, False)),
    ("de", "Tausende Menschen demonstrierten.", ("Tausende", "people", 2000, 9999, True)),
    ("de", "Elf Personen werden vermisst.", ("Elf", "missing", 11, 11, False)),
    ("de", "Ein Mensch kam ums Leben.", ("Ein", "killed", 1, 1, False)),
    ("de", "Die Armee meldete 300 Tote.", ("300", "killed", 300, 300, False)),
    ("en", "At least 12 people were killed.", ("At least 12", "killed", 12, None, False)),
    ("en", "Up to 4,000 soldiers crossed the border.", ("Up to 4,000", "troops", None, 4000, False)),
    ("en", "More than 60 passengers were injured.", ("More than 60", "injured", 60, None, False)),
    ("en", "Dozens of protesters were arrested.", ("Dozens", "captured", 24, 99, True)),
    ("en", "About two thousand people fled.", ("About two thousand", "displaced", 2000, 2000, True)),
    ("en", "The blast killed seven.", ("seven", "killed", 7, 7, False)),
    ("en", "Between 40 and 50 houses burned.", ("Between 40 and 50", "material", 40, 50, False)),
])
def test_a_number_and_what_it_counts(lang: str, text: str, expected: Found) -> None:
    assert quantities(text, lang) == [expected]


@pytest.mark.parametrize(("lang", "text"), [
    ("de", "Der Schaden beträgt 500 Millionen Euro."),
    ("de", "Die 35 Jahre alte Frau lebt 12 Kilometer entfernt."),
    ("de", "Das Spiel endete 3:1."),
    ("de", "Am 16. Oktober 2024 um 17 Uhr."),
    ("de", "Der Anteil stieg um 14 Prozent."),
    ("de", "Ein Erdbeben der Stärke 6 erschütterte die Insel."),
    ("en", "The repairs cost $40 million."),
    ("en", "A 35-year-old woman lives 12 miles away."),
    ("en", "The magnitude 7.5 quake was felt for 2 minutes."),
    ("en", "In 2024 the rate rose 3 percent."),
    ("en", "A man was seen there."),
])
def test_numbers_that_count_nobody(lang: str, text: str) -> None:
    assert quantities(text, lang) == []


def test_dead_and_injured_of_one_sentence() -> None:
    assert [(text, role) for text, role, *_ in quantities(
        "Bei dem Anschlag wurden zwölf Menschen getötet und 30 weitere verletzt.", "de")] == [
            ("zwölf", "killed"), ("30", "injured")]
    assert [(text, role) for text, role, *_ in quantities(
        "The bomb killed 12 people and wounded 62 others.", "en")] == [("12", "killed"), ("62", "injured")]


@given(st.text(max_size=300), st.sampled_from(["de", "en", "fr"]))
def test_spans_are_true_and_bounds_in_order(text: str, lang: str) -> None:
    document = read_document(Article("t", text), lang)
    for quantity in find_quantities(document):
        assert text[quantity.start:quantity.end] == quantity.text
        assert quantity.minimum is not None or quantity.maximum is not None
        if quantity.minimum is not None and quantity.maximum is not None:
            assert quantity.minimum <= quantity.maximum


@given(st.integers(min_value=2, max_value=1899))
def test_every_small_number_is_read(number: int) -> None:
    found = quantities(f"Dort wurden {number} Soldaten gesehen.", "de")
    assert found == [(str(number), "troops", number, number, False)]
