"""Pages: HTML, MHTML, feeds, PDF and web archives; what is article, what is page, and when it was published."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from extract.article import Article
from extract.sources import ReadOptions, html, read_articles
from extract.sources.html import page_article
from extract.sources.item import in_memory, stop
from extract.sources.markup import LONGEST_KEPT, MOST_KEPT
from extract.sources.pdf import _paragraphs
from extract.sources.pdf_columns import unmixed
from geodata.errors import InputError

PARAGRAPHS = (
    "Am Montag ist in Rostock ein neues Forschungsschiff vom Stapel gelaufen, wie die Werft am Abend mitteilte.",
    "Das Schiff soll im kommenden Jahr in die Barentssee fahren und dort zwei Monate lang den Meeresboden vermessen.",
    "An Bord haben vierzig Wissenschaftlerinnen Platz, dazu eine Besatzung von dreißig Leuten und ein Hubschrauber.",
    "Der Bau hatte sich wegen fehlender Teile um ein halbes Jahr verzögert; die Kosten stiegen um zehn Prozent.")
TEXT = "\n".join(PARAGRAPHS)


def page(head: str = "", extra: str = "", lang: str = "de") -> str:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    return (f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8"><title>Stapellauf - Küstenbote</title>'
            f"{head}</head><body><nav><a href=/>Start</a></nav>"
            f"<article><h1>Stapellauf in Rostock</h1>{extra}{body}</article>"
            "</body></html>")


JSON_LD = ('<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{"@type": "WebSite"}, '
           '{"@type": ["NewsArticle"], "headline": "Stapellauf", "datePublished": "2024-03-04T23:30:00+01:00", '
           '"dateModified": "2024-05-06", "publisher": {"@type": "Organization", "name": "Küstenbote"}, '
           '"inLanguage": "de-DE"}]}</script>')


def read_one(path: Path, **options: Any) -> Article:
    (article,) = read_articles([path], ReadOptions(**options))
    return article


def test_json_ld_tells_about_the_page(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(page(JSON_LD + '<link rel="canonical" href="https://example.org/a">'), encoding="utf-8")
    article = read_one(path)
    assert (article.title, article.outlet, article.lang, article.url) == (
        "Stapellauf", "Küstenbote", "de", "https://example.org/a")
    assert article.published is not None
    assert (article.published.day, article.published.basis) == (date(2024, 3, 4), "given")
    assert all(paragraph in article.text for paragraph in PARAGRAPHS)


@pytest.mark.parametrize("head", [
    '<meta property="article:published_time" content="2024-03-04T08:00:00Z">',
    '<meta name="DC.date.issued" content="2024-03-04">', '<meta name="date" content="20240304">',
    '<script type="application/ld+json">{broken</script><meta itemprop="datePublished" content="2024-03-04">',
    '<script type="application/ld+json">{"@type":"Article","datePublished":"2024-99-99"}</script>'
    '<meta name="date" content="2024-03-04">'])
def test_meta_gives_the_date(head: str) -> None:
    published = page_article("a", "a", page(head)).published
    assert published is not None
    assert published.day == date(2024, 3, 4)


def test_time_gives_the_date() -> None:
    extra = '<header><time datetime="2024-03-04T08:00">4. März</time></header><p>Seit dem 1. Januar 1999.</p>'
    published = page_article("a", "a", page(extra=extra)).published
    assert published is not None
    assert published.day == date(2024, 3, 4)


def test_a_page_without_a_date_has_none() -> None:
    assert page_article("a", "a", page()).published is None


def test_captions_and_teasers_are_kept_apart_from_the_text() -> None:
    extra = ('<figure><img src=x><figcaption>Das Schiff im Hafen von Stralsund, Archivbild 2011</figcaption></figure>'
             '<aside><h3>Lesen Sie auch</h3><p>Brand in einer Lagerhalle in Wismar fordert Verletzte am Samstag</p>'
             "</aside><form><label>Newsletter bestellen für Schwerin und Umgebung</label></form>")
    article = page_article("a", "a", page(extra=extra))
    assert not [word for word in ("Stralsund", "Wismar", "Schwerin") if word in article.text]
    assert PARAGRAPHS[0] in article.text
    assert article.captions == ("Das Schiff im Hafen von Stralsund, Archivbild 2011",)
    assert article.teasers == ("Lesen Sie auch Brand in einer Lagerhalle in Wismar fordert Verletzte am Samstag",)


def test_captions_within_captions_and_teasers_said_twice_are_one() -> None:
    extra = ("<aside role=complementary><p>Mehr aus Wismar</p><aside>Sport</aside><script>x</script></aside>"
             "<aside>Mehr aus Wismar Sport</aside><aside> </aside>"
             "<figure><div class=caption><figcaption>Im <b>Hafen</b></figcaption></div></figure>")
    article = page_article("a", "a", page(extra=extra))
    assert article.captions == ("Im Hafen",)
    assert article.teasers == ("Mehr aus Wismar Sport",)


@pytest.mark.parametrize("extra", ["<aside>" * 3000 + "x", "<aside>a</aside>" * 30_000,
                                   "<figure><figcaption>" + "<i>y</i>" * 100_000 + "</figcaption></figure>"])
def test_hostile_captions_and_teasers_are_few_and_short(extra: str) -> None:
    article = page_article("a", "a", page(extra=extra))
    assert len(article.captions) + len(article.teasers) <= MOST_KEPT
    assert all(0 < len(text) <= LONGEST_KEPT for text in (*article.captions, *article.teasers))




def test_a_form_around_the_whole_page_takes_nothing_away() -> None:
    wrapped = page().replace("<body>", "<body><form id=page>").replace("</body>", "</form></body>")
    assert PARAGRAPHS[3] in page_article("a", "a", wrapped).text


def test_a_page_drawn_by_script_gives_its_json_ld_body() -> None:
    ld = f'{{"@type": "NewsArticle", "articleBody": "{" ".join(PARAGRAPHS)}"}}'
    script = f"<script type='application/ld+json'>{ld}</script>"
    article = page_article("a", "a", f"<html><head>{script}</head><body><div id=app></div></body></html>")
    assert PARAGRAPHS[1] in article.text


@pytest.mark.parametrize(("encoding", "declared"), [
    ("iso-8859-1", "iso-8859-1"), ("utf-8", "utf-8"), ("utf-8", "klingon"), ("cp1252", "utf-8")])
def test_the_pages_own_encoding_counts_if_it_is_true(tmp_path: Path, encoding: str, declared: str) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(page().replace('charset="utf-8"', f'charset="{declared}"').encode(encoding))
    assert PARAGRAPHS[2] in read_one(path).text


@pytest.mark.parametrize("hostile", [
    "<div>" * 20_000, "<p>" + "a" * 2_000_000, "<b><i>" * 5000, "<!--" * 10_000, "<" * 100_000, "<script>" * 3000])
def test_hostile_pages_are_read_or_refused(hostile: str) -> None:
    item, told = in_memory("a", "a", ".html", f"<html><body>{hostile}</body></html>".encode()), 0
    try:
        articles = list(html.read(item, ReadOptions(), stop))
    except InputError:
        articles, told = [], 1
    assert len([article for article in articles if article.text]) + told == 1


def mhtml(source: str) -> bytes:
    from email.message import EmailMessage

    message = EmailMessage()
    message["From"] = "<Saved by a browser>"
    message["Snapshot-Content-Location"] = "https://example.org/a"
    message["MIME-Version"] = "1.0"
    message.add_related("x", subtype="plain")
    message.clear_content()
    message.set_content(source, subtype="html", charset="utf-8", cte="quoted-printable")
    message.make_related()
    message.add_related(b"\x89PNG", "image", "png")
    return message.as_bytes()


@pytest.mark.parametrize("name", ["a.mhtml", "a.mht", "a.html"])
def test_mhtml_is_told_by_its_content(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(mhtml(page(JSON_LD)))
    article = read_one(path)
    assert (article.url, article.outlet) == ("https://example.org/a", "Küstenbote")
    assert PARAGRAPHS[3] in article.text


RSS = f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Küstenbote</title><language>de-de</language>
<item><title>Stapellauf &amp; mehr</title><link>https://example.org/a</link><guid>k-1</guid>
<pubDate>Mon, 04 Mar 2024 08:00:00 GMT</pubDate><description>Kurz.</description>
<content:encoded><![CDATA[<p>{PARAGRAPHS[0]}</p><figure><figcaption>Foto</figcaption></figure>
<p>{PARAGRAPHS[1]}<br>Ende</p>]]></content:encoded>
</item><item><title>ohne Text</title><link>https://example.org/b</link></item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Küstenbote</title><entry><id>k-1</id>
<title>Stapellauf</title><link href="https://example.org/a"/><published>2024-03-04T23:00:00Z</published>
<summary type="html">&lt;p&gt;{PARAGRAPHS[0]}&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;</summary></entry></feed>"""


def test_rss(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_text(RSS, encoding="utf-8")
    failures: list[InputError] = []
    (article,) = read_articles([path], report=failures.append)
    assert (article.id, article.title, article.outlet, article.lang) == ("k-1", "Stapellauf & mehr", "Küstenbote", "de")
    assert article.text == f"{PARAGRAPHS[0]}\n{PARAGRAPHS[1]}\nEnde"
    assert article.published is not None
    assert (article.published.day, article.published.basis) == (date(2024, 3, 4), "feed")
    assert "entry 2" in str(failures[0])


@pytest.mark.parametrize(("told", "day"), [
    ("Mon, 04 Mar 2024 00:30:00 +0100", 4), ("Sun, 03 Mar 2024 23:30:00 GMT", 3), ("2024-03-04T00:30:00+01:00", 4),
    ("4 March 2024", 4), ("soon", None)])
def test_a_feeds_day_is_the_one_its_outlet_wrote(tmp_path: Path, told: str, day: int | None) -> None:
    path = tmp_path / "feed.rss"
    path.write_text(RSS.replace("Mon, 04 Mar 2024 08:00:00 GMT", told), encoding="utf-8")
    (article,) = read_articles([path], report=lambda _: None)
    assert (article.published and article.published.start) == (day and date(2024, 3, day))


@pytest.mark.parametrize("name", ["feed.atom", "feed.xml", "feed"])
def test_atom_is_told_by_its_content(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(ATOM, encoding="utf-8")
    assert read_one(path).text == PARAGRAPHS[0]


def test_an_entity_bomb_and_a_foreign_file_stay_out(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("geheim")
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha" * 10}">' for n in range(12))
    types = f'<!DOCTYPE rss [{entities}<!ENTITY f SYSTEM "{secret.as_uri()}">]>'
    bomb = f'<?xml version="1.0"?>{types}{RSS.partition("?>")[2]}'
    path = tmp_path / "feed.rss"
    path.write_text(bomb.replace("Kurz.", "&a11;&f;").replace("<p>", "<p>&f;"), encoding="utf-8")
    try:
        texts = [article.text for article in read_articles([path], report=lambda _: None)]
    except InputError:
        return
    assert all(len(text) < 10_000 and "geheim" not in text for text in texts)


def pdf(lines: list[str]) -> bytes:
    """A one-page PDF, written by hand: Helvetica, a line of text below the other."""
    shown = " ".join(f"({line}) Tj T*".replace("ü", "\\374").replace("ß", "\\337") for line in lines)
    return pdf_of(f"14 TL 50 750 Td {shown}")


def pdf_of(shown: str) -> bytes:
    stream = f"BT /F1 11 Tf {shown} ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        "/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica "
        "/Encoding /WinAnsiEncoding >> >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream", "<< /Title (Stapellauf) >>"]
    out, offsets = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    count = len(objects) + 1
    return (f"{out}xref\n0 {count}\n0000000000 65535 f \n{table}trailer << /Size {count} /Root 1 0 R "
            f"/Info 5 0 R >>\nstartxref\n{len(out)}\n%%EOF").encode("latin-1")


def test_pdf_lines_become_paragraphs(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf(["Am Montag ist in Rostock ein neues For-", "schungsschiff vom Stapel gelaufen, sagt die",
                          "Werft am Abend.", "Das Schiff soll bald in die Barentssee fah-", "ren."]))
    article = read_one(path)
    assert article.title == "Stapellauf"
    assert article.text == ("Am Montag ist in Rostock ein neues Forschungsschiff vom Stapel gelaufen, sagt die Werft "
                            "am Abend.\nDas Schiff soll bald in die Barentssee fahren.")


LEFT = ["Am Montag ist in Rostock ein", "neues Forschungsschiff vom Sta-", "pel gelaufen, sagt die Werft.",
        "Es soll bald in die Barents-", "see fahren und dort messen."]
RIGHT = ["In Bergen liegt derweil ein", "anderes Schiff im Dock. Seine", "Schrauben werden ausgetauscht,",
         "was noch bis Juni dauern wird,", "wie der Hafen mitgeteilt hat."]
COLUMNS = ("Am Montag ist in Rostock ein neues Forschungsschiff vom Stapel gelaufen, sagt die Werft. Es soll bald in "
           "die Barentssee fahren und dort messen. In Bergen liegt derweil ein anderes Schiff im Dock. Seine "
           "Schrauben werden ausgetauscht, was noch bis Juni dauern wird, wie der Hafen mitgeteilt hat.")


def set_at(x: int, y: int, text: str) -> str:
    return f"1 0 0 1 {x} {y} Tm ({text}) Tj "


@pytest.mark.parametrize("across", [True, False])
def test_columns_of_a_pdf_are_read_one_after_the_other(tmp_path: Path, across: bool) -> None:
    heading = set_at(50, 780, "Zwei Schiffe in zwei Werften: was die einen bauen und die anderen reparieren")
    lines = [(set_at(50, 750 - 14 * row, left), set_at(300, 750 - 14 * row, right))
             for row, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True))]
    ordered = [part for row in lines for part in row] if across else [row[side] for side in (0, 1) for row in lines]
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf_of(heading + "".join(ordered)))
    heading_read, _, text = read_one(path).text.partition("reparieren")
    assert heading_read.startswith("Zwei Schiffe")
    assert " ".join(text.split()) == COLUMNS


def test_a_table_in_a_pdf_is_read_row_by_row() -> None:
    rows = [("Bergen", "12 m"), ("Rostock", "14 m"), ("Emden", "9 m"), ("Kiel", "11 m"), ("Oslo", "8 m")]
    text = "\n".join(f"{name} {depth}" for name, depth in rows)
    assert unmixed(text, "\n".join(f"{name:30}{depth}" for name, depth in rows)) == text


def test_paragraphs_keep_hyphens_of_names() -> None:
    assert "Baden-" in _paragraphs("Das Treffen fand nahe der Stadt Baden-\nBaden statt.")


def test_a_pdf_without_text_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf([]))
    with pytest.raises(InputError, match="text layer"):
        read_one(path)


def warc(gzip: bool) -> bytes:
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=gzip)

    def put(url: str, kind: str, payload: bytes, status: str = "200 OK") -> None:
        headers, body = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1"), io.BytesIO(payload)
        writer.write_record(writer.create_warc_record(url, "response", payload=body, http_headers=headers))

    put("https://example.org/a", "text/html; charset=iso-8859-1",
        page(JSON_LD).replace("utf-8", "x").encode("iso-8859-1"))
    put("https://example.org/x.png", "image/png", b"\x89PNG")
    put("https://example.org/gone", "text/html", b"<html>gone", "404 Not Found")
    put("https://example.org/list", "text/html", b"<html><body><nav><a href=/>Start</a></nav></body></html>")
    return buffer.getvalue()


@pytest.mark.parametrize("name", ["crawl.warc", "crawl.warc.gz"])
def test_a_web_archive_gives_its_articles(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(warc(name.endswith(".gz")))
    failures: list[InputError] = []
    (article,) = read_articles([path], report=failures.append)
    assert (article.url, article.id, article.outlet) == ("https://example.org/a", "crawl-1", "Küstenbote")
    assert PARAGRAPHS[3] in article.text
    assert [failure.subject.partition("#")[2] for failure in failures] == ["https://example.org/list"]
