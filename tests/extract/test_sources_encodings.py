"""Encodings that nothing names: told where the bytes leave no doubt, refused where they do."""

from __future__ import annotations

import codecs
import gzip
import json
import random
import struct
import sys
import zlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.article import Article
from extract.sources import ReadOptions, read_articles
from extract.sources.decode import decode
from geodata.errors import InputError

TEXTS = {
    "de": "Nach dem Orkan fehlt in Höxter und Büren noch immer Strom. Über die Schäden sprach man im Rathaus spät.",
    "en": "Three people were hurt in a café in Zürich on Tuesday, firefighters said. The mayor did not comment.",
    "en, quotes": "It’s the third storm this week – “the worst”, he said; damage is put at £300,000.",
    "fr": "À la suite d'un violent orage, trois personnes ont été blessées mardi à Périgueux, ont dit les pompiers.",
    "sv": "Tre personer skadades på tisdagen i Göteborg efter ett kraftigt oväder, uppgav räddningstjänsten.",
    "pl": "W wyniku gwałtownej burzy w Łodzi rannych zostało trzech mieszkańców, a straż pożarna ogłosiła ćwiczenia.",
    "cs": "Při silné bouřce byli v úterý v Plzni zraněni tři lidé, uvedli hasiči, škody ještě nikdo nespočítal.",
    "tr": "Salı günü Eskişehir'de şiddetli fırtına nedeniyle üç kişi yaralandı, itfaiye açıkladı.",
    "ru": "В результате сильного наводнения в городе Орск во вторник пострадали три человека, сообщили спасатели.",
    "uk": "Унаслідок сильної повені в місті Ужгород у вівторок постраждали троє людей, повідомили рятувальники.",
    "el": "Τρεις άνθρωποι τραυματίστηκαν την Τρίτη στη Θεσσαλονίκη ύστερα από σφοδρή καταιγίδα.",
    "ja": "火曜日、神戸市で激しい嵐により三人が負傷したと消防が発表した。市長は被害額について何も述べなかった。",
}
WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
NARROW = [("de", "cp1252"), ("de", "iso-8859-1"), ("en", "cp1252"), ("en, quotes", "cp1252"), ("fr", "cp1252"),
          ("sv", "cp1252"), ("pl", "cp1250"), ("pl", "iso-8859-2"), ("cs", "cp1250"), ("tr", "cp1254"),
          ("ru", "cp1251"), ("ru", "koi8-r"), ("ru", "iso-8859-5"), ("uk", "cp1251"), ("uk", "koi8-u"),
          ("el", "cp1253"), ("ja", "shift_jis"), ("ja", "euc-jp")]


def read(path: Path, **options: Any) -> list[Article]:
    return list(read_articles([path], ReadOptions(**options)))


@pytest.mark.parametrize("encoding", WIDE)
@pytest.mark.parametrize("language", TEXTS)
def test_utf_16_and_32_without_a_mark(language: str, encoding: str) -> None:
    assert decode("a", TEXTS[language].encode(encoding)) == TEXTS[language]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
@pytest.mark.parametrize("mark", ["LE", "BE"])
def test_utf_16_and_32_with_a_mark(encoding: str, mark: str) -> None:
    bom = getattr(codecs, f"BOM_{encoding.upper().replace('-', '')}_{mark}")
    assert decode("a", bom + TEXTS["de"].encode(f"{encoding}-{mark}")) == TEXTS["de"]


@pytest.mark.parametrize(("language", "encoding"), NARROW)
def test_encodings_of_before_unicode(language: str, encoding: str) -> None:
    text = TEXTS[language]
    assert decode("a", text.encode(encoding)) == text


ARTICLE = ("Nach dem Hochwasser in Köthen räumen die Helfer noch immer Straßen. Größere Schäden gab es auch in Höxter. "
           "Der Bürgermeister dankte der Feuerwehr für die Mühe. Zwölf Häuser sind zerstört, sagte er am Mittwoch. "
           "Die Übung des Zolls in Österreich wurde verschoben. Für die Schüler fällt der Unterricht aus. "
           "Ärzte behandelten fünf Männer. Die Kosten trägt der Bund, hieß es aus Brüssel. Über die Höhe "
           "wird verhandelt.")


@pytest.mark.parametrize("encoding", ["cp850", "cp437", "mac_roman"])
def test_dos_and_macintosh_are_told_by_an_article(encoding: str) -> None:
    assert decode("a", ARTICLE.encode(encoding)) == ARTICLE
    sentence = ARTICLE.partition(".")[0]
    assert decode("a", sentence.encode(encoding), encoding) == sentence


@pytest.mark.parametrize("encoding", WIDE)
@pytest.mark.parametrize("suffix", [".txt", ".html", ".jsonl", ".json", ".csv", ""])
def test_every_kind_of_file_in_a_wide_encoding(tmp_path: Path, suffix: str, encoding: str) -> None:
    text = TEXTS["de"]
    content = {".html": f"<html><body><article><p>{text}</p></article></body></html>",
               ".jsonl": "".join(json.dumps({"text": text}, ensure_ascii=False) + "\n" for _ in range(3)),
               ".json": json.dumps([{"text": text}] * 3), ".csv": f"id,text\n1,{text!r}\n".replace("'", '"')}
    path = tmp_path / f"a{suffix}"
    path.write_bytes(content.get(suffix, text).encode(encoding))
    articles = read(path)
    assert [article.text for article in articles] == [text] * (3 if "json" in suffix else 1)


def test_a_short_text_in_a_wide_encoding_has_to_be_declared(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Brand".encode("utf-16-be"))
    with pytest.raises(InputError, match="binary"):
        read(path)
    assert read(path, encoding="utf-16-be")[0].text == "Brand"
    assert read(path, encoding="utf-16")[0].text != "Brand"  # little end first, as most are


@pytest.mark.parametrize("content", [
    struct.pack("<500h", *range(-250, 250)), b"\x7fELF" + bytes(range(256)) * 8, zlib.compress(b"a" * 9999) * 50,
    struct.pack("<300d", *(number / 7 for number in range(300))), b"\0" * 4096,
    "MZ program cannot be run".encode("utf-16-le") + bytes(64)])
def test_what_is_binary_stays_refused(content: bytes) -> None:
    with pytest.raises(InputError, match="binary"):
        decode("a", b"\0" + content if b"\0" not in content else content)


@given(seed=st.integers(0, 10**9))
def test_random_bytes_are_no_text(seed: int) -> None:
    with pytest.raises(InputError, match="binary"):
        decode("a", b"\0\0" + random.Random(seed).randbytes(400))


@given(text=st.text(st.characters(categories=("L", "N", "P", "Zs")), max_size=60), encoding=st.sampled_from(WIDE))
def test_a_text_is_never_read_in_the_other_byte_order(text: str, encoding: str) -> None:
    whole = f"{text} {TEXTS['en']}"
    assert decode("a", whole.encode(encoding)) == whole


@pytest.mark.parametrize("suffix", ["jsonl", "csv", "json"])
def test_a_table_whose_first_letter_beyond_ascii_comes_late(tmp_path: Path, suffix: str) -> None:
    plain = "The storm did no damage there. " * 20
    texts = [plain] * 200 + [TEXTS["de"]] * 3
    if suffix == "csv":
        content = "text\n" + "".join(f'"{text}"\n' for text in texts)
    else:
        rows = [json.dumps({"text": text}, ensure_ascii=False) for text in texts]
        content = f"[{','.join(rows)}]" if suffix == "json" else "\n".join(rows)
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(content.encode("cp1252"))
    assert [article.text for article in read(path)] == texts


def test_one_broken_row_does_not_garble_the_others(tmp_path: Path) -> None:
    whole = json.dumps({"text": TEXTS["de"]}, ensure_ascii=False).encode()
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\n".join([whole, b'{"text": "M\xfcll"}', whole, whole]))
    failures: list[InputError] = []
    assert [article.text for article in read_articles([path], report=failures.append)] == [TEXTS["de"]] * 3
    assert [failure.subject for failure in failures] == [f"{path}:2"]


def test_a_packed_table_and_standard_input_are_told_by_their_beginning(tmp_path: Path,
                                                                       monkeypatch: pytest.MonkeyPatch) -> None:
    rows = "".join(json.dumps({"text": TEXTS["ru"]}, ensure_ascii=False) + "\n" for _ in range(3)).encode("koi8-r")
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(rows))
    assert [article.text for article in read(path)] == [TEXTS["ru"]] * 3
    (tmp_path / "a.jsonl").write_bytes(rows)
    with (tmp_path / "a.jsonl").open("rb") as stream:
        monkeypatch.setattr(sys, "stdin", type("Stdin", (), {"buffer": stream}))
        assert [article.text for article in read_articles(["-"])] == [TEXTS["ru"]] * 3
