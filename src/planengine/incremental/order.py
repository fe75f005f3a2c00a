"""A topological order that is repaired where a new link breaks it, rather than made again.

The algorithm is Pearce and Kelly's (*A dynamic topological sort algorithm for directed acyclic
graphs*, ACM JEA 11, 2006): only nodes between the link's two ends are looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

Neighbours = Callable[[int], Iterable[int]]
"""Gives the nodes next to a node."""


class Order:
    """Nodes in topological order: `position[node]` is where it stands, `sequence` the nodes in
    order.
    """

    __slots__ = ("position", "sequence")

    def __init__(self, sequence: Iterable[int]) -> None:
        self.sequence = list(sequence)
        self.position = [0] * len(self.sequence)
        for place, node in enumerate(self.sequence):
            self.position[node] = place

    def link(self, before: int, after: int, next_of: Neighbours, previous_of: Neighbours) -> bool:
        """Make room for a link between two nodes; false, and nothing changed, when it would close
        a circle. `next_of` and `previous_of` give neighbours by the links there already are.
        """
        position = self.position
        low, high = position[after], position[before]
        if high < low:
            return True
        later = self._reach(after, next_of, lambda place: place <= high)
        if before in later:
            return False
        sooner = self._reach(before, previous_of, lambda place: place >= low)
        moved = sorted(sooner, key=position.__getitem__) + sorted(later, key=position.__getitem__)
        places = sorted(position[node] for node in moved)
        for place, node in zip(places, moved, strict=True):
            position[node] = place
            self.sequence[place] = node
        return True

    def _reach(self, start: int, neighbours: Neighbours, near: Callable[[int], bool]) -> set[int]:
        found = {start}
        stack = [start]
        while stack:
            for node in neighbours(stack.pop()):
                if node not in found and near(self.position[node]):
                    found.add(node)
                    stack.append(node)
        return found
