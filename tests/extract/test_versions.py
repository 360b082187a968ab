"""What makes articles be read anew: only what can read them otherwise."""

from __future__ import annotations

import subprocess
import sys

from extract.versions import NOT_READING
from tests.command import ROOT

PATHS = {"geodata/gazetteer/cache"}
"""Loaded in passing: it says where the gazetteer lies, not what it holds."""
PROGRAM = """
import sys
from extract.article import Article
from extract.merge import merge_reports
from extract.pipeline import annotate
from geodata.gazetteer import open_gazetteer
text = "In Goma wurden am Montag drei Soldaten getötet, sagte die Polizei. Mehr als 20 Menschen flohen."
merge_reports([annotate(Article("a", text), open_gazetteer())])
print(*sys.modules)
"""


def test_reading_and_merging_load_nothing_that_is_said_not_to_read() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = {name.replace(".", "/") for name in done.stdout.split()}
    assert "extract/pipeline" in loaded
    assert {name for name in loaded if name.startswith(NOT_READING)} == PATHS


def test_what_is_said_not_to_read_is_there() -> None:
    assert all((ROOT / name).is_dir() or (ROOT / f"{name}.py").is_file() for name in NOT_READING)
