"""What GitHub runs for a help center: the workflows, written from templates, with only what the help center needs.

polyhelp's own repository has its workflows from the same templates, so that there is nothing to keep in step. A
template is YAML in which Jinja2's lines begin with ``#%`` and its values stand in ``<< >>``: ``${{ }}`` is GitHub's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

import polyhelp
from polyhelp.config.settings import Settings
from polyhelp.engines.choose import AUTO
from polyhelp.errors import UsageError
from polyhelp.locales.layout import FOLDER as CATALOGS

FOLDER = ".github/workflows"
REQUIREMENTS = ".github/requirements.txt"
BRANCH = "main"

_TEMPLATES = Path(__file__).parent / "templates"
_ALWAYS = ("check", "publish")
_REVIEWED = ("translate", "approve", "report")  # only where there is something to translate
_BRANCH = re.compile(
    r"(?!.*(\.\.|//|\.lock$|/$|\.$))[A-Za-z0-9_][A-Za-z0-9_./-]*"
)  # what YAML and a shell take as it is

_ACTIONS = {  # the commits that the tags in the comments stood for when they were looked up in public repositories
    "cache_restore": "actions/cache/restore@5a3ec84eff668545956fd18022155c47e93e2684 # v4.2.3",
    "cache_save": "actions/cache/save@5a3ec84eff668545956fd18022155c47e93e2684 # v4.2.3",
    "checkout": "actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2",
    "deploy_pages": "actions/deploy-pages@d6db90164ac5ed86f2b6aed7e0febac5b3c0c03e # v4.0.5",
    "download_artifact": "actions/download-artifact@d3f86a106a0bac45b974a628896c90dbdf5c8093 # v4.3.0",
    "setup_python": "actions/setup-python@a26af69be951a213d495a4c3e4e4022e16d87065 # v5.6.0",
    "upload_artifact": "actions/upload-artifact@ea165f8d65b6e75b540449e92b4886f43607fa02 # v4.6.2",
    "upload_pages": "actions/upload-pages-artifact@56afc609e74202658d3ffba0e8f6dda462b719fa # v3.0.1",
    "upload_sarif": "github/codeql-action/upload-sarif@60168efe1c415ce0f5521ea06d5c2062adbeed1b # v3.28.17",
}
_VARIABLES = {  # of an engine on other machines: a key is a secret of the repository, an address a variable of it
    "deepl": ("DEEPL_AUTH_KEY: ${{ secrets.DEEPL_AUTH_KEY }}",),
    "google": ("GOOGLE_CLOUD_PROJECT: ${{ vars.GOOGLE_CLOUD_PROJECT }}",),  # its key is a login: a step of your own
    "libretranslate": (
        "LIBRETRANSLATE_API_KEY: ${{ secrets.LIBRETRANSLATE_API_KEY }}",
        "LIBRETRANSLATE_URL: ${{ vars.LIBRETRANSLATE_URL }}",
    ),
    "openai": ("OPENAI_API_KEY: ${{ secrets.OPENAI_API_KEY }}",),
}
_EXTRAS = ("google", "offline")  # engines that ask for a package of their own, an extra of the same name
_AUTO = ("deepl", "libretranslate", "offline")  # what ``auto`` finds in a workflow; for Google somebody must log in


@dataclass(frozen=True, slots=True)
class Needs:
    """What decides how the workflows of a help center look.

    ``engines`` are those that its configuration may come to, by name, ``auto`` taken apart. ``free`` says that without
    any key it still translates what costs nothing. ``folders`` hold its articles and what they take in. ``own`` marks
    polyhelp's repository, where it is installed from itself.
    """

    branch: str
    engines: tuple[str, ...]
    free: bool
    targets: bool
    regions: bool
    folders: tuple[str, ...]
    own: bool = False


def check_branch(name: str) -> None:
    """Raises UsageError for the name of a branch that YAML and a shell do not take as it is."""
    if not _BRANCH.fullmatch(name):
        raise UsageError(f"'{name}' is no name of a branch", hint="letters, digits and _ . / - will do")


def needs(settings: Settings, root: Path, branch: str = BRANCH) -> Needs:
    """What the help center in ``root`` needs. Raises UsageError for a wrong branch, as :func:`check_branch`."""
    check_branch(branch)
    lists = [settings.engine, *(route.engines for route in settings.routes)]
    named = dict.fromkeys(one for names in lists for name in names for one in (_AUTO if name == AUTO else (name,)))
    return Needs(
        branch,
        engines=tuple(named),
        free=all(AUTO in names for names in lists),
        targets=bool(settings.targets),
        regions=(root / settings.content / "regions").is_dir(),
        folders=(settings.content.as_posix(), *settings.includes),
    )


def workflows(needed: Needs) -> dict[str, str]:
    """The files that GitHub runs, by their path from the root of the repository."""
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES, encoding="utf-8"),
        variable_start_string="<<",
        variable_end_string=">>",
        line_statement_prefix="#%",
        block_start_string="<%",
        block_end_string="%>",
        comment_start_string="<#",
        comment_end_string="#>",
        keep_trailing_newline=True,
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 (YAML; what goes in is checked or ours)
    )
    values = {
        **_ACTIONS,
        "branch": needed.branch,
        "free": needed.free,
        "google": "google" in needed.engines,
        "keys": [line for name in needed.engines for line in _VARIABLES.get(name, ())],
        "own": needed.own,
        "paths": ", ".join(_paths(needed.folders)),
        "regions": needed.regions,
        "remote": any(name in _VARIABLES for name in needed.engines),
        "targets": needed.targets,
    }
    names = (*_ALWAYS, *(_REVIEWED if needed.targets else ()))
    return {f"{FOLDER}/{name}.yml": environment.get_template(f"{name}.yml").render(values) for name in names}


def requirement(needed: Needs) -> str:
    """What pip installs: this version of polyhelp, with the packages that its engines need."""
    extras = [name for name in _EXTRAS if name in needed.engines]
    return f"polyhelp{'[' + ','.join(extras) + ']' if extras else ''}=={polyhelp.version()}"


def _paths(folders: Iterable[str]) -> Iterator[str]:
    """What translations are made from, as GitHub's path patterns, quoted for YAML."""
    places = [f"{folder}/**" for folder in dict.fromkeys(folders)] + ["glossary/**", "mkdocs.yml"]
    if "./**" in places:  # everything, but for the translations themselves
        places = ["**", f"!{CATALOGS}/**"]
    yield from (json.dumps(place, ensure_ascii=False) for place in places)
