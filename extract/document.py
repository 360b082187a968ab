"""A text as sections, sentences and tokens, all with offsets into the text as it came.

Nothing is normalised, joined or dropped: a photo caption is still there, with its role beside it.
Sentence splitting is a careful regular expression: on German news pysbd, syntok and somajo split
no better and take 10–100 times as long (measured).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, repeat
from operator import itemgetter
from typing import NamedTuple
from unicodedata import normalize

from extract import lexicon
from extract.article import Article
from extract.sections import Section, SectionRole, find_sections

TOKEN = re.compile(
    r"(?=\S)"                                       # between words, four alternatives need not be tried
    r"([a-zA-Z]{2,}+(?![^\W_]|['’ʼ‑\-])"            # most words, told at once; what they are, the next lines say
    r"|\d+(?:[.,:]\d+)*"                            # 12.000  16.10.2024  17:19
    r"|[^\W\d_]\.[^\W\d_](?:\.[^\W\d_])*\.?"       # U.S.  z.B.  a.m.
    r"|[^\W_]++(?:['’ʼ‑\-][^\W_]++)*+"             # words, Gaza-Stadt, Sudan's, Sana'a
    r"|[^\w\s]|_)"
)
"""Words keep inner hyphens and apostrophes; every other mark is a token of its own."""

SENTENCE_END = re.compile(r"[.!?…](?<![.!?…]{2})[.!?…]*+(?:[\"'”“»«’)\]⁰¹²³⁴-⁹]|\[\d{1,3}\])*+(?=\s)")
"""Where a sentence may end, before its footnotes; :func:`_ends_sentence` decides. It begins with a mark, before it
looks back for another one: only so does the search run to the next mark at once."""


NO_WIDTH = "\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff"
UNSEEN = re.compile(f"[{NO_WIDTH}]+")
"""Characters that a reader doesn't see: soft hyphens, spaces of no width, marks of direction and joining."""
ACCENT = "\u0300-\u036f"
ODD = re.compile(f"[{ACCENT}{NO_WIDTH}\u2010]")
"""What words in pieces hold, but for a hyphen at the end of a line; few texts have any."""
CUT = rf"(?:[-\u2010\u00ad][^\S\n]*\r?\n[^\S\n]*(?=[^\W\d_])|[{ACCENT}{NO_WIDTH}])"
IN_PIECES = re.compile(rf"[^\W_]++(?:['’ʼ‑\-]?{CUT}+[^\W_]*+)++(?:['’ʼ‑\-][^\W_]++)*+")
"""A word with a hyphen at the end of a line, with soft hyphens, or with accents that are characters of their own."""


class Token(NamedTuple):
    """A word, number or mark between ``start`` and ``end``; ``text`` is the very text there, or the word that it means
    where a line's end, a soft hyphen or an accent of its own has it in pieces."""

    start: int
    end: int
    text: str


def field_of(fields: tuple[str, ...], name: str) -> itemgetter[int]:
    """What fetches one of a named tuple's ``fields`` by its number, for ``map``: by its name it takes twice as long."""
    return itemgetter(fields.index(name))


TEXT, START = field_of(Token._fields, "text"), field_of(Token._fields, "start")


class Sentence(NamedTuple):
    """A sentence: its span, its section (index and role) and its tokens (``first`` to before ``last``)."""

    start: int
    end: int
    section: int
    role: SectionRole
    first: int
    last: int


@dataclass(frozen=True)
class Document:
    """An article's text taken apart.

    Attributes
    ----------
    sections:
        In order, without gaps but for white space. A section is a paragraph, a heading, a caption …
    sentences, tokens:
        In order; every token belongs to one sentence.
    words, lower:
        The tokens' texts, as they stand and in lower case, for the stages that look at every word.
    spellings:
        The different words in lower case: what is asked of every word is asked of each spelling once.
    """

    article: Article
    lang: str
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]
    tokens: tuple[Token, ...]
    words: list[str]
    lower: list[str]
    spellings: frozenset[str]

    @property
    def text(self) -> str:
        return self.article.text

    def tokens_of(self, sentence: Sentence) -> Sequence[Token]:
        """The tokens of one sentence."""
        return self.tokens[sentence.first:sentence.last]

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that holds the code point at ``offset``; ``None`` between sentences."""
        index = bisect_right(self.sentences, offset, key=START) - 1
        if index >= 0 and offset < self.sentences[index].end:
            return self.sentences[index]
        return None

    def role_at(self, offset: int) -> SectionRole:
        """The role of the section that holds the code point at ``offset``."""
        index = bisect_right(self.sections, offset, key=START) - 1
        return self.sections[index].role if index >= 0 else SectionRole.BODY


def read_document(article: Article, lang: str) -> Document:
    """Take an article's text apart; linear in its length, and total: any Unicode text will do."""
    text = article.text
    tokens = tokenize(text)  # all at once: a sentence ends before some white space, which only words in pieces hold
    if "-\n" in text or "-\r\n" in text or ODD.search(text):
        tokens = _mended(text, tokens, lang)
    words = list(map(TEXT, tokens))
    lower = list(map(str.lower, words))
    spellings = frozenset(lower)
    sections = find_sections(text, article.title, spellings)
    sentences: list[Sentence] = []
    last = 0
    for index, section in enumerate(sections):
        for end in sentence_ends(text, section.start, section.end, lang):
            first, last = last, bisect_left(tokens, end, last, key=START)
            for begin in range(first, last, LONGEST_SENTENCE):
                behind = min(begin + LONGEST_SENTENCE, last)
                span = tokens[begin].start, tokens[behind - 1].end
                sentences.append(Sentence(*span, index, section.role, begin, behind))
    return Document(article, lang, sections, tuple(sentences), tokens, words, lower, spellings)


LONGEST_SENTENCE = 400
"""Tokens. News has no longer sentences; tables and texts without full stops are taken in pieces of this
length, so that stages which look across a sentence stay linear in the length of a text."""


def tokenize(text: str) -> tuple[Token, ...]:
    """The tokens of a text, in order."""
    pieces = TOKEN.split(text)  # what lies between, a token, what lies between …: no object a match
    offsets = list(accumulate(map(len, pieces), initial=0))
    parts = zip(offsets[1::2], offsets[2::2], pieces[1::2], strict=False)
    return tuple(map(tuple.__new__, repeat(Token), parts))  # Token(…) takes its parts one by one, twice as slowly


def _mended(text: str, tokens: tuple[Token, ...], lang: str) -> tuple[Token, ...]:
    """The tokens with words that are in pieces as one each, and without what can't be seen."""
    suspended = _splitting_rules(lang).function_words  # "Rad- und Fußwege"
    mended: list[Token] = []
    last = 0
    for match in IN_PIECES.finditer(text):
        first = bisect_left(tokens, match.start(), last, key=START)
        behind = bisect_left(tokens, match.end(), first, key=START)
        word = _word_of(match.group(), suspended)
        if word is not None and first >= last:
            mended.extend(tokens[last:first])
            mended.append(Token(match.start(), match.end(), word))
            last = behind
    mended.extend(tokens[last:])
    return tuple(token for token in mended if not UNSEEN.fullmatch(token.text))


LINE_END = re.compile(r"[-\u2010\u00ad][^\S\n]*\r?\n[^\S\n]*(\S+)")


def _word_of(pieces: str, suspended: frozenset[str]) -> str | None:
    """The word that stands there in pieces; ``None`` where a hyphen at the end of a line is the word's own."""
    for following in LINE_END.findall(pieces):
        if not following[0].islower() or following in suspended:
            return None
    return normalize("NFC", UNSEEN.sub("", LINE_END.sub(r"\1", pieces)))


def sentence_ends(text: str, start: int, end: int, lang: str) -> Iterator[int]:
    """Where the sentences of one section end."""
    rules = _splitting_rules(lang)
    begin = start
    for match in SENTENCE_END.finditer(text, start, end):
        if _ends_sentence(text, begin, match, end, rules):
            begin = match.end()
            yield begin
    yield end


class _SplittingRules(NamedTuple):
    function_words: frozenset[str]
    abbreviations: frozenset[str]
    ordinal_dot: bool


@cache
def _splitting_rules(lang: str) -> _SplittingRules:
    words = lexicon.read(lang, "language") or lexicon.read(lexicon.FALLBACK_LANGUAGE, "language")
    return _SplittingRules(
        frozenset(words.get("function_words", ())),
        frozenset(words.get("abbreviations", ())),
        bool(words.get("ordinal_dot", False)),
    )


BEFORE_WORD = re.compile(r"[\s\"'„“”«»‘’(\[]")
LONGEST_WORD = 40
"""How far back (code points) the word before a full stop is looked for: bounds the cost a full stop."""


def _ends_sentence(text: str, begin: int, match: re.Match[str], end: int, rules: _SplittingRules) -> bool:
    """Whether the mark at ``match`` ends a sentence that began at ``begin``."""
    following = match.end()
    while following < end and text[following].isspace():
        following += 1
    if following >= end:
        return True
    head = text[following]
    if head in "\"'„“”«»‘’‚([–—-" and following + 1 < end:
        head = text[following + 1]
    if head.islower() or head in ",;:":
        return False
    if not match.group().startswith(".") or match.group().startswith(".."):
        return True
    before = text[max(begin, match.start() - LONGEST_WORD):match.start()].rpartition(" ")[2]
    word = BEFORE_WORD.split(before)[-1]
    if word in rules.abbreviations or (len(word) == 1 and word.isupper()):
        return _opens_sentence(text, following, rules) and len(word) > 1 and word[-1].islower() and len(word) > 3
    if "." in word and word.replace(".", "").isalpha() and len(word) <= 5:   # U.S.  z.B.  p.m.
        return _opens_sentence(text, following, rules)
    if rules.ordinal_dot and word.isdigit() and len(word) <= 2:
        return _opens_sentence(text, following, rules)
    return True


WORD = re.compile(r"[^\W_]+")


def _opens_sentence(text: str, position: int, rules: _SplittingRules) -> bool:
    """Whether the word at ``position`` is a function word with a capital: only a new sentence has it."""
    match = WORD.search(text, position, position + LONGEST_WORD)
    return match is not None and match.group()[0].isupper() and match.group().lower() in rules.function_words
