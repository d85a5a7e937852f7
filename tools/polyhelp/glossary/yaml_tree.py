"""YAML as a tree of nodes, fast and without recursion: a file of a stranger cannot exhaust the stack.

The events are libyaml's where PyYAML was built with it, which is ten times as fast as a parser in Python.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import Any

import yaml
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

NULL = "tag:yaml.org,2002:null"
_TEXT = "tag:yaml.org,2002:str"
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
_DEEPEST = 100
_SHORT = 200_000  # characters that the slow parser takes a second or two for
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class TooDeepError(Exception):
    """Lists and mappings inside each other, more than anybody writes."""


def tree(text: str) -> Node | None:
    """The top node of the one document in ``text``; None when it is empty.

    Every scalar is text or nothing (``NULL``). An alias is the node that it stands for, itself. Marks have ``line`` and
    ``index`` (characters), both from 0. Raises yaml.YAMLError or TooDeepError.
    """
    top: list[Node] = []
    open_: list[tuple[Node, list[Node]]] = []
    anchors: dict[str, Node] = {}
    for event in _events(text):
        if isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
            node, children = open_.pop()
            node.end_mark = event.end_mark
            node.value = children if isinstance(node, SequenceNode) else list(zip(*[iter(children)] * 2, strict=True))
            continue
        node = _node(event, anchors)
        (open_[-1][1] if open_ else top).append(node)
        if isinstance(event, yaml.CollectionStartEvent):
            open_.append((node, []))
            if len(open_) > _DEEPEST:
                raise TooDeepError
    if len(top) > 1:
        raise yaml.MarkedYAMLError(problem="expected a single document", problem_mark=top[1].start_mark)
    return top[0] if top else None


def _events(text: str) -> Iterator[Any]:
    """What the nodes are made of."""
    try:
        yield from (event for event in yaml.parse(text, Loader=_LOADER) if isinstance(event, _OF_NODES))
    except yaml.YAMLError:
        if len(text) <= _SHORT:  # the parser in Python explains better what is wrong
            deque(yaml.parse(text, Loader=yaml.SafeLoader), maxlen=0)
        raise


_OF_NODES = (yaml.NodeEvent, yaml.SequenceEndEvent, yaml.MappingEndEvent)


def _node(event: Any, anchors: dict[str, Node]) -> Node:
    if isinstance(event, yaml.AliasEvent):
        if event.anchor not in anchors:
            mark: Any = event.start_mark
            raise yaml.MarkedYAMLError(problem=f"undefined alias '{event.anchor}'", problem_mark=mark)
        return anchors[event.anchor]
    marks = (event.start_mark, event.end_mark)
    if isinstance(event, yaml.ScalarEvent):
        nothing = event.implicit[0] and event.value in _NOTHING
        node: Node = ScalarNode(NULL if nothing else _TEXT, event.value, *marks, style=event.style)
    else:
        kind = SequenceNode if isinstance(event, yaml.SequenceStartEvent) else MappingNode
        node = kind(event.tag, [], *marks, flow_style=event.flow_style)
    if event.anchor:
        anchors[event.anchor] = node
    return node
