"""Any bytes under any suffix are read, or refused in words: nothing but InputError leaves a reader."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.sources import read_articles
from extract.sources.kinds import SUFFIXES
from geodata.errors import InputError
from tests.extract.test_sources import CSV, ROW, parquet
from tests.extract.test_sources_archive import zipped
from tests.extract.test_sources_pages import ATOM, JSON_LD, RSS, mhtml, page, pdf, warc

SAMPLES = {
    ".txt": b"---\ntitle: a\n---\nText.", ".md": b"# A\n[b](c) **d**", ".html": page(JSON_LD).encode(),
    ".mhtml": mhtml(page()), ".jsonl": b'{"text": "a"}\n{"text": "b"}\n', ".json": b'[{"text": "a"}, {"text": "b"}]',
    ".csv": CSV.encode(), ".parquet": parquet([ROW] * 3), ".rss": RSS.encode(), ".atom": ATOM.encode(),
    ".pdf": pdf(["Eine Zeile.", "Noch eine."]), ".warc": warc(gzip=False), ".gz": warc(gzip=True),
    ".zip": zipped({"a.txt": "x", "b.jsonl": '{"text": "a"}', "sources.toml": '["a.txt"]\nlang = "de"\n'}),
}
CALM = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
HARM = st.lists(st.tuples(st.integers(0, 1 << 20), st.binary(max_size=6), st.integers(0, 12)), min_size=1, max_size=4)


def harmed(content: bytes, harm: list[tuple[int, bytes, int]]) -> bytes:
    """The bytes with some replaced, some put in and some left out."""
    for position, put, dropped in harm:
        at = position % (len(content) + 1)
        content = content[:at] + put + content[at + dropped:]
    return content


def read(path: Path, content: bytes) -> None:
    """Read bytes from a file; what is refused must be refused in one line that names it."""
    path.write_bytes(content)
    told: list[InputError] = []
    for article in read_articles([path], report=told.append):
        assert article.text.strip()
    assert all(path.stem in error.subject and "\n" not in str(error)[:400].split(". ")[-1] for error in told)


def test_a_zip_whose_member_has_lost_its_name(tmp_path: Path) -> None:
    read(tmp_path / "sample.zip", harmed(SAMPLES[".zip"], [(197, bytes(6), 6)]))


@pytest.mark.parametrize("suffix", SAMPLES)
@given(harm=HARM)
@settings(max_examples=40, deadline=None, suppress_health_check=CALM)
def test_a_damaged_file(tmp_path: Path, suffix: str, harm: list[tuple[int, bytes, int]]) -> None:
    read(tmp_path / f"sample{suffix}", harmed(SAMPLES[suffix], harm))


@pytest.mark.parametrize("suffix", sorted({*SUFFIXES, ""}))
@given(content=st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
@settings(max_examples=25, deadline=None, suppress_health_check=CALM)
def test_any_bytes(tmp_path: Path, suffix: str, content: bytes) -> None:
    read(tmp_path / f"sample{suffix}", content)
