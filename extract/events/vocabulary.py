"""What the words of a language mean to the event stage: trigger senses and word classes.

All of it is data (``lexicon/<lang>/triggers_*.toml``, ``actors``, ``domains``, ``factuality``,
``clauses``); what a token means is worked out once a spelling and kept, so that a text costs one
dictionary look-up a token however many rules there are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any, NamedTuple, TypeAlias

from extract import lexicon
from extract.events.inflection import Form, WordForm, noun_forms, spellings_of, verb_forms
from geodata.event import Codes
from geodata.taxonomy import taxonomy

TRIGGER_FILES = ("triggers_conflict", "triggers_disaster", "triggers_politics", "triggers_society", "triggers_crime",
                 "triggers_people", "triggers_forces", "triggers_idioms")
TOPIC_FILES, GRAMMAR_FILES = ("actors", "domains"), ("factuality", "clauses", "lookalikes")
"""Lexicons of the classes that tell what an article is about, and of those that only sentences are asked for: three
of four words that a text has of any class."""
CLASS_FILES = (*TOPIC_FILES, *GRAMMAR_FILES)
ASKED_OF_ARTICLES = ("needs", "article_needs", "article_like", "article_unlike")
"""What names the classes that a sense asks a whole article for."""
REMEMBERED_SPELLINGS = 200_000
"""Spellings whose meaning is kept: about 40 MB at worst, a year of a newspaper's vocabulary."""
SHORTEST_AFFIX = 2
"""Letters of the shortest beginning or ending that makes a class ("*ed")."""
JOINING = frozenset({"opens_anywhere", "coordinator"})
"""Classes whose words may begin a clause without a mark before them."""
NAMED = "name"
"""Among patients: whatever has a name and stands close behind ("took Uvira")."""
LONGEST_SPELLING = 60
"""Longer tokens are no words; nothing is looked up for them."""


@dataclass(frozen=True, slots=True, eq=False)
class Sense:
    """One thing that a trigger word can name.

    Attributes
    ----------
    id, type, codes:
        Rule id for the reasons; event type; its codes where the word says them more finely.
    before, companion:
        Words that must stand right before the trigger; a phrase that must stand in its clause.
    needs, article_needs, unless, modifiers:
        Classes one of which must stand in the sentence, or anywhere in the article; classes that
        must not stand near; first parts of compounds that make it another thing ("Preisexplosion").
    weight:
        0–1: how surely the word alone names such an event.
    effect:
        Whether it names what another event did (a collapse, a fire): told after one, it is part of it.
    agents:
        Classes one of which must do it: stand before it in its clause in the active voice, or behind "by".
    patients:
        Classes one of which it must be done to: stand behind it in the active voice, before it in the passive.
    beside:
        Classes one of which must stand in the sentence itself, however often in the article.
    article_like, article_unlike:
        Classes that an article has less often of the first than of the second where the word means something else
        (a strike of doctors is no air strike).
    about:
        Whether it deals with what somebody did, which its own clause names ("charged with murder").
    """

    id: str
    type: str
    codes: Codes
    finer_code: bool
    before: tuple[str, ...] = ()
    companion: tuple[str, ...] = ()
    needs: frozenset[str] = frozenset()
    article_needs: frozenset[str] = frozenset()
    unless: frozenset[str] = frozenset()
    modifiers: tuple[str, ...] = ()
    weight: float = 0.8
    effect: bool = False
    agents: frozenset[str] = frozenset()
    patients: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()
    about: bool = False
    article_like: frozenset[str] = frozenset()
    article_unlike: frozenset[str] = frozenset()


class SenseForm(NamedTuple):
    """A sense and the form in which a token shows it.

    ``fixed`` are words that its sentence has to hold, ``any_of`` sets of classes of each of which it has to hold one.
    """

    sense: Sense
    form: Form
    particle: str
    fixed: frozenset[str] = frozenset()
    any_of: tuple[frozenset[str], ...] = ()


Phrase: TypeAlias = tuple[tuple[str, ...], str]
"""Words of the lexicon that stand behind one another, and the class that they make."""


class _Openings(dict[str, Sequence[Phrase]]):
    """The phrases that a word may begin, by the second word; a second word that isn't known in full may be any."""

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        self.any_second = [phrase for phrase in phrases if phrase[0][1][-1] == "*"]
        seconds = {words[1] for words, _ in phrases}
        super().__init__((second, [phrase for phrase in phrases if phrase[0][1] == second] + self.any_second)
                         for second in seconds)

    def __contains__(self, second: object) -> bool:
        return True

    def __missing__(self, second: str) -> Sequence[Phrase]:
        return self.any_second


NO_PHRASES: Mapping[str, Sequence[Phrase]] = {}


def _by_second_word(phrases: Sequence[Phrase]) -> Mapping[str, Sequence[Phrase]]:
    openings = _Openings(phrases)
    return openings if openings.any_second else dict(openings)  # which answers faster


class SenseIndex:
    """The senses of a word by what they want in their sentence: of some dozen, it has the words of a few."""

    def __init__(self, senses: Sequence[SenseForm]) -> None:
        self._senses = senses
        self._free = [place for place, sense in enumerate(senses) if not sense.fixed]
        self._of_free = tuple(senses[place] for place in self._free)
        self._fixed: dict[str, list[int]] = {}
        for place, sense in enumerate(senses):
            if sense.fixed:  # found by its longest word, which is the rarest
                self._fixed.setdefault(max(sense.fixed, key=len), []).append(place)
        self._wanted = frozenset(self._fixed)
        self._any_of_free = frozenset(chain.from_iterable(sense.any_of[0] for sense in self._of_free if sense.any_of)) \
            if all(sense.any_of for sense in self._of_free) else None

    def within(self, spellings: frozenset[str], present: frozenset[str]) -> Sequence[SenseForm]:
        """The senses whose fixed words are all among ``spellings``, and one of each of their classes in ``present``.

        In the order of the lexicon.
        """
        found: Iterable[SenseForm] = self._of_free
        wanted = self._wanted & spellings
        if wanted:
            places = sorted(chain(self._free, *map(self._fixed.__getitem__, wanted)))
            found = map(self._senses.__getitem__, places)
        elif self._any_of_free is not None and self._any_of_free.isdisjoint(present):
            return ()  # nobody there who could do it: most words end here
        held = []
        for sense in found:
            if sense.fixed <= spellings:
                for classes in sense.any_of:
                    if present.isdisjoint(classes):
                        break
                else:
                    held.append(sense)
        return held


NO_SENSES = SenseIndex(())


class Word(NamedTuple):
    """Everything one spelling means: its classes, its trigger senses, the phrases it may begin by their second word.

    ``topics`` are the classes that articles are asked for, ``forms`` and ``particles`` those of its senses, ``joins``
    says whether it may begin a clause that no mark parts from the one before, ``senses_in`` finds its senses by their
    sentence: worked out once a spelling, asked in every sentence.
    """

    classes: frozenset[str]
    senses: tuple[SenseForm, ...]
    phrases: Mapping[str, Sequence[Phrase]] = NO_PHRASES
    topics: tuple[str, ...] = ()
    forms: frozenset[Form] = frozenset()
    particles: frozenset[str] = frozenset()
    joins: bool = False
    senses_in: SenseIndex = NO_SENSES


NOTHING = Word(frozenset(), ())


class _Known(dict[str, Word]):
    """Spelling → what it means, looked up once: asked for all words of an article by one ``map``."""

    def __init__(self, look_up: Callable[[str], Word]) -> None:
        super().__init__()
        self._look_up = look_up

    def __missing__(self, text: str) -> Word:
        word = self._look_up(text)
        if len(self) < REMEMBERED_SPELLINGS:
            self[text] = word
        return word


class Vocabulary:
    """The words of one language; ask it with :meth:`word`, or ``known`` for many at once."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.inflection = lexicon.read(lang, "inflection")
        self.case_sensitive = bool(self.inflection.get("case_sensitive", False))
        self.verb_final = bool(self.inflection.get("verb_final", False))
        self.vague_verbs = bool(self.inflection.get("vague_verbs", False))
        self._compounds = bool(self.inflection.get("compounds", False))
        self._exact: dict[str, list[SenseForm]] = {}
        self._heads: dict[str, list[SenseForm]] = {}
        self._classes: dict[str, set[str]] = {}
        self._cased: dict[str, set[str]] = {}
        self._prefixes: dict[str, set[str]] = {}
        self._suffixes: dict[str, set[str]] = {}
        self._phrases: dict[str, list[Phrase]] = {}
        self.known = _Known(self._look_up)
        self.topics: set[str] = set()
        self._shared: dict[frozenset[str], frozenset[str]] = {}  # the classes of a word, one set for all that have them
        for name in CLASS_FILES:
            for class_name, entries in lexicon.read(lang, name).get("classes", {}).items():
                self._add_class(class_name, entries)
                if name in TOPIC_FILES:
                    self.topics.add(class_name)
        if self.inflection:
            for name in TRIGGER_FILES:
                for entry in lexicon.read(lang, name).get("trigger", ()):
                    self._add_trigger(entry)

    def word(self, text: str) -> Word:
        """What a spelling means; :data:`NOTHING` for most."""
        return self.known[text]

    def _look_up(self, text: str) -> Word:
        if len(text) > LONGEST_SPELLING:
            return NOTHING
        lower = text.lower()
        classes = frozenset(self._classes_of(lower) | self._cased.get(text, set()))
        senses = tuple(self._senses_of(text, lower))
        phrases = self._phrases.get(lower, ())
        if not (classes or senses or phrases):
            return NOTHING
        if len(self._shared) < REMEMBERED_SPELLINGS:
            classes = self._shared.setdefault(classes, classes)
        return Word(classes, senses,
                    _by_second_word(phrases) if phrases else NO_PHRASES,
                    tuple(sorted(classes & self.topics)), frozenset(sense.form for sense in senses),
                    frozenset(sense.particle for sense in senses if sense.particle),
                    not JOINING.isdisjoint(classes), SenseIndex(senses) if senses else NO_SENSES)

    def _classes_of(self, lower: str) -> set[str]:
        found = set(self._classes.get(lower, ()))
        for cut in range(SHORTEST_AFFIX, len(lower) + 1):
            found |= self._prefixes.get(lower[:cut], set())
            found |= self._suffixes.get(lower[-cut:], set())
        if "-" in lower:
            for part in lower.split("-"):
                found |= self._classes_of(part)
        return found

    def _senses_of(self, text: str, lower: str) -> Iterable[SenseForm]:
        if not self.case_sensitive:
            found = self._exact.get(lower, [])
            if not found and "-" in lower:
                found = [s for s in self._exact.get(lower.rpartition("-")[2], []) if s.form is Form.NOUN]
            return found
        found = list(self._exact.get(text, ()))
        if text[:1].isupper():
            if not found:  # a sentence may start with a verb; and headlines may be in capitals
                found = [s for s in self._exact.get(lower, ()) if s.form is not Form.NOUN]
            if text.isupper():
                found += [s for s in self._exact.get(text.capitalize(), ()) if s not in found]
            if not found and "-" in text:
                modifier, _, head = text.rpartition("-")
                found = [s for s in self._exact.get(head, ())
                         if s.form is Form.NOUN and not modifier.lower().startswith(s.sense.modifiers)]
            if not found and self._compounds:
                found = list(self._compound_senses(lower))
        return found

    def _compound_senses(self, lower: str) -> Iterator[SenseForm]:
        """The senses of the longest known head that a compound ends in."""
        for cut in range(2, len(lower) - 3):
            senses = self._heads.get(lower[cut:])
            if senses:
                modifier = lower[:cut].rstrip("-")
                yield from (s for s in senses if not modifier.startswith(s.sense.modifiers))
                return

    def _add_class(self, name: str, entries: Iterable[str]) -> None:
        for entry in spellings_of(entries, self.inflection):
            words = tuple(entry.lower().split())
            if len(words) > 1:
                self._phrases.setdefault(words[0], []).append((words, name))
            elif entry.startswith("="):  # as it is written: "may" is no "May"
                self._cased.setdefault(entry[1:], set()).add(name)
            elif entry.endswith("*"):
                self._prefixes.setdefault(words[0][:-1], set()).add(name)
            elif entry.startswith("*"):
                self._suffixes.setdefault(words[0][1:], set()).add(name)
            else:
                self._classes.setdefault(words[0], set()).add(name)

    def _add_trigger(self, entry: Mapping[str, Any]) -> None:
        event_type = taxonomy()[entry["type"]]
        codes = Codes(entry.get("acled", event_type.codes.acled), entry.get("plover", event_type.codes.plover))
        common = {
            "id": entry["id"], "type": event_type.key, "codes": codes, "finer_code": "acled" in entry,
            "needs": frozenset(entry.get("needs", ())), "article_needs": frozenset(entry.get("article_needs", ())),
            "unless": frozenset(entry.get("unless", ())), "modifiers": tuple(entry.get("modifiers", ())),
            "weight": float(entry.get("weight", 0.8)), "effect": bool(entry.get("effect", False)),
            "agents": frozenset(entry.get("agents", ())), "patients": frozenset(entry.get("patients", ())),
            "beside": frozenset(entry.get("beside", ())), "about": bool(entry.get("about", False)),
            "article_like": frozenset(entry.get("article_like", ())),
            "article_unlike": frozenset(entry.get("article_unlike", ())),
        }
        self.topics.update(*(entry.get(name, ()) for name in ASKED_OF_ARTICLES))
        shared: dict[tuple[str, ...], Sense] = {}

        def sense(*, before: tuple[str, ...] = (), companion: tuple[str, ...] = ()) -> Sense:
            key = (*before, "+", *companion)
            if key not in shared:
                shared[key] = Sense(**common, before=before, companion=companion)
            return shared[key]

        for noun in spellings_of(entry.get("nouns", ()), self.inflection):
            *before, head = noun.split("_")  # "air_strike": the first words stand right before the head
            self._add_forms(noun_forms(head, self.inflection), sense(before=tuple(map(str.lower, before))), self._exact)
        for head in spellings_of(entry.get("heads", ()), self.inflection):
            self._add_forms(noun_forms(head, self.inflection), sense(), self._heads)
        for word in spellings_of(entry.get("words", ()), self.inflection):  # given one by one: others mean else
            self._add_forms([WordForm(word, Form.FINITE)], sense(), self._exact)
        for verb in spellings_of(entry.get("verbs", ()), self.inflection):
            forms, _, companion = verb.partition(" + ")
            self._add_forms(verb_forms(forms, self.inflection), sense(companion=tuple(companion.lower().split())),
                            self._exact)

    def _add_forms(self, forms: Iterable[WordForm], sense: Sense, index: dict[str, list[SenseForm]]) -> None:
        shown: dict[tuple[Form, str], SenseForm] = {}
        for text, form, particle in forms:
            found = shown.get((form, particle))
            if found is None:
                fixed = {*sense.before, *sense.companion, particle} - {""}
                any_of = (sense.agents, frozenset() if NAMED in sense.patients else sense.patients, sense.beside)
                found = SenseForm(sense, form, particle, frozenset(word for word in fixed if "*" not in word),
                                  tuple(filter(None, any_of)))
                shown[form, particle] = found
            key = text if self.case_sensitive and form is Form.NOUN and index is self._exact else text.lower()
            senses = index.setdefault(key, [])
            if found not in senses:
                senses.append(found)

    def spellings(self) -> Iterator[str]:
        """Every trigger form that the lexicon writes out."""
        return chain(self._exact, self._heads)


@cache
def vocabulary(lang: str) -> Vocabulary:
    """The vocabulary of a language; one without a folder has no words and finds nothing."""
    return Vocabulary(lang)
