"""Regular expressions that every supported Python reads alike."""

from __future__ import annotations

import importlib
import pkgutil
import re
import re._parser as parser  # what re compiles, as data
from pathlib import Path

import polyhelp

MISREAD = {"POSSESSIVE_REPEAT", "ATOMIC_GROUP"}


def operations(tree):
    """The names of all operations in a parsed pattern."""
    for operation, arguments in tree:
        yield str(operation)
        left = [arguments]
        while left:
            one = left.pop()
            if isinstance(one, parser.SubPattern):
                yield from operations(one)
            elif isinstance(one, tuple | list):
                left.extend(one)


def patterns():
    for module in pkgutil.walk_packages([str(Path(polyhelp.__file__).parent)], "polyhelp."):
        for name, value in vars(importlib.import_module(module.name)).items():
            left = list(value.values()) if isinstance(value, dict) else [value]
            while left:
                one = left.pop()
                if isinstance(one, tuple):
                    left.extend(one)
                elif isinstance(one, re.Pattern) and isinstance(one.pattern, str):
                    yield f"{module.name}.{name}", one


def test_no_pattern_is_possessive_because_python_3_11_2_misreads_it():
    found = list(patterns())
    assert len(found) > 100
    assert {name for name, one in found if MISREAD & set(operations(parser.parse(one.pattern, one.flags)))} == set()


def test_a_possessive_pattern_would_be_found():
    assert MISREAD & set(operations(parser.parse("(?:a(?:b|c)*+)?d")))
