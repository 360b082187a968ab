"""Triggers: the words that name an event, in their context."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extract.events.attributes import ANY, attribute_of
from extract.events.clauses import ClauseKind
from extract.events.domains import CLASSES_OF, GRAVE, NATURE
from extract.events.inflection import Form
from extract.events.kinds import VIOLENT
from extract.events.lookalikes import is_lookalike
from extract.events.reading import SentenceReading, Totals
from extract.events.vocabulary import NAMED, Sense, SenseForm, Vocabulary

OCCASIONS = frozenset({"sport", "fiction", "business"})
"""Classes of words for such occasions, which make no figure of speech of them where people were hurt."""
SURE_WORD = 0.8
"""Weight from which on the word itself names nothing else ("Hagelsturm", no "Sturm")."""
NEAR = 6
"""How many tokens on either side may make a trigger figurative ("Kampf gegen die Inflation")."""
PASSIVE_REACH = 12
"""How far before its participle the auxiliary of a passive stands ("wurden am Montag bei … getötet")."""
COMPANION_REACH = 9
"""How far behind an English verb its fixed words stand ("took, for a third night, to the streets")."""
SUBJECT_REACH = 5
"""How far before a relative clause, or before a participle without auxiliary, its noun stands."""
INVERTED_REACH = 6
"""How far behind its verb a subject stands ("ergaben sich am Freitag 50 Kämpfer")."""
PARTICLE_REACH = 30
"""How far behind a German verb its particle stands."""
OFTEN = 3
"""How often an article has the words that a sense needs for a sentence to do without: "Der Unfall ereignete sich …"."""
CHARGE_REACH = 4
"""How many tokens before an offence stands what says that somebody is charged with it."""
OFFENCE_REACH = 14
"""How far behind "charged" the offence stands."""
VICTIMS = "casualties"
DESTRUCTION = "Looting/property destruction"
PARTICIPLE_ADDS = frozenset({",", "and"})
WITH_VICTIMS = frozenset({"attack", "battle", "explosion", "accident", "earthquake", "flood", "storm", "wildfire"})
"""Types whose dead and injured a participle adds."""
OPENS_NO_OBJECT = frozenset({"preposition", "circumstance"})
"""Classes of the words that open no object."""
PRONOUN = "third_person"
PRONOUNS = frozenset({PRONOUN})
NOBODY: frozenset[str] = frozenset()
ON_STAGE = frozenset().union(*(CLASSES_OF[domain] for domain in OCCASIONS))
"""Classes of sentences whose soldiers and rebels are none: of what "they" do, nothing happens."""
PRONOUN_REACH = 2
"""Within how many tokens of its clause a pronoun is the subject that the clause before names."""
MEANT = frozenset({"soldiers", "militants", "gunmen", "police", "protesters", "aircraft", "artillery", "drones",
                   "missiles"})
"""Classes of those that a pronoun may stand for where a sense needs them in its sentence: people and what they fire."""
NAME_REACH = 5
"""How far behind: "closed in on Babanusa"."""


class Trigger(NamedTuple):
    """A token of a sentence that names an event in the sense given; ``extra`` are its particle and fixed words."""

    token: int
    sense: Sense
    form: Form
    extra: tuple[int, ...] = ()


def find_triggers(reading: SentenceReading, totals: Totals, vocabulary: Vocabulary,
                  before: SentenceReading | None = None) -> Iterator[Trigger]:
    """The triggers of a sentence, in order; one a token, in its likeliest sense.

    Whom "they" stands for is told in the sentence ``before``.
    """
    meant = before.present if before is not None and reading.has(PRONOUN) and not before.has(*ON_STAGE) else NOBODY
    around = reading.present | meant if meant else reading.present
    for number in reading.naming:
        word = reading.words[number]
        possible = word.senses_in.within(reading.spellings, around)
        if not possible:
            continue  # of most words
        fitting = []
        split = not word.particles.isdisjoint(reading.spellings) and any(
            _particle(reading, number, particle) is not None for particle in word.particles)
        for candidate in possible:
            if split and not candidate.particle and candidate.form is not Form.NOUN:
                continue  # "trafen … ein" is no "trafen"
            if not _classes_allow(reading, number, candidate, totals, vocabulary, meant):
                continue
            extra = _fixed_words(reading, number, candidate, vocabulary)
            if extra is None or _reads_as_noun(reading, number, candidate, vocabulary) \
                    or _attributive(reading, number, candidate, vocabulary) \
                    or is_lookalike(reading, number, candidate, vocabulary) \
                    or not _context_allows(reading, number, candidate, totals, vocabulary, meant):
                continue
            fitting.append((candidate, extra))
        if fitting:
            candidate, extra = fitting[0] if len(fitting) == 1 else max(
                fitting, key=lambda fit: _specificity(reading, number, fit[0]))
            yield Trigger(number, candidate.sense, candidate.form, extra)


def with_outcomes(reading: SentenceReading, triggers: Sequence[Trigger], vocabulary: Vocabulary) -> list[Trigger]:
    """The triggers, but what a participle adds is what came of the event before it: "crashed, killing five".

    What was burnt and looted in an attack is no crime besides: "stormed the village, burning homes".
    """
    violent = min((trigger.token for trigger in triggers if trigger.sense.type in VIOLENT), default=None)
    if violent is not None:
        triggers = [trigger for trigger in triggers if trigger.sense.codes.acled != DESTRUCTION
                    or trigger.token < violent or trigger.form is not Form.GERUND
                    or reading.lower[trigger.token - 1] not in PARTICIPLE_ADDS]
    return [_outcome(reading, trigger, vocabulary.word(reading.tokens[trigger.token].text).senses)
            if trigger.form is Form.GERUND and trigger.token > 0 and reading.lower[trigger.token - 1] == ","
            and any(earlier.sense.type in WITH_VICTIMS and earlier.token < trigger.token for earlier in triggers)
            else trigger for trigger in triggers]


def _outcome(reading: SentenceReading, trigger: Trigger, senses: Sequence[SenseForm]) -> Trigger:
    """The trigger in the sense of its victims, if it has that sense."""
    victims = next((form.sense for form in senses if form.sense.type == VICTIMS and form.form is Form.GERUND
                    and form.fixed <= reading.spellings), None)
    return trigger if victims is None else Trigger(trigger.token, victims, trigger.form)


def without_offences(reading: SentenceReading, triggers: Sequence[Trigger]) -> list[Trigger]:
    """The triggers but what somebody is only charged with: "jailed for plotting an attack" tells of no attack."""
    about = [trigger.token for trigger in triggers if trigger.sense.about]
    if not about:
        return list(triggers)
    return [trigger for trigger in triggers if trigger.sense.about or not (_is_charge(reading, trigger) or any(
        at < trigger.token <= at + OFFENCE_REACH and _is_offence(reading, at, trigger.token) for at in about))]


def _is_charge(reading: SentenceReading, trigger: Trigger) -> bool:
    """ "wegen Mordes angeklagt": a crime without an article; "wegen des Überfalls" tells of one."""
    at = trigger.token
    if trigger.form is not Form.NOUN or trigger.sense.type != "crime":
        return False
    marked = reading.where(max(at - CHARGE_REACH, 0), at, "charged_with")
    return bool(marked) and not reading.within(marked[-1], at, "determiner", "definite")


def _is_offence(reading: SentenceReading, at: int, token: int) -> bool:
    return reading.clause_of(at) == reading.clause_of(token) and reading.within(at + 1, token, "offence_marker") \
        and not reading.within(at + 1, token, "completed")


def _specificity(reading: SentenceReading, number: int, candidate: SenseForm) -> tuple[int, int, int, float, bool]:
    """Fixed words beside a trigger tell its sense best, then what its context had to hold, then its form."""
    sense = candidate.sense
    return (len(sense.before) + len(sense.companion) + bool(candidate.particle),
            bool(sense.needs) + bool(sense.beside) + bool(sense.article_needs)
            + 2 * bool(sense.agents) + 2 * bool(sense.patients),
            (candidate.form is Form.NOUN) == _stands_as_noun(reading, number), sense.weight,
            (candidate.form is Form.PARTICIPLE) == _follows_auxiliary(reading, number))


def _follows_auxiliary(reading: SentenceReading, number: int) -> bool:
    """Whether an auxiliary of the passive stands before, so that a form that may be either is a participle."""
    if not reading.has("passive"):
        return False
    clause = reading.clauses[reading.clause_of(number)]
    return reading.within(max(clause.first, number - PASSIVE_REACH), number, "passive")


def _stands_as_noun(reading: SentenceReading, number: int) -> bool:
    """Whether the word before says that a noun follows; for languages where a verb looks like one."""
    if number == 0:
        return True
    return "before_noun" in reading.words[number - 1].classes


def _attributive(reading: SentenceReading, number: int, candidate: SenseForm, vocabulary: Vocabulary) -> bool:
    """ "in vorübergehend besetzten Gebieten", "to displaced families": a participle that looks like a past tense."""
    if candidate.form is Form.ATTRIBUTIVE:
        return all(participle != number for _, participle in reading.attributes)
    if candidate.form in (Form.NOUN, Form.INFINITIVE, Form.TO_INFINITIVE) or candidate.particle:
        return False
    if not vocabulary.case_sensitive:
        if number == 0:
            return False
        preceding = reading.words[number - 1].classes
        if _ends_contact_clause(reading, number):
            return False
        return "article" in preceding or (candidate.form is not Form.GERUND and "preposition" in preceding)
    if candidate.form is not Form.FINITE or not 0 < number < len(reading.tokens) - 1:
        return False
    if Form.ATTRIBUTIVE in reading.words[number].forms and attribute_of(reading, number, ANY) is not None:
        return True
    before, text, after = (token.text for token in reading.tokens[number - 1:number + 2])
    return before[:1].islower() and after[:1].isupper() and "coordinator" not in reading.words[number - 1].classes \
        and any(sense.form is Form.PARTICIPLE for cut in (1, 2) for sense in vocabulary.word(text[:-cut]).senses)


def _ends_contact_clause(reading: SentenceReading, number: int) -> bool:
    """ "the truck they were travelling in overturned": the verb behind a relative clause without a pronoun."""
    return number > 1 and "preposition" in reading.words[number - 1].classes \
        and "strands_preposition" in reading.words[number - 2].classes


def _reads_as_noun(reading: SentenceReading, number: int, candidate: SenseForm, vocabulary: Vocabulary) -> bool:
    """Whether a verb's base form stands where a noun must ("a damaged jail")."""
    plural = vocabulary.inflection.get("plural_ending")
    if plural and candidate.form is Form.FINITE and number and reading.lower[number].endswith(plural):
        before = reading.words[number - 1].classes  # "the armed clashes"
        return "before_noun" in before and "coordinator" not in before
    if vocabulary.verb_final or candidate.form is not Form.INFINITIVE:
        return False
    if number == 0:
        return True  # "Storm in Leeds": no news gives orders
    nearest = number - 1 if reading.tokens[number - 1].text[:1].isupper() else number - 2  # "in Kano kill": a verb
    if number > 1 and "singular_article" in reading.words[number - 2].classes \
            and reading.tokens[number - 1].text[:1].isupper():
        return True  # "a Bangkok protest", "an AK-47 assault rifle": a single one would attack*s*
    return any("before_noun" in reading.words[at].classes and "infinitive_marker" not in reading.words[at].classes
               for at in range(max(nearest, 0), number)) \
        and not reading.within(max(number - 2, 0), number, "infinitive_marker", "future", "possible")


def _fixed_words(reading: SentenceReading, number: int, candidate: SenseForm,
                 vocabulary: Vocabulary) -> tuple[int, ...] | None:
    """The tokens of particle and fixed words that belong to the trigger; ``None`` if one is lacking."""
    sense, lower = candidate.sense, reading.lower
    if sense.before:
        start = number - len(sense.before)
        if start < 0 or lower[start:number] != sense.before:
            return None
        return tuple(range(start, number))
    extra: tuple[int, ...] = ()
    if candidate.particle:
        at = _particle(reading, number, candidate.particle)
        if at is None:
            return None
        extra = (at,)
    if sense.companion:
        clause = reading.clauses[reading.clause_of(number)]
        low, high = number + 1, min(number + 1 + COMPANION_REACH, clause.last + len(sense.companion))
        if vocabulary.verb_final:
            low, high = clause.first, clause.last
        found = _phrase(lower, sense.companion, low, min(high, len(lower)))
        if found is None or _belongs_elsewhere(reading, number, found[0]):
            return None
        extra += found
    return extra


def _belongs_elsewhere(reading: SentenceReading, number: int, at: int) -> bool:
    """Whether an adverb belongs to another verb: "called on parliament to speed up"."""
    return "verb_particle" in reading.words[at].classes \
        and reading.within(number + 1, at, "infinitive_marker", "coordinator", "finite")


def _particle(reading: SentenceReading, number: int, particle: str) -> int | None:
    """Where a separated particle stands: behind the verb, at the end of its clause."""
    lower = reading.lower
    if particle not in reading.spellings:
        return None
    for at in range(number + 1, min(number + PARTICLE_REACH, len(lower))):
        if lower[at] == particle:
            following = lower[at + 1] if at + 1 < len(lower) else "."
            if not following[0].isalnum() or "coordinator" in reading.words[at + 1].classes:
                return at
    return None


def _phrase(lower: Sequence[str], phrase: Sequence[str], low: int, high: int) -> tuple[int, ...] | None:
    for start in range(low, high - len(phrase) + 1):
        if _fits(lower[start], phrase[0]) and all(map(_fits, lower[start + 1:start + len(phrase)], phrase[1:])):
            return tuple(range(start, start + len(phrase)))
    return None


def _fits(text: str, pattern: str) -> bool:
    if pattern.startswith("*"):
        return text.endswith(pattern[1:])
    return text.startswith(pattern[:-1]) if pattern.endswith("*") else text == pattern


def _classes_allow(reading: SentenceReading, number: int, candidate: SenseForm, totals: Totals,
                   vocabulary: Vocabulary, meant: frozenset[str]) -> bool:
    """Whether the article has the classes that a sense needs, wherever they stand; what is done must stand here."""
    sense = candidate.sense
    if meant and ((sense.beside and reading.present.isdisjoint(sense.beside)) or (
            sense.patients and NAMED not in sense.patients and reading.present.isdisjoint(sense.patients))):
        return False  # only who does it may be told before
    if sense.article_needs and not totals.of_any(sense.article_needs):
        return False
    if sense.article_unlike and totals.of_any(sense.article_unlike) > totals.of_any(sense.article_like):
        return False
    if sense.needs:
        times = totals.of_any(sense.needs)  # what the article never has, no sentence has
        if not times or (reading.present.isdisjoint(sense.needs) and (
                times < OFTEN or (candidate.form is not Form.NOUN and vocabulary.vague_verbs)) and (
                meant.isdisjoint(sense.needs & MEANT) or _passive(reading, number, candidate.form))):
            return False
    return True


def _context_allows(reading: SentenceReading, number: int, candidate: SenseForm, totals: Totals,
                    vocabulary: Vocabulary, meant: frozenset[str]) -> bool:
    """Whether who does it, to whom, and the words near it are as a sense asks."""
    sense = candidate.sense
    if sense.agents and not _has_agent(reading, number, candidate, vocabulary) \
            and (meant.isdisjoint(sense.agents) or not _has_agent(reading, number, candidate, vocabulary, PRONOUNS)):
        return False
    if sense.patients and not _has_patient(reading, number, candidate, vocabulary):
        return False
    if not sense.unless or not reading.within(number - NEAR, number + NEAR + 1, *sense.unless):
        return True
    in_earnest = totals["grave"] >= GRAVE and (
        reading.has("grave") or (sense.type in NATURE and sense.weight >= SURE_WORD))
    return in_earnest and not reading.within(
        number - NEAR, number + NEAR + 1, *sense.unless - OCCASIONS)


def _passive(reading: SentenceReading, number: int, form: Form) -> bool:
    """Whether an auxiliary of the passive stands beside a form that isn't "-ing" ("were arrested").

    Of coordinated participles the last may have it for all: "dass 30 getötet und 40 verletzt wurden".
    """
    if form in (Form.GERUND, Form.NOUN) or not reading.has("passive") or _ends_contact_clause(reading, number):
        return False
    clause = reading.clauses[reading.clause_of(number)]
    beside = number + 1 < clause.last and "coordinator" in reading.words[number + 1].classes
    last = clause.last if beside and form is Form.PARTICIPLE else min(number + 2, clause.last)
    first = max(_subject_begins(reading, number), number - PASSIVE_REACH)
    return reading.within(first, last, "passive")


def _subject_begins(reading: SentenceReading, number: int) -> int:
    """Where the clause begins that has the verb's subject.

    "was held for an hour and released" has it before "and"; "hikers, who had got lost, were brought down" before "who".
    """
    clause_number = reading.clause_of(number)
    first = reading.clauses[clause_number].first
    if clause_number == 0:
        return first
    if reading.clauses[clause_number].kind is ClauseKind.RELATIVE:
        return max(first - SUBJECT_REACH, 0)
    bare = first == number - 1 and _nothing_follows(reading, number)
    if first < number and "coordinator" in reading.words[first].classes and (
            bare or "passive" in reading.words[first + 1].classes):
        return reading.clauses[clause_number - 1].first
    if "passive" in reading.words[first].classes:
        return reading.clauses[max(clause_number - 2, 0)].first
    return first


def _has_agent(reading: SentenceReading, number: int, candidate: SenseForm, vocabulary: Vocabulary,
               others: frozenset[str] = NOBODY) -> bool:
    """Whether somebody of the sense's agents does it: before it in the active voice, behind "by" in the passive.

    ``others`` are asked for in their stead. A relative clause has its subject right before it, a coordinated one in
    the clause before. Where verbs may end a clause, the subject stands behind the verb of one that a circumstance
    opens ("Am Montag töteten Rebellen …").
    """
    agents = others or candidate.sense.agents
    clause_number = reading.clause_of(number)
    clause = reading.clauses[clause_number]
    if candidate.form is Form.PARTICIPLE or _passive(reading, number, candidate.form):
        markers = [at for at in reading.where(number + 1, number + 1 + COMPANION_REACH, "agent_marker")
                   if not reading.within(at + 1, at + 2, "calendar")]  # "by Tuesday"
        if markers:
            return reading.within(markers[0], markers[0] + NEAR, *agents)
        if _passive(reading, number, candidate.form):
            return False
    if candidate.form is Form.ATTRIBUTIVE:  # "die am Montag von Rebellen getöteten Bauern", "die … geflohenen Soldaten"
        begins = next((first for first, participle in reading.attributes if participle == number), number)
        markers = reading.where(begins, number, "agent_marker")
        return reading.within(*((markers[0], number) if markers else (number, number + NEAR)), *agents)
    inverted = vocabulary.verb_final and not {"preposition", "fronting"}.isdisjoint(reading.words[clause.first].classes)
    if reading.within(clause.first, number + INVERTED_REACH if inverted else number, *agents):
        return True
    if clause_number == 0:
        return False
    if reading.within(clause.first, min(clause.first + PRONOUN_REACH, number), PRONOUN):  # "said they had taken power"
        before = reading.clauses[clause_number - 1]
        return reading.within(before.first, before.last, *agents)
    if clause.kind is ClauseKind.RELATIVE:
        return reading.within(clause.first - SUBJECT_REACH, clause.first, *agents)
    if "coordinator" in reading.words[clause.first].classes:
        before = reading.clauses[clause_number - 1]
        return reading.within(before.first, before.last, *agents)
    if number == clause.first:  # a verb that opens its clause has its subject before: "A body, its hands tied, lay …"
        before = reading.clauses[max(clause_number - 2, 0)]
        relative = reading.clauses[clause_number - 1].kind is ClauseKind.RELATIVE  # who came on motorbikes is none
        return reading.within(before.first, before.last if relative else clause.first, *agents)
    return False


def _has_patient(reading: SentenceReading, number: int, candidate: SenseForm, vocabulary: Vocabulary) -> bool:
    """Whether it is done to somebody of the sense's patients, as far as word order tells."""
    patients = candidate.sense.patients
    clause = reading.clauses[reading.clause_of(number)]
    if vocabulary.verb_final:
        return reading.within(clause.first, clause.last, *patients)
    first = number
    if _passive(reading, number, candidate.form):
        first = _subject_begins(reading, number)
    elif candidate.form is Form.NOUN or _nothing_follows(reading, number):
        first = number - SUBJECT_REACH
    if NAMED in patients and any(token.text[:1].isupper() for token in reading.tokens[number + 1:number + NAME_REACH]):
        return True
    return reading.within(first, number + 1 + COMPANION_REACH, *patients)


def _nothing_follows(reading: SentenceReading, number: int) -> bool:
    """Whether no object stands right behind: "drugs seized in Mombasa"."""
    if number + 1 >= len(reading.tokens):
        return True
    return not OPENS_NO_OBJECT.isdisjoint(reading.words[number + 1].classes) \
        or not reading.tokens[number + 1].text[:1].isalnum()
