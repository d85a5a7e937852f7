"""Read mkdocs.yml: MkDocs' own keys, the i18n plugin's languages, and the `polyhelp` block.

Every mistake is found before any is reported, each with its key path and line and, where it helps, the likely
intention.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from polyhelp import plugins
from polyhelp.config.schema import Block, Language
from polyhelp.config.settings import Settings
from polyhelp.content import Dialect
from polyhelp.errors import ConfigError, Place
from polyhelp.model import Locale, Severity
from polyhelp.text.similarity import closest

FILE = "mkdocs.yml"
_Model = TypeVar("_Model", bound=BaseModel)


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
    if reader.mistakes or settings is None:
        raise ConfigError(tuple(reader.mistakes), Place(FILE))
    return settings


def _read(file: Path) -> Mapping[str, Any]:
    try:
        data = YAML(typ="rt", pure=True).load(file.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise ConfigError((f"byte {error.start} is not UTF-8",), Place(FILE), "save the file in UTF-8") from None
    except OSError as error:
        raise ConfigError((f"cannot read: {error.strerror}",), Place(FILE)) from None
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 0
        raise ConfigError((f"YAML: {error.problem or error.context}",), Place(FILE, line)) from None
    except YAMLError as error:
        raise ConfigError((f"YAML: {error}",), Place(FILE)) from None
    if not isinstance(data, Mapping):
        raise ConfigError(("the file holds no settings",), Place(FILE), "see the README for the smallest one")
    return data


class _Reader:
    """Collects mistakes while it reads."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = data
        self.mistakes: list[str] = []

    def settings(self, root: Path) -> Settings | None:
        found = _plugins(self.data.get("plugins"))
        for name in ("polyhelp", "i18n"):
            if name not in found:
                self._add("plugins", self.data, f"'{name}' is missing: add it to the list")
        block = self._validated(Block, found.get("polyhelp") or {}, "plugins.polyhelp")
        languages = self._languages(found.get("i18n") or {})
        content = Path(str(self.data.get("docs_dir", "content")))
        if not (root / content).is_dir():
            self._add("docs_dir", self.data, f"there is no folder '{content}' for the articles: create it")
        if content.is_absolute() or ".." in content.parts:
            self._add("docs_dir", self.data, f"'{content}' leads out of the project")
        if block is None or languages is None:
            return None
        self._check_names(block, found.get("polyhelp") or {})
        source, targets, names = languages
        return Settings(
            site_name=str(self.data.get("site_name", "")),
            content=content,
            source=source,
            targets=targets,
            names=names,
            engine=block.engine,
            publish=tuple(block.publish.items()),
            severities={
                name: None if word == "off" else Severity(word) for name, word in block.checks.items()
            },
            minimum_coverage=block.minimum_coverage,
            nav_titles=tuple(dict.fromkeys(_titles(self.data.get("nav")))),
            dialect=_dialect(block, self.data.get("markdown_extensions")),
        )  # fmt: skip

    def _add(self, path: str, where: Any, text: str) -> None:
        """Note a mistake at key path ``path``; ``where`` is the mapping that holds its last key."""
        line = _line(where, path.rpartition(".")[2])
        self.mistakes.append(f"{path}{f' (line {line})' if line else ''}: {text}")

    def _validated(self, model: type[_Model], data: Any, path: str) -> _Model | None:
        if not isinstance(data, Mapping):
            self._add(path, {}, f"must be a mapping of settings, not {_shown(data)}")
            return None
        try:
            return model.model_validate(_plain(data))
        except ValidationError as error:
            for mistake in error.errors():
                keys = [str(key) for key in mistake["loc"]]
                self._add(".".join([path, *keys]), _holder(data, keys), _explain(model, mistake, keys))
            return None

    def _languages(self, i18n: Any) -> tuple[Locale, tuple[Locale, ...], dict[Locale, str]] | None:
        path = "plugins.i18n.languages"
        before = len(self.mistakes)
        entries = i18n.get("languages") if isinstance(i18n, Mapping) else None
        if not isinstance(entries, Sequence) or isinstance(entries, str) or not entries:
            self._add(path, i18n, "the list of locales is missing")
            return None
        if i18n.get("docs_structure") != "folder":
            self._add("plugins.i18n.docs_structure", i18n, "must be 'folder': polyhelp stages one folder per locale")
        names: dict[Locale, str] = {}
        sources: list[Locale] = []
        for n, entry in enumerate(entries):
            language = self._validated(Language, entry, f"{path}[{n}]")
            if language is None or language.locale == "null" or not language.build:
                continue
            try:
                locale = Locale.parse(language.locale)
            except ValueError as error:
                self._add(f"{path}[{n}].locale", entry, str(error))
                continue
            if locale.tag != language.locale:
                self._add(f"{path}[{n}].locale", entry, f"write '{locale.tag}', not '{language.locale}'")
            if locale in names:
                self._add(f"{path}[{n}].locale", entry, f"'{locale}' is listed twice")
            names[locale] = language.name or locale.tag
            sources += [locale] if language.default else []
        if len(sources) != 1 and len(self.mistakes) == before:
            self._add(path, i18n, "exactly one language must have 'default: true': the one that writers write in")
        if len(self.mistakes) > before:
            return None
        return sources[0], tuple(locale for locale in names if locale != sources[0]), names

    def _check_names(self, block: Block, data: Any) -> None:
        known = (*plugins.names(plugins.ENGINES), "auto", "none")
        if block.engine not in known:
            self._add("plugins.polyhelp.engine", data, _unknown(f"engine '{block.engine}'", block.engine, known))
        checks = plugins.names(plugins.CHECKS)
        for name in block.checks:
            if name not in checks:
                path = f"plugins.polyhelp.checks.{name}"
                self._add(path, data.get("checks"), _unknown(f"check '{name}'", name, checks))


def _plugins(value: Any) -> dict[str, Any]:
    """The plugins with their settings, whether mkdocs.yml lists them or maps them."""
    if isinstance(value, Mapping):
        return dict(value)
    found: dict[str, Any] = {}
    for item in value or ():
        if isinstance(item, Mapping):
            found.update(item)
        else:
            found[str(item)] = {}
    return found


def _titles(nav: Any) -> Iterator[str]:
    """Every title in MkDocs' nav, in order."""
    for item in nav or ():
        if isinstance(item, Mapping):
            for title, below in item.items():
                yield str(title)
                if isinstance(below, Sequence) and not isinstance(below, str):
                    yield from _titles(below)


def _dialect(block: Block, extensions: Any) -> Dialect:
    """The page dialect: prose keys, and the slug function that mkdocs.yml gives to the toc extension."""
    keys = frozenset(block.front_matter)
    for item in extensions or ():
        options = item.get("toc") if isinstance(item, Mapping) else None
        slugify = options.get("slugify") if isinstance(options, Mapping) else None
        text = str(getattr(slugify, "tag", "") or "") + str(getattr(slugify, "value", "") or slugify or "")
        if "pymdownx.slugs" in text:
            return _pymdownx(keys, slugify, text)
    return Dialect(keys)


def _pymdownx(keys: frozenset[str], slugify: Any, text: str) -> Dialect:
    from pymdownx import slugs  # noqa: PLC0415 (only where mkdocs.yml asks for it)

    options = slugify.get("kwds") if isinstance(slugify, Mapping) else None
    case = str((options or {}).get("case", "lower" if "lower" in text else "none"))
    return Dialect(keys, slugs.slugify(case=case))


def _explain(model: type[BaseModel], mistake: Any, keys: list[str]) -> str:
    kind, value = mistake["type"], mistake.get("input")
    if kind == "extra_forbidden":
        return _unknown("key", keys[-1], tuple(model.model_fields))
    if kind == "missing":
        return "is missing"
    if kind in {"enum", "literal_error"}:
        expected = str(mistake["ctx"]["expected"])
        near = closest(str(value), [word.strip(" '") for word in expected.replace(" or ", ", ").split(",")])
        return f"{_shown(value)} must be {expected}" + (f"; did you mean '{near}'?" if near else "")
    message = str(mistake["msg"])
    return f"{message[0].lower()}{message[1:]}, not {_shown(value)}"


def _unknown(what: str, word: str, known: Sequence[str]) -> str:
    near = closest(word, known)
    return f"unknown {what}; " + (f"did you mean '{near}'?" if near else f"known are: {', '.join(known)}")


def _shown(value: Any) -> str:
    text = repr(_plain(value))
    return text if len(text) < 60 else f"{text[:57]}..."


def _plain(value: Any) -> Any:
    """Plain dicts and lists instead of ruamel's, so that messages show values as the user wrote them."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, str) else value


def _holder(data: Any, keys: list[str]) -> Any:
    """The mapping inside ``data`` that holds the last of ``keys``."""
    for key in keys[:-1]:
        try:
            data = data[int(key) if isinstance(data, Sequence) else key]
        except (KeyError, IndexError, ValueError, TypeError):
            return data
    return data


def _line(where: Any, key: str) -> int:
    marks = getattr(where, "lc", None)
    if marks is None:
        return 0
    name = key.partition("[")[0]
    try:
        return int(marks.key(name)[0]) + 1 if name in where else int(marks.line) + 1
    except (KeyError, TypeError):
        return int(marks.line) + 1
