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
    sentences = [Lexemes(characters[sentence.first:sentence.last], document.tokens[sentence.first:sentence.last])
                 for sentence in document.sentences]
    if JOINED not in characters:
        return sentences
    return [_taken_apart(lexemes, vocabulary) if JOINED in lexemes.characters else lexemes for lexemes in sentences]


def _taken_apart(lexemes: Lexemes, vocabulary: Vocabulary) -> Lexemes:
    parts: list[Token] = []
    for character, token in zip(lexemes.characters, lexemes.tokens, strict=True):
        if character == JOINED:
            parts.extend(Token(token.start + match.start(), token.start + match.end(), match.group())
                         for match in PART.finditer(token.text))
        else:
            parts.append(token)
    return Lexemes("".join([vocabulary[part.text] for part in parts]).replace(JOINED, UNKNOWN), parts)
