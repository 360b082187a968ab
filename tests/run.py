"""Sets up and runs every check of the project: ``python3 tests/run.py``. Needs nothing but Python ≥ 3.11.

Makes ``.venv`` in the checkout, installs the project and its test tools there, sees to Chromium for
the browser tests, then runs the linter, the type checker and the tests. Exit status 0 only if all pass.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin") / "python"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
IN_CI = os.environ.get("CI", "").lower() in ("1", "true")


def say(text: str) -> None:
    print(f"\n=== {text}", flush=True)


def run(*command: str | Path, check: bool = True, **changes: str) -> int:
    """Run a command in the checkout; a failure ends this program with its exit status."""
    print("$", *command, flush=True)
    status = subprocess.run([str(part) for part in command], cwd=ROOT, env={**os.environ, **changes}, check=False,
                            stdin=subprocess.DEVNULL).returncode
    if check and status:
        sys.exit(status)
    return status


def install_project() -> None:
    say("Setting up .venv")
    if not PYTHON.exists():
        venv.create(ENVIRONMENT, with_pip=True)
    run(PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-c", "constraints.txt",
        "-e", ".[test]")


def find_browser() -> bool:
    """See to Chromium: the system's, else installed where this user may; else the browser tests are skipped."""
    say("Looking for Chromium")
    if not any(map(shutil.which, BROWSERS)) and shutil.which("apt-get") and os.geteuid() == 0:
        quiet = {"DEBIAN_FRONTEND": "noninteractive"}
        run("apt-get", "update", "-qq", check=False, **quiet)
        run("apt-get", "install", "-y", "-qq", "chromium", check=False, **quiet)
    if found := next(filter(None, map(shutil.which, BROWSERS)), None):
        print(found)
        return True
    print("!" * 78, "No Chromium: THE BROWSER TESTS ARE SKIPPED. Install the package chromium, then run again.",
          "!" * 78, sep="\n", flush=True)
    return False


def main() -> None:
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores", flush=True)
    install_project()
    if not find_browser() and IN_CI:
        sys.exit("In CI the browser tests must run.")
    say("Linter")
    run(PYTHON, "-m", "ruff", "check", "--no-cache", ".")
    say("Types")
    run(PYTHON, "-m", "mypy", "--no-incremental", "--cache-dir", os.devnull)
    # the compiled gazetteer of the tests stays inside the checkout, in a folder that git ignores
    cache = {"XDG_CACHE_HOME": str(ENVIRONMENT / "cache"),
             "HYPOTHESIS_STORAGE_DIRECTORY": str(ENVIRONMENT / "hypothesis")}
    say("Compiling the gazetteer for the tests")
    run(PYTHON, "-m", "dateline", "gazetteer", "build", **cache)
    say("Tests")
    run(PYTHON, "-m", "pytest", *sys.argv[1:], **cache)


if __name__ == "__main__":
    main()
