"""Events that may be one with another: offered by place, time and kind, never guessed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from geodata.event import Event, Factuality
from geodata.layer import Layer
from geodata.nearest import nearest_events
from geodata.place import Place, PlaceKind
from geodata.timespan import UNDATED, TimeSpan

TOWN = Place("t:1", "Oberau", PlaceKind.CITY, "AT", 47.0, 13.0, 3.0)
NEXT = Place("t:2", "Unterau", PlaceKind.CITY, "AT", 47.2, 13.0, 3.0)
FAR = Place("t:3", "Ferne", PlaceKind.CITY, "AT", 60.0, 13.0, 3.0)
REGION = Place("t:4", "Gau", PlaceKind.REGION, "AT", 47.1, 13.1, 60.0)
DAY = date(2031, 5, 4)


def event(name: str, place: Place | None = TOWN, days: int | None = 0, kind: str = "flood", **more: Any) -> Event:
    day = None if days is None else DAY + timedelta(days)
    return Event(name, kind, Factuality.ASSERTED, (), place, TimeSpan.of(day, day) if day else UNDATED, **more)


def near(*others: Event) -> list[str]:
    """The names of those of the others that may be one with the flood in Oberau, the likeliest first."""
    layer = Layer.from_events([event("this"), *others])
    return [layer.events[each.row].id for each in nearest_events(layer, 0, 10)]


def test_the_nearest_in_time_place_and_kind_come_first() -> None:
    others = event("later", days=5), event("storm", kind="storm"), event("next town", NEXT), event("same")
    assert near(*others) == ["same", "next town", "storm", "later"]


def test_what_is_far_in_place_or_time_is_not_offered() -> None:
    assert near(event("far", FAR), event("late", days=60), event("region", REGION)) == ["region"]


def test_what_is_unknown_may_be_near_but_comes_last() -> None:
    others = event("undated", days=None), event("placeless", None), event("nothing", None, None), event("other")
    assert near(*others) == ["other", "placeless", "undated"]


def test_other_pins_of_the_event_are_not_offered() -> None:
    layer = Layer.from_events([event("this", group="g"), event("pin", NEXT, group="g"), event("other", NEXT)])
    assert [each.row for each in nearest_events(layer, 0, 10)] == [2]


def test_what_two_events_share_is_told() -> None:
    layer = Layer.from_events([event("this"), event("region", REGION, 2, "storm"), event("same", days=None)])
    region, same = nearest_events(layer, 0, 10)
    assert (region.km, region.days, region.same_type, region.same_place) == (0.0, 2, False, False)
    assert (same.km, same.days, same.same_type, same.same_place) == (0.0, None, True, True)


def test_an_event_with_no_place_has_near_ones_in_time_only() -> None:
    layer = Layer.from_events([event("this", None), event("day", FAR), event("late", days=50)])
    (found,) = nearest_events(layer, 0, 10)
    assert (found.row, found.km) == (1, None)
