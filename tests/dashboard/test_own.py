"""Articles of the user's own, from files and text to a layer."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from dashboard import own
from extract.annotation import Annotation
from geodata.errors import InputError

TELLS = "eine Gasleitung explodiert, wie die Feuerwehr mitteilte. Drei Menschen wurden verletzt."
ARTICLE = f"In Hannover ist am 4. Mai 2024 {TELLS}"


@dataclass
class Dropped:
    """A file as the browser sends it."""

    name: str
    content: bytes

    def getvalue(self) -> bytes:
        return self.content


def ignore(share: float, name: str) -> None:
    assert 0 <= share <= 1
    assert name


def test_files_of_one_name_from_anywhere_and_pasted_text_are_read_together(gazetteer: Any, tmp_path: Path) -> None:
    del gazetteer
    dropped = [
        Dropped("../../a.txt", ARTICLE.encode()),
        Dropped("..\\\\a.txt", f"In Graz ist am 3. Mai 2024 {TELLS}".encode()),
    ]
    layer = own.read(dropped, own.pasted(f"In Jena ist am 5. Mai 2024 {TELLS}", "Post", None), ignore)
    assert {"Hannover", "Graz", "Jena"} <= {place.name for place in layer.places}
    assert not list(tmp_path.parent.glob("a.txt"))


def test_a_dropped_layer_is_shown_with_its_outlines(gazetteer: Any, layer_file: Path) -> None:
    del gazetteer
    layer = own.read([Dropped("synthetic.geojson", layer_file.read_bytes())], [], ignore)
    assert layer.row_of("placeless") is not None
    assert "t:tyrol" in layer.outlines


@pytest.mark.parametrize(
    ("name", "content"), [("empty.txt", b""), ("broken.geojson", b"{"), ("odd.txt", bytes(range(256)))]
)
def test_what_cannot_be_read_is_named_as_the_user_named_it(name: str, content: bytes) -> None:
    with pytest.raises(InputError, match=f"^{name}: "):
        own.read([Dropped(name, content)], [], ignore)


def test_blank_text_is_no_article() -> None:
    assert own.pasted(" \n", "Post", None) == []


def test_what_was_found_in_own_articles_is_kept_for_the_reader(gazetteer: Any) -> None:
    del gazetteer  # compiled by now
    kept: dict[str, Annotation] = {}
    layer = own.read([], own.pasted(f"In Jena ist am 5. Mai 2024 {TELLS}", "Post", None), ignore, kept)
    (source,) = layer.events[0].sources
    assert kept[source.text_sha256].article.text.startswith("In Jena")
