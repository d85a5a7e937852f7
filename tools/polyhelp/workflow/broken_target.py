"""Which target of a page it is that cannot be rendered, told with its place in the catalog."""

from __future__ import annotations

from pathlib import Path

from polyhelp.errors import InputError, Place, RegionError
from polyhelp.locales import po
from polyhelp.model import Key
from polyhelp.regions.sandbox import parse
from polyhelp.workflow.gate import Showing
from polyhelp.workflow.project import Project


def of_target(project: Project, showing: Showing, catalog: Path, error: RegionError) -> RegionError:
    """The mistake ``error`` of a translated page, at the target in ``catalog`` that has it as far as one can tell.

    The page's source text can be rendered, so customers read that until the target is mended.
    """
    lines = po.lines(catalog) if catalog.is_file() else {}
    fault = next((key for key, target in showing.targets.items() if _is_at_fault(key, target, error)), None)
    line = lines.get((fault.source, fault.context), 0) if fault else 0
    hint = "mend the target in the catalog; until then customers read the source text"
    return RegionError(f"a translation cannot be rendered: {error.message}", Place(project.shown(catalog), line), hint)


def _is_at_fault(key: Key, target: str, error: RegionError) -> bool:
    """Whether a target cannot be read where its source can, or reads what the message speaks of and the source not."""
    return (_fault(target) != "" and _fault(key.source) == "") or _names(error, target) > _names(error, key.source)


def _fault(text: str) -> str:
    try:
        parse(text, "")
    except InputError as mistake:
        return mistake.message
    return ""


def _names(error: RegionError, text: str) -> int:
    """How often ``text`` has the first name that the message puts in quotation marks."""
    _, _, rest = error.message.partition("'")
    name = rest.partition("'")[0]
    return text.count(name) if name else 0
