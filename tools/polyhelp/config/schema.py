"""The `polyhelp` block under `plugins` in mkdocs.yml, as it is validated. Nobody below this room meets pydantic."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from polyhelp.model import Level

SeverityWord = Literal["error", "warning", "info", "off"]
DEFAULT_PUBLISH = {"policies/**": Level.REVIEWED, "**": Level.MACHINE}


class Block(BaseModel):
    """The keys of the `polyhelp` block. Every key has a default, so `polyhelp: {}` is a whole configuration."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    engine: str = Field(
        default="auto",
        description="Who translates: `auto` (the first engine that is usable: a configured key, then the offline "
        "models, else none), `none`, or an engine's name.",
    )
    publish: dict[str, Level] = Field(
        default=DEFAULT_PUBLISH,
        description="What a page needs before customers see its translation, by path pattern relative to the content "
        "folder; the first matching pattern counts: `reviewed` (a person has accepted every segment; until then the "
        "page shows the source text with a notice), `translated`, or `machine` (machine output is shown, with a "
        "notice). What none of your patterns matches keeps the default. A single word holds for every page.",
    )
    front_matter: list[str] = Field(
        default=["title", "description", "summary", "label"],
        description="The front matter keys whose values are translated.",
    )
    checks: dict[str, SeverityWord] = Field(
        default={},
        description="The severity of a check's findings, or `off`: `{untranslated: off, numbers: error}`.",
    )
    links: dict[str, dict[str, str]] = Field(
        default={},
        description="Addresses outside the help center that differ by locale: the address as articles write it, and "
        "below it one per locale. It holds for what begins with it: `{https://shop.example/account: {de: "
        "https://shop.example/de/konto}}` also sends `…/account/orders` to `…/de/konto/orders`. The longest counts; a "
        "locale without one takes its parent's (`pt-BR` from `pt`), else the address stays.",
    )
    minimum_coverage: int = Field(
        default=80,
        ge=0,
        le=100,
        description="How many percent of a page's words must be ready for the page to appear in a locale. Below it the "
        "page shows the source text with a notice; above it, what is missing shows the source text in place.",
    )

    @field_validator("links")
    @classmethod
    def _addresses(cls, links: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
        for address in (*links, *(one for by_locale in links.values() for one in by_locale.values())):
            if not re.fullmatch(r"https?://[^\s\"'<>()\\]+", address):
                raise ValueError(f"'{address}' is no web address: it must begin with https:// and hold no space")
        return links

    @field_validator("publish", mode="before")
    @classmethod
    def _one_word_for_all(cls, value: object) -> object:
        return {"**": value} if isinstance(value, str) else value


class Language(BaseModel):
    """One entry of the i18n plugin's `languages`, as far as polyhelp reads it."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    locale: str
    name: str = ""
    default: bool = False
    build: bool = True
