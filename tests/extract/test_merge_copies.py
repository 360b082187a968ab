"""Who is independent: copies of an article, cut or with words of one's own before it, and news of one agency."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.agencies import credited_agencies
from extract.article import Article, Publication
from extract.merge import merge_reports
from extract.merge.copies import KEPT, are_near_copies, sketch_of, with_copies
from extract.pipeline import annotate
from geodata.event import Source
from geodata.gazetteer import Gazetteer
from geodata.independence import Dependence, dependences, independent_reports

FIRE = {
    "de": ("Bei einem Brand in einem Hotel in Graz sind am Dienstag vier Menschen ums Leben gekommen.",
           "Das Feuer war nach Angaben der Feuerwehr gegen drei Uhr in der Küche des Hauses ausgebrochen.",
           "Rund 80 Gäste wurden aus dem brennenden Hotel gerettet, elf von ihnen kamen in Kliniken.",
           "Die Ursache war am Abend noch nicht bekannt."),
    "en": ("Four people were killed on Tuesday when a fire broke out at a hotel in Bruges, police said.",
           "The blaze started in the kitchen shortly after three in the morning, according to the fire service.",
           "About 80 guests were rescued from the burning hotel and eleven of them were taken to hospital.",
           "It was not yet known in the evening what had caused it."),
}
OWN_LEAD = {"de": "Ein Hotel in der Altstadt von Graz ist am Dienstag in Flammen aufgegangen, es gab vier Tote.",
            "en": "A hotel in the old town of Bruges went up in flames on Tuesday; a fire killed four people."}
OWN_WORDS = {"de": "In Graz sind vier Gäste gestorben, als am Dienstag ihr Hotel brannte, wie die Rettung mitteilte.",
             "en": "Four guests died on Tuesday as a fire raged through their hotel in Bruges, rescuers told us."}


@pytest.mark.parametrize("lang", ["de", "en"])
def test_a_copy_is_one_whatever_was_cut_or_put_before_it(gazetteer: Gazetteer, lang: str) -> None:
    told, day = FIRE[lang], date(2031, 6, 4)
    texts = {"agency": " ".join(told), "short": " ".join(told[:2]),
             "own lead": f"{OWN_LEAD[lang]}\n\n{' '.join(told[1:])}", "other": OWN_WORDS[lang]}
    published = Publication(day, day, "given")
    annotations = [annotate(Article(f"{number}", text, outlet=outlet, lang=lang, published=published), gazetteer)
                   for number, (outlet, text) in enumerate(texts.items())]
    event, = [event for event in merge_reports(annotations) if event.type == "accident"]
    assert {source.outlet: source.copy_of for source in event.sources} == {
        "agency": "", "short": "0", "own lead": "0", "other": ""}
    assert independent_reports(event.sources) == 2
    assert "sources: 4 reports, 2 independent" in event.why


@pytest.mark.parametrize(("text", "agencies"), [
    ("PASSAU (dpa) - Der Inn ist über die Ufer getreten.", ["dpa"]),
    ("Passau, 4. Juni 2031 (AFP/dpa) – Der Inn ist über die Ufer getreten.", ["afp", "dpa"]),
    ("Der Inn ist über die Ufer getreten.\nDie Polizei ermittelt. (das/dpa)", ["dpa"]),
    ("Der Inn ist über die Ufer getreten. (Quelle: dpa, 4. Juni 2031)", ["dpa"]),
    ("LIMA (Reuters) - A bridge fell.", ["reuters"]),
    ("A bridge fell.\n\nSource: Associated Press", ["associated press"]),
    ("A bridge fell.\n— AFP", ["afp"]),
    ("Wie die dpa berichtet, ist der Inn über die Ufer getreten.", []),
    ("Der Nachrichtenagentur Reuters (London) sagte er nichts.", []),
    ("Der Inn ist über die Ufer getreten.\nFoto: Max Muster/dpa", []),
    ("The state of Andhra Pradesh (AP) was hit. More soon.", []),
    ("(" * 3000 + "dpa" + ")" * 3000, []), (" " * 300_000, []), ("(a)" * 100_000, []), ("", []),
])
def test_agencies_are_credited_before_behind_and_alone(text: str, agencies: list[str]) -> None:
    assert list(credited_agencies(text)) == agencies


def source(article: str, quote: str = "", outlet: str = "") -> Source:
    words = quote or f"{article} wrote {article} and nothing {article} else but {article}."
    return Source(article, words, 0, len(words), "", outlet)


def test_reports_credited_to_one_agency_are_one() -> None:
    told = with_copies([(source("a"), (), ("afp", "dpa")), (source("b"), (), ()), (source("c"), (), ("dpa",)),
                        (source("d"), (), ("afp",)), (source("e"), (), ("reuters",))])
    assert [each.copy_of for each in told] == ["", "", "a", "a", ""]
    assert independent_reports(told) == 3
    # without the first, the others have it in common no longer where nobody says so
    assert independent_reports(told[1:]) == 4


def test_the_outlet_and_the_words_count_as_before() -> None:
    quote = "Rebels stormed the market in the morning hours and killed eleven traders."
    told = (source("a", quote, "Bote"), source("b", f"{quote} The army came late.", "Kurier"), source("c", "", "Bote"),
            source("d", "", "Sender"))
    assert dependences(told) == (None, Dependence(0, True), Dependence(0, False), None)


def test_a_thousand_reports_are_compared_in_no_time() -> None:
    """Of twenty outlets and as many originals; and all of one phrase, which says nothing."""
    chance = Random(1)
    words = [f"word{number}" for number in range(2000)]
    originals = [" ".join(chance.sample(words, 20)) for _ in range(20)]
    told = [source(f"a{number}", originals[number % 20]) for number in range(1000)]
    assert independent_reports(told) == 20
    phrases = [source(f"a{number}", f"they said on Friday that {' '.join(chance.sample(words, 20))}")
               for number in range(1000)]
    assert independent_reports(phrases) == 1000


def test_sketches_tell_how_much_two_articles_share() -> None:
    chance = Random(2)
    words = [f"word{number}" for number in range(3000)]
    whole = [chance.choice(words) for _ in range(600)]
    others = [chance.choice(words) for _ in range(600)]
    sketch = sketch_of(" ".join(whole))
    assert len(sketch) == KEPT
    assert list(sketch) == sorted(sketch)
    assert are_near_copies(sketch, sketch_of(" ".join(whole[:450])))
    assert are_near_copies(sketch, sketch_of(" ".join(others[:100] + whole[60:])))
    assert not are_near_copies(sketch, sketch_of(" ".join(others)))
    assert not are_near_copies(sketch, sketch_of(" ".join(others[:500] + whole[:100])))


@given(st.text())
def test_any_text_has_a_sketch(text: str) -> None:
    assert len(sketch_of(text)) <= KEPT
    assert isinstance(credited_agencies(text), tuple)
