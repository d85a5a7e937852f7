"""A page with region data in it: template and values in, Markdown out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from jinja2 import Template, Undefined, UndefinedError

from polyhelp.errors import Place, RegionError
from polyhelp.model import Duration, Money, Region
from polyhelp.regions.filters.formats import Formats, shown
from polyhelp.regions.place import Page
from polyhelp.regions.plural import FORM, chooser
from polyhelp.regions.recorder import Recorder
from polyhelp.regions.sandbox import COUNTED, FLAT, PRINTED, Environment, Section, compiled, is_template
from polyhelp.regions.schema import COMPUTED, ROOTS

MAX_STEPS = 100_000
"""How many rounds all loops of one page may make together; a printed value counts as one, a filter as several."""
_FILTERING = 4  # steps: about as much longer does it take


def region_values(region: Region, formats: Formats, more: Mapping[str, object] | None = None) -> Section:
    """What a page for one region sees: the region's sections, and ``region.code``, ``.name`` and ``.path``.

    ``more`` is what has been worked out for the region, by the names in ``schema.COMPUTED``.
    """
    owner = f"region {region.code}"
    return Section({**region.data, **(more or {}), "region": _identity(region, formats)}, owner)


def overview_values(regions: Iterable[Region], formats: Formats) -> Section:
    """What a page for all regions sees: ``regions``, each with ``.code``, ``.name``, ``.path`` and its sections."""
    rows = [
        Section({**region.data, **_identity(region, formats)}, f"region {region.code}", "region") for region in regions
    ]
    return Section({"regions": tuple(rows)}, "a page for all regions")


def render(text: str, path: str, values: Section, formats: Formats, seen: Recorder | None = None) -> str:
    """``text`` with its expressions replaced, line ends kept. ``path`` is how the user knows the template.

    ``values`` come from :func:`region_values` or :func:`overview_values`, in the locale and region of ``formats``.
    Values are escaped for the place where they are printed. Raises RegionError with the template's line: for a
    mistake in the template, for a field that is not there, for a value that is not printable as asked.

    ``seen`` takes note of every printed value, and puts marks around it: such a page is for no reader.
    """
    if not is_template(text):
        return text
    program = compiled(text, path)
    page = Page(formats.isolated)
    steps = _Steps()
    environment = Environment()
    filters = formats.filters if seen is None else seen.observed(formats.filters)
    environment.filters.update({name: steps.charged(one) for name, one in filters.items()})
    environment.filters[FLAT] = _flat
    environment.filters[COUNTED] = steps.counted
    environment.filters[FORM] = chooser(formats.locale, formats.source)

    def printed(value: object, about: str) -> str:
        steps.spend(1)
        text = page.escaped(_printable(value, about))
        return text if seen is None else seen.marked(value, about, text)

    environment.filters[PRINTED] = printed
    template = Template.from_code(environment, program.code, {})
    context = {**values, **{name: _unknown(environment, name, values) for name in program.names - values.keys()}}
    try:
        for part in template.generate(context):
            page.write(part)
    except RegionError as error:
        message = error.message if values.owner in error.message else f"{values.owner}: {error.message}"
        raise RegionError(message, error.place or _place(error, path), error.hint) from None
    except UndefinedError as error:
        message, _, hint = str(error).partition("\n")
        raise RegionError(message, _place(error, path), hint) from None
    except Exception as error:
        # Whatever Python says about comparing a date with a word: a message for the writer, never a traceback.
        message = f"{values.owner}: this cannot be worked out: {error}"
        raise RegionError(message, _place(error, path)) from None
    return page.text


def _identity(region: Region, formats: Formats) -> Mapping[str, object]:
    name = formats.region_name(region.code)
    return {"code": region.code, "name": name, "path": region.code.lower()}


def _unknown(environment: Environment, name: str, values: Section) -> Undefined:
    if name not in ROOTS | COMPUTED:
        return environment.undefined(hint=values.missing(name))
    way = "set it in the region's file, or in one that it inherits"
    if "regions" in values:
        way = f"write region.{name} inside a loop: {{% for region in regions %}}"
    return environment.undefined(hint=f"{values.owner} has no field '{name}'\n{way}")


def _place(error: BaseException, path: str) -> Place:
    """The template line that ``error`` comes from: Jinja2 puts the template's own lines into the traceback."""
    line = 0
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == path:
            line = trace.tb_lineno
        trace = trace.tb_next
    return Place(path, line)


@dataclass(slots=True)
class _Steps:
    """Counts the rounds of all loops of one page."""

    left: int = MAX_STEPS

    def counted(self, value: Any, about: str) -> Any:
        """``value``, when it is a list and there are rounds left for it. Raises RegionError otherwise."""
        if isinstance(value, Undefined):
            str(value)  # raises, and says what is missing
        if not isinstance(value, tuple | list):
            name = f"'{about}'" if about else "what the loop runs over"
            raise RegionError(f"{name} is {shown(value)}, not a list", hint="loop over a list of the region's data")
        self.spend(len(value))
        return value

    def charged(self, filter_: Callable[..., object]) -> Callable[..., object]:
        """The same filter, whose use is counted."""

        def run(value: object, *arguments: object, **named: object) -> object:
            self.spend(_FILTERING)
            return filter_(value, *arguments, **named)

        return run

    def spend(self, steps: int) -> None:
        """Count ``steps``. Raises RegionError when there are none left."""
        self.left -= steps
        if self.left < 0:
            raise RegionError(f"the loops make more than {MAX_STEPS} rounds", hint="loop over fewer things")


def _flat(value: Any, about: str) -> Any:  # noqa: ARG001 (every guard is told the field)
    """A list that a template writes. One inside the other could double without end, and be compared for ever."""
    if any(isinstance(item, tuple | list) for item in value):
        raise RegionError("a list cannot hold other lists", hint="name its items one by one")
    return value


def _printable(value: object, about: str) -> str:
    if isinstance(value, Undefined):
        str(value)  # raises, and says what is missing
    if isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    name = f"'{about}'" if about else "this value"
    hint = next((way for kinds, way in _WAYS if isinstance(value, kinds)), "")
    raise RegionError(f"{name} is {shown(value)}, which is not a text", hint=hint.format(about=about or "it"))


_WAYS: tuple[tuple[type | tuple[type, ...], str], ...] = (
    (type(None), "write {{% if {about} %}} around it, for the regions that have none"),
    (bool, "write {{% if {about} %}} ... {{% else %}} ... {{% endif %}}"),
    (Money, "write {{{{ {about} | money }}}}"),
    (Duration, "write {{{{ {about} | duration }}}}"),
    (dt.date, "write {{{{ {about} | date }}}}"),
    (Decimal, "write {{{{ {about} | number }}}}"),
    ((tuple, list), "write {{{{ {about} | listed }}}}, or a loop"),
    (Section, "name one of its fields, such as {about}.NAME"),
)
