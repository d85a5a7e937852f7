"""MkDocs as the second door: the same workflow inside ``mkdocs build`` and ``mkdocs serve``.

Before a build all locales are staged, and MkDocs is pointed at the staged tree. Then every page gets its notice, its
language and its links to the other locales. ``polyhelp build`` stages before it calls MkDocs and says so.
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from copy import copy
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils import get_relative_url

from polyhelp.errors import PolyhelpError
from polyhelp.model import Locale
from polyhelp.site import finish, hours, material, pages
from polyhelp.site.pages import Page
from polyhelp.workflow.hours import duty
from polyhelp.workflow.project import Project
from polyhelp.workflow.render import MANIFEST, STAGED, interface, nav_titles, render

log = get_plugin_logger("polyhelp")
STYLE = "assets/stylesheets/polyhelp.css"


class _Settings(Config):  # type: ignore[no-untyped-call]  # MkDocs leaves its hook untyped
    """What MkDocs lets through; polyhelp reads and checks mkdocs.yml itself, with better messages."""

    engine = config_options.Type((str, list), default="auto")
    engines = config_options.Type(dict, default={})
    routes = config_options.Type(list, default=[])
    max_characters = config_options.Type((int, dict), default=0)
    privacy = config_options.Type((str, dict), default="mask")
    publish = config_options.Type((str, dict), default={})
    front_matter = config_options.Type(list, default=[])
    checks = config_options.Type(dict, default={})
    links = config_options.Type(dict, default={})
    glossary_page = config_options.Type(str, default="")
    minimum_coverage = config_options.Type(int, default=80)
    fallback = config_options.Type(dict, default={})
    recheck_after = config_options.Type(str, default="24 months")


class PolyhelpPlugin(BasePlugin[_Settings]):  # type: ignore[no-untyped-call]  # MkDocs leaves its hook untyped
    """Stages the locales before MkDocs builds them, and finishes the pages it built."""

    def __init__(self) -> None:
        self.staged: Project | None = None
        self.compiled = Compiled()
        self.watched: tuple[Path, ...] = ()
        self.pages: Mapping[tuple[Locale, str], Page] = {}
        self.words: dict[Locale, Mapping[str, str]] = {}
        self.by_path: dict[str, list[Page]] = {}
        self.by_region: dict[str, str] = {}
        self.duty: Mapping[str, Mapping[str, Any]] = {}
        self.source = Locale("en")

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Do nothing: that this method exists makes ``mkdocs serve`` keep one plugin for many builds."""

    @event_priority(100)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Stage all locales, point MkDocs at them, and give the i18n plugin what it needs for each language.

        The i18n plugin builds one language after the other and asks for the configuration each time: only the first
        of a run stages.
        """
        root = Path(config.config_file_path).parent
        i18n = config.plugins.get("i18n")
        if i18n is not None and getattr(i18n, "building", False):
            return config
        try:
            project = self.staged or Project.open(root)
            if self.staged is None:
                _report(project, render(project))
        except PolyhelpError as error:
            raise PluginError(str(error)) from None
        self.source = project.settings.source
        self.pages = pages.load(root / MANIFEST)
        self.by_path = {}
        self.by_region = {page.path: page.article for page in self.pages.values() if page.path != page.article}
        for page in self.pages.values():
            if page.own:
                self.by_path.setdefault(page.path, []).append(page)
        self.watched = (project.content, root / "locales", root / "glossary")
        self._configure(config, project)
        return config

    def _configure(self, config: MkDocsConfig, project: Project) -> None:
        self.duty = duty(project)
        config.docs_dir = str(project.root / STAGED)
        config.theme.dirs.insert(0, str(Path(finish.__file__).parent / "theme"))
        if STYLE not in config.extra_css:
            config.extra_css.append(STYLE)
        config.not_in_nav = config.not_in_nav or _patterns("/*/policies/*/*")
        for extension in ("attr_list", "admonition", "tables"):  # anchors, notices and policies rest on them
            if extension not in config.markdown_extensions:
                config.markdown_extensions.append(extension)
        for language in config.plugins["i18n"].config.languages if "i18n" in config.plugins else ():
            locale = Locale(language.locale)
            self.words[locale] = interface(project, locale)
            language.nav_translations = {**nav_titles(project, locale), **(language.nav_translations or {})}
            language.theme = {"language": material.language(locale), **(language.theme or {})}

    def on_env(self, env: Environment, /, *, config: MkDocsConfig, files: Files) -> Environment:  # noqa: ARG002
        """Compile the theme's templates once for all languages."""
        env.bytecode_cache = self.compiled
        return env

    def on_page_content(
        self, html: str, /, *, page: MkDocsPage, config: MkDocsConfig, files: Files  # noqa: ARG002
    ) -> str:  # fmt: skip
        """Put the notices under the title, and what tells whether somebody is on duty where the page asks for it."""
        known = self._known(page)
        if known is None:
            return html
        source = get_relative_url(known.url, page.url) if (self.source, known.path) in self.pages else ""
        locale = Locale(known.locale)
        article = finish.body(html, known, self.source, self.words[locale], source)
        voice = hours.Voice(locale, self.words[locale])
        return hours.body(article, self.duty, voice, get_relative_url(hours.SCRIPT, page.url))

    @event_priority(-200)
    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        """Take out pages of regions that do not serve the language; the i18n plugin would fill in the source's.

        Whoever changes the language on such a page comes to the choice of regions.
        """
        language = getattr(config.plugins.get("i18n"), "current_language", self.source.tag)
        chosen = {file.norm_src_uri: file for file in files.documentation_pages() if hasattr(file, "norm_src_uri")}
        for path, file in chosen.items():
            if (Locale(language), path) not in self.pages and path in self.by_region:
                files.remove(file)
            else:
                self._lead_to_choice(path, file)
        return files

    def _lead_to_choice(self, path: str, file: Any) -> None:
        """Give a page of a region, in place of its missing locales, the choices of regions there."""
        article = self.by_region.get(path)
        for tag, other in file.alternates.items() if article else ():
            choice = self.pages.get((Locale(tag), article or ""))
            if choice and (Locale(tag), path) not in self.pages:
                file.alternates[tag] = copy(other)
                file.alternates[tag].url = choice.address(self.source)

    @event_priority(-200)
    def on_post_page(self, output: str, /, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        """Give the document its language and its links to the other locales."""
        known = self._known(page)
        if known is None:
            return output
        alternates = self.by_path.get(known.path, ())
        group = sorted(alternates, key=lambda other: (other.locale != self.source.tag, other.locale))
        return finish.document(output, known, group, self._addresses(config))

    def on_post_template(self, output_content: str, /, *, template_name: str, config: MkDocsConfig) -> str:
        """Keep the page for addresses that do not exist in the source language: MkDocs writes no empty page."""
        i18n = config.plugins.get("i18n")
        foreign = i18n is not None and not i18n.is_default_language_build
        return "" if template_name == "404.html" and foreign else output_content

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the site's map: real translations only."""
        text = finish.sitemap(self.pages, self._addresses(config)).encode()
        site = Path(config.site_dir)
        (site / "sitemap.xml").write_bytes(text)
        (site / "sitemap.xml.gz").write_bytes(gzip.compress(text, mtime=0))

    def on_serve(self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:  # noqa: ARG002
        """Watch what people edit, not what is made of it."""
        server.unwatch(config.docs_dir)
        for folder in self.watched:
            if folder.exists():
                server.watch(str(folder))
        return server

    def _known(self, page: MkDocsPage) -> Page | None:
        locale, _, path = page.file.src_uri.partition("/")
        return self.pages.get((Locale(locale), path))

    def _addresses(self, config: MkDocsConfig) -> finish.Addresses:
        site = config.site_url or ""
        return finish.Addresses(site if not site or site.endswith("/") else f"{site}/", self.source)


class Compiled(BytecodeCache):
    """Compiled templates by their place and text, for as long as this process builds."""

    def __init__(self) -> None:
        self._codes: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give ``bucket`` its code, when there is one."""
        if bucket.key in self._codes:
            bucket.bytecode_from_string(self._codes[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of ``bucket``."""
        self._codes[bucket.key] = bucket.bytecode_to_string()


def _report(project: Project, result: Any) -> None:
    for problem in project.problems:
        log.warning(str(problem))
    log.info(f"{len(result.pages)} pages staged, {result.written} files written")


def _patterns(text: str) -> Any:
    option = config_options.PathSpec()
    return option.validate(text)
