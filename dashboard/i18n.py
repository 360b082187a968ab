"""The interface's words: data in ``messages/<language>.toml``, picked by the browser's locale."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

LANGUAGES = tuple(
    sorted(
        entry.name.removesuffix(".toml")
        for entry in (files("dashboard") / "messages").iterdir()
        if entry.name.endswith(".toml")
    )
)
FALLBACK = "en"


@dataclass(frozen=True)
class Words:
    """The words of one language; calling it fills in a message."""

    language: str
    messages: Mapping[str, str]

    def __call__(self, message: str, **values: object) -> str:
        """The message with its braces filled.

        Raises
        ------
        KeyError
            If there is no such message, or a brace gets no value.
        """
        return self.messages[message].format(**values)

    def number(self, value: int) -> str:
        """``value`` with the language's thousands separators."""
        return f"{value:,}".replace(",", _group_symbol(self.language))


@cache
def _group_symbol(language: str) -> str:
    from babel.numbers import get_group_symbol

    return str(get_group_symbol(language))


@cache
def words(language: str) -> Words:
    """The words of a language in :data:`LANGUAGES`."""
    source = (files("dashboard") / "messages" / f"{language}.toml").read_text(encoding="utf-8")
    return Words(language, tomllib.loads(source))


def language_of(locale: str | None) -> str:
    """The interface language for a browser's locale ("de-AT"), English where there is none of ours."""
    language = (locale or "").replace("_", "-").split("-")[0].lower()
    return language if language in LANGUAGES else FALLBACK
