"""From names to places."""

from __future__ import annotations


class Gazetteer:
    """An open gazetteer."""
