"""Circles among activities: links, and the outline the links run through."""

from __future__ import annotations

from collections.abc import Iterator

from planengine.model import Plan
from planengine.outline import Outline
from planengine.validation.errors import PlanError

Node = int
"""A leaf or a summary's entrance is `2 * place`, a summary's exit `2 * place + 1`."""
Graph = list[list[Node]]


def cycle_errors(plan: Plan, outline: Outline) -> Iterator[PlanError]:
    """One error for each separate tangle of activities that wait for each other.

    A link into a summary binds everything under it, a link out of one waits for everything under
    it, so a circle may run through the outline. Linear time, no recursion.
    """
    order = outline.in_order()
    place = {uid: index for index, uid in enumerate(order)}
    graph = _graph(plan, outline, place)
    left = _unordered(graph)
    if not left:
        return
    for tangle in _tangles(graph, left):
        circle = _circle(graph, tangle)
        members = _uids(circle, order)
        name = outline.by_uid[members[0]].name
        yield PlanError("link.cycle", "activity", members[0], name, (*members, members[0]))


def _graph(plan: Plan, outline: Outline, place: dict[int, int]) -> Graph:
    graph: Graph = [[] for _ in range(2 * len(place))]
    for uid, index in place.items():
        for child in outline.children(uid):
            below = place[child]
            graph[2 * index].append(2 * below)
            leaving = 2 * below + 1 if outline.children(child) else 2 * below
            graph[leaving].append(2 * index + 1)
    for link in plan.links:
        first, second = place.get(link.predecessor), place.get(link.successor)
        if first is None or second is None:
            continue
        if outline.are_nested(link.predecessor, link.successor):
            continue  # reported as an error of the link itself
        source = 2 * first + 1 if outline.children(link.predecessor) else 2 * first
        graph[source].append(2 * second)
    return graph


def _unordered(graph: Graph) -> set[Node]:
    """What cannot be put in an order: circles, and what lies between or after them."""
    waiting = [0] * len(graph)
    for targets in graph:
        for target in targets:
            waiting[target] += 1
    ready = [node for node, count in enumerate(waiting) if not count]
    done = 0
    while ready:
        done += 1
        for target in graph[ready.pop()]:
            waiting[target] -= 1
            if not waiting[target]:
                ready.append(target)
    if done == len(graph):
        return set()
    return {node for node, count in enumerate(waiting) if count}


def _tangles(graph: Graph, nodes: set[Node]) -> Iterator[set[Node]]:
    """Strongly connected parts of more than one node (Tarjan 1972, with a stack of our own)."""
    index: dict[Node, int] = {}
    low: dict[Node, int] = {}
    open_nodes: list[Node] = []
    is_open: set[Node] = set()
    for root in sorted(nodes):
        if root in index:
            continue
        work = [(root, iter(graph[root]))]
        index[root] = low[root] = len(index)
        open_nodes.append(root)
        is_open.add(root)
        while work:
            node, targets = work[-1]
            step = next((target for target in targets if target in nodes), None)
            if step is None:
                work.pop()
                if work:
                    above = work[-1][0]
                    low[above] = min(low[above], low[node])
                if low[node] == index[node]:
                    tangle = _close(open_nodes, is_open, node)
                    if len(tangle) > 1:
                        yield tangle
            elif step not in index:
                index[step] = low[step] = len(index)
                open_nodes.append(step)
                is_open.add(step)
                work.append((step, iter(graph[step])))
            elif step in is_open:
                low[node] = min(low[node], index[step])


def _close(open_nodes: list[Node], is_open: set[Node], node: Node) -> set[Node]:
    """Take a finished part off the stack of open nodes."""
    tangle: set[Node] = set()
    while node not in tangle:
        taken = open_nodes.pop()
        is_open.discard(taken)
        tangle.add(taken)
    return tangle


def _circle(graph: Graph, tangle: set[Node]) -> list[Node]:
    """A shortest circle through the tangle's first node, by breadth-first search."""
    first = min(tangle)
    came: dict[Node, Node] = {}
    queue = [first]
    for node in queue:
        for target in graph[node]:
            if target == first:
                return _trail(came, first, node)
            if target in tangle and target not in came:
                came[target] = node
                queue.append(target)
    return [first]


def _trail(came: dict[Node, Node], first: Node, last: Node) -> list[Node]:
    trail = [last]
    while trail[-1] != first:
        trail.append(came[trail[-1]])
    return trail[::-1]


def _uids(circle: list[Node], order: tuple[int, ...]) -> tuple[int, ...]:
    """The activities of a circle in order, each once."""
    return tuple(dict.fromkeys(order[node // 2] for node in circle))
