"""Pages from the network, when the user asks for it: a few, with limits, and never from inside the user's own network.

A name may lead anywhere, and so may a redirect: every address is looked at before it is connected to, and the
connection goes to the very address that was looked at (a name could lead elsewhere when asked again).
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import time
from email.message import Message
from pathlib import PurePosixPath
from urllib.parse import urljoin, urlsplit

from extract.sources.item import Item, ReadOptions, in_memory
from geodata.errors import InputError

LARGEST_PAGE = 20 << 20
"""Bytes of one answer."""
PATIENCE = 20.0
"""Seconds for a page, redirects and all."""
MOST_REDIRECTS = 5
CHUNK = 1 << 16
REDIRECTS = frozenset({301, 302, 303, 307, 308})
SCHEMES = ("http://", "https://")
USER_AGENT = "dateline (reads one page for a person)"


def is_url(name: str) -> bool:
    """Whether an input is a URL rather than a path."""
    return name.lower().startswith(SCHEMES)


def fetch(url: str, options: ReadOptions) -> Item:
    """The page at a URL, redirects followed.

    Raises
    ------
    InputError
        If the network wasn't asked for, the address is a private one, or the page can't be had within the limits.
    """
    if not options.network:
        raise InputError(url, "is on the network, which is not used unasked", "Allow it with --network")
    deadline, target = time.monotonic() + PATIENCE, url
    for _ in range(MOST_REDIRECTS + 1):
        status, headers, content = _get(target, options, deadline)
        location = headers.get("Location", "")
        if status not in REDIRECTS or not location:
            break
        target = urljoin(target, location)
        if not is_url(target):
            raise InputError(url, f"leads to {target[:200]!r}, which is no web page", "Check the URL")
    else:
        raise InputError(url, f"is redirected more than {MOST_REDIRECTS} times", "Check the URL")
    if status != http.client.OK:
        raise InputError(url, f"answers with status {status}", "Open it in a browser and save the page")
    path = PurePosixPath(urlsplit(target).path)
    charset = headers.get_content_charset() or ""
    return in_memory(url, path.stem or urlsplit(target).hostname or url, path.suffix.lower(), content, url=target,
                     charset=charset)


def _get(url: str, options: ReadOptions, deadline: float) -> tuple[int, Message, bytes]:
    """Status, headers and body of one answer."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise InputError(url, f"is no URL ({error})", "Check the URL") from error
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection = _connection(parts.scheme.lower(), host, port)
    except http.client.InvalidURL as error:
        raise InputError(url, f"is no URL ({error})", "Check the URL") from error
    try:
        connection.sock = _connect(url, connection, parts.scheme.lower(), options, deadline)
        connection.request("GET", path.encode("ascii", "ignore").decode(), headers={
            "User-Agent": USER_AGENT, "Accept": "text/html,*/*;q=0.8", "Accept-Encoding": "identity"})
        answer = connection.getresponse()
        content = b"" if answer.status in REDIRECTS else _body(url, answer, connection.sock, deadline)
        return answer.status, answer.msg, content
    except TimeoutError as error:
        raise InputError(url, f"doesn't answer within {PATIENCE:.0f} seconds", "Try again later") from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise InputError(url, f"can't be fetched ({error})", "Check the URL and the connection") from error
    finally:
        connection.close()


def _connection(scheme: str, host: str, port: int | None) -> http.client.HTTPConnection:
    kind = http.client.HTTPSConnection if scheme == "https" else http.client.HTTPConnection
    return kind(host, port)


def _connect(url: str, connection: http.client.HTTPConnection, scheme: str, options: ReadOptions,
             deadline: float) -> socket.socket:
    """A socket to an address of the host that may be connected to."""
    found = socket.getaddrinfo(connection.host, connection.port, type=socket.SOCK_STREAM)
    for *_, address in found:
        if not options.private_addresses and not is_public(str(address[0])):
            raise InputError(url, f"leads to {address[0]}, an address in a private network",
                             "Allow it with --private-addresses if you trust it")
    family, kind, protocol, _, address = found[0]
    plain = socket.socket(family, kind, protocol)
    try:
        plain.settimeout(_left(deadline))
        plain.connect(address)
        if scheme == "https":
            return ssl.create_default_context().wrap_socket(plain, server_hostname=connection.host)
    except BaseException:
        plain.close()
        raise
    return plain


def is_public(address: str) -> bool:
    """Whether an IP address is on the open internet: not private, local, reserved, multicast, nor hiding such a one."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        hidden = found.ipv4_mapped or found.sixtofour or (found.teredo or (None, None))[1]
        if hidden is None and found in _TRANSLATED:
            hidden = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if hidden is not None:
            return is_public(str(hidden))
    return found.is_global and not found.is_multicast


_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")
"""IPv4 behind NAT64 (RFC 6052)."""


def _body(url: str, answer: http.client.HTTPResponse, sock: socket.socket | None, deadline: float) -> bytes:
    content = bytearray()
    while True:
        if sock is not None:
            sock.settimeout(_left(deadline))
        chunk = answer.read1(CHUNK)
        if not chunk:
            return bytes(content)
        content += chunk
        if len(content) > LARGEST_PAGE:
            raise InputError(url, f"is larger than {LARGEST_PAGE >> 20} MB", "Download it, and give the file")


def _left(deadline: float) -> float:
    """Seconds left.

    Raises
    ------
    TimeoutError
        If there are none.
    """
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
