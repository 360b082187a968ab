"""What a person decided against the program: append-only, undoable, found again in every later run.

A correction names its event by the words that tell of it (:class:`Anchor`), not by where the program
put it: so it still holds when a new version moves, splits or renumbers the event. How corrections
are applied is :mod:`geodata.replay`; where they are kept, :mod:`geodata.workspace`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from geodata.atomic import written_whole
from geodata.errors import DatelineError, InputError
from geodata.event import Event, Factuality, Quantity, Source
from geodata.place import Place
from geodata.records import Plain, from_plain, json_bytes, to_plain
from geodata.timespan import TimeSpan

TRIGGER = "trigger"
"""Role of the mark in a quote that names the event."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one article that tell of an event.

    Attributes
    ----------
    text_sha256, start, end:
        The article's text and the quote's code points in it: find the quote where it was cut otherwise.
    quote_sha256, article, url:
        Hash of the quote, and the article's id and address: find it in that article's text extracted anew,
        where offsets differ. The same words in another article may tell of something else.
    trigger:
        Code points *of the text* of the word that names the event, ``None`` where the source marks none:
        one sentence may tell of several events.
    """

    text_sha256: str
    start: int
    end: int
    quote_sha256: str
    article: str
    url: str = ""
    trigger: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Anchor:
    """What finds an event again: its words, and what tells it from others of the same words.

    Attributes
    ----------
    event:
        Its id when the correction was made.
    type, place:
        Its event type and the id of its place (empty for none) at that moment.
    """

    event: str
    type: str
    place: str
    words: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """It happened there, or (``None``) nobody can say where."""

    place: Place | None


@dataclass(frozen=True, slots=True)
class Retype:
    """It is an event of another type."""

    type: str


@dataclass(frozen=True, slots=True)
class Redate:
    """It happened then."""

    span: TimeSpan


@dataclass(frozen=True, slots=True)
class Restate:
    """Its status is another: whether it happened, and who says so."""

    factuality: Factuality
    claimed_by: str = ""


@dataclass(frozen=True, slots=True)
class Merge:
    """The others are the same event: their sources join its own."""

    others: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What some of an event's reports tell of it, without the others."""

    type: str
    place: Place | None
    span: TimeSpan
    factuality: Factuality
    claimed_by: str = ""
    quantities: tuple[Quantity, ...] = ()


@dataclass(frozen=True, slots=True)
class Split:
    """These words tell of another event, which leaves with them.

    Attributes
    ----------
    leaving, staying:
        What the reports that leave tell of theirs, and those that stay of theirs: the place of the one may have
        come from the other. ``None`` leaves what the whole event had.
    """

    words: tuple[Words, ...]
    leaving: Told | None = None
    staying: Told | None = None


@dataclass(frozen=True, slots=True)
class Discard:
    """No event at all."""


@dataclass(frozen=True, slots=True)
class Confirm:
    """Type, place, date and status are right."""


@dataclass(frozen=True, slots=True)
class Undo:
    """Takes back the correction of that id, which may itself be an undo."""

    correction: str


Change = Move | Retype | Redate | Restate | Merge | Split | Discard | Confirm | Undo
ACTIONS: Mapping[str, type[Change]] = {
    "move": Move, "type": Retype, "date": Redate, "status": Restate, "merge": Merge, "split": Split,
    "discard": Discard, "confirm": Confirm, "undo": Undo}
"""The names of the changes in files and on screens."""
_NAMES = {kind: name for name, kind in ACTIONS.items()}


@dataclass(frozen=True, slots=True)
class Correction:
    """One decision of one person.

    Attributes
    ----------
    target:
        The event it is about; for an undo, that of the correction taken back.
    when:
        Moment in UTC, from the caller's clock: corrections are replayed in this order.
    why:
        In the person's own words; may be empty.
    """

    target: Anchor
    change: Change
    who: str
    when: datetime
    why: str = ""

    def __post_init__(self) -> None:
        if self.when.tzinfo is None:
            raise ValueError("a correction's moment needs a time zone")
        object.__setattr__(self, "when", self.when.astimezone(UTC))

    @property
    def action(self) -> str:
        """Name of the change: a key of :data:`ACTIONS`."""
        return _NAMES[type(self.change)]

    @property
    def id(self) -> str:
        """Hash of all it says: the same correction imported twice is one."""
        return sha256(json_bytes(correction_to_json(self))).hexdigest()[:16]


class ConflictError(DatelineError):
    """Raised when others have decided about the same event since: nothing was kept; look, and decide again.

    Attributes
    ----------
    made:
        What they decided, oldest first.
    """

    def __init__(self, subject: object, made: tuple[Correction, ...]) -> None:
        who = ", ".join(dict.fromkeys(correction.who or "somebody" for correction in made))
        super().__init__(subject, f"{who} decided about the same event", "Look at it again, and decide then")
        self.made = made


def words_of(source: Source) -> Words:
    """The words of one source of an event."""
    trigger = next(((source.start + mark.start, source.start + mark.end)
                    for mark in source.marks if mark.role == TRIGGER), None)
    return Words(source.text_sha256, source.start, source.end, quote_hash(source.quote), source.article, source.url,
                 trigger)


def quote_hash(quote: str) -> str:
    """Hash of a quote, blind to how its white space is cut into lines."""
    return sha256(" ".join(quote.split()).encode("utf-8", "backslashreplace")).hexdigest()


def anchor_of(event: Event) -> Anchor:
    """What finds ``event`` again in another run."""
    return Anchor(event.id, event.type, event.place.id if event.place else "", tuple(map(words_of, event.sources)))


def in_effect(corrections: Iterable[Correction]) -> tuple[Correction, ...]:
    """The corrections that nobody took back, oldest first; undos and doubles are gone."""
    ordered = sorted({correction.id: correction for correction in corrections}.items(),
                     key=lambda item: (item[1].when, item[0]))
    undone: set[str] = set()
    standing = []
    for identifier, correction in reversed(ordered):  # only what comes later can take something back
        if identifier in undone:
            continue
        if isinstance(correction.change, Undo):
            undone.add(correction.change.correction)
        else:
            standing.append(correction)
    return tuple(reversed(standing))


def correction_to_json(correction: Correction) -> dict[str, Plain]:
    """A correction as a JSON object; ``change`` holds what the action needs."""
    return {"when": correction.when.isoformat(), "who": correction.who, "why": correction.why,
            "action": correction.action, "change": to_plain(correction.change), "target": to_plain(correction.target)}


def correction_from_json(plain: Mapping[str, Any]) -> Correction:
    """The correction that :func:`correction_to_json` wrote.

    Raises
    ------
    KeyError, TypeError, ValueError
        If it is none.
    """
    return Correction(
        target=from_plain(Anchor, plain["target"]), change=from_plain(ACTIONS[plain["action"]], plain["change"]),
        who=str(plain["who"]), when=datetime.fromisoformat(plain["when"]), why=str(plain.get("why", "")))


def write_corrections(path: Path, corrections: Iterable[Correction]) -> int:
    """Write corrections as JSON Lines, whole or not at all; returns how many.

    Raises
    ------
    OutputError
        If the file can't be written.
    """
    written = 0
    with written_whole(path) as file:
        for correction in corrections:
            file.write(json_bytes(correction_to_json(correction)) + b"\n")
            written += 1
    return written


def read_corrections(path: Path) -> tuple[Correction, ...]:
    """Read corrections that :func:`write_corrections` wrote.

    Raises
    ------
    InputError
        If the file is missing or a line is no correction; names the line.
    """
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError as error:
        raise InputError(path, f"can't be read ({error.strerror})", "Check the path") from error
    corrections = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            corrections.append(correction_from_json(json.loads(line.decode("utf-8", "surrogatepass"))))
        except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
            problem = f"is no correction ({type(error).__name__}: {error})"
            raise InputError(f"{path}:{number}", problem, "Write it with 'dateline corrections export'") from error
    return tuple(corrections)
