"""Region data, and pages that are rendered with it."""

from polyhelp.regions.data import load
from polyhelp.regions.filters.formats import Formats
from polyhelp.regions.filters.orthography import spelled
from polyhelp.regions.filters.words import load_words
from polyhelp.regions.references import Digests, references
from polyhelp.regions.render import overview_values, region_values, render
from polyhelp.regions.sandbox import is_template
from polyhelp.regions.support.values import hours_values

__all__ = [
    "Digests",
    "Formats",
    "hours_values",
    "is_template",
    "load",
    "load_words",
    "overview_values",
    "references",
    "region_values",
    "render",
    "spelled",
]
