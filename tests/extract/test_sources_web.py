"""URLs: only when asked for, only the open internet, redirects too, within limits."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest

from extract.sources import ReadOptions, read_articles, web
from extract.sources.web import fetch, is_public
from geodata.errors import InputError

OPEN = ReadOptions(network=True, private_addresses=True)


class Site(BaseHTTPRequestHandler):
    """A site of the test's own, on this machine."""

    def do_GET(self) -> None:
        if self.path == "/text":
            self.answer(200, "text/plain; charset=iso-8859-1", "Schiff läuft in Lübeck aus.".encode("iso-8859-1"))
        elif self.path.startswith("/to?"):
            self.answer(302, "text/html", b"", Location=self.path[4:])
        elif self.path == "/loop":
            self.answer(302, "text/html", b"", Location="/loop")
        elif self.path == "/endless":
            self.send_response(200)
            self.end_headers()
            try:
                while True:
                    self.wfile.write(b"x" * 65536)
            except OSError:
                pass
        elif self.path == "/slow":
            threading.Event().wait(3)
        else:
            self.answer(404, "text/html", b"gone")

    def answer(self, status: int, kind: str, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def test_the_network_is_not_used_unasked(site: str) -> None:
    with pytest.raises(InputError, match="--network"):
        list(read_articles([f"{site}/text"]))


def test_a_private_address_is_refused_unless_allowed(site: str) -> None:
    with pytest.raises(InputError, match=r"private.*--private-addresses"):
        fetch(f"{site}/text", ReadOptions(network=True))
    (article,) = read_articles([f"{site}/text"], OPEN)
    assert (article.text, article.url) == ("Schiff läuft in Lübeck aus.", f"{site}/text")


def test_a_redirect_is_followed_and_looked_at_too(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (article,) = read_articles([f"{site}/to?/text"], OPEN)
    assert article.url == f"{site}/text"
    monkeypatch.setattr(web, "is_public", lambda address: address == "127.0.0.1")  # this site is public, others not
    with pytest.raises(InputError, match=r"169\.254\.169\.254"):
        fetch(f"{site}/to?http://169.254.169.254/latest", ReadOptions(network=True))


@pytest.mark.parametrize(("path", "told"), [
    ("/to?file:///etc/passwd", "no web page"), ("/loop", "redirected more than"), ("/gone", "status 404"),
    ("/endless", "larger than")])
def test_what_can_not_be_had_is_said(site: str, path: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        fetch(site + path, OPEN)


def test_patience_has_an_end(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "PATIENCE", 0.2)
    with pytest.raises(InputError, match="doesn't answer"):
        fetch(f"{site}/slow", OPEN)


def test_the_connection_goes_to_the_address_looked_at(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that leads somewhere public when asked first and home when asked again is asked once."""
    asked: list[str] = []
    port = int(site.rpartition(":")[2])

    def resolve(host: str, *_: object, **__: object) -> list[object]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(web, "is_public", lambda _: True)
    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    assert fetch(f"http://rebind.example:{port}/text", ReadOptions(network=True)).head.startswith(b"Schiff")
    assert asked == ["rebind.example"]


@pytest.mark.parametrize("url", ["http://", "http://[::1", "http://a:99999/", "https://\x00/", "http://a b/"])
def test_broken_urls_are_named(url: str) -> None:
    with pytest.raises(InputError):
        fetch(url, OPEN)


@pytest.mark.parametrize(("address", "public"), [
    ("8.8.8.8", True), ("2001:4860:4860::8888", True), ("127.0.0.1", False), ("10.1.2.3", False),
    ("192.168.0.1", False), ("172.16.0.1", False), ("169.254.169.254", False), ("100.64.0.1", False),
    ("0.0.0.0", False), ("224.0.0.1", False),
    ("255.255.255.255", False), ("::1", False), ("fe80::1%eth0", False), ("fc00::1", False),
    ("::ffff:127.0.0.1", False),
    ("64:ff9b::7f00:1", False), ("2002:7f00:1::", False), ("64:ff9b::808:808", True)])
def test_public_addresses(address: str, public: bool) -> None:
    assert is_public(address) is public


class Inside(BaseHTTPRequestHandler):
    """What must not be reached; keeps count of who comes."""

    visits: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.visits.append(self.path)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"the password is 1234")

    def log_message(self, *_: object) -> None:
        pass


class Outside(Site):
    """Sends its visitors on, as its path says."""

    def do_GET(self) -> None:
        if self.path.startswith("/to?"):
            self.answer(302, "text/html", b"", Location=self.path[4:])
        else:
            self.answer(200, "text/plain; charset=utf-8", b"All quiet at the harbour.")


OUTSIDE, INSIDE = "127.0.0.2", "127.0.0.1"
"""Two addresses of this machine, of which the first plays one on the open internet: a test doesn't leave it."""


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[dict[str, list[list[str]]], int]]:
    """Names and what they resolve to, the first time, the second …; and the port of a server at both addresses."""
    told: dict[str, list[list[str]]] = {}
    outside = ThreadingHTTPServer((OUTSIDE, 0), Outside)
    inside = ThreadingHTTPServer((INSIDE, outside.server_port), Inside)
    for server in (outside, inside):
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
    resolved, truly_public = socket.getaddrinfo, web.is_public

    def resolve(host: str, port: int, *rest: object, **options: int) -> list[object]:
        if host not in told:
            return list(resolved(host, port, *rest, **options))  # type: ignore[call-overload]
        addresses = told[host].pop(0) if len(told[host]) > 1 else told[host][0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(web, "is_public", lambda address: address == OUTSIDE or truly_public(address))
    Inside.visits.clear()
    yield told, outside.server_port
    for server in (outside, inside):
        server.shutdown()
        server.server_close()


def test_a_public_page_is_read(names: tuple[dict[str, list[list[str]]], int]) -> None:
    told, port = names
    told["news.example"] = [[OUTSIDE]]
    assert fetch(f"http://news.example:{port}/a", ReadOptions(network=True)).head == b"All quiet at the harbour."


@pytest.mark.parametrize("target", [
    "http://intranet.example:{port}/", "http://127.0.0.1:{port}/", "http://127.1:{port}/", "http://2130706433:{port}/",
    "http://0x7f000001:{port}/", "http://[::ffff:127.0.0.1]:{port}/", "http://localhost:{port}/",
    "http://0.0.0.0:{port}/", "//intranet.example:{port}/", "http://user:word@intranet.example:{port}/",
    "http://news.example:{port}/to?http://intranet.example:{port}/"])
def test_a_public_page_leads_nowhere_inside(names: tuple[dict[str, list[list[str]]], int], target: str) -> None:
    """However the address inside is written; nothing is connected to, let alone asked for."""
    told, port = names
    told |= {"news.example": [[OUTSIDE]], "intranet.example": [[INSIDE]]}
    with pytest.raises(InputError, match=r"private network.*--private-addresses"):
        fetch(f"http://news.example:{port}/to?{target.format(port=port)}", ReadOptions(network=True))
    assert Inside.visits == []


def test_a_name_that_turns_inside_between_two_requests_is_refused(
        names: tuple[dict[str, list[list[str]]], int]) -> None:
    """DNS rebinding: the site's own redirect to itself, by when its name leads elsewhere."""
    told, port = names
    told["news.example"] = [[OUTSIDE], [INSIDE]]
    with pytest.raises(InputError, match="private network"):
        fetch(f"http://news.example:{port}/to?/a", ReadOptions(network=True))
    assert Inside.visits == []


def test_a_name_is_asked_once_a_request_and_that_address_connected_to(
        names: tuple[dict[str, list[list[str]]], int]) -> None:
    """DNS rebinding between the look and the connection: there is nothing between them."""
    told, port = names
    told["news.example"] = [[OUTSIDE], [INSIDE]]
    assert fetch(f"http://news.example:{port}/a", ReadOptions(network=True)).head == b"All quiet at the harbour."
    assert told["news.example"] == [[INSIDE]]
    assert Inside.visits == []


@pytest.mark.parametrize("addresses", [[OUTSIDE, INSIDE], [INSIDE, OUTSIDE]])
def test_a_name_with_an_address_inside_among_others_is_refused(
        names: tuple[dict[str, list[list[str]]], int], addresses: list[str]) -> None:
    told, port = names
    told["news.example"] = [addresses]
    with pytest.raises(InputError, match="private network"):
        fetch(f"http://news.example:{port}/a", ReadOptions(network=True))
    assert Inside.visits == []


def test_the_network_inside_is_reached_if_allowed(names: tuple[dict[str, list[list[str]]], int]) -> None:
    told, port = names
    told |= {"news.example": [[OUTSIDE]], "intranet.example": [[INSIDE]]}
    fetch(f"http://news.example:{port}/to?http://intranet.example:{port}/x", OPEN)
    assert Inside.visits == ["/x"]
