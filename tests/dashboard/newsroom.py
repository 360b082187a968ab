"""A workspace to read and review: one fire told by four reports, a protest in three towns, hostile texts."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from geodata.event import Event
from geodata.workspace import Workspace
from tests.dashboard.live import ROOT

FIRE = (
    "In Graz ist am Freitag, dem 3. Mai 2024, eine Lagerhalle in Brand geraten. 12 Menschen wurden verletzt, so die "
    "Feuerwehr. Das Feuer war gegen vier Uhr früh ausgebrochen."
)
BEFORE = "Die Halle gehört einem Holzhändler. " * 60
HOSTILE = "</script><script>document.title='owned'</script> ${document.title='owned'} {{7*7}} \u202egnihtyreve"

ARTICLES: tuple[dict[str, str], ...] = (
    {
        "id": "mb-1",
        "outlet": "Morgenblatt",
        "url": "https://morgenblatt.example/graz",
        "published": "2024-05-04",
        "title": "Ein Holzlager",
        "text": f"{BEFORE}\n\n{FIRE}\n\nErst am 20. April 2024 war in Linz eine Gasleitung explodiert. "
        "Damals starben zwei Menschen.\n",
    },
    {
        "id": "hp-7",
        "outlet": "The Harbour Post",
        "url": "https://harbour.example/fire",
        "published": "2024-05-04",
        "title": "Fire guts warehouse",
        "text": "A fire destroyed a warehouse in Graz on Friday, 3 May 2024. At least 15 people were injured, "
        "officials said.\n",
    },
    {
        "id": "as-3",
        "outlet": "Agentur Süd",
        "url": "javascript:alert(1)",
        "published": "2024-05-05",
        "title": "Lagerhalle brannte",
        "text": f"{FIRE}\n\nDie Ursache ist unbekannt.\n",
    },
    {
        "id": "ro-2",
        "outlet": "Radio Ostwind",
        "published": "2024-05-06",
        "title": "Brand",
        "text": "In einem Gewerbegebiet in Graz brannte am Samstag, dem 4. Mai 2024, ein Lagerhaus nieder. Verletzt "
        "wurden nach Angaben der Polizei 9 Menschen.\n",
    },
    {
        "id": "st-1",
        "outlet": "Agentur Süd",
        "published": "2024-05-08",
        "title": "Proteste",
        "text": "Am 7. Mai 2024 protestierten in Leipzig, Dresden und Chemnitz Tausende Menschen gegen die Schließung "
        "der Werke.\n",
    },
    {
        "id": "x-1",
        "outlet": "<b>Post</script>",
        "url": 'https://x.example/?a="><script>',
        "published": "2024-06-03",
        "lang": "de",
        "title": "<img src=x onerror=\"document.title='owned'\"> {{7*7}} ${x}",
        "text": f"In Passau ist am 2. Juni 2024 eine Gasleitung explodiert. Drei Menschen wurden verletzt. "
        f"{HOSTILE}\n\n{'x' * 10_000}\n",
    },
)


def make(folder: Path) -> Path:
    """The workspace of :data:`ARTICLES`, made by the command line."""
    articles, workspace = folder / "articles.jsonl", folder / "newsroom.gpkg"
    articles.write_text("\n".join(json.dumps(article) for article in ARTICLES), encoding="utf-8")
    extract(articles, workspace)
    return workspace


def extract(articles: Path, workspace: Path) -> None:
    """``dateline extract`` into a workspace."""
    command = [sys.executable, "-m", "dateline", "extract", str(articles), "-w", str(workspace)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)


def events(workspace: Path) -> list[Event]:
    """The events of a workspace."""
    with Workspace(workspace) as opened:
        return list(opened.events())


def at(workspace: Path, place: str, **like: Any) -> Event:
    """The one event of a workspace at a place."""
    (found,) = [
        event
        for event in events(workspace)
        if event.place and event.place.name == place and all(getattr(event, key) == like[key] for key in like)
    ]
    return found
