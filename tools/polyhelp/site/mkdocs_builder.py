"""MkDocs as the builder: one locale of the staged tree comes in, its part of the site goes out."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml
from mkdocs import utils
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.commands.serve import serve as mkdocs_serve
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, MkDocsException
from mkdocs.utils.yaml import yaml_load

from polyhelp.errors import ConfigError, OutsideError, Place, WriteError
from polyhelp.site import mkdocs_languages
from polyhelp.site.builder import Job

PLUGIN = "polyhelp"


def build(job: Job) -> tuple[str, ...]:
    """Build one locale with MkDocs, Material and the i18n plugin; the warnings that MkDocs had.

    The i18n plugin builds its languages one after the other in one process: here it is told that it is in the middle
    of that, at the language of ``job``. Raises ConfigError when MkDocs refuses its configuration, and OutsideError
    when the build fails.
    """
    with _listening() as records:
        config = configuration(job.root, strict=job.strict)
        config.site_dir = str(job.out)
        config.plugins[PLUGIN].given = job.prepared
        i18n = mkdocs_languages.plugin(config)
        if i18n is None:
            raise ConfigError(("plugins: the plugin 'i18n' is missing",), Place("mkdocs.yml"))
        i18n.current_language, i18n.building = job.locale.tag, True
        clean = utils.clean_directory
        utils.clean_directory = _kept  # the folder is new
        try:
            config.plugins.run_event("startup", command="build", dirty=False)
            mkdocs_build(config)
            config.plugins.run_event("shutdown")
        except (Abort, MkDocsException) as error:
            raise OutsideError(f"MkDocs stopped: {_told(error, records)}", hint="mend what it names") from None
        except OSError as error:
            place = Place(os.path.relpath(error.filename or config.site_dir, job.root))
            raise WriteError(f"MkDocs stopped: {error.strerror or error}", place, "check rights and space") from None
        except Exception as error:  # plugins, extensions and hooks are anybody's code
            told = f"MkDocs stopped: {type(error).__name__}: {error}"
            raise OutsideError(told, hint="`mkdocs build` in the same folder shows where") from error
        finally:
            config.plugins[PLUGIN].given = None  # MkDocs keeps plugins for the next build of this process
            i18n.current_language, i18n.building = None, False
            utils.clean_directory = clean
    return _messages(records, logging.WARNING)


def _kept(directory: str) -> None:
    """Leave a folder as it is."""


def serve(root: Path, address: str) -> None:
    """Serve the site with live reload on ``address`` (``127.0.0.1:8000``) until interrupted.

    Raises ConfigError when MkDocs refuses its configuration, and OutsideError when the build fails.
    """
    configuration(root)  # says what is wrong before the server starts
    try:
        mkdocs_serve(config_file=str(root / "mkdocs.yml"), dev_addr=address, **_defaults(root))
    except (Abort, MkDocsException, OSError) as error:
        raise OutsideError(f"the server stopped: {error}") from None


def configuration(root: Path, *, strict: bool = False) -> Any:
    """MkDocs' configuration of ``root``, with polyhelp's defaults where mkdocs.yml says nothing."""
    with _listening() as records:
        try:
            defaults = _defaults(root) | ({"strict": True} if strict else {})
            return load_config(str(root / "mkdocs.yml"), **defaults)
        except (MkDocsException, Abort) as error:
            mistakes = _messages(records, logging.ERROR) or (str(error) or "MkDocs refuses the configuration",)
            raise ConfigError(mistakes, Place("mkdocs.yml")) from None
        except yaml.YAMLError as error:
            raise ConfigError((f"YAML: {error}",), Place("mkdocs.yml")) from None


def site_folder(root: Path) -> Path:
    """Where the site goes: MkDocs' ``site_dir``, relative to ``root`` as far as it is in it."""
    return Path(configuration(root).site_dir)


def _defaults(root: Path) -> dict[str, Any]:
    with (root / "mkdocs.yml").open("rb") as file:  # a file, not its text: INHERIT is relative to it
        given = yaml_load(file)
    defaults: dict[str, Any] = {}
    if "docs_dir" not in given:
        defaults["docs_dir"] = str(root / "content")
    if "theme" not in given:
        defaults["theme"] = {"name": "material", "font": False}
    return defaults


def _told(error: BaseException, records: list[logging.LogRecord]) -> str:
    """What stopped MkDocs: its errors, else (where warnings stop it) its warnings."""
    return "; ".join(_messages(records, logging.ERROR) or (str(error), *_messages(records, logging.WARNING)))


def _messages(records: list[logging.LogRecord], level: int) -> tuple[str, ...]:
    """What was logged with ``level`` or worse, each once."""
    return tuple(dict.fromkeys(record.getMessage() for record in records if record.levelno >= level))


class _Collector(logging.Handler):
    def __init__(self, records: list[logging.LogRecord]) -> None:
        super().__init__(logging.INFO)
        self.records = records

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@contextmanager
def _listening() -> Iterator[list[logging.LogRecord]]:
    """Collect what MkDocs and its plugins log, instead of letting them print it."""
    records: list[logging.LogRecord] = []
    logger = logging.getLogger("mkdocs")
    handler = _Collector(records)
    before = (logger.level, logger.propagate)
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False
    try:
        yield records
    finally:
        logger.removeHandler(handler)
        logger.setLevel(before[0])
        logger.propagate = before[1]
