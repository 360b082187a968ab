"""What is worked out when it is asked for first, is worked out once, and an object each."""

from __future__ import annotations

from dataclasses import dataclass, field

from extract.lazy import lazy


@dataclass(frozen=True)
class Load:
    crates: int
    counted: list[int] = field(default_factory=list)

    @lazy
    def weight(self) -> int:
        """Of all crates, in kg."""
        self.counted.append(self.crates)
        return self.crates * 12


def test_a_value_is_worked_out_at_most_once() -> None:
    load = Load(3)
    assert load.counted == []
    assert (load.weight, load.weight) == (36, 36)
    assert load.counted == [3]


def test_each_object_has_its_own_value() -> None:
    assert [Load(crates).weight for crates in (1, 2)] == [12, 24]


def test_the_attribute_keeps_its_docstring() -> None:
    assert vars(Load)["weight"].__doc__ == "Of all crates, in kg."
