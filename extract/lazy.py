"""Attributes that are worked out when they are asked for first, and kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

Value = TypeVar("Value")


class lazy(Generic[Value]):  # noqa: N801  (used as a decorator, as ``property`` is)
    """Like :func:`functools.cached_property`, without the lock that Python 3.11 takes for each value.

    A sentence has several such attributes, so that the locks of an article took 2 % of its time (measured). Two
    threads that ask at once may both work a value out: what it is worked out from must not change.
    """

    def __init__(self, work_out: Callable[[Any], Value]) -> None:
        self._work_out = work_out
        self.__doc__ = work_out.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, instance: object, owner: type | None = None) -> Value:
        value: Value = self._work_out(instance)
        instance.__dict__[self._name] = value
        return value
