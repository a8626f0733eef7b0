"""A value that is made when it is first read, and kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


class lazily(Generic[T]):  # noqa: N801 - it is written like `property`
    """What `functools.cached_property` is from Python 3.12 on: without a lock, which costs more than most values.

    Two threads may both make the value; they make equal ones.

    >>> class Office:
    ...     @lazily
    ...     def hours(self) -> int:
    ...         return 8
    >>> Office().hours
    8
    """

    def __init__(self, make: Callable[..., T]) -> None:
        self.make = make
        self.__doc__ = make.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, instance: None, owner: type) -> lazily[T]: ...
    @overload
    def __get__(self, instance: object, owner: type) -> T: ...
    def __get__(self, instance: object | None, owner: type) -> lazily[T] | T:
        if instance is None:
            return self
        made = instance.__dict__[self.name] = self.make(instance)
        return made
