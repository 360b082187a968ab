"""Event types: weighted F1 over ACLED sub-event types, one a snippet (CASE 2021, task 2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from extract.evaluate.figures import Figures, Row, precision_recall

CASE_LABELS = {
    "Armed clash": "ARMED_CLASH",
    "Government regains territory": "GOV_REGAINS_TERIT",
    "Non-state actor overtakes territory": "NON_STATE_ACTOR_OVERTAKES_TER",
    "Chemical weapon": "CHEM_WEAP",
    "Air/drone strike": "AIR_STRIKE",
    "Suicide bomb": "SUIC_BOMB",
    "Shelling/artillery/missile attack": "ART_MISS_ATTACK",
    "Remote explosive/landmine/IED": "REM_EXPLOS",
    "Grenade": "GRENADE",
    "Sexual violence": "SEX_VIOL",
    "Attack": "ATTACK",
    "Abduction/forced disappearance": "ABDUCT_DISSAP",
    "Peaceful protest": "PEACE_PROTEST",
    "Protest with intervention": "PROTEST_WITH_INTER",
    "Excessive force against protesters": "FORCE_AGAINST_PROTEST",
    "Violent demonstration": "VIOL_DEMONSTR",
    "Mob violence": "MOB_VIOL",
    "Agreement": "AGREEMENT",
    "Arrests": "ARREST",
    "Change to group/activity": "CHANGE_TO_GROUP_ACT",
    "Disrupted weapons use": "DISR_WEAP",
    "Headquarters or base established": "HQ_ESTABLISHED",
    "Looting/property destruction": "PROPERTY_DISTRUCT",
    "Non-violent transfer of territory": "NON_VIOL_TERRIT_TRANSFER",
    "Other": "OTHER",
}
"""ACLED sub-event types by the labels of CASE 2021, task 2, letter for letter."""
BEYOND_ACLED = frozenset({"ORG_CRIME", "NATURAL_DISASTER", "MAN_MADE_DISASTER", "DIPLO", "ATTRIB"})
"""Labels of that task that are no ACLED sub-event types."""


def score_event_types(gold: Sequence[Row], predictions: Mapping[str, Row]) -> Figures:
    """The first event of a snippet counts as what it is about; a snippet without events is ``OTHER``."""
    pairs = []
    for document in gold:
        if document["type"] not in BEYOND_ACLED:
            events = predictions.get(document["id"], {}).get("events") or [{}]
            acled = (events[0].get("codes") or {}).get("acled")
            pairs.append((document["type"], CASE_LABELS.get(acled or "", "OTHER")))
    guesses = Counter(guess for _, guess in pairs)
    hits = Counter(truth for truth, guess in pairs if truth == guess)
    weighted = sum(number * precision_recall(hits[label], guesses[label], number)["F"]
                   for label, number in Counter(truth for truth, _ in pairs).items())
    total = max(len(pairs), 1)
    return {"snippets": len(pairs), "weighted_F1": round(weighted / total, 1),
            "accuracy": round(100 * sum(hits.values()) / total, 1)}
