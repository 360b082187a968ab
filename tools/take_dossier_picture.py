"""Takes the picture of a dossier: ``python -m tools.take_dossier_picture [LAYER]`` (the seeds if none).

Look at it before committing it: would a journalist want to use this?
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from geodata.formats import read_layer, write_layer

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "pictures" / "dossier.png"
REST_MS = 1000
"""Until map and table are painted."""


def main() -> None:
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        layer = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(folder, "seeds.geojson")
        if len(sys.argv) < 2:
            subprocess.run([sys.executable, "-m", "dateline", "extract", "seeds", "-o", layer], cwd=ROOT, check=True)
        found, page = read_layer(layer), Path(folder, "dossier.html")
        write_layer(page, found.events, found.outline, {"title": "Nordkoreas Soldaten in Russland"})
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        tab = browser.new_page(viewport={"width": 1440, "height": 940}, locale="de-DE")
        tab.goto(page.as_uri())
        tab.wait_for_timeout(REST_MS)
        tab.screenshot(path=PICTURE)
        browser.close()
    print(PICTURE)


if __name__ == "__main__":
    main()
