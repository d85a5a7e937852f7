"""The `polyhelp` block under `plugins` in mkdocs.yml, as it is validated. Nobody below this room meets pydantic."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator

from polyhelp.config.lists import Listed, several
from polyhelp.config.patterns import pattern_of
from polyhelp.config.review_schema import ReviewBlock
from polyhelp.model import Level
from polyhelp.regions.kinds import Wrong, parse_duration

SeverityWord = Literal["error", "warning", "info", "off"]
DEFAULT_PUBLISH = {"policies/**": Level.REVIEWED, "**": Level.MACHINE}


def _engine_names(value: object) -> object:
    if not isinstance(value, str | list):
        raise ValueError(f"must be an engine's name or a list of names, not {value!r}")  # noqa: TRY004 (for pydantic)
    if isinstance(value, list) and "none" in value and len(value) > 1:
        raise ValueError("'none' stands alone: it is no engine at all")
    return several(value)


def _kind(name: str) -> str:
    if not re.fullmatch(r"\w[\w -]*", name):
        raise ValueError(f"'{name}' must be words that say what is private: letters, digits, spaces and hyphens")
    return name


def _pattern(text: str) -> str:
    pattern_of(text)
    return text


Words = Annotated[list[str], Field(min_length=1), BeforeValidator(several)]
EngineNames = Annotated[list[str], Field(min_length=1), BeforeValidator(_engine_names)]
Characters = Annotated[int, Field(gt=0)]
Kind = Annotated[str, AfterValidator(_kind)]


class RouteBlock(BaseModel):
    """One entry of `routes`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    engine: EngineNames = Field(description="Who translates: a name, a list (the first that is usable), or `none`.")
    paths: Words | None = Field(default=None, description="Path patterns of pages, relative to the content folder.")
    locales: Words | None = Field(default=None, description="Locales; `pt` also stands for `pt-BR`, its child.")

    @model_validator(mode="after")
    def _limited(self) -> RouteBlock:
        if self.paths is None and self.locales is None:
            raise ValueError("has neither paths nor locales: what holds for everything is the key 'engine' itself")
        return self


class CheckRuleBlock(BaseModel):
    """One rule for a check, below its name in `checks`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    severity: SeverityWord = Field(description="`error`, `warning`, `info`, or `off`.")
    paths: Words | None = Field(default=None, description="Path patterns of pages; all pages when it is left out.")
    locales: Words | None = Field(
        default=None, description="Locales (`pt` also stands for `pt-BR`); all of them when it is left out."
    )


def _rules(value: object) -> object:
    """A severity stands for one rule that holds everywhere, a mapping for a list of one."""
    if isinstance(value, list):
        return value
    return [value if isinstance(value, dict) else {"severity": value}]


CheckRules = Annotated[list[CheckRuleBlock], Field(min_length=1), BeforeValidator(_rules)]


class CapsBlock(BaseModel):
    """The keys of `max_characters`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    run: Characters | None = Field(default=None, description="In one run.")
    month: Characters | None = Field(default=None, description="In a calendar month (UTC).")
    locale: dict[str, Characters] = Field(
        default={}, description="In a calendar month for each locale: one number for all, or `{ja: 200000}`."
    )

    @field_validator("locale", mode="before")
    @classmethod
    def _for_all(cls, value: object) -> object:
        return value if isinstance(value, dict) else {"": value}


class PrivacyBlock(BaseModel):
    """The keys of `privacy`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    mode: Literal["mask", "block"] = Field(
        default="mask",
        description="`mask`: private data is sent as a code, and put back into the translation; `block`: a segment "
        "with private data is not sent at all.",
    )
    patterns: dict[Kind, Annotated[str, AfterValidator(_pattern)]] = Field(
        default={},
        description="What else is private: what it is, in words, and a regular expression: "
        "`{order number: 'KP-\\d{6}'}`.",
    )
    regions: Listed | None = Field(
        default=None,
        description="Regions (`[DE, US]`) whose phone numbers are recognized without a country code too. Else those "
        "of the files in `regions/` of the content folder, and those of the locales.",
    )


class TopicBlock(BaseModel):
    """One entry of `topics`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str = Field(description="What the card is called in the source language; elsewhere as the navigation's.")
    description: str = Field(default="", description="A line below it, in the source language only.")
    links: list[str] = Field(min_length=1, description="Its articles, relative to the content folder.")


class SiteBlock(BaseModel):
    """The keys of `site`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    feedback: str = Field(
        default="",
        description='The address that takes the answers to "was this helpful", as a form post: `https://…`, or a path '
        "on the site's own host. Without it nobody is asked.",
    )
    contact: str = Field(default="", description="The article on how to reach you: every article leads to it.")
    support_hours: str = Field(default="", description="The article with the support hours, as a page of each region.")
    popular: list[str] = Field(
        default=[], description="Articles that most people want: on the home page, and where a search finds nothing."
    )
    topics: list[TopicBlock] = Field(
        default=[],
        description="Cards of the home page: `[{title: Orders, links: [orders/place-an-order.md]}]`. Without them the "
        "navigation's sections are the cards; a home page with cards of its own keeps those.",
    )
    binding: str = Field(
        default="",
        description="The locale whose version of a policy is the legally binding one; policies in other languages say "
        "so.",
    )
    social_image: str = Field(
        default="", description="The picture that stands for the site where a page is shared, such as assets/card.png."
    )


class Block(BaseModel):
    """The keys of the `polyhelp` block. Every key has a default, so `polyhelp: {}` is a whole configuration."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    engine: EngineNames = Field(
        default=["auto"],
        description="Who translates: `auto`, `none`, an engine's name, or a list, of which the first counts that is "
        "usable. `auto` stands for `[deepl, google, libretranslate, offline]`, each where its key or address is "
        "configured, else for none; a language model, Apertium's drafts and pseudo-translation must be asked for by "
        "name.",
    )
    routes: list[RouteBlock] = Field(
        default=[],
        description="Other engines for some pages and locales; the first route that fits counts, and `engine` where "
        "none does: `[{paths: policies/**, engine: deepl}, {locales: [th, ja], engine: [google, offline]}]`. "
        "`translate --engine` overrides all of them.",
    )
    engines: dict[str, Any] = Field(
        default={},
        description="Options of engines by name, such as `{openai: {model: NAME, requests: 8}}`. Keys never stand "
        "here: they come from the environment.",
    )
    max_characters: CapsBlock | None = Field(
        default=None,
        description="How many characters of source text may be sent to services, all engines together: one number "
        "for each run, or a mapping; a key that is left out has no limit. What would pass one is not sent.",
    )
    privacy: PrivacyBlock = Field(
        default=PrivacyBlock(),
        description="What happens with e-mail addresses, phone numbers, bank accounts, card numbers and your own "
        "patterns before a text leaves this machine: `mask`, `block`, or a mapping.",
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
    checks: dict[str, CheckRules] = Field(
        default={},
        description="The severity of a check's findings, or `off`: `{untranslated: off, numbers: error}`. A list of "
        "rules tells pages and locales apart, and the first that fits counts: `{numbers: [{paths: policies/**, "
        "severity: error}, {locales: [th, ja], severity: off}]}`. Where no rule fits, each finding has its own "
        "severity. A check that is off by default runs where it is given a severity. `safety` cannot be switched "
        "off or made milder.",
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

    glossary_page: str = Field(
        default="",
        description="The path of a page, such as `glossary.md`, on which customers find the terms of the term base "
        "with their definitions, in every locale. Without it there is none. The navigation names it as any other page.",
    )

    fallback: dict[str, Listed] = Field(
        default={},
        description="Which other locales lend a locale their text where it has none that may be shown, best first: "
        "`{ca: [es], es-MX: [es-419, es]}`. Without one, a locale takes from its parents (`es-MX` from `es`), and `[]` "
        "means from none; last comes the source language. It never crosses scripts: `zh-TW` takes nothing from "
        "`zh-CN`.",
    )
    recheck_after: str = Field(
        default="24 months",
        description="How old a fact of law may be, such as `24 months`, before `policy check` asks for another look "
        "at it.",
    )

    site: SiteBlock = Field(default=SiteBlock(), description="What the published site offers beside its articles.")
    review: ReviewBlock = Field(
        default=ReviewBlock(), description="What people are asked to look at, in which order, and who may accept it."
    )

    @field_validator("recheck_after")
    @classmethod
    def _length(cls, text: str) -> str:
        length = parse_duration(text)
        if isinstance(length, Wrong):
            raise ValueError(f"{length.message}; {length.hint}")  # noqa: TRY004 (for pydantic)
        return text

    @field_validator("glossary_page")
    @classmethod
    def _page(cls, path: str) -> str:
        if path and (not path.endswith(".md") or path.startswith("/") or ".." in path.split("/") or "\\" in path):
            raise ValueError(f"'{path}' is no path of a page below the content folder, such as glossary.md")
        return path

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

    @field_validator("max_characters", mode="before")
    @classmethod
    def _one_number_for_a_run(cls, value: object) -> object:
        return {"run": value} if isinstance(value, int | float | str) else value

    @field_validator("privacy", mode="before")
    @classmethod
    def _one_word_for_privacy(cls, value: object) -> object:
        return {"mode": value} if isinstance(value, int | str) else value


class Language(BaseModel):
    """One entry of the i18n plugin's `languages`, as far as polyhelp reads it."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    locale: str
    name: str = ""
    default: bool = False
    build: bool = True
