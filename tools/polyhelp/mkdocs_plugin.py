"""MkDocs as the second door: the same workflow inside ``mkdocs build`` and ``mkdocs serve``.

Before a build all locales are staged, and MkDocs is pointed at the staged tree. Then every article gets its notice,
and the built site is finished. ``polyhelp build`` stages before it calls MkDocs, in several processes, and finishes
what they built: it gives the plugin what it needs to know.
"""

from __future__ import annotations

from collections.abc import Mapping
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
from polyhelp.site import finish, hours, locale_map, mkdocs_languages
from polyhelp.site.builder import Prepared
from polyhelp.site.nav_items import NavItems
from polyhelp.site.pages import Page
from polyhelp.workflow.finishing import Finishing
from polyhelp.workflow.prepared import prepare
from polyhelp.workflow.project import Project
from polyhelp.workflow.staging import STAGED, render

log = get_plugin_logger("polyhelp")
STYLE = "assets/stylesheets/polyhelp.css"
MANY = 100
"""Articles from which the navigation is a large one, as the theme's own manual has it."""
THEME_FONT = {"text": "Roboto", "code": "Roboto Mono"}
"""What the theme takes from Google where the configuration names no font: readers get their system's instead."""
OWN_THEME = str(Path(finish.__file__).parent / "theme")


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
    site = config_options.Type(dict, default={})
    review = config_options.Type(dict, default={})


class PolyhelpPlugin(BasePlugin[_Settings]):  # type: ignore[no-untyped-call]  # MkDocs leaves its hook untyped
    """Stages the locales before MkDocs builds them, and finishes the pages it built."""

    def __init__(self) -> None:
        self.given: Prepared | None = None
        self.finishing: Finishing | None = None
        self.compiled = Compiled()
        self.watched: tuple[Path, ...] = ()
        self.pages: Mapping[tuple[Locale, str], Page] = {}
        self.words: Mapping[Locale, Mapping[str, str]] = {}
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
        i18n = mkdocs_languages.plugin(config)
        if self.given is None and i18n is not None and getattr(i18n, "building", False):
            return config
        try:
            if self.given is None:
                project = Project.open(root)
                rendered = render(project)
                prepared = prepare(project)
                self.finishing = Finishing.of(project, prepared)
                _report(project, rendered)
            else:
                prepared = self.given
        except PolyhelpError as error:
            raise PluginError(str(error)) from None
        self.source, self.pages = prepared.source, prepared.pages
        self.words, self.duty, self.watched = prepared.words, prepared.duty, prepared.watched
        self._configure(config, root, prepared)
        return config

    def _configure(self, config: MkDocsConfig, root: Path, prepared: Prepared) -> None:
        config.docs_dir = str(root / STAGED)
        config.theme.dirs.insert(0, OWN_THEME)
        config.theme.dirs.insert(1, str(root / locale_map.STAGED))
        if STYLE not in config.extra_css:
            config.extra_css.append(STYLE)
        config.theme.static_templates -= {"404.html", "sitemap.xml"}  # ours are made when the site is finished
        if config.theme.get("font") == THEME_FONT:
            config.theme["font"] = False
        _without_theme_search(config)
        _short_navigation(config, len({page.article for page in self.pages.values()}))
        config.not_in_nav = config.not_in_nav or _patterns("/*/policies/*/*")
        for extension in ("attr_list", "admonition", "tables"):  # anchors, notices and policies rest on them
            if extension not in config.markdown_extensions:
                config.markdown_extensions.append(extension)
        i18n = mkdocs_languages.plugin(config)
        for language in i18n.config.languages if i18n else ():
            titles = prepared.titles.get(Locale(language.locale))
            if titles is not None:
                language.nav_translations = {**titles, **(language.nav_translations or {})}
                language.theme = {"language": language.locale, **(language.theme or {})}

    def on_env(self, env: Environment, /, *, config: MkDocsConfig, files: Files) -> Environment:  # noqa: ARG002
        """Compile the theme's templates once for all languages, and make the navigation once for all pages."""
        env.bytecode_cache = self.compiled
        NavItems().join(env, [folder for folder in config.theme.dirs if folder != OWN_THEME])
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

    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        """Leave the language its own files, and those of the source language that are no pages: it may lack a picture.

        All its pages are staged; links to those of other languages are made when the site is finished.
        """
        language = getattr(mkdocs_languages.plugin(config), "current_language", self.source.tag)
        locales = {locale.tag for locale, _ in self.pages}
        for file in list(files):
            folder = file.src_uri.partition("/")[0]
            lent = folder == self.source.tag and not file.is_documentation_page()
            if folder in locales and folder != language and not lent:
                files.remove(file)
        return files

    @event_priority(-300)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Finish the site when the last language is there. ``polyhelp build`` does so itself."""
        i18n = mkdocs_languages.plugin(config)
        if self.finishing is not None and not getattr(i18n, "building", False):
            folder = Path(config.site_dir)
            for locale in self.finishing.site.locales:
                self.finishing.pages(folder, locale)
            for fault in self.finishing.whole(folder, [self.finishing.seal(folder)]):
                log.warning(fault)

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


def _without_theme_search(config: MkDocsConfig) -> None:
    """Take the theme's search out of the build: it would index every page, and the site has a search of its own."""
    for name in ("search", "material/search"):
        plugin = config.plugins.pop(name, None)
        for methods in config.plugins.events.values() if plugin else ():
            methods[:] = [method for method in methods if getattr(method, "__self__", None) is not plugin]


def _short_navigation(config: MkDocsConfig, articles: int) -> None:
    """Let the navigation of a large site name the pages of the section that the reader is in, and of no other.

    Else every page carries a link to every other one, and the site grows with the square of their number.
    """
    features = config.theme.get("features") or []
    if articles > MANY and not {"navigation.prune", "navigation.expand"} & set(features):
        config.theme["features"] = [*features, "navigation.prune"]


def _report(project: Project, result: Any) -> None:
    for problem in project.problems:
        log.warning(str(problem))
    log.info(f"{len(result.pages)} pages staged, {result.written} files written")


def _patterns(text: str) -> Any:
    option = config_options.PathSpec()
    return option.validate(text)
