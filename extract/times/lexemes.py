"""A sentence as lexemes: its tokens, words with hyphens taken apart where the parts tell time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from extract.document import Document, Token
from extract.times.vocabulary import JOINED, PART, UNKNOWN, Vocabulary


class Lexemes(NamedTuple):
    """The lexemes of a sentence: one character and one token each."""

    characters: str
    tokens: Sequence[Token]


def lexemes_of(document: Document, vocabulary: Vocabulary) -> list[Lexemes]:
    """The lexemes of a document, sentence by sentence."""
    characters = "".join(map(vocabulary.__getitem__, document.words))
    return [_lexemes(characters[sentence.first:sentence.last], document.tokens_of(sentence), vocabulary)
            for sentence in document.sentences]


def _lexemes(characters: str, tokens: Sequence[Token], vocabulary: Vocabulary) -> Lexemes:
    if JOINED not in characters:
        return Lexemes(characters, tokens)
    parts: list[Token] = []
    for token, character in zip(tokens, characters, strict=True):
        if character == JOINED:
            parts.extend(Token(token.start + match.start(), token.start + match.end(), match.group())
                         for match in PART.finditer(token.text))
        else:
            parts.append(token)
    return Lexemes("".join([vocabulary[part.text] for part in parts]).replace(JOINED, UNKNOWN), parts)
