"""Name keys: the form in which names are compared.

Two spellings of one name share a key. The key comes in two strengths: :func:`fold` evens out case,
accents, hyphens and apostrophes and is always used; :func:`skeleton` also evens out how languages
transliterate ("Schtschastja", "Shchastia", "Щастя") and is a fallback for names that fold to nothing known.
"""

from __future__ import annotations

import re
import unicodedata

LETTERS_WITHOUT_DECOMPOSITION = str.maketrans({
    "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ŧ": "t", "æ": "ae", "œ": "oe", "þ": "th",
    "ə": "a", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ґ": "г",
})
"""Letters that Unicode does not decompose into a base letter and a mark, as newsrooms simplify them."""

VANISHING = re.compile(r"[.'’‘ʼʻʿʾ`´ʹʺ′ˈ\u00ad\u200b-\u200f\u2060\ufeff]+")
"""Marks that part no word: the dots of "U.S.", the apostrophes of "Xi'an" and "Sana’a", soft hyphens."""

SEPARATORS = re.compile(r"[\W_]+")
"""Whatever else is no letter or digit parts words: "Gaza-Stadt" and "Gaza Stadt" share a key."""

LONGEST_NAME = 200
"""Longest name in code points; the longest in GeoNames has 168. Whatever is longer is no name."""

LONGEST_ACRONYM = 5
"""Up to so many capitals are an acronym ("US", "DRC"); its lower case is another word ("us")."""


def fold(name: str) -> str:
    """Key of a name: case, accents, hyphens and apostrophes evened out; empty if no letter is left.

    Linear in the length of ``name``, and total: any string will do.
    """
    if len(name) > LONGEST_NAME:
        return ""
    if name.isascii():
        simple = name.lower()
    else:
        # decomposed before, too: a mathematical 𝓐 has no lower case until it is an A
        simple = unicodedata.normalize("NFKD", name).casefold().translate(LETTERS_WITHOUT_DECOMPOSITION)
        decomposed = unicodedata.normalize("NFKD", simple)
        simple = "".join(c for c in decomposed if not unicodedata.combining(c) and not "\ud800" <= c <= "\udfff")
    if simple.isalpha():
        return simple
    return SEPARATORS.sub(" ", VANISHING.sub("", simple)).strip()


def acronym(name: str) -> str:
    """Key of an acronym ("U.S." is ``US``), or the empty string if ``name`` is none."""
    letters = name.replace(".", "")
    return letters if 1 < len(letters) <= LONGEST_ACRONYM and letters.isalpha() and letters.isupper() else ""


def abbreviation_key(name: str) -> str:
    """Key of an abbreviation: "N.Y." is the acronym ``NY``, "Ky." keeps its case and its full stop."""
    return acronym(name) or name


CYRILLIC_TO_LATIN = str.maketrans({
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "є": "e", "ж": "zh", "з": "z", "и": "i", "і": "i",
    "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u",
    "ў": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "i", "ь": "",
    "э": "e", "ю": "iu", "я": "ia", "ј": "i", "љ": "l", "њ": "n", "ђ": "d", "ћ": "ch", "џ": "zh",
})
"""Cyrillic after folding (й has lost its breve, ё its dots); close to BGN/PCGN without its marks."""

TRANSLITERATIONS = (
    # Longest first: each pair is a spelling of one sound in German, English, French or Polish newsrooms.
    ("schtsch", "Q"), ("shch", "Q"), ("szcz", "Q"), ("dsch", "J"), ("tsch", "C"), ("tch", "C"), ("sch", "S"),
    ("dzh", "J"), ("dj", "J"), ("dsh", "J"), ("cz", "C"), ("ch", "C"), ("kh", "C"), ("sh", "S"), ("sz", "S"),
    ("zh", "S"), ("ts", "z"), ("tz", "z"), ("ck", "k"), ("gh", "g"), ("ph", "f"), ("th", "t"), ("dh", "d"),
    ("ou", "u"), ("oo", "u"), ("ij", "i"), ("iy", "i"), ("yi", "i"), ("ii", "i"),
    ("ja", "a"), ("ya", "a"), ("ia", "a"), ("ju", "u"), ("yu", "u"), ("iu", "u"), ("je", "e"), ("ye", "e"),
    ("ie", "e"), ("jo", "o"), ("yo", "o"), ("io", "o"),
)
SINGLE_SOUNDS = str.maketrans({"w": "v", "y": "i", "j": "i", "z": "s", "c": "k", "q": "k", "x": "ks", "g": "h"})
"""One letter for each sound that languages spell differently; г is g in Russian and h in Ukrainian."""

DOUBLED = re.compile(r"(.)\1+")
SHORTEST_SKELETON = 4
"""A shorter skeleton fits too many names to be evidence."""
ALPHABETIC_LATIN = re.compile(r"[a-z ]+")


def skeleton(name: str) -> str:
    """Transliteration key of a Latin or Cyrillic name; empty if it is in another script or too short."""
    key = fold(name).translate(CYRILLIC_TO_LATIN)
    if not ALPHABETIC_LATIN.fullmatch(key):
        return ""
    for spelling, sound in TRANSLITERATIONS:
        if spelling in key:
            key = key.replace(spelling, sound)
    key = DOUBLED.sub(r"\1", key.translate(SINGLE_SOUNDS))
    return key if len(key) >= SHORTEST_SKELETON else ""


SKELETON_MARK = "~"
"""Begins the keys that are skeletons; no folded name begins with it."""


def border_id(country: str, other: str) -> str:
    """Identifier of the border of two countries, whichever comes first."""
    return "border:" + "-".join(sorted((country, other)))
