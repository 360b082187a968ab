"""The whole way of an article: any text in, offsets that hold out, the same on every run."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.annotation import Annotation
from extract.article import Article, Publication
from extract.pipeline import annotate
from extract.standoff import annotation_to_json
from geodata.formats.geojson import encode
from geodata.gazetteer import Gazetteer

DAY = Publication(date(2023, 3, 15), date(2023, 3, 15), "given")
WORDS = ["Berlin", "Kursk", "am", "Dienstag", "on", "Monday", "3.", "Mai", "killed", "Angriff", "soll", "haben", "in",
         "der", "Region", "12.000", "Menschen", "the", ".", ",", "–", "„", "“", "\n", "nicht", "if", "near", "U.S.",
         "vom", "5. bis 7.", "1999", "’s", "getötet", "zog", "ab", "said", "laut", "dpa", "\ud83d", "Пекин", "북경"]


def spans_hold(annotation: Annotation) -> None:
    text = annotation.article.text
    for mention in (*annotation.places, *annotation.times, *annotation.quantities):
        assert text[mention.start:mention.end] == mention.text
    for report in annotation.reports:
        for start, end in (report.trigger, *report.quotes):
            assert 0 <= start < end <= len(text)
        assert 0 <= report.confidence <= 1
        assert any(start <= report.trigger[0] and report.trigger[1] <= end for start, end in report.quotes)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)),
       st.sampled_from(["de", "en", "", "xx", "ru"]), st.sampled_from([DAY, None]))
def test_any_text_is_annotated(gazetteer: Gazetteer, text: str, lang: str, published: Publication | None) -> None:
    annotation = annotate(Article("a", text, lang=lang, published=published), gazetteer)
    spans_hold(annotation)
    encode(annotation_to_json(annotation))


@pytest.mark.parametrize("text", [
    "a" * 1_000_000, "1.2." * 250_000, "Berlin " * 50_000, ". " * 200_000, "\n" * 100_000, "„" * 100_000,
    "vor " * 50_000, "in der Nacht zum " * 20_000, "und Mali, " * 40_000, "Angriff " * 30_000,
    "Angriff in Berlin.\n" * 10_000, "(" * 100_000,
], ids=lambda text: repr(text[:12]))
def test_long_and_hostile_texts_come_to_an_end(gazetteer: Gazetteer, text: str) -> None:
    spans_hold(annotate(Article("a", text, lang="de", published=DAY), gazetteer))


def test_an_unknown_language_is_read_for_names_alone(gazetteer: Gazetteer) -> None:
    annotation = annotate(Article("a", "Tulva nousi Helsinkiin asti, ja joki virtasi yli koko yön."), gazetteer)
    assert annotation.lang == "fi"
    spans_hold(annotation)


def test_the_same_article_gives_the_same_annotation(gazetteer: Gazetteer) -> None:
    article = Article("a", "Am Montag sind bei einem Zugunglück nahe Larissa mindestens 38 Menschen gestorben.",
                      lang="de", published=DAY)
    assert annotate(article, gazetteer) == annotate(article, gazetteer)


def test_a_month_inside_a_name_is_no_time(gazetteer: Gazetteer) -> None:
    text = "In Chan Junis ist am Montag ein Lager eingestürzt."
    annotation = annotate(Article("a", text, lang="de", published=DAY), gazetteer)
    assert [time.text for time in annotation.times] == ["Montag"]


def test_an_existential_there_stands_for_no_place(gazetteer: Gazetteer) -> None:
    text = "Rescuers reached Arequipa on Monday. There was an explosion at a mine, officials said."
    (report,) = [report for report in annotate(Article("a", text, lang="en", published=DAY), gazetteer).reports
                 if report.type == "explosion"]
    assert not any("stands for" in reason for reason in report.why)


def test_a_stated_region_is_no_reporters_town(gazetteer: Gazetteer) -> None:
    text = ("PORTO ALEGRE (dpa) - Im Bundesstaat Rio Grande do Sul ist am Samstag ein Staudamm gebrochen. "
            "Helfer bargen 14 Tote.")
    floods = [report for report in annotate(Article("a", text, lang="de", published=DAY), gazetteer).reports
              if report.type == "flood"]
    assert [report.place.id for report in floods if report.place] == ["iso:BR-RS"]
