"""DeepL, through its official Python library.

1. Always sent: the source language (detection fails on short texts), tag handling version 2 (the default depends on
   the age of the account), ``preserve_formatting`` (a segment keeps its end and its first letter).
2. A language without tag handling gets code words instead of tags.
3. Formality is a preference (``prefer_more``): where DeepL knows none, the plain words fail the whole request.

Source of parameters and limits: https://developers.deepl.com/api-reference/translate
"""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from polyhelp.engines.base import Ability, Ask, Context, Limits, Markup, Options, Reply, Request, Traits
from polyhelp.engines.deepl_codes import DOCUMENTED, INSTRUCTED, Offer, offer_of, root
from polyhelp.engines.deepl_glossary import Glossaries, Glossary, glossary_of
from polyhelp.engines.http import ANSWER_SECONDS, Meaning
from polyhelp.engines.price import price_of
from polyhelp.errors import EngineError
from polyhelp.model import Locale

if TYPE_CHECKING:
    from polyhelp.engines.deepl_client import Connection

KEY_VARIABLE = "DEEPL_AUTH_KEY"
SERVER_VARIABLE = "DEEPL_SERVER_URL"
LIST_PRICE = "25 USD"
"""DeepL API Pro, a million characters. Source: https://www.deepl.com/en/pro-api (API Free costs nothing)"""
LIMITS = Limits(texts=50, request_bytes=128 * 1024)
_ADDRESS, _FREE_ADDRESS = "https://api.deepl.com", "https://api-free.deepl.com"
_REQUESTS = 4
_LONGEST_CONTEXT = 2000  # characters
_LONGEST_INSTRUCTION = 300  # characters
_MOST_INSTRUCTIONS = 10
_FORMALITY = {"formal": "prefer_more", "informal": "prefer_less"}
_MEANINGS = {
    400: Meaning("DeepL cannot translate this"),
    401: Meaning("DeepL refuses the key", f"check {KEY_VARIABLE}"),
    403: Meaning("DeepL refuses the key", f"check {KEY_VARIABLE}; keys of the free API end in ':fx'"),
    413: Meaning("DeepL finds the request too large"),
    429: Meaning("DeepL gets too many requests"),
    456: Meaning(
        "the DeepL account has used up its characters",
        "wait for the next billing period, raise the limit in your DeepL account, or use another engine",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DeeplOptions(Options):
    """What the configuration may say about DeepL. The key and the server's address come from the environment."""

    model_type: Literal["", "latency_optimized", "quality_optimized", "prefer_quality_optimized"] = field(
        default="", metadata={"description": "DeepL's `model_type`; else DeepL's own default."}
    )
    style_rules: Mapping[str, str] = field(
        default_factory=dict,
        metadata={"description": "Ids of style rules in your DeepL account, by locale: `{de: 7ff9bfd6-...}`."},
    )
    glossaries: bool = field(
        default=True, metadata={"description": "Keep the term base as glossaries in your DeepL account."}
    )


class DeeplEngine:
    """DeepL with the key in ``DEEPL_AUTH_KEY``, at ``DEEPL_SERVER_URL`` or DeepL's own address.

    Raises ValueError when made with a price or a locale that cannot be read.
    """

    name = "deepl"
    options_class = DeeplOptions
    key_variable = KEY_VARIABLE

    def __init__(self, options: DeeplOptions) -> None:
        self.traits = Traits(
            limits=LIMITS,
            remote=True,
            price=price_of(options.price or LIST_PRICE),
            requests=options.requests or _REQUESTS,
            by_section=True,
        )
        self._options = options
        self._style_rules = {Locale.parse(tag): rule for tag, rule in options.style_rules.items()}
        self._glossaries = Glossaries()
        self._offer: Offer = DOCUMENTED
        self._connection: Connection | None = None
        self._lock = threading.Lock()

    @property
    def fingerprint(self) -> str:
        """The model type."""
        return self._options.model_type

    def obstacle(self, source: Locale, target: Locale) -> str:  # noqa: ARG002 (one key for all pairs)
        """No key. Whether the key is right, only DeepL knows."""
        return "" if _key() else f"there is no key for DeepL: set {KEY_VARIABLE}"

    def learn(self) -> None:
        """Ask which languages there are, and what works for each. Raises EngineError, as for a wrong key."""
        connection = self._connected()
        languages = connection.languages("translate_text")
        self._offer = (languages and offer_of(languages, connection.languages("glossary"))) or self._offer

    def ability(self, source: Locale, target: Locale) -> Ability:
        """What DeepL can do for a pair. Raises EngineError when it has said that it lacks one of the languages."""
        offer = self._offer
        from_code, code = offer.source(source), offer.target(target)
        if not from_code or not code:
            verb, locale = ("from", source) if not from_code else ("into", target)
            raise EngineError(
                f"DeepL does not translate {verb} '{locale}'", hint="choose another engine for it in mkdocs.yml"
            )
        return Ability(
            code=code,
            markup=Markup.XML if {from_code, code} <= offer.tags else Markup.WORDS,
            formality=code in offer.formality,
            glossary=self._options.glossaries and {from_code, code} <= offer.glossary,
            rules=next((self._style_rules[one] for one in target.lineage if one in self._style_rules), ""),
        )

    def translate(self, asks: Sequence[Ask], request: Request) -> list[Reply | None]:
        """One reply per text. Raises EngineError.

        Before the first request with a glossary, that is looked for in the account, and made if it is not there.
        """
        connection = self._connected()
        ability = self.ability(request.source, request.target)
        texts = [ask.text for ask in asks]
        sent = self._parameters(request, ability)
        glossary = self._glossary(asks, request, ability)
        if glossary is None:
            return _found(connection.translated(texts, sent))
        glossary_id = self._glossaries.id_of(glossary, connection)
        replies = connection.translated(texts, {**sent, "glossary": glossary_id})
        if replies is None:  # deleted in the meantime
            self._glossaries.forget(glossary, glossary_id)
            glossary_id = self._glossaries.id_of(glossary, connection)
            replies = connection.translated(texts, {**sent, "glossary": glossary_id})
        return _found(replies)

    def close(self) -> None:
        """Let go of the connections."""
        if self._connection:
            self._connection.close()

    def _parameters(self, request: Request, ability: Ability) -> dict[str, Any]:
        tags = ability.markup is Markup.XML
        instructions = instructions_for(request, ability.code)
        return {
            "source_lang": self._offer.source(request.source),
            "target_lang": ability.code,
            "context": context_of(request.context) or None,
            "preserve_formatting": True,
            "formality": _FORMALITY.get(request.style.formality) if ability.formality else None,
            "tag_handling": "xml" if tags else None,
            "tag_handling_version": "v2" if tags else None,
            "outline_detection": False if tags else None,
            "ignore_tags": ["x"] if tags else None,
            "model_type": self._options.model_type or None,
            "style_rule": ability.rules or None,
            "custom_instructions": list(instructions) or None,
        }

    def _glossary(self, asks: Sequence[Ask], request: Request, ability: Ability) -> Glossary | None:
        """The glossary to send along: None where no text has one of its terms."""
        if not ability.glossary or not any(ask.terms for ask in asks):
            return None
        glossary = glossary_of(self._offer.source(request.source), ability.code, request.glossary, request.owner)
        return glossary if any(glossary.holds(ask.terms) for ask in asks) else None

    def _connected(self) -> Connection:
        key = _key()
        if not key:
            raise EngineError("there is no key for DeepL", hint=f"set {KEY_VARIABLE}")
        if not (key.isascii() and key.isprintable()):
            raise EngineError("the key for DeepL has characters that no key has", hint=f"check {KEY_VARIABLE}")
        with self._lock:
            if self._connection is None:
                from polyhelp.engines.deepl_client import Connection  # noqa: PLC0415 (the library is slow to import)

                self._connection = Connection(
                    name="DeepL",
                    address=os.environ.get(SERVER_VARIABLE) or (_FREE_ADDRESS if key.endswith(":fx") else _ADDRESS),
                    headers={"Authorization": f"DeepL-Auth-Key {key}"},
                    secrets=(key,),
                    meanings=_MEANINGS,
                    answer_seconds=ANSWER_SECONDS,
                    key=key,
                )
            return self._connection


def context_of(context: Context) -> str:
    """What DeepL is told about the place: title, headings, section, cut at a word so that it stays a few sentences.

    It is not billed, and must be in the source language.
    """
    parts = [part for part in (context.title, *context.headings, context.text) if part.strip()]
    text = "\n".join(dict.fromkeys(part.strip() for part in parts))
    if len(text) <= _LONGEST_CONTEXT:
        return text
    cut = text[: _LONGEST_CONTEXT + 1]
    head = cut.rsplit(maxsplit=1)[0] if len(cut.split()) > 1 else ""
    return head.rstrip() if len(head) > _LONGEST_CONTEXT // 2 else cut[:_LONGEST_CONTEXT]


def instructions_for(request: Request, code: str) -> tuple[str, ...]:
    """The style's instructions that DeepL takes: the first ten of at most 300 characters, in eight languages only.

    A longer one is left out whole: half an instruction may say the opposite.
    """
    if root(code) not in INSTRUCTED:
        return ()
    fitting = (text.strip() for text in request.style.instructions if 0 < len(text.strip()) <= _LONGEST_INSTRUCTION)
    return tuple(fitting)[:_MOST_INSTRUCTIONS]


def _found(replies: list[Reply | None] | None) -> list[Reply | None]:
    if replies is None:
        raise EngineError.passing("DeepL has lost the glossary that was just made")
    return replies


def _key() -> str:
    return os.environ.get(KEY_VARIABLE, "").strip()
