"""The one configuration: mkdocs.yml, validated at the edge, handed inside as frozen dataclasses."""

from polyhelp.config.load import FILE, find_root, load
from polyhelp.config.settings import OWN, Route, Settings, SeverityRule

__all__ = ["FILE", "OWN", "Route", "Settings", "SeverityRule", "find_root", "load"]
