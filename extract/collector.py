"""The garbage collector in a process of ours that reads articles: it has little to find, and looks seldom.

What an article makes is freed as soon as nobody refers to it; only cycles wait for the collector, and
lexicons and gazetteer, which it would walk through again and again, live as long as the process.
"""

from __future__ import annotations

import gc

MADE_BETWEEN = 20_000
"""Objects made before it looks: some articles' worth. With Python's 700, looking took 4 % of the time (measured)."""


def look_seldom() -> None:
    """Let the collector look seldom from now on, and never at what is there by now."""
    gc.freeze()
    gc.set_threshold(MADE_BETWEEN, *gc.get_threshold()[1:])
