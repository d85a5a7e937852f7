"""The i18n plugin with languages by any tag that polyhelp reads: its own accept two letters and no ``es-419``.

MkDocs looks for a plugin called ``THEME/NAME`` before it takes ``NAME``: registered as ``material/i18n``, this one is
what ``i18n`` in mkdocs.yml means in a site with that theme. It changes what is let through, and leaves out work that
polyhelp does.
"""

from __future__ import annotations

from mkdocs.config import config_options
from mkdocs.config.base import ValidationError
from mkdocs.config.defaults import MkDocsConfig
from mkdocs_static_i18n.config import I18nPluginConfig, I18nPluginLanguage
from mkdocs_static_i18n.plugin import I18n

from polyhelp.model import Locale

NAMES = ("material/i18n", "i18n")
"""What MkDocs may call the plugin."""


class _Tag(config_options.Type[str]):
    """A BCP 47 tag in canonical case, or ``null``, which the plugin takes for an entry of the menu alone."""

    def run_validation(self, value: object) -> str:
        tag: str = super().run_validation(value)
        if tag.lower() == "null":
            return tag
        try:
            canonical = Locale.parse(tag).tag
        except ValueError as error:
            raise ValidationError(str(error)) from None
        if canonical != tag.replace("_", "-"):
            raise ValidationError(f"write '{canonical}', not '{tag}'")
        return tag


class _Language(I18nPluginLanguage):  # type: ignore[misc]  # the plugin is not typed
    locale = _Tag(str)


class _Options(I18nPluginConfig):  # type: ignore[misc]  # the plugin is not typed
    build_only_locale = config_options.Optional(_Tag(str))
    languages = config_options.ListOfItems(config_options.SubConfig(_Language, validate=True))


class Languages(I18n):  # type: ignore[misc]  # the plugin is not typed
    """The i18n plugin, for ``es-419``, ``fil`` and ``sr-Latn`` too."""

    config_class = _Options

    def reconfigure_files_alternates(self, *_: object) -> None:
        """Look for no counterparts of pages: links between languages are made when the site is finished."""


def plugin(config: MkDocsConfig) -> I18n | None:
    """The i18n plugin of ``config``, under whichever name; None where it is not used."""
    return next((config.plugins[name] for name in NAMES if name in config.plugins), None)
