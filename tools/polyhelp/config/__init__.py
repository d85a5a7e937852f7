"""The one configuration: mkdocs.yml, validated at the edge, handed inside as frozen dataclasses."""

from polyhelp.config.load import FILE, find_root, load
from polyhelp.config.settings import Route, Settings

__all__ = ["FILE", "Route", "Settings", "find_root", "load"]
