"""What a process keeps in memory of what it has made lately, within bounds."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Kept(Generic[K, V]):
    """The values used last: at most so many, or so much together by ``size``; one always stays."""

    def __init__(self, most: int, size: Callable[[V], int] = lambda _one: 1) -> None:
        self._most, self._size = most, size
        self._values: OrderedDict[K, V] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: K) -> V | None:
        with self._lock:
            found = self._values.get(key)
            if found is not None:
                self._values.move_to_end(key)
            return found

    def latest(self) -> V | None:
        """What was put here, or asked for, last."""
        with self._lock:
            return next(reversed(self._values.values()), None)

    def put(self, key: K, value: V) -> V:
        with self._lock:
            self._values[key] = value
            self._values.move_to_end(key)
            while (
                len(self._values) > 1 and sum(map(self._size, self._values.values())) > self._most
            ):
                self._values.popitem(last=False)
        return value

    def clear(self) -> None:
        with self._lock:
            self._values.clear()
