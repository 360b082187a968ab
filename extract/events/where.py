"""Where: the place of an event, by clause before sentence before anaphor before paragraph before dateline.

Last comes the town that the article is about (:mod:`extract.events.focus`).

Then no place: an event that the text does not place is kept and counted, never pinned on a guess.
"""

from __future__ import annotations

from extract.annotation import Form, PlaceMention, PlaceRole
from extract.document import Document
from extract.events.asides import NEAR_ENOUGH, distance_to, is_aside, is_of_demand, is_of_study, is_scope
from extract.events.attributes import of_one_event
from extract.events.clauses import Clause, ClauseKind
from extract.events.containment import contains, finest
from extract.events.country import AT_HOME
from extract.events.focus import LOCAL, SAID
from extract.events.inflection import Form as EventForm
from extract.events.mention import Where
from extract.events.reading import SentenceReading
from extract.events.reference import by_reference
from extract.events.semantic_roles import called_after, extent_of, left_in, placed_by_role, recipients_of, targets_of
from extract.events.sites import Sites
from extract.events.triggers import Trigger
from extract.places.routes import HYPHENS
from geodata.place import Place, PlaceKind, distance_km

LISTING = frozenset({"coordinator", "preposition", "definite", "article", "determiner"})
"""Classes of the words that stand between listed places; any other tells something else of the second."""
COORDINATED = 3
"""How many tokens stand between two places that are listed ("in Gaza und in Rafah")."""
LEAVES = frozenset({"withdrawal", "recruitment", "desertion"})
"""Types whose place is where they lead from: who withdraws from a town does so there."""
STAYS = frozenset({"other", "protest", "crime", "statement", "accident", "explosion", "battle", "casualties"})
"""Types that happen where they begin, not where somebody then goes ("resigned and fled to India")."""
GIVES = frozenset({"arms", "deployment"})
"""Types that give somebody something: they happen where it is received."""
STRIKES = frozenset({"attack", "earthquake", "storm", "flood", "wildfire"})
"""Types whose verbs take as their object the place where they happen."""
STRUCK = STRIKES | {"advance"}
"""Types that "the town" right behind their verb is struck by, whatever town another clause names."""
MARCH = 3
"""How many tokens behind a march the place stands that it goes to."""
SAYING = 2
"""Within how many tokens behind a place those who are there say something."""
ABOUT = 2.0
"""How many radii from the middle of a region a town may be that is told to be in it."""
LINKED = 2
"""How many tokens apart the two ends of a road stand, with one between them."""
CLOSE_BEFORE = 4
"""How many tokens before "where" the place stands that it takes up."""
RIGHT_BEFORE = 2
"""How many tokens before a relative clause the noun stands that it tells of (a comma may part them)."""
MOVES = frozenset({"movement", "deployment", "advance", "arms"})
"""Types whose place is where they lead."""


def where(reading: SentenceReading, trigger: Trigger, sites: Sites, document: Document) -> Where:
    """The place that the trigger's own sentence gives: by clause, else by sentence, else by reference."""
    inside = _sites_of(reading, trigger, sites)
    if trigger.sense.type in GIVES:
        recipients = recipients_of(reading, trigger, sites)
        if recipients:
            return Where((recipients[0],), "clause", f"“{recipients[0].text}” gets them")
    if trigger.sense.type in STRIKES:
        targets = targets_of(reading, trigger, sites)
        if targets:
            return Where((targets[0],), "clause", f"“{targets[0].text}” is what it strikes")
    if inside and sites.dateline_in(reading) and all(
            _holds(place, sites.dateline, _stated(reading, place)) for place in inside):
        return sites.at_dateline()  # "NAIROBI – Kenya's parliament": the dateline is finer
    if inside and all(place.form is Form.DERIVED for place in inside):
        opening = sites.opening(reading, document)
        if opening is not None and _of_its_land(opening, inside):  # "Constanța. Vor der rumänischen Küste …"
            return Where((opening,), "sentence", f"“{opening.text}” opens the paragraph")
    told = called_after(reading, trigger, sites, inside) or _by_position(reading, trigger, inside, sites, document) \
        or placed_by_role(reading, trigger, sites)
    if told is not None:
        return told
    heading = sites.heading(reading, document)
    if heading is not None:
        return Where((heading,), "sentence", f"“{heading.text}” heads the paragraph")
    unknown = [place for place in sites.unresolved_within(reading.sentence.start, reading.sentence.end)
               if not _in_other_relative_clause(reading, place, trigger)]
    if unknown:
        return Where((), "unresolved", f"“{unknown[0].text}” is no place that the gazetteer knows")
    return by_reference(reading, sites, document)


def _sites_of(reading: SentenceReading, trigger: Trigger, sites: Sites) -> list[PlaceMention]:
    """The places of the sentence where the event may have happened."""
    inside = sites.within(reading.sentence.start, reading.sentence.end)
    if trigger.sense.type in LEAVES:
        inside = [place for place in sites.origins_within(reading.sentence.start, reading.sentence.end)
                  if not reading.within(trigger.token + 1, reading.token_at(place.start), "agent_marker")] or inside
    inside = of_one_event(reading, trigger.token, [place for place in inside if not sites.of_dateline(place)])
    if trigger.sense.type in STAYS:
        stays = [place for place in inside if place.role is not PlaceRole.DESTINATION]
        inside = stays or [place for place in inside if _is_where_it_goes(reading, place, trigger)]
    if trigger.sense.type == "earthquake" and reading.has("felt"):
        return []
    inside = [place for place in inside if not is_aside(reading, place, trigger.sense.type)]
    inside = [place for place in inside
              if not is_of_demand(reading, place, trigger) and not is_of_study(reading, place)]
    inside = [place for place in inside if not is_scope(reading, place)] or inside
    return [place for place in inside if not _of_those_who_say(reading, place, trigger)] or inside


def _of_those_who_say(reading: SentenceReading, place: PlaceMention, trigger: Trigger) -> bool:
    """ "Officials in Hanoi said a boat capsized in Ha Long Bay": before the verb that tells it, in its own clause."""
    at = reading.token_at(place.end - 1)
    return reading.clause_of(at) == reading.clause_of(trigger.token) \
        and reading.within(at + 1, min(at + 1 + SAYING, trigger.token), "reporting")


def _is_where_it_goes(reading: SentenceReading, place: PlaceMention, trigger: Trigger) -> bool:
    """ "ein Sternmarsch nach Straßburg", "marched to Brussels": right behind the march."""
    return trigger.sense.type == "protest" and 0 < reading.token_at(place.start) - trigger.token <= MARCH


def _by_position(reading: SentenceReading, trigger: Trigger, inside: list[PlaceMention], sites: Sites,
                 document: Document) -> Where | None:
    """A place of the trigger's clause, before one that the clause stands for, before one of the sentence."""
    clause = reading.clauses[reading.clause_of(trigger.token)]
    own = _told_of_noun(reading, trigger, inside) \
        or [place for place in inside if clause.first <= reading.token_at(place.start) < clause.last]
    if own:
        chosen = _choose(own, inside, reading, trigger)
        nearby = _landmark_inside(chosen, clause, reading, sites)
        if nearby is not None:
            return Where((nearby,), "clause", f"told to be near “{nearby.text}”")
        return Where(chosen, "clause", f"“{chosen[0].text}” stands in its clause")
    left = left_in(reading, trigger, sites)
    if left is not None:
        return left
    antecedent = _antecedent(reading, clause, sites)
    if antecedent:
        return Where(antecedent, "sentence", f"“{antecedent[0].text}” stands before “where”")
    if inside:
        beside = _close(reading, sites, *extent_of(clause, reading))
        if beside:
            return _near(beside, reading, trigger)
        struck = by_reference(reading, sites, document, trigger.token + 1, clause.last)
        if struck.mentions and trigger.sense.type in STRUCK:
            return struck
        telling = [place for place in inside if not _only_reports(reading, place, trigger)
                   and not _only_describes(reading, place) and not _of_another_event(reading, place, trigger)]
        if telling:
            chosen = _choose(telling, inside, reading, trigger)
            nearby = _landmark_around(chosen, reading, sites)
            if nearby is not None:
                return Where((nearby,), "sentence", f"told to be near “{nearby.text}”")
            return Where(chosen, "sentence", f"“{chosen[0].text}” stands in its sentence")
    near = _close(reading, sites, reading.sentence.start, reading.sentence.end)
    return _near(near, reading, trigger) if near else None


def _told_of_noun(reading: SentenceReading, trigger: Trigger, inside: list[PlaceMention]) -> list[PlaceMention]:
    """ "a quake off Sulawesi, triggering a tsunami that swept into Palu": what is told of the noun right before."""
    following = reading.clause_of(trigger.token) + 1
    if trigger.form is not EventForm.NOUN or following >= len(reading.clauses):
        return []
    clause = reading.clauses[following]
    of_noun = clause.kind is ClauseKind.RELATIVE or (
        clause.kind is ClauseKind.CONTENT and clause.first == trigger.token + 1
        and not reading.within(clause.first + 1, clause.first + 2, "article", "definite", "possessive"))
    if not of_noun or clause.first - trigger.token > RIGHT_BEFORE:  # "a blast that tore", but "the threat that the"
        return []
    return [place for place in inside if clause.first <= reading.token_at(place.start) < clause.last]


def _antecedent(reading: SentenceReading, clause: Clause, sites: Sites) -> tuple[PlaceMention, ...]:
    """ "spread to Isfahan and Shiraz, where police shot a man": the places right before "where"."""
    if not reading.within(clause.first, clause.first + 1, "locative_relative"):
        return ()
    before = sites.within(reading.sentence.start, reading.tokens[clause.first].start)
    found = [place for place in before[-1:] if clause.first - reading.token_at(place.end - 1) <= CLOSE_BEFORE]
    for place in before[-2::-1]:
        if not found or not _listed(reading, place, found[0]):
            break
        found.insert(0, place)
    return tuple(found)


def _landmark_inside(chosen: tuple[PlaceMention, ...], clause: Clause, reading: SentenceReading,
                     sites: Sites) -> PlaceMention | None:
    """The town that is told to be near, where the clause gives only the land around it: "nahe Maroua in Kamerun"."""
    whole = chosen[0].place
    ends = len(chosen) > 1 and reading.within(reading.token_at(chosen[0].start) - 1,
                                              reading.token_at(chosen[0].start), "between")
    if whole is None or (not ends and (len(chosen) > 1 or whole.kind.is_point)):
        return None
    return next((place for place in _close(reading, sites, *extent_of(clause, reading))
                 if place.place is not None and (ends or _lies_about(whole, place.place))), None)


def _lies_about(whole: Place, town: Place) -> bool:
    """Whether a town lies in an area, or so near it that what papers call the area has it: Larisa in central Greece."""
    apart = distance_km(whole.lat, whole.lon, town.lat, town.lon)
    return contains(whole, town) or (whole.kind is PlaceKind.REGION and whole.country == town.country
                                     and apart <= ABOUT * whole.radius_km)


def _landmark_around(chosen: tuple[PlaceMention, ...], reading: SentenceReading, sites: Sites) -> PlaceMention | None:
    """The one town that a sentence tells to be near, where the rest of it gives no more than the country."""
    whole = chosen[0].place
    if len(chosen) > 1 or whole is None or whole.kind is not PlaceKind.COUNTRY:
        return None
    near = [place for place in _close(reading, sites, reading.sentence.start, reading.sentence.end)
            if place.place is not None and contains(whole, place.place)]
    return near[0] if len(near) == 1 else None


def _close(reading: SentenceReading, sites: Sites, start: int, end: int) -> list[PlaceMention]:
    """The landmarks between two code points that are not told to be far away."""
    return [place for place in sites.landmarks_within(start, end) if distance_to(reading, place) <= NEAR_ENOUGH]


def _near(landmarks: list[PlaceMention], reading: SentenceReading, trigger: Trigger) -> Where:
    nearest = min(landmarks, key=lambda place: (distance_to(reading, place) > 0, _distance(reading, place, trigger)))
    return Where((nearest,), "sentence", f"told to be near “{nearest.text}”")


def _only_reports(reading: SentenceReading, place: PlaceMention, trigger: Trigger) -> bool:
    """Whether a place stands in the clause that reports the event, not in one that tells it."""
    clause = reading.clauses[reading.clause_of(reading.token_at(place.start))]
    if any(not reading.within(word + 1, word + 2, "infinitive_marker")  # "were told to leave": an order
           for word in reading.where(clause.first, clause.last, "reporting")):
        return trigger.sense.type not in ("meeting", "statement")
    told = clause.kind is ClauseKind.TEMPORAL and reading.within(clause.first, clause.first + 1, "reported_by") \
        and not clause.first <= trigger.token < clause.last and not _tells_event(reading, clause)
    return told or clause.kind is ClauseKind.CONDITIONAL  # "wie das Institut in Potsdam ermittelte"


def _only_describes(reading: SentenceReading, place: PlaceMention) -> bool:
    """Whether a place stands in a relative clause: "Burundi, whose largest town Bujumbura lies across the lake".

    Without a comma it says which one is meant: "by men who had put up a blockade in Mastung".
    """
    clause = reading.clauses[reading.clause_of(reading.token_at(place.start))]
    return clause.kind is ClauseKind.RELATIVE and reading.within(clause.first, clause.last, "finite") \
        and clause.first > 0 and "," in reading.lower[max(clause.first - 2, 0):clause.first]


def _of_another_event(reading: SentenceReading, place: PlaceMention, trigger: Trigger) -> bool:
    """Whether a place stands in a clause that has an event of its own: of another time, or told in addition."""
    number = reading.clause_of(reading.token_at(place.start))
    clause = reading.clauses[number]
    if number == reading.clause_of(trigger.token):
        return False
    if reading.within(clause.first, clause.first + 1, "simultaneous"):  # "were killed when …": one event in two clauses
        return place.role is PlaceRole.DESTINATION \
            or (trigger.sense.type in SAID | AT_HOME and _tells_event(reading, clause))
    added = clause.first > trigger.token and reading.within(clause.first, clause.first + 1, "coordinator") \
        and reading.within(clause.first + 1, clause.first + 2, "preposition", "article", "definite")
    if clause.kind is not ClauseKind.TEMPORAL and not added:
        return False
    return any((added or sense.sense.type not in ("casualties", trigger.sense.type)) and not sense.sense.effect
               for word in reading.words[clause.first:clause.last] for sense in word.senses)


def _in_other_relative_clause(reading: SentenceReading, place: PlaceMention, trigger: Trigger) -> bool:
    """ "after a fire that started near Sherridon jumped the road": where something began is not where it is."""
    number = reading.clause_of(reading.token_at(place.start))
    clause = reading.clauses[number]
    return clause.kind is ClauseKind.RELATIVE and number != reading.clause_of(trigger.token)


def _tells_event(reading: SentenceReading, clause: Clause) -> bool:
    """Whether a clause has a word for something that happens locally: "as thousands marched through Lima"."""
    return any(sense.sense.type in LOCAL for word in reading.words[clause.first:clause.last] for sense in word.senses)


def _choose(places: list[PlaceMention], inside: list[PlaceMention], reading: SentenceReading,
            trigger: Trigger) -> tuple[PlaceMention, ...]:
    """The place nearest to the trigger, with those of its sentence it is listed with; the finer of nested ones."""
    fine = finest(places)
    fine = [place for place in fine if not _is_around(place, fine, reading)]
    if trigger.sense.type in MOVES:
        fine = [place for place in fine if place.role is PlaceRole.DESTINATION] or fine
    nearest = min(fine, key=lambda place: _distance(reading, place, trigger))
    listed = [nearest]
    of_sentence = finest(inside)
    in_order = of_sentence if nearest in of_sentence else fine
    position = in_order.index(nearest)
    for place in reversed(in_order[:position]):
        if not _listed(reading, place, listed[0]):
            break
        listed.insert(0, place)
    for place in in_order[position + 1:]:
        if not _listed(reading, listed[-1], place):
            break
        listed.append(place)
    unique = {place.place.id: place for place in reversed(listed) if place.place is not None}
    return tuple(sorted(unique.values(), key=lambda place: place.start))


def _is_around(area: PlaceMention, places: list[PlaceMention], reading: SentenceReading) -> bool:
    """ "in the east of the country, a drone struck Kassala": a part of a country that a town is told in."""
    if area.place is None or area.place.kind is not PlaceKind.MACROREGION or area.place.country is None:
        return False
    return any(place.place is not None and place.place.kind.is_point and place.place.country == area.place.country
               and not _listed(reading, *sorted((area, place), key=lambda each: each.start)) for place in places)


def _distance(reading: SentenceReading, place: PlaceMention, trigger: Trigger) -> int:
    return abs(reading.token_at(place.start) - trigger.token)


def _listed(reading: SentenceReading, left: PlaceMention, right: PlaceMention) -> bool:
    """Whether only commas, "und" and prepositions stand between two places; the two ends of a road are listed, too."""
    if left.role is right.role is PlaceRole.SITE and _end_a_route(reading, left, right):
        return True
    between = _outside_brackets(reading, reading.token_at(left.end), reading.token_at(right.start))
    if len(between) > COORDINATED or not between or left.role is not right.role:
        return False
    words = [token for token in between if reading.tokens[token].text[0].isalnum()]
    joined = any("coordinator" in reading.words[token].classes or reading.tokens[token].text == ","
                 for token in between)
    return joined and all(not LISTING.isdisjoint(reading.words[token].classes) for token in words)


def _end_a_route(reading: SentenceReading, left: PlaceMention, right: PlaceMention) -> bool:
    """ "the Ried-Au road", "the road from Ried to Au": two sites, since what anybody goes to is none."""
    first, last = reading.token_at(left.end - 1), reading.token_at(right.start)
    return first == last or (last - first == LINKED and (
        reading.within(first + 1, last, "route_link") or reading.tokens[first + 1].text in HYPHENS))


def _outside_brackets(reading: SentenceReading, first: int, last: int) -> list[int]:
    """The tokens from ``first`` to before ``last`` but for an aside: "in Köln (10.00 Uhr), Dortmund (10.30 Uhr)"."""
    tokens = list(range(first, last))
    opened = next((token for token in tokens[:1] if reading.tokens[token].text == "("), None)
    closed = next((token for token in tokens if reading.tokens[token].text == ")"), None)
    return tokens if opened is None or closed is None else list(range(closed + 1, last))


def _stated(reading: SentenceReading, place: PlaceMention) -> bool:
    """Whether a place is meant as such, or a part of it that has a name, not as an owner ("Kenya's parliament")."""
    at = reading.token_at(place.end - 1)
    owned = reading.tokens[min(at + 1, len(reading.tokens) - 1)].text
    return owned[:1].isupper() or not {"'", "’"} & set(reading.tokens[at].text)


def _of_its_land(dateline: PlaceMention, inside: list[PlaceMention]) -> bool:
    return dateline.place is not None and all(
        place.place is not None and place.place.kind is not PlaceKind.BORDER
        and contains(place.place, dateline.place) for place in inside)


def _holds(place: PlaceMention, inner: PlaceMention | None, stated: bool) -> bool:
    """Whether a place holds the dateline's; a country that the text states is meant as such."""
    if place.place is None or inner is None or inner.place is None:
        return False
    if place.place.kind is not PlaceKind.COUNTRY or stated:
        return False  # "PORTO ALEGRE – Im Bundesstaat …": the state is where it happened, not the reporter's town
    return contains(place.place, inner.place) or place.place.id == inner.place.id
