"""Read mkdocs.yml: MkDocs' own keys, the i18n plugin's languages, and the `polyhelp` block.

Every mistake is found before any is reported, each with its key path and line and, where it helps, the likely
intention.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from polyhelp.config import checks, fallback, machine, review, site
from polyhelp.config.mistakes import Mistakes
from polyhelp.config.schema import DEFAULT_PUBLISH, Block, Language
from polyhelp.config.settings import Settings
from polyhelp.config.spot import Spot, plain
from polyhelp.content import Dialect
from polyhelp.errors import ConfigError, Place
from polyhelp.model import Duration, Level, Locale
from polyhelp.regions.kinds import parse_duration

FILE = "mkdocs.yml"


def find_root(start: Path) -> Path:
    """The folder at or above ``start`` that holds mkdocs.yml. Raises ConfigError when there is none."""
    for folder in (start, *start.parents):
        if (folder / FILE).is_file():
            return folder
    raise ConfigError(
        (f"there is no {FILE} in {start} or above it",),
        hint="run polyhelp inside a help center, name one with --root, or make one: polyhelp init DIR",
    )


def load(root: Path) -> Settings:
    """The settings of the help center in ``root``. Raises ConfigError with every mistake of mkdocs.yml."""
    data = _read(root / FILE)
    reader = _Reader(data)
    settings = reader.settings(root)
    if reader.mistakes.texts or settings is None:
        raise ConfigError(tuple(reader.mistakes.texts), Place(FILE))
    return settings


def _read(file: Path) -> Mapping[str, Any]:
    try:
        raw = file.read_bytes()
        data = YAML(typ="rt", pure=True).load(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise ConfigError((f"byte {error.start} is not UTF-8",), Place(FILE, line), "save the file in UTF-8") from None
    except OSError as error:
        raise ConfigError((f"cannot read: {error.strerror}",), Place(FILE)) from None
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 0
        raise ConfigError((f"YAML: {error.problem or error.context}",), Place(FILE, line)) from None
    except (YAMLError, ValueError, RecursionError) as error:  # a ValueError is a date or number that does not exist
        raise ConfigError((f"YAML: {str(error).partition(chr(10))[0]}",), Place(FILE)) from None
    if not isinstance(data, Mapping):
        raise ConfigError(("the file holds no settings",), Place(FILE), "see the README for the smallest one")
    return data


class _Reader:
    """Collects mistakes while it reads."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = data
        self.mistakes = Mistakes()

    def settings(self, root: Path) -> Settings | None:
        found = _plugins(self.data.get("plugins"))
        for name in ("polyhelp", "i18n"):
            if name not in found:
                self.mistakes.add(Spot("plugins", self.data, ("plugins",)), f"'{name}' is missing: add it to the list")
        spot = Spot("plugins.polyhelp", found.get("polyhelp", {}), ("polyhelp",))
        block = self.mistakes.validated(Block, spot)
        self._check_names(spot)
        self._check_order(spot.at("publish"))
        i18n = Spot("plugins.i18n", found.get("i18n"), ("i18n",))
        languages = self._languages(i18n) if "i18n" in found else None
        content = self._content(root)
        engines = machine.options(spot.at("engines"), self.mistakes)
        if block is None or languages is None:
            return None
        source, targets, names = languages
        self._check_links(spot.at("links"), targets)
        return Settings(
            site_name=str(plain(self.data.get("site_name", ""))),
            content=content,
            source=source,
            targets=targets,
            names=names,
            site_url=_slashed(str(plain(self.data.get("site_url") or ""))),
            site_description=str(plain(self.data.get("site_description") or "")),
            engine=tuple(block.engine),
            routes=machine.routes(block.routes, spot.at("routes"), targets, self.mistakes),
            engines=engines,
            caps=machine.caps(block.max_characters, spot.at("max_characters"), targets, self.mistakes),
            privacy=machine.privacy(
                block.privacy, spot.at("privacy"), (root / content, tuple(names)), self.mistakes
            ),
            publish=_rules(block.publish),
            severities=checks.severities(block.checks, spot.at("checks"), targets, self.mistakes),
            minimum_coverage=block.minimum_coverage,
            links=block.links,
            fallback=fallback.chains(block.fallback, spot.at("fallback"), targets, self.mistakes),
            recheck_after=_length(block.recheck_after),
            site=site.options(block.site, spot.at("site"), root / content, tuple(names), self.mistakes),
            review=review.options(block.review, spot.at("review"), self.mistakes),
            glossary_page=self._glossary_page(block.glossary_page, root / content, spot.at("glossary_page")),
            includes=_includes(_plugins(self.data.get("markdown_extensions"))),
            nav_titles=tuple(dict.fromkeys(_titles(self.data.get("nav")))),
            sections=dict(_sections(self.data.get("nav"))),
            dialect=_dialect(block, _plugins(self.data.get("markdown_extensions"))),
        )  # fmt: skip

    def _content(self, root: Path) -> Path:
        spot = Spot("docs_dir", self.data, ("docs_dir",))
        content = Path(str(plain(self.data.get("docs_dir", "content"))))
        if content.is_absolute() or ".." in content.parts:
            self.mistakes.add(spot, f"'{content}' leads out of the project")
        elif not (root / content).is_dir():
            self.mistakes.add(spot, f"there is no folder '{content}' for the articles: create it")
        return content

    def _languages(self, i18n: Spot) -> tuple[Locale, tuple[Locale, ...], dict[Locale, str]] | None:
        spot = i18n.at("languages")
        before = len(self.mistakes.texts)
        entries = spot.value
        if not isinstance(entries, Sequence) or isinstance(entries, str) or not entries:
            self.mistakes.add(spot, "the list of locales is missing")
            return None
        if i18n.at("docs_structure").value != "folder":
            self.mistakes.add(i18n.at("docs_structure"), "must be 'folder': polyhelp stages one folder per locale")
        names: dict[Locale, str] = {}
        languages = [self.mistakes.validated(Language, spot.at(n)) for n in range(len(entries))]
        for n, language in enumerate(languages):
            if language is not None and _is_built(language):
                self._name(language, names, spot.at(n, "locale"))
        defaults = [language for language in languages if language and _is_built(language) and language.default]
        if len(defaults) != 1 and None not in languages:
            self.mistakes.add(spot, "exactly one language must have 'default: true': the one that writers write in")
        if len(self.mistakes.texts) > before:
            return None
        source = Locale(defaults[0].locale)
        return source, tuple(locale for locale in names if locale != source), names

    def _name(self, language: Language, names: dict[Locale, str], spot: Spot) -> None:
        """Note the name of one more locale."""
        try:
            locale = Locale.parse(language.locale)
        except ValueError as error:
            self.mistakes.add(spot, str(error))
            return
        if locale.tag != language.locale:
            self.mistakes.add(spot, f"write '{locale.tag}', not '{language.locale}'")
        if locale in names:
            self.mistakes.add(spot, f"'{locale}' is listed twice")
        names[locale] = language.name or locale.tag

    def _check_names(self, block: Spot) -> None:
        """Engines and checks by name, also in a block that has other mistakes."""
        machine.check_engines(block, self.mistakes)
        checks.check_names(block.at("checks"), self.mistakes)

    def _glossary_page(self, path: str, content: Path, spot: Spot) -> str:
        if path and (content / path).exists():
            self.mistakes.add(spot, f"there is an article '{path}' already: give the glossary another path")
        return path

    def _check_links(self, links: Spot, targets: Sequence[Locale]) -> None:
        """Below each address, the locales that have another."""
        for address, by_locale in links.value.items() if isinstance(links.value, Mapping) else ():
            for tag in by_locale if isinstance(by_locale, Mapping) else ():
                self.mistakes.check_tag(links.at(address, tag), tag, targets)

    def _check_order(self, publish: Spot) -> None:
        """A rule below one for every page has no effect, and may be the one that should keep pages back."""
        patterns = list(publish.value) if isinstance(publish.value, Mapping) else []
        for pattern in patterns[patterns.index("**") + 1 :] if "**" in patterns else ():
            self.mistakes.add(
                publish.at(pattern), "is never reached: put it above '**', the first matching pattern counts"
            )


def _slashed(address: str) -> str:
    return address if not address or address.endswith("/") else f"{address}/"


def _length(text: str) -> Duration:
    length = parse_duration(text)
    return length if isinstance(length, Duration) else Duration(24, "months")  # the schema has refused anything else


def _rules(given: Mapping[str, Level]) -> tuple[tuple[str, Level], ...]:
    """The given rules, then the default ones: to speak of one page must not open the policies."""
    return (*given.items(), *(rule for rule in DEFAULT_PUBLISH.items() if rule[0] not in given))


def _is_built(language: Language) -> bool:
    return language.build and language.locale != "null"


def _plugins(value: Any) -> dict[str, Mapping[str, Any]]:
    """Plugins (or extensions) by name, each in the mapping that holds its settings; mkdocs.yml lists or maps them."""
    if isinstance(value, Mapping):
        return dict.fromkeys(map(str, value), value)
    found: dict[str, Mapping[str, Any]] = {}
    for item in _items(value):
        if isinstance(item, Mapping):
            found.update(dict.fromkeys(map(str, item), item))
        else:
            found[str(item)] = {}
    return found


def _items(value: Any) -> Sequence[Any]:
    """The items of a list; what is no list is for MkDocs to complain about."""
    return value if isinstance(value, Sequence) and not isinstance(value, str) else ()


def _includes(extensions: Mapping[str, Mapping[str, Any]]) -> tuple[str, ...]:
    """Where pymdownx.snippets looks for files; it looks in the current folder when it is not told."""
    if "pymdownx.snippets" not in extensions:
        return ()
    given = plain((extensions["pymdownx.snippets"].get("pymdownx.snippets") or {}).get("base_path", "."))
    paths = [given] if isinstance(given, str) else _items(given)
    return tuple(path for path in paths if isinstance(path, str))


def _titles(nav: Any) -> Iterator[str]:
    """Every title in MkDocs' nav, in order."""
    for item in _items(nav):
        if isinstance(item, Mapping):
            for title, below in item.items():
                yield str(title)
                yield from _titles(below)


def _sections(nav: Any, above: tuple[str, ...] = ()) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every article of MkDocs' nav, in order, with the titles above it."""
    for item in _items(nav):
        for title, below in item.items() if isinstance(item, Mapping) else (("", item),):
            if isinstance(below, str):
                yield str(below), above
            else:
                yield from _sections(below, (*above, str(title)))


def _dialect(block: Block, extensions: Mapping[str, Mapping[str, Any]]) -> Dialect:
    """The page dialect: prose keys, and the slug function that mkdocs.yml gives to the toc extension."""
    keys = frozenset(block.front_matter)
    slugify = Spot("toc", extensions.get("toc"), ("toc", "slugify")).value
    text = str(getattr(slugify, "tag", "") or "") + str(getattr(slugify, "value", "") or slugify or "")
    return _pymdownx(keys, slugify, text) if "pymdownx.slugs" in text else Dialect(keys)


def _pymdownx(keys: frozenset[str], slugify: Any, text: str) -> Dialect:
    from pymdownx import slugs  # noqa: PLC0415 (only where mkdocs.yml asks for it)

    options = slugify.get("kwds") if isinstance(slugify, Mapping) else None
    case = str((options or {}).get("case", "lower" if "lower" in text else "none"))
    return Dialect(keys, slugs.slugify(case=case))
