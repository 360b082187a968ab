"""The map's symbols as SVG, for the legend and the reader."""

from __future__ import annotations

from urllib.parse import quote

from dashboard.columns import event_type
from geodata.event import Event, Factuality


def event_symbol(event: Event) -> str:
    """The event's mark on the map, as an HTML image."""
    return image(symbol_svg(event_type(event.type).icon, event_type(event.type).colour, event.factuality))


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
    if factuality is Factuality.ASSERTED:
        drawing = f'<g fill="{colour}" stroke="#fff" stroke-opacity="0.6" stroke-width="1.2">{shape}</g>'
    else:
        dash = {Factuality.PLANNED: "3 2", Factuality.HYPOTHETICAL: "1.2 2"}.get(factuality, "none")
        struck = '<path d="M3 17 17 3"/>' if factuality in (Factuality.DENIED, Factuality.NEGATED) else ""
        lines = f'fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}"'
        drawing = f"<g {lines}>{shape}{struck}</g>"
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20" width="20" height="20">{drawing}</svg>'


def address(svg: str) -> str:
    """An SVG as a data address."""
    return f"data:image/svg+xml,{quote(svg)}"


def image(svg: str) -> str:
    """An SVG as an HTML image; Streamlit takes SVG itself out of the HTML it is given."""
    return f'<img alt="" src="{address(svg)}">'


def _key(drawing: str) -> str:
    return image(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" width="32" height="32">{drawing}</svg>')


_COUNT = 'font-family="sans-serif" font-weight="600" text-anchor="middle"'
_RING = (
    '<g fill="none" stroke-width="4"><path d="M16 5a11 11 0 0 1 9.5 16.5" stroke="#d55e00"/>'
    '<path d="M25.5 21.5A11 11 0 0 1 6.5 21.5" stroke="#009e73"/>'
    '<path d="M6.5 21.5A11 11 0 0 1 16 5" stroke="#0072b2"/></g>'
)
_AREA = 'fill="#5b7fa8" fill-opacity="0.3" stroke="#5b7fa8" stroke-width="1.6"'
_BADGE = (
    '<rect x="7" y="11" width="18" height="10" rx="3" fill="#fff" stroke="#5b7fa8"/>'
    f'<text x="16" y="19" font-size="8.5" fill="#1f2933" {_COUNT}>3</text>'
)

MAP_KEY = {
    "key_point": _key(
        '<circle cx="16" cy="16" r="13" fill="#d55e00" fill-opacity="0.15" stroke="#d55e00" stroke-opacity="0.4"/>'
        '<circle cx="16" cy="16" r="5" fill="#d55e00"/>'
    ),
    "key_cluster": _key(f'{_RING}<text x="16" y="20" font-size="11" fill="#7b8794" {_COUNT}>9</text>'),
    "key_area": _key(f'<path d="M4 9 14 4l13 4 1 14-9 6-14-5Z" stroke-dasharray="4 3" {_AREA}/>{_BADGE}'),
    "key_soft": _key(
        '<defs><radialGradient id="dl-soft"><stop offset="0.2" stop-color="#5b7fa8" stop-opacity="0.5"/>'
        '<stop offset="1" stop-color="#5b7fa8" stop-opacity="0"/></radialGradient></defs>'
        f'<circle cx="16" cy="16" r="16" fill="url(#dl-soft)"/>{_BADGE}'
    ),
    "key_border": _key(
        f'<path d="M2 26 8 20 11 22 17 12 23 13 30 5" fill="none" stroke="#5b7fa8" stroke-width="4"/>{_BADGE}'
    ),
}
"""How the map draws what it knows, by the message that explains it."""
