"""Headings and prose: what the form of a line tells, in any language."""

from __future__ import annotations

import re

LONGEST_HEADING = 160
"""Code points. Headlines of German and English newspapers stay below 140."""
LIST_ITEM = re.compile(
    r"\s*(?:[-–—•*·▪►]|\(?\d{1,2}[.)]|\d{1,2}[.:]\d{2}(?: ?[^\W\d_]{2,4})?\s?[-–—:|])\s+(?:\S+\s+){4}")
"""An item of a list: a bullet, number or clock and five words or more; a link or a label has fewer."""
SENTENCE_FINAL = re.compile(
    r"[.!?…](?:[\"'”“»«’)\]]|\[\d{1,3}\])*"                               # "… a border town.[12][13]"
    r"[\s\u200d\u2600-\u27bf\u2b00-\u2bff\ufe0f\U0001f000-\U0001faff]*"  # "… with no warning. 🙏🏽"
    r"(?:\([^()]{2,30}\)\s*)?\Z")
"""A full stop at the end, or before footnotes, pictograms or an agency in brackets: "… zurückschlagen. (das/dpa)"."""
SENTENCE_WITHIN = re.compile(r"(?<!\S)(?:[^\s.!?…]+\s+){5}[^\W_]{4,}[.!…][\"”“»)]*\s+[\"„“«»]?[^\W\d_a-zß-ÿ]")
"""Where a sentence of six words or more ends before another begins; headlines that are two sentences have fewer.
Its last word has four letters: most abbreviations have less ("8,7 Mrd. Euro")."""
ANNOUNCING_WORDS = 8
"""Words from which on a line that ends in a colon or comma is no label: "The minister told reporters in Accra:"."""


def is_heading(line: str) -> bool:
    """Short and without a full stop, as headlines, labels and links are."""
    if len(line) > LONGEST_HEADING:
        return False
    if line.endswith((":", ",")):
        return len(line.split()) < ANNOUNCING_WORDS
    return not SENTENCE_FINAL.search(line[-60:]) and not SENTENCE_WITHIN.search(line)


def is_question(line: str) -> bool:
    """A question and nothing else, as headlines may be."""
    return len(line) <= LONGEST_HEADING and line.endswith("?") and not SENTENCE_WITHIN.search(line)
