"""Sections of an article's text and what each is: body, headline, caption, teaser, form …

Saved pages carry more than the article: photo captions that name a town and a day, teasers of other
stories, newsletter boxes, comment forms. Each is told by its words (``lexicon/*/sections.toml``, all
languages at once: a German page captions its photos in English) and by its form and neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from extract import lexicon
from extract.agencies import agencies_in, without_credits
from extract.cue_search import Cues
from extract.headings import LIST_ITEM, LONGEST_HEADING, SENTENCE_FINAL, SENTENCE_WITHIN, is_heading, is_question
from extract.lines import paragraphs
from extract.photo_credits import LONGEST_CREDIT, photo_credit


class SectionRole(StrEnum):
    """What a paragraph is to the article. Only ``title`` and ``body`` may tell events."""

    TITLE = "title"
    BODY = "body"
    HEADING = "heading"
    """A heading between paragraphs: it sums up what the body tells."""
    CAPTION = "caption"
    TEASER = "teaser"
    """Pointer to another article: "Siehe auch", "Read more"."""
    NAVIGATION = "navigation"
    """Section names, share buttons, newsletter boxes, comment forms."""
    CREDIT = "credit"
    """Sources, authors, agencies."""
    DATE = "date"
    """A line that is only a date, and perhaps a time."""

    @property
    def tells_events(self) -> bool:
        return self in TELLING_ROLES


TELLING_ROLES = (SectionRole.TITLE, SectionRole.BODY)
"""Members of an enumeration are looked up in it slowly; these, some hundred times an article."""


class Section(NamedTuple):
    """A paragraph, its role and the reason for it in words."""

    start: int
    end: int
    role: SectionRole
    why: str = ""


CUT_OFF = 80
"""Code points of a last line without a full stop from which on it is a paragraph cut off, not a link's headline."""
LONGEST_SUBHEADING = 60
"""Code points of a heading between paragraphs; headlines of other stories are longer."""
LONGEST_INITIALS = 3
"""Capitals of an outlet alone in a line ("NDR"); what is longer may be a country that heads news of it ("IRAN")."""
LONGEST_LABEL = 5
"""Words of a section name, a share button, a bare outlet."""
LONGEST_CLOSING = 40
"""Code points of a link such as "Zur Story"."""
LONGEST_DATE_LINE = 90
LONGEST_TEASER = 300
"""A longer paragraph that opens with "Hintergrund:" or "A view of" is prose."""
LONGEST_CAPTION = 700
"""A longer paragraph with "Foto:" in it is an article that a reader glued to its caption."""
LOOK_AT = 1200
"""Code points of a paragraph searched for marks and cues; bounds the cost of a page in one line."""


def find_sections(text: str, title: str = "", spellings: Set[str] = frozenset()) -> tuple[Section, ...]:
    """The paragraphs of a text and their roles; linear in the length of the text.

    ``title`` is the headline where it is known from outside: a line equal to it is the title. ``spellings`` are the
    words of the text in lower case, if they have been found already.
    """
    lines = paragraphs(text)
    folded = text.lower()
    words = _vocabulary().found_in(folded, spellings or frozenset(WORD_OR_MARK.findall(folded)))
    roles = [_by_words(text[line.start:line.end], title, words) for line in lines]
    sections = [Section(line.start, line.end, role, why)
                for line, (role, why) in zip(lines, roles, strict=True)]
    if len(sections) == 1 and SENTENCE_WITHIN.search(_line(text, sections[0])[:LOOK_AT]):
        _mark(sections, 0, SectionRole.BODY, "all there is")
    _spread_to_neighbours(text, sections, words)
    _name_headings(text, sections)
    return tuple(sections)


class _Vocabulary(NamedTuple):
    caption_openings: tuple[str, ...]
    caption_marks: tuple[str, ...]
    credit_openings: tuple[str, ...]
    byline_openings: tuple[str, ...]
    teaser_openings: tuple[str, ...]
    prose_openings: tuple[str, ...]
    """Those of them that open prose as well, which ends in a full stop."""
    teaser_closings: frozenset[str]
    section_names: frozenset[str]
    more_openings: tuple[str, ...]
    promotion_cues: tuple[str, ...]
    addresses: tuple[str, ...]
    """How a promotion speaks to its reader; a sentence without is prose: "The video was shared on Facebook and …"."""
    form_cues: tuple[str, ...]
    note_openings: tuple[str, ...]
    date_words: frozenset[str]

    def found_in(self, folded: str, spellings: Set[str]) -> _Vocabulary:
        """Only the marks and cues that stand in a text; most don't, as no word of it opens so."""
        caption_marks, promotion_cues, form_cues = _cues().standing_in(folded, spellings)
        return self._replace(caption_marks=caption_marks, promotion_cues=promotion_cues, form_cues=form_cues)


WORD_OR_MARK = re.compile(r"[^\W_]+|[^\w\s]|_")


@cache
def _cues() -> Cues:
    words = _vocabulary()
    return Cues(words.caption_marks, words.promotion_cues, words.form_cues)


@cache
def _vocabulary() -> _Vocabulary:
    """The section lexicons of all languages as one."""
    entries: dict[str, dict[str, None]] = {}
    for language in lexicon.languages():
        for name, words in lexicon.read(language, "sections").items():
            entries.setdefault(name, {}).update(dict.fromkeys(words))  # languages share words: once each

    return _Vocabulary(
        caption_openings=tuple(entries["caption_openings"]),
        caption_marks=tuple(entries["caption_marks"]),
        credit_openings=tuple(entries["credit_openings"]),
        byline_openings=tuple(entries["byline_openings"]),
        teaser_openings=tuple(entries["teaser_openings"]),
        prose_openings=tuple(entries["prose_openings"]),
        teaser_closings=frozenset(entries["teaser_closings"]),
        section_names=frozenset(entries["section_names"]),
        more_openings=tuple(entries["more_openings"]),
        promotion_cues=tuple(entries["promotion_cues"]),
        addresses=tuple(entries["addresses"]),
        form_cues=tuple(entries["form_cues"]),
        note_openings=tuple(entries["note_openings"]),
        date_words=frozenset(entries["date_words"]))


AGENCY_CAPTION = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ .,'-]{3,60} [-–—] [A-Z]{3,9} \d{1,2}, \d{4}\s?:")
""""RUSSIA, KHERSON REGION - OCTOBER 9, 2024: …", as TASS and EPA caption photos."""
ARCHIVE_CAPTION = re.compile(r"\w{4,12} [-–—] \d{1,2}\.\d{1,2}\.\d{4}, ")
""""ARCHIV - 19.06.2024, Nordkorea, Pjöngjang: …", as dpa captions photos."""
TRUNCATED = re.compile(r"\s(?:\.\.\.|…)\Z")
BRACKETED = re.compile(r"[(\[][^()\[\]]{2,80}[)\]]\Z")
DIGIT = re.compile(r"\d")
NUMBER_OR_MARK = re.compile(r"[\d\W_]+")


def _by_words(line: str, title: str, words: _Vocabulary) -> tuple[SectionRole, str]:
    """What a line is by its own words."""
    folded = line[:LOOK_AT].lower()
    if title and line.strip() == title.strip():
        return SectionRole.TITLE, "equals the given title"
    if _is_date_line(folded, words.date_words):
        return SectionRole.DATE, "nothing but a date"
    if len(line) <= LONGEST_CLOSING and BRACKETED.fullmatch(line):
        return SectionRole.CREDIT, "in brackets alone"
    if len(line) < LONGEST_CAPTION and _phrases_in(folded, words.form_cues):
        return SectionRole.NAVIGATION, "words of a form or imprint"
    if len(line) < LONGEST_CAPTION:
        if ARCHIVE_CAPTION.match(line) or AGENCY_CAPTION.match(line):
            return SectionRole.CAPTION, "opens as agencies caption photos"
        mark = photo_credit(folded, words.caption_marks)
        if mark and mark[-1] != ":" and len(line) <= LONGEST_CREDIT and agencies_in(line):
            return SectionRole.CREDIT, "agencies alone"
        if mark and (mark := photo_credit(without_credits(folded), words.caption_marks)):
            return SectionRole.CAPTION, f"photo credit: {mark}"
        if _opens_with(folded, words.caption_openings) and len(line) < LONGEST_TEASER:
            return SectionRole.CAPTION, "opens like a caption"
    if len(line) < LONGEST_TEASER and (opening := _opens_with(folded, words.teaser_openings)) \
            and not (opening in words.prose_openings and SENTENCE_FINAL.search(line[-60:])):
        return SectionRole.TEASER, f"opens with: {opening}"
    if opening := _opens_with(folded.lstrip(" *[("), words.note_openings):
        return SectionRole.NAVIGATION, f"a note of the editors: {opening}"
    if folded.strip(" .:›»>→") in words.teaser_closings:
        return SectionRole.TEASER, "link to another article"
    if opening := _opens_with(folded, words.credit_openings):
        return SectionRole.CREDIT, f"opens with: {opening}"
    if len(line) < LONGEST_CAPTION and (cues := _phrases_in(folded, words.promotion_cues)):
        addressed = _phrases_in(folded, words.addresses)
        if (len(cues) > 1 and (addressed or not SENTENCE_FINAL.search(line[-60:]))) or set(addressed).difference(cues):
            return SectionRole.NAVIGATION, f"promotion: {', '.join(cues[:3])}"
    return _by_form(line, folded, words)


def _by_form(line: str, folded: str, words: _Vocabulary) -> tuple[SectionRole, str]:
    """What a line is by its length and letters."""
    if folded.strip(" :.|›»>") in words.section_names:
        return SectionRole.NAVIGATION, "name of a section"
    if _opens_with(folded, words.more_openings) and len(line[:LONGEST_HEADING].split()) <= LONGEST_LABEL + 3:
        return SectionRole.NAVIGATION, "link to a section"
    if _opens_with(folded, words.byline_openings) and _is_byline(line):
        return SectionRole.CREDIT, "byline"
    if line.isupper() and len(line) > 1 and (len(line) <= LONGEST_INITIALS or agencies_in(line)):
        return SectionRole.CREDIT, "an outlet or agency alone"
    return SectionRole.BODY, ""


def _phrases_in(folded: str, phrases: Iterable[str]) -> list[str]:
    """The phrases that stand in a line, each from the start of a word (plain search: 50 times an alternation)."""
    return [phrase for phrase in phrases if phrase in folded and _starts_a_word(folded, phrase)]


def _starts_a_word(folded: str, phrase: str) -> bool:
    position = folded.find(phrase)
    while position > 0 and phrase[0].isalnum() and folded[position - 1].isalnum():
        position = folded.find(phrase, position + 1)
    return position >= 0


def _opens_with(folded: str, openings: tuple[str, ...]) -> str:
    """The opening that a line starts with, whole words only; empty if none."""
    if not folded.startswith(openings):
        return ""
    for opening in openings:
        if folded.startswith(opening):
            following = folded[len(opening):len(opening) + 1]
            if not (opening[-1].isalnum() and following.isalnum()):
                return opening
    return ""


def _is_date_line(folded: str, date_words: frozenset[str]) -> bool:
    if len(folded) > LONGEST_DATE_LINE or not DIGIT.search(folded):
        return False
    letters = [word for word in NUMBER_OR_MARK.split(folded) if word]
    return all(word in date_words for word in letters) and (len(folded) >= 6 or bool(letters))


def _is_byline(line: str) -> bool:
    """ "Von Anna Beispiel und Max Muster": few words, nearly all with a capital, no full stop."""
    words = line.split()
    capitals = sum(word[0].isupper() for word in words)
    return 2 <= len(words) <= 12 and capitals >= len(words) - 2 and not SENTENCE_FINAL.search(line)


def _spread_to_neighbours(text: str, sections: list[Section], words: _Vocabulary) -> None:
    """Let roles reach the lines beside that share them: a caption's first half, a teaser's headline."""
    first = len(sections)  # paragraph of the article
    for index, section in enumerate(sections):
        before = index - 1
        if index < first and section.role is SectionRole.BODY and not is_heading(_line(text, section)):
            first = index
        if section.role is SectionRole.CAPTION and _is_body(sections, before):
            if TRUNCATED.search(_line(text, sections[before])[-5:]):
                _mark(sections, before, SectionRole.CAPTION, "cut off before a caption")
        elif section.why.startswith("promotion") and _is_body(sections, before):
            heading = _line(text, sections[before])
            if is_heading(heading) and _phrases_in(heading.lower(), words.promotion_cues):
                _mark(sections, before, SectionRole.NAVIGATION, "heading of a promotion")
        elif section.why == "link to another article":
            _mark_teaser_above(text, sections, first, index)
        elif section.role is SectionRole.TEASER and section.end - section.start <= LONGEST_CLOSING:
            _mark_teaser_below(text, sections, index)


TEASER_PARAGRAPHS = 3
"""A teaser with a link below has a headline and at most two paragraphs."""
TEASER_HEADLINES = 5
"""Lists of other stories seldom have more than five; further headlines are caught as what follows the body."""


def _mark_teaser_above(text: str, sections: list[Section], first: int, index: int) -> None:
    """A link "Zur Story" closes a teaser that opened with a heading a few paragraphs before.

    Before the article's ``first`` paragraph there is no teaser: the heading would be its own.
    """
    for above in range(index - 1, max(index - 1 - TEASER_PARAGRAPHS, first), -1):
        if not _is_body(sections, above):
            return
        if is_heading(_line(text, sections[above])):
            for between in range(above, index):
                _mark(sections, between, SectionRole.TEASER, "teaser closed by a link")
            return


def _mark_teaser_below(text: str, sections: list[Section], index: int) -> None:
    """A bare "Lesen Sie auch" is followed by headlines of other articles, if by anything."""
    for below in range(index + 1, min(index + 1 + TEASER_HEADLINES, len(sections))):
        line = _line(text, sections[below])
        if not _is_body(sections, below) or not (is_heading(line) or is_question(line)):
            return
        _mark(sections, below, SectionRole.TEASER, "headline below a pointer to other articles")


def _line(text: str, section: Section) -> str:
    return text[section.start:section.end]


def _is_body(sections: Sequence[Section], index: int) -> bool:
    return index >= 0 and sections[index].role is SectionRole.BODY


def _mark(sections: list[Section], index: int, role: SectionRole, why: str) -> None:
    sections[index] = sections[index]._replace(role=role, why=why)


def _list_items(text: str, sections: Sequence[Section], headings: Sequence[int], last: int) -> set[int]:
    """The lines that are items of a list in the article: two or more, between its paragraphs or behind a colon."""
    marked = {index for index in headings if LIST_ITEM.match(_line(text, sections[index]))}
    items: set[int] = set()
    start = -1
    for index in sorted(marked):
        if index - 1 not in marked:
            start = index
        alone = start == index and index + 1 not in marked
        announced = start > 0 and _line(text, sections[start - 1]).rstrip().endswith(":")
        if not alone and (index < last or announced):
            items.add(index)
    return items


def _is_cut_off(text: str, sections: Sequence[Section], headings: Sequence[int]) -> bool:
    """Whether the last line is a paragraph that a feed or an archive has cut off: long, and not one of many links.

    A heading may stand above it, and a paragraph or a caption above that.
    """
    last = len(sections) - 1
    if len(_line(text, sections[last])) < CUT_OFF:
        return False
    return last - 1 not in headings or (
        len(_line(text, sections[last - 1])) <= LONGEST_SUBHEADING and last - 2 not in headings)


def _name_headings(text: str, sections: list[Section]) -> None:
    """Lines in heading form: the title where they stand before the first paragraph, else headings."""
    body = [index for index, section in enumerate(sections) if section.role is SectionRole.BODY]
    headings = [index for index in body if is_heading(_line(text, sections[index]))]
    if headings and headings[-1] == len(sections) - 1 and _is_cut_off(text, sections, headings):
        headings.pop()
    prose = sorted(set(body) - set(headings))
    if not prose:
        return
    items = _list_items(text, sections, headings, prose[-1])
    for index in headings:
        if index in items and index > prose[0]:
            continue
        if index < prose[0]:
            _mark(sections, index, SectionRole.TITLE, "heading before the first paragraph")
        elif index > prose[-1]:
            _mark(sections, index, SectionRole.NAVIGATION, "heading after the last paragraph")
        else:
            _mark(sections, index, SectionRole.HEADING, "heading between paragraphs")
