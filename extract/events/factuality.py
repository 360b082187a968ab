"""Factuality: in whose voice an event is told, and whether it happened.

After FactBank (Saurí and Pustejovsky 2009): the sources and the certainty of an event are read off
the words that govern it: reporting, denial, modality, negation, mood, purpose and condition.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from extract import lexicon
from extract.events.attribution import SAID, attribution_of, is_hearsay, last_word
from extract.events.clauses import Clause, ClauseKind
from extract.events.inflection import Form
from extract.events.reading import SentenceReading
from extract.events.triggers import Trigger
from geodata.event import Factuality

GOVERNS = 5
"""How many tokens before a noun trigger a word may stand that says it is possible, feared or wanted."""
CONSIDERS = 7
"""How many tokens before a noun trigger an English verb stands that says it is only thought of."""
DELIBERATED = frozenset({"deployment", "withdrawal", "recruitment", "order", "arms"})
"""Types that are discussed before they happen; violence and unrest mostly after."""
CONVENED = frozenset({"protest", "meeting", "training"})
"""Types that whoever announces them has not held yet; a ceasefire that is announced is agreed."""
UNCANCELLED = frozenset({"earthquake", "flood", "storm", "wildfire", "accident", "outbreak", "casualties"})
"""Types that nobody calls off: trains are cancelled because of a storm, a march is banned."""
AGREED = frozenset({"meeting", "treaty", "prisoner", "withdrawal"})
"""Types that come to nothing where talks "collapsed" or "broke down"; a bridge and a car do so in earnest."""
MODAL_REACH = 5
"""How many tokens before an English verb its auxiliary stands."""
NEGATED_NOUN, NEGATED_VERB = 8, 12
"""How many tokens from a trigger a negation reaches it."""
ACTS = frozenset({"crime", "prisoner", "order", "movement", "other"})
"""Types that have not happened if they were done to nobody."""
UNPREVENTED = 3
"""How many tokens before it a negation says that nothing prevented an event ("nicht mehr zu verhindern")."""


class Status(NamedTuple):
    """Factuality, the source of a claim, and the reason in words."""

    factuality: Factuality
    claimed_by: str
    why: str


def factuality_of(reading: SentenceReading, trigger: Trigger, lang: str) -> Status:
    """The factuality of the event that a trigger names."""
    number = reading.clause_of(trigger.token)
    clause = reading.clauses[number]
    at = trigger.token
    presupposed = trigger.form is Form.NOUN and is_presupposed(reading, at)
    claimed, source, claim_why = attribution_of(reading, trigger, number)

    def status(factuality: Factuality, why: str) -> Status:
        return Status(factuality, source if factuality is Factuality.CLAIMED else "", why)

    def happened() -> Status:
        if claimed:
            return status(Factuality.CLAIMED, claim_why)
        return status(Factuality.ASSERTED, "told in the author's voice")

    if presupposed or trigger.form is Form.ATTRIBUTIVE:
        return happened()
    governing = _governing(reading, number)
    negated = _negated(reading, clause, trigger, lang)
    denied = _denied(reading, trigger, clause, governing)
    if denied:
        if _negated_word(reading, denied):
            return status(Factuality.CLAIMED, "not denied")
        return status(Factuality.DENIED, f"denied: “{reading.tokens[denied[-1]].text}”")
    prevented = [word for word in reading.where(clause.first, clause.last, "prevented")
                 if word != at and word not in trigger.extra]
    if trigger.sense.type not in UNCANCELLED:
        prevented += [word for word in reading.where(clause.first, clause.last, "called_off")
                      if word != at and word not in trigger.extra]
    if trigger.sense.type in AGREED:
        prevented += [word for word in reading.where(clause.first, clause.last, "broken_off") if word != at]
    prevented.sort()
    if prevented and reading.within(prevented[0] - UNPREVENTED, prevented[0], "negation"):
        return happened()  # "could not avoid a collision"
    if prevented and not negated:
        return status(Factuality.NEGATED, "prevented or called off")
    open_status = _open(reading, trigger, clause, governing, lang)
    if open_status is not None:
        return open_status
    if negated or _without_evidence(reading, clause, governing):
        return status(Factuality.NEGATED, "negated")
    return happened()


def is_presupposed(reading: SentenceReading, at: int) -> bool:
    """ "nach dem Angriff", "during the attack": what is the frame of something else has happened."""
    for back in range(at - 1, max(at - 4, -1), -1):
        classes = reading.words[back].classes
        if "plan" in classes or "possible" in classes or "negation" in classes or "fear" in classes:
            return False
        if "completed" in classes and "definite" not in classes:
            return True
        if "definite" not in classes and "before_noun" not in classes and not reading.tokens[back].text[:1].islower():
            return False
    return False


def _governing(reading: SentenceReading, number: int) -> Clause | None:
    """The clause that a content clause or an infinitive hangs on: the one before it, or before what it resumes.

    That of a content clause at a sentence's head follows it.
    """
    clauses = reading.clauses
    kind = clauses[number].kind
    if number == 0 and kind is ClauseKind.CONTENT and len(clauses) > 1:
        return clauses[1]
    if number == 0 or kind not in (ClauseKind.CONTENT, ClauseKind.MAIN, ClauseKind.PURPOSE):
        return None
    resumes = kind is not ClauseKind.MAIN and number > 2 and clauses[number - 1].kind is ClauseKind.RELATIVE \
        and clauses[number - 2].kind is kind
    return clauses[number - 3 if resumes else number - 1]


def _negated(reading: SentenceReading, clause: Clause, trigger: Trigger, lang: str) -> bool:
    at, form = trigger.token, trigger.form
    for token in reading.where(clause.first, clause.last, "negation"):
        if token in (cancelled := reading.classes.get("negation_cancelled", ())) and not (
                trigger.sense.type in ACTS and at - 1 in cancelled and "passive" in reading.words[at - 1].classes):
            continue  # "no one was hurt" in what happened all the same; but "no one was arrested"
        if token > at and "lacking" in reading.words[token].classes:
            continue  # "ended without a deal": lacks only what stands behind
        if _numbers(reading, token):
            continue
        ends = lexicon_verb_final(lang) and token == last_word(reading, clause)  # "Festnahmen gab es in Kiel nicht"
        near = ends or abs(at - token) <= (NEGATED_NOUN if form is Form.NOUN else NEGATED_VERB)
        if near and (form is not Form.NOUN or token < at or token - at <= 6 or ends):
            return True
    return False


def _numbers(reading: SentenceReading, token: int) -> bool:
    """ "Union No. 4": an abbreviation before a number negates nothing."""
    mark, number = (*reading.lower[token + 1:token + 3], "", "")[:2]
    return mark == "." and number[:1].isdigit()


def _without_evidence(reading: SentenceReading, clause: Clause, governing: Clause | None) -> bool:
    """ "keine Anzeichen dafür, dass …", "no evidence that …"."""
    return governing is not None and clause.kind is ClauseKind.CONTENT \
        and reading.within(governing.first, governing.last, "evidence") \
        and reading.within(governing.first, governing.last, "negation")


def _negated_word(reading: SentenceReading, tokens: list[int]) -> bool:
    clause = reading.clauses[reading.clause_of(tokens[-1])]
    return any(token not in reading.classes.get("negation_cancelled", ())
               for token in reading.where(clause.first, clause.last, "negation"))


def _denied(reading: SentenceReading, trigger: Trigger, clause: Clause, governing: Clause | None) -> list[int]:
    own = [token for token in reading.where(clause.first, clause.last, "denial") if token not in trigger.extra]
    if own and (trigger.form in (Form.NOUN, Form.GERUND) or abs(own[-1] - trigger.token) > 1):
        return own
    if governing is not None and clause.kind is not ClauseKind.MAIN:
        return reading.where(governing.first, governing.last, "denial")
    return []


def _open(reading: SentenceReading, trigger: Trigger, clause: Clause, governing: Clause | None,
          lang: str) -> Status | None:
    """Planned or hypothetical, where a modal, a condition, a purpose, a fear or a wish governs the event."""
    first, last, at = clause.first, clause.last, trigger.token
    if clause.kind is ClauseKind.CONDITIONAL:
        return Status(Factuality.HYPOTHETICAL, "", "in a condition")
    if clause.kind is ClauseKind.PURPOSE:
        return Status(Factuality.PLANNED, "", "a purpose")
    if _considered(reading, trigger, clause, lang):
        return Status(Factuality.HYPOTHETICAL, "", "only considered")
    if trigger.form is not Form.NOUN and trigger.sense.type not in SAID and "plan" in reading.words[at].classes:
        return Status(Factuality.PLANNED, "", "planned")  # "plan a march"
    if trigger.form is Form.TO_INFINITIVE or _after_marker(reading, trigger):
        if reading.within(max(first - 12, 0), at, "accuse"):
            return Status(Factuality.CLAIMED, "", "an accusation")
        done = trigger.sense.type in SAID and reading.within(first, at, "resolved")  # "voted to ban"
        if reading.within(first, at, "unachieved"):
            return Status(Factuality.NEGATED, "", "not achieved")
        if not done and not reading.within(max(at - 6, 0), at, "implicative"):
            if reading.within(first, at, "possible", "fear", "demand"):
                return Status(Factuality.HYPOTHETICAL, "", "possible, feared or demanded")
            return Status(Factuality.PLANNED, "", "a purpose or plan")
    if trigger.form is Form.NOUN:
        low = max(first, at - GOVERNS)
        threat = trigger.sense.type == "execution_threat"  # a threat is what it tells
        if reading.within(low, at, "possible", "demand") or (not threat and reading.within(low, at, "fear")):
            return Status(Factuality.HYPOTHETICAL, "", "possible, feared or demanded")
        if not lexicon_verb_final(lang) and _to_be_done(reading, first, low, at):
            return Status(Factuality.HYPOTHETICAL, "", "demanded")
        if trigger.sense.type in CONVENED and reading.within(low, at, "announcing"):
            return Status(Factuality.PLANNED, "", "planned or announced")
        if reading.within(low, at + 1, "plan") or reading.within(at, min(at + 4, last), "plan"):
            return Status(Factuality.PLANNED, "", "planned or announced")
    if trigger.form is Form.NOUN and at > 0 and "purpose_marker" in reading.words[at - 1].classes \
            and not reading.within(first, last, "attending"):
        return Status(Factuality.HYPOTHETICAL, "", "only a purpose")
    conditional = any(each.kind is ClauseKind.CONDITIONAL for each in reading.clauses)
    if _modal(reading, trigger, clause, "conditional_mood", lang) and (
            conditional or not (reading.has("reporting", "attribution") or _reports_of_several(reading, clause))):
        return Status(Factuality.HYPOTHETICAL, "", "in the conditional mood")
    if _modal(reading, trigger, clause, "possible", lang):
        return Status(Factuality.HYPOTHETICAL, "", "only possible")
    if _modal(reading, trigger, clause, "hearsay_modal", lang) and not is_hearsay(reading, clause):
        return Status(Factuality.PLANNED, "", "is to happen")
    if _modal(reading, trigger, clause, "future", lang) and not _ends_in_participle(reading, trigger, clause, lang):
        return Status(Factuality.PLANNED, "", "told in the future tense")
    if trigger.form is Form.INFINITIVE and reading.within(first, last, "plan") and lexicon_verb_final(lang):
        return Status(Factuality.PLANNED, "", "planned")
    if governing is not None and clause.kind is ClauseKind.CONTENT:
        if reading.within(governing.first, governing.last, "possible", "fear", "demand"):
            return Status(Factuality.HYPOTHETICAL, "", "possible, feared or demanded")
        if reading.within(governing.first, governing.last, "plan"):
            return Status(Factuality.PLANNED, "", "planned or announced")
    return None


def _reports_of_several(reading: SentenceReading, clause: Clause) -> bool:
    """ "Vielmehr hätten Soldaten Dörfer beschossen": indirect speech, whose plural looks like a condition's."""
    both = set(reading.where(clause.first, clause.last, "conditional_mood")).intersection(
        reading.where(clause.first, clause.last, "subjunctive"))
    return bool(both) and not reading.has("irrealis")


def _considered(reading: SentenceReading, trigger: Trigger, clause: Clause, lang: str) -> bool:
    """ "weighed a strike", "zieht einen Streik in Betracht": whoever thinks of something hasn't done it.

    What only is called so ("is considered an attack") is another matter; so is what somebody did who thought.
    """
    at = trigger.token
    if trigger.form not in (Form.NOUN, Form.GERUND, Form.TO_INFINITIVE) and not _after_marker(reading, trigger):
        return False
    if reading.within(at, min(at + CONSIDERS, clause.last), "being_considered"):
        return True
    low, high = max(clause.first, at - CONSIDERS), at
    if lexicon_verb_final(lang):
        low, high = clause.first, clause.last
        if trigger.form is not Form.NOUN and low > 0:
            low = reading.clauses[reading.clause_of(low - 1)].first  # "erwägt, Soldaten zu entsenden"
    names = ("considering", "deliberating") if trigger.sense.type in DELIBERATED else ("considering",)
    called = reading.classes.get("called_so", ())
    return any(token not in called for name in names for token in reading.where(low, high, name))


def _to_be_done(reading: SentenceReading, first: int, low: int, at: int) -> bool:
    """ "called on both to return to the table": a noun behind an infinitive that somebody demands."""
    return any(token + 1 < at and "before_noun" not in reading.words[token + 1].classes
               and reading.within(first, token, "demand") for token in reading.where(low, at, "infinitive_marker"))


def _after_marker(reading: SentenceReading, trigger: Trigger) -> bool:
    """ "to attack", "zu bombardieren", "to be signed"."""
    at = trigger.token
    if trigger.form in (Form.PARTICIPLE, Form.FINITE) and at > 1 and "be" in reading.words[at - 1].classes:
        return "infinitive_marker" in reading.words[at - 2].classes
    if trigger.form is not Form.INFINITIVE or at == 0:
        return False
    return "infinitive_marker" in reading.words[at - 1].classes


def _modal(reading: SentenceReading, trigger: Trigger, clause: Clause, name: str, lang: str) -> bool:
    if name not in reading.classes:
        return False
    tokens = reading.where(clause.first, clause.last, name)
    if lexicon_verb_final(lang):
        return bool(tokens)
    if trigger.form is Form.NOUN:
        return any(0 < trigger.token - token <= GOVERNS + 3 or 0 < token - trigger.token <= 3 for token in tokens)
    return any(0 < trigger.token - token <= MODAL_REACH for token in tokens)


def _ends_in_participle(reading: SentenceReading, trigger: Trigger, clause: Clause, lang: str) -> bool:
    """ "wird bombardiert" is passive, "wird bombardieren" is future."""
    if not lexicon_verb_final(lang):
        before = reading.words[max(trigger.token - 1, 0)].classes
        return trigger.form not in (Form.NOUN, Form.INFINITIVE) and not {"be", "future"}.intersection(before)
    if trigger.form is Form.PARTICIPLE:
        return True
    if trigger.form is Form.INFINITIVE:
        return False
    last = last_word(reading, clause)
    word = reading.lower[last]
    auxiliary_last = "future" in reading.words[last].classes
    if auxiliary_last and last > clause.first:
        word = reading.lower[last - 1]
    return bool(_participle(lang).search(word)) or not word.endswith(_infinitive_ending(lang))


@cache
def _participle(lang: str) -> re.Pattern[str]:
    return re.compile(lexicon.read(lang, "factuality").get("participle", "$^"))


@cache
def _infinitive_ending(lang: str) -> str:
    return str(lexicon.read(lang, "inflection").get("infinitive_ending", ""))


@cache
def lexicon_verb_final(lang: str) -> bool:
    """Whether a language's verbs may stand at the end of their clause, far from their auxiliaries."""
    return bool(lexicon.read(lang, "inflection").get("verb_final", False))
