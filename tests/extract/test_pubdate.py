"""The publication date, where the article itself gives it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.article import Article, Publication
from extract.document import read_document
from extract.pubdate import find_publication_and_times

BODY = "Ein Brand zerstörte die Werft am Hafen.\n\nVerletzt wurde niemand, sagte der Bürgermeister."


def found(text: str, lang: str = "de", url: str = "") -> Publication | None:
    published, _ = find_publication_and_times(read_document(Article("a", text, url=url), lang))
    return published


def day(text: str, lang: str = "de", url: str = "") -> tuple[str, str] | None:
    publication = found(text, lang, url)
    if publication is None:
        return None
    return (publication.day.isoformat() if publication.day else publication.edtf, publication.basis)


@pytest.mark.parametrize("line", [
    "16.10.2024, 17:19", "Stand: 16. Oktober 2024, 17.19 Uhr", "Mittwoch, 16. Oktober 2024",
    "Veröffentlicht am 16.10.2024 um 17:19 Uhr", "Von Eva Muster, 16. Oktober 2024", "16.10.24",
])
def test_date_lines(line: str) -> None:
    assert day(f"Brand in der Werft\n\n{line}\n\n{BODY}") == ("2024-10-16", "line")
    assert day(f"{line}\nBrand in der Werft\n\n{BODY}") == ("2024-10-16", "line")


@pytest.mark.parametrize("line", [
    "October 16, 2024", "Published 16 October 2024 17:19 GMT", "By Jane Sample, Oct. 16, 2024", "2024-10-16",
    "Wednesday, October 16, 2024 5:19 p.m. EDT", "Published: 2024-10-16T17:19:00Z", "Oct 16, 2024 at 5:19pm EDT",
    "Last updated on 16 October 2024", "Updated 5:19 PM ET, Wed October 16, 2024", "As of 16 October 2024",
    "October 16, 2024 5:19 PM GMT+1 Updated 3 hours ago", "October 16, 2024 (2024-10-16) (Wednesday)",
    "PTI | Oct 16, 2024, 17:19 IST", "ANI | Updated: Oct 16, 2024 17:19 IST",
])
def test_english_date_lines(line: str) -> None:
    text = f"Fire guts shipyard\n\n{line}\n\nA fire gutted the shipyard. Nobody was hurt, the mayor said."
    assert day(text, "en") == ("2024-10-16", "line")


def test_published_goes_before_updated() -> None:
    text = f"Brand in der Werft\n\nAktualisiert: 18.10.2024\n\nVeröffentlicht: 16.10.2024\n\n{BODY}"
    assert day(text) == ("2024-10-16", "line")


def test_updated_is_better_than_nothing() -> None:
    assert day(f"Brand in der Werft\n\nAktualisiert am 18.10.2024\n\n{BODY}") == ("2024-10-18", "line")


def test_credits() -> None:
    text = f"{BODY} (Quelle: dpa, 30. Oktober 2024)\n\nDie Werft baut Fähren. (Quelle: Afp, 1. November 2024)"
    assert day(text) == ("2024-11-01", "credit")


def test_datelines() -> None:
    assert day(f"KIEL, 16. Oktober 2024 (dpa) – {BODY}") == ("2024-10-16", "dateline")
    assert day("PORTO, Portugal, Oct. 16, 2024 (AP) — A fire gutted the shipyard.", "en") == ("2024-10-16", "dateline")


def test_url() -> None:
    assert day(BODY, url="https://example.org/2024/10/16/brand") == ("2024-10-16", "url")
    assert day(BODY, url="https://example.org/2024/13/16/brand") is None
    assert day(BODY, url="https://example.org/artikel-20241016.html") is None


@pytest.mark.parametrize("line", [
    "ARCHIV - 19.06.2024, Kiel: Auf diesem Foto liegt eine Fähre in der Werft.",
    "Foto: Max Muster, 19.06.2024", "Heute ist Mittwoch, der 19. Juni 2024", "© 2024 Verlag, 19.06.2024",
    "Kiel, June 19, 2024: Workers leave the yard. Alex Sample/AGENCY",
])
def test_captions_archive_lines_and_page_headers_are_no_publication_dates(line: str) -> None:
    publication = found(f"Brand in der Werft\n\n{line}\n\n{BODY}")
    assert publication is None or publication.day is None


def test_a_date_whose_weekday_does_not_fit_is_not_believed() -> None:
    assert day(f"Donnerstag, 16. Oktober 2024\n\n{BODY}") is None


def test_bounds_from_the_text() -> None:
    assert day("Im März 2019 sank die Fähre. Danach fuhr niemand mehr.") == ("2019-03-01/..", "text")
    assert day("Seit September 2021 ist die Werft zu.") == ("2021-09-01/..", "text")
    assert day("The ferry sank in March 2019.", "en") == ("2019-03-01/..", "text")
    assert day("Im März 2029 soll die Fähre fahren.") is None
    assert day("Sie bauen seit dem Krieg von 1870 Fähren.") is None


def test_nothing_to_go_by() -> None:
    assert found(BODY) is None
    assert found("") is None


@settings(deadline=None)  # the first example compiles the grammar
@given(st.text(max_size=300), st.sampled_from(["de", "en", "xx"]))
def test_any_text_will_do(text: str, lang: str) -> None:
    publication = found(text, lang)
    assert publication is None or publication.start is not None
    if publication and publication.end:
        assert publication.day == publication.start
        assert isinstance(publication.start, date)
