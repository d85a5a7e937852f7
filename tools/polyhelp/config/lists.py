"""Lists in mkdocs.yml, for which one word may stand."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator


def several(value: object) -> object:
    """One word stands for a list of one."""
    return [value] if isinstance(value, str) else value


Listed = Annotated[list[str], BeforeValidator(several)]
"""Words, or one."""
