"""Spans of a sentence that the gazetteer, the derived words or a designator know: what could be a place name.

Nothing is decided here; :mod:`extract.places.evidence` weighs each span by its context.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extract.annotation import Form
from extract.document import Document, Sentence, Token
from extract.places.cues import Cues
from extract.places.derived import DerivedWords
from geodata.gazetteer import Gazetteer, NamedPlace
from geodata.place import PlaceKind

LONGEST_TOKEN = 60
"""Longer tokens are no names (the longest town name has 58 letters), but broken input."""

GLUED = re.compile(r"(?<=[^\W\d_A-ZÄÖÜ])(?=[A-ZÄÖÜ][^\W\d_A-ZÄÖÜ])")
"""Where a lost line break has glued two words together: "KurskMoskau"."""

PROMINENT = 4.5
"""Prior (powers of ten of inhabitants, see the gazetteer) from which half a word may count as a name."""

MIN_UNKNOWN = 4
"""Letters of the shortest name that is believed without the gazetteer."""

SHORTEST_ALL_CAPITALS = 5
"""Capitals up to one less are an acronym ("NIS"), from here on a town in a headline ("KURSK")."""


@dataclass(slots=True)
class Spot:
    """A span that could be a place name; ``first`` to before ``last`` index the sentence's words.

    ``start`` and ``end`` are offsets of the mention, which may take in a designator ("Kent County")
    that is no part of ``name``, or leave out a genitive's ending. ``of_town`` marks a town's adjective.
    """

    first: int
    last: int
    start: int
    end: int
    name: str
    form: Form
    places: tuple[NamedPlace, ...] = ()
    place_id: str = ""
    kind: PlaceKind | None = None
    bearing: int | None = None
    genitive: bool = False
    of_town: bool = False
    score: float = 0.0
    why: list[str] = field(default_factory=list)

    @property
    def top(self) -> NamedPlace | None:
        return self.places[0] if self.places else None


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence's words as names are looked up in them.

    Attributes
    ----------
    texts:
        Without the genitive's apostrophe and s, and without the full stop of "St.".
    spans:
        Offsets of each, of ``texts``' letters only.
    indices:
        Of each word's token in the document.
    genitive:
        Which words have lost an apostrophe and s.
    """

    texts: list[str]
    spans: list[tuple[int, int]]
    indices: list[int]
    genitive: frozenset[int]


def read_words(document: Document, sentence: Sentence, cues: Cues, gazetteer: Gazetteer) -> Words:
    """The words of a sentence, glued ones apart."""
    texts: list[str] = []
    spans: list[tuple[int, int]] = []
    indices: list[int] = []
    genitive: set[int] = set()
    for index in range(sentence.first, sentence.last):
        token = document.tokens[index]
        text = token.text
        if text == "." and texts and texts[-1] in cues.abbreviations:
            continue
        if len(text) > 2 and text[-2] in "'’" and text[-1] in "sS":
            text = text[:-2]
            genitive.add(len(texts))
        if len(text) > 6 and not text.islower() and not text.isupper() and len(text) < LONGEST_TOKEN:
            for start, end in _unglued(text, gazetteer):
                texts.append(text[start:end])
                spans.append((token.start + start, token.start + end))
                indices.append(index)
            continue
        texts.append(text)
        spans.append((token.start, token.start + len(text)))
        indices.append(index)
    return Words(texts, spans, indices, frozenset(genitive))


def _unglued(text: str, gazetteer: Gazetteer) -> Sequence[tuple[int, int]]:
    seam = GLUED.search(text)
    if seam is None or seam.start() < 4 or len(text) - seam.start() < 4 or gazetteer.candidates(text):
        return ((0, len(text)),)
    halves = ((0, seam.start()), (seam.start(), len(text)))
    if any(_is_prominent(text[start:end], gazetteer) for start, end in halves):
        return halves
    return ((0, len(text)),)


def _is_prominent(name: str, gazetteer: Gazetteer) -> bool:
    places = gazetteer.candidates(name)
    return (
        bool(places)
        and places[0].prior >= PROMINENT
        and places[0].match != "skeleton"
        and gazetteer.name_chance(name) > 0.4
    )


def find_spots(words: Words, cues: Cues, derived: DerivedWords, gazetteer: Gazetteer) -> Iterator[Spot]:
    """Every span of a sentence that could be a place name, from left to right, the longest at each word."""
    texts = words.texts
    i, count = 0, len(texts)
    while i < count:
        text = texts[i]
        first = text[0]
        spot: Spot | list[Spot] | None
        if text in cues.direction and (spot := _part_of_the_country(words, i, cues)):
            pass
        elif text in cues.never and not _begins_longer_name(texts, i, gazetteer):
            spot = None
        elif first.isupper() and len(text) < LONGEST_TOKEN:
            spot = (
                _alias(words, i, cues, gazetteer)
                or _several_words_derived(words, i, derived)
                or _name(words, i, cues, derived, gazetteer)
                or _unknown(words, i, cues)
            )
        elif text in derived.places or "-" in text:
            spot = _adjective(words, i, derived)
        else:
            i += 1
            continue
        if spot is None:
            i += 1
            continue
        if isinstance(spot, list):
            yield from spot
            i += 1
            continue
        yield _with_designator(spot, words, cues)
        i = max(spot.last, i + 1)


def _spot(words: Words, first: int, last: int, name: str, form: Form, **more: object) -> Spot:
    return Spot(first, last, words.spans[first][0], words.spans[last - 1][1], name, form, **more)  # type: ignore[arg-type]


def _begins_longer_name(texts: list[str], i: int, gazetteer: Gazetteer) -> bool:
    return i + 1 < len(texts) and texts[i + 1][0].isupper() and gazetteer.longest_match(texts, i) > 1


def _part_of_the_country(words: Words, i: int, cues: Cues) -> Spot | None:
    """ "im Osten des Landes": which country is for the article to say."""
    for phrase in cues.direction_of_country:
        last = i + 1 + len(phrase)
        if tuple(words.texts[i + 1 : last]) == phrase:
            return _spot(
                words, i, last, "", Form.NAME, bearing=cues.direction[words.texts[i]], why=["a part of the country"]
            )
    return None


def _unknown(words: Words, i: int, cues: Cues) -> Spot | None:
    """A name that no gazetteer has, where the words beside it say that it is one."""
    texts = words.texts
    text = texts[i]
    if len(text) < MIN_UNKNOWN or not text.replace("-", "").isalpha() or text.isupper():
        return None
    before = texts[i - 1] if i else ""
    after = texts[i + 1] if i + 1 < len(texts) else ""
    if after[:1].isupper() and cues.designator_after.get(after) is PlaceKind.REGION and not cues.nouns_have_capitals:
        return _spot(words, i, i + 1, text, Form.NAME)
    if before in cues.designator_of_unknown or (i > 1 and f"{texts[i - 2]} {before}" in cues.designator_of_unknown):
        return _spot(words, i, i + 1, text, Form.NAME, why=["named as a place"])
    if before in cues.place_prepositions and cues.name_endings and text.endswith(cues.name_endings):
        return _spot(words, i, i + 1, text, Form.NAME, why=["the ending of a place's name"])
    return None


def _alias(words: Words, i: int, cues: Cues, gazetteer: Gazetteer) -> Spot | None:
    """A newsroom's short name: "Ky." behind a town and a comma, "U.S."."""
    texts = words.texts
    text = texts[i]
    after_comma = i > 1 and texts[i - 1] in (",", "(")
    place_id = cues.alias.get(text, "")
    end = words.spans[i][1]
    last = i + 1
    if not place_id and after_comma:
        place_id = cues.alias_after_comma.get(text, "")
        if not place_id and last < len(texts) and texts[last] == ".":
            place_id = cues.alias.get(text + ".", "")
            if place_id:
                end, last = words.spans[last][1], last + 1
    if not place_id or place_id not in gazetteer:
        return None
    return Spot(
        i,
        last,
        words.spans[i][0],
        end,
        text,
        Form.NAME,
        place_id=place_id,
        genitive=i in words.genitive,
        why=["a usual short name"],
    )


def _several_words_derived(words: Words, i: int, derived: DerivedWords) -> Spot | None:
    if words.texts[i] in derived.first_words:
        for length in (3, 2):
            phrase = " ".join(words.texts[i : i + length])
            place = derived.places.get(phrase)
            if place:
                return _derived(words, i, min(i + length, len(words.texts)), place)
    return None


def _derived(words: Words, first: int, last: int, place: str, bearing: int | None = None) -> Spot:
    name = place.removeprefix("=") if place.startswith("=") else ""
    return _spot(
        words,
        first,
        last,
        name or words.texts[first],
        Form.DERIVED,
        place_id="" if name else place,
        bearing=bearing,
        why=["an adjective or demonym"],
    )


def _adjective(words: Words, i: int, derived: DerivedWords) -> Spot | None:
    text = words.texts[i]
    place = derived.places.get(text)
    if place:
        return _derived(words, i, i + 1, place)
    for part in text.split("-"):  # "russisch-nordkoreanischen": the last part is inflected
        place = derived.places.get(part) or place
    return _derived(words, i, i + 1, place) if place else None


def _name(words: Words, i: int, cues: Cues, derived: DerivedWords, gazetteer: Gazetteer) -> Spot | list[Spot] | None:
    texts = words.texts
    text = texts[i]
    length = _longest_name(texts, i, gazetteer)
    if length > 1 and text in cues.designator_before and gazetteer.candidates(" ".join(texts[i + 1 : i + length])):
        return None  # "Region Kursk": the designator is no part of the name
    if length > 1:
        name = " ".join(texts[i : i + length])
        return _spot(
            words,
            i,
            i + length,
            name,
            Form.NAME,
            places=gazetteer.candidates(name),
            genitive=i + length - 1 in words.genitive,
        )
    joined = _joined_by_marks(words, i, gazetteer)
    if joined is not None:
        return joined
    places = gazetteer.candidates(text) if length else ()
    stripped = _without_genitive(text, places, cues, gazetteer)
    if stripped:
        return _spot(words, i, i + 1, stripped, Form.NAME, places=gazetteer.candidates(stripped), genitive=True)
    place = derived.places.get(text)
    if place and not (places and places[0].place.kind is PlaceKind.COUNTRY):
        return _derived(words, i, i + 1, place)
    if places and not (text.isupper() and len(text) < SHORTEST_ALL_CAPITALS and places[0].place.kind is PlaceKind.CITY):
        return _spot(words, i, i + 1, text, Form.NAME, places=places, genitive=i in words.genitive)
    return _made_from_name(words, i, cues, derived, gazetteer)


def _longest_name(texts: list[str], i: int, gazetteer: Gazetteer) -> int:
    """Words of the longest name at ``i`` that ends with a capital or is a single word."""
    length = gazetteer.longest_match(texts, i)
    while length > 1 and not texts[i + length - 1][0].isupper():
        length -= 1
    if length > 1 and not gazetteer.candidates(" ".join(texts[i : i + length])):
        length = 1 if gazetteer.candidates(texts[i]) else 0
    return length


def _joined_by_marks(words: Words, i: int, gazetteer: Gazetteer) -> Spot | None:
    """A name with its river or district behind a mark: "Frankfurt/Main", "Frankfurt (Oder)"."""
    texts = words.texts
    if i + 2 >= len(texts) or texts[i + 1] not in "/(":
        return None
    last = i + 3 if texts[i + 1] == "/" else i + 4
    if last > len(texts) or (texts[i + 1] == "(" and texts[last - 1] != ")") or not texts[i + 2][0].isupper():
        return None
    name = f"{texts[i]} {texts[i + 2]}"
    places = gazetteer.candidates(name)
    if not places or places[0].match == "skeleton":
        return None
    return _spot(words, i, last, name, Form.NAME, places=places)


def _without_genitive(text: str, places: tuple[NamedPlace, ...], cues: Cues, gazetteer: Gazetteer) -> str:
    """The name without its genitive ending, if it is then a better known one; else empty."""
    for ending in cues.genitive_endings:
        if text.endswith(ending) and len(text) > len(ending) + 3:
            base = text[: -len(ending)]
            named = gazetteer.candidates(base)
            if named and named[0].match != "skeleton" and (not places or named[0].prior > places[0].prior + 0.5):
                return base
    return ""


def _made_from_name(
    words: Words, i: int, cues: Cues, derived: DerivedWords, gazetteer: Gazetteer
) -> Spot | list[Spot] | None:
    """Compounds ("Ukraine-Krieg", "Ostukraine", "Berlin-Mitte") and towns' adjectives ("Kiewer")."""
    text = words.texts[i]
    if "-" in text:
        return _hyphenated(words, i, cues, derived, gazetteer)
    direction = derived.split_direction(text)
    if direction:
        bearing, rest = direction
        base = rest if _is_known(rest, gazetteer) else _without_genitive(rest, (), cues, gazetteer)
        if base and _is_known(base, gazetteer):
            return _spot(
                words,
                i,
                i + 1,
                base,
                Form.NAME,
                places=gazetteer.candidates(base),
                bearing=bearing,
                genitive=base != rest,
                why=["a part of the sky and a name"],
            )
        if rest in derived.places:
            return _derived(words, i, i + 1, derived.places[rest], bearing)
    if i + 1 < len(words.texts) and (words.texts[i + 1][0].isupper() or words.texts[i + 1][0].islower()):
        for town in derived.towns_of(text):
            places = gazetteer.candidates(town)
            if places and places[0].match != "skeleton" and places[0].prior > 2.5 and gazetteer.name_chance(town) > 0.4:
                return _spot(
                    words, i, i + 1, town, Form.DERIVED, places=places, of_town=True, why=["a town's adjective"]
                )
    return None


def _is_known(name: str, gazetteer: Gazetteer) -> bool:
    """Whether a part of the sky may be written before ``name``: a country, a region, a macro-region."""
    places = gazetteer.candidates(name)
    return bool(places) and places[0].place.kind is not PlaceKind.CITY and places[0].match != "skeleton"


def _hyphenated(
    words: Words, i: int, cues: Cues, derived: DerivedWords, gazetteer: Gazetteer
) -> Spot | list[Spot] | None:
    text = words.texts[i]
    head, _, tail = text.partition("-")
    if not head or not tail:
        return None
    start = words.spans[i][0]
    if not cues.nouns_have_capitals:
        return _parts_that_are_places(words, i, cues, gazetteer)
    known = [part for part in text.split("-") if _may_head_compound(part, cues, derived, gazetteer)]
    whole = [part for part in text.split("-") if part]
    settled = i and words.texts[i - 1] in cues.place_prepositions and tail[0].isupper()
    if (tail in cues.part_of_town or settled) and (_is_prominent(head, gazetteer) or gazetteer.name_chance(head) > 0.5):
        return _spot(words, i, i + 1, head, Form.NAME, places=gazetteer.candidates(head), why=["a part of a town"])
    if len(known) == len(whole) == 2 and all(part not in derived.places for part in whole):
        places = gazetteer.candidates(head)
        inner = [
            named for named in gazetteer.candidates(tail) if places and gazetteer.contains(places[0].place, named.place)
        ]
        if inner and places[0].place.kind is PlaceKind.CITY:
            return _spot(words, i, i + 1, tail, Form.NAME, places=tuple(inner))
        seam = start + len(head)
        return [
            Spot(i, i + 1, start, seam, head, Form.NAME, places=places, place_id=cues.alias.get(head, "")),
            Spot(
                i,
                i + 1,
                seam + 1,
                words.spans[i][1],
                tail,
                Form.NAME,
                places=gazetteer.candidates(tail),
                place_id=cues.alias.get(tail, ""),
            ),
        ]
    if not known or not any(known[0] == part for part in whole[:-1] or whole):
        return None
    name = known[0]
    place_id = cues.alias.get(name, "") or derived.places.get(name, "")
    return _spot(
        words,
        i,
        i + 1,
        name.removeprefix("="),
        Form.DERIVED,
        places=gazetteer.candidates(name),
        place_id=place_id if not place_id.startswith("=") else "",
        why=["a compound"],
    )


def _may_head_compound(part: str, cues: Cues, derived: DerivedWords, gazetteer: Gazetteer) -> bool:
    return part in cues.alias or part in derived.places or _is_prominent(part, gazetteer)


def _parts_that_are_places(words: Words, i: int, cues: Cues, gazetteer: Gazetteer) -> list[Spot]:
    """Where compounds are rare, each part of "Iran-Iraq" or "London-based" is a word of its own."""
    spots = []
    start = words.spans[i][0]
    for part in words.texts[i].split("-"):
        if part in cues.alias or (part[:1].isupper() and _is_prominent(part, gazetteer)):
            spots.append(
                Spot(
                    i,
                    i + 1,
                    start,
                    start + len(part),
                    part,
                    Form.NAME,
                    places=gazetteer.candidates(part),
                    place_id=cues.alias.get(part, ""),
                )
            )
        start += len(part) + 1
    return spots


def _with_designator(spot: Spot, words: Words, cues: Cues) -> Spot:
    """Takes in a designator behind the name: "Kent County", and what kind of place it says this is."""
    if spot.form is Form.DERIVED or spot.last >= len(words.texts) or spot.genitive:
        return spot
    kind = cues.designator_after.get(words.texts[spot.last])
    if kind is not None and not cues.nouns_have_capitals:
        spot.kind = kind
        spot.end = words.spans[spot.last][1]
        spot.last += 1
        spot.why.append(f"'{words.texts[spot.last - 1]}' behind it")
    return spot


def token_at(document: Document, words: Words, i: int) -> Token:
    """The document's token that the word ``i`` is (part of)."""
    return document.tokens[words.indices[i]]
