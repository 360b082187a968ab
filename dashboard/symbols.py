"""The map's symbols as SVG, for the legend and the reader."""

from __future__ import annotations

from dashboard.columns import event_type
from geodata.event import Event, Factuality


def event_symbol(event: Event) -> str:
    """The event's mark on the map, as SVG."""
    return symbol_svg(event_type(event.type).icon, event_type(event.type).colour, event.factuality)


SHAPES = {
    "circle": '<circle cx="10" cy="10" r="6"/>',
    "square": '<rect x="4.7" y="4.7" width="10.6" height="10.6"/>',
    "diamond": '<path d="M10 2.8 17.2 10 10 17.2 2.8 10Z"/>',
    "triangle": '<path d="M10 3 16.8 15.2H3.2Z"/>',
    "star": '<path d="m10 2 2.1 5 5.4.5-4.1 3.6 1.2 5.3L10 13.6l-4.6 2.8 1.2-5.3L2.5 7.5 7.9 7Z"/>',
    "cross": (
        '<path d="m5.4 3.2 4.6 4.6 4.6-4.6 2.2 2.2-4.6 4.6 4.6 4.6-2.2 2.2L10 12.2l-4.6 4.6-2.2-2.2L7.8 10 3.2 5.4Z"/>'
    ),
}
"""The shapes of ``assets/events.js`` in a square of 20."""


def symbol_svg(icon: str, colour: str, factuality: Factuality) -> str:
    """A type's shape as SVG, filled or hollow as the map draws its factuality."""
    shape = SHAPES.get(icon, SHAPES["circle"])
    dash = {Factuality.PLANNED: "3 2", Factuality.HYPOTHETICAL: "1.2 2"}.get(factuality, "")
    struck = '<path d="M3 17 17 3"/>' if factuality in (Factuality.DENIED, Factuality.NEGATED) else ""
    fill = colour if factuality is Factuality.ASSERTED else "none"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20" width="20" height="20" fill="{fill}" '
        f'stroke="{colour}" stroke-width="1.8" stroke-dasharray="{dash}">{shape}{struck}</svg>'
    )
