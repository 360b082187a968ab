"""Sets up and runs every check of the project: ``python3 tests/run.py``. Needs nothing but Python ≥ 3.11.

Makes ``.venv`` in the checkout, installs the project and its test tools there, sees to Chromium and
GDAL, then runs the linter, the type checker and the tests. Exit status 0 only if all pass.
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
PROGRAMS = {
    "chromium": ("chromium", "chromium-browser", "google-chrome", "chrome"),
    "gdal-bin": ("ogrinfo",),
}
"""What tests drive that pip can't install: Debian's package, and the programs any of which will do."""
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


def find_programs() -> bool:
    """See to Chromium and GDAL: the system's, else installed where this user may; else their tests are skipped."""
    say("Looking for Chromium and GDAL")
    missing = [package for package, programs in PROGRAMS.items() if not any(map(shutil.which, programs))]
    if missing and shutil.which("apt-get") and os.geteuid() == 0:
        quiet = {"DEBIAN_FRONTEND": "noninteractive"}
        run("apt-get", "update", "-qq", check=False, **quiet)
        run("apt-get", "install", "-y", "-qq", *missing, check=False, **quiet)
    has_all = True
    for package, programs in PROGRAMS.items():
        found = next(filter(None, map(shutil.which, programs)), None)
        if found is None:
            print("!" * 78, f"No {programs[0]}: ITS TESTS ARE SKIPPED. Install the package {package}, then run again.",
                  "!" * 78, sep="\n", flush=True)
            has_all = False
        else:
            print(found)
    return has_all


def main() -> None:
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores", flush=True)
    install_project()
    if not find_programs() and IN_CI:
        sys.exit("In CI the tests that need them must run.")
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
