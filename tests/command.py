"""The command line in a process of its own, as a user starts it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def dateline(*arguments: str | Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Run ``dateline`` with these arguments."""
    return subprocess.run([sys.executable, "-m", "dateline", *map(str, arguments)], cwd=ROOT, input=stdin,
                          capture_output=True, text=True, check=False, encoding="utf-8")
