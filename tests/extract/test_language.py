"""The language of an article, with and without its function words."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.language import UNDETERMINED, detect_language

ROOT = Path(__file__).resolve().parents[2]
TEXTS = {
    "de": "Die Feuerwehr war am Abend mit mehr als hundert Kräften im Einsatz, weil der Wald noch immer brannte.",
    "en": "The fire service had more than a hundred people at work in the evening because the woods still burned.",
    "nl": "De brandweer was in de avond met meer dan honderd mensen aan het werk omdat het bos nog steeds brandde.",
    "da": "Brandvæsenet var om aftenen til stede med mere end hundrede mand, fordi skoven stadig stod i brand.",
    "fr": "Les pompiers étaient encore plus de cent à lutter dans la soirée, parce que la forêt brûlait toujours.",
    "uk": "Пожежники ввечері продовжували гасити ліс, тому що він досі горів, і понад сто людей залишалися на місці.",
    "ru": "Пожарные вечером продолжали тушить лес, потому что он всё ещё горел, и сто человек оставались на месте.",
}


@pytest.mark.parametrize("language", TEXTS)
def test_running_text(language: str) -> None:
    assert detect_language(TEXTS[language]) == language


def test_a_text_without_letters_has_no_language() -> None:
    assert detect_language("… 12:30 – 17 %") == UNDETERMINED
    assert detect_language("") == UNDETERMINED


def test_german_and_english_need_no_model() -> None:
    program = ("import sys; from extract.language import detect_language as d; "
               f"assert (d({TEXTS['de']!r}), d({TEXTS['en']!r})) == ('de', 'en'); sys.exit('py3langid' in sys.modules)")
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode == 0


@given(st.text(max_size=200))
def test_any_text_has_an_answer(text: str) -> None:
    assert detect_language(text)
