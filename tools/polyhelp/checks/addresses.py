"""Addresses in a segment: where they stand, where they lead, and which are a locale's edition of another."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from polyhelp.model import Locale
from polyhelp.text.inline import Code, Role, codes

_INLINE = re.compile(
    r"""\]\(\s*(?:<(?P<angle>[^<>\n]*)>
        |(?P<bare>(?:\{\{[^{}\n]*\}\}|[^\s()\\]|\\.|\((?:[^\s()\\]|\\.|\([^\s()\\]*\))*\))*))""",
    re.VERBOSE,
)
_LABEL = re.compile(r"\]\[([^\[\]]*)\]|\[([^\[\]]*)\]\[\]")
_ATTRIBUTE = re.compile(
    r"""[\s"'](?:href|src|srcset|action|formaction|poster|data|xlink:href)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""",
    re.IGNORECASE,
)
_UNSEEN = re.compile(r"[\x00-\x20\x7f\u00ad\u200b-\u200d\u2060\ufeff]")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_ELSEWHERE = re.compile(r"(?:(?:https?|ftp|wss?):/*|/{2,}|(?=www\.))([^/?#]*)", re.IGNORECASE)
_MAIL = re.compile(r"(?:mailto:)?[^\s@/?#:]+@([\w.-]+)(?=\?|\Z)", re.IGNORECASE)
_PORT = re.compile(r":\d*\Z")


@dataclass(frozen=True, slots=True)
class Lead:
    """Where an address leads: its scheme, ``""`` where it has none, and its host, ``""`` on the same site.

    The host of a mail address is ``@`` and its domain.
    """

    scheme: str = ""
    host: str = ""

    @classmethod
    def of(cls, address: str) -> Lead:
        """Read an address as a browser does.

        Entities are resolved, control characters dropped, a backslash is a slash, and there may be no or many slashes
        after ``https:`` (https://url.spec.whatwg.org/#url-parsing).
        """
        seen = _UNSEEN.sub("", html.unescape(address)).replace("\\", "/")
        mail = _MAIL.match(seen)
        if mail:
            return cls("mailto", "@" + mail[1].casefold())
        scheme, elsewhere = _SCHEME.match(seen), _ELSEWHERE.match(seen)
        host = _PORT.sub("", elsewhere[1].rpartition("@")[2].rstrip(".")).casefold().rstrip(".") if elsewhere else ""
        return cls(scheme[1].lower() if scheme else "", host)


def addresses(text: str) -> Iterator[str]:
    """All links, images and addresses of a segment, and those in its HTML, in reading order; labels in brackets."""
    for code in codes(text):
        if code.kind == "html" or code.tail:
            yield from ("".join(groups).strip() for groups in _ATTRIBUTE.findall(code.text))
        if code.kind == "url":
            yield code.text.removeprefix("<").removesuffix(">")
        elif code.kind == "reference" or (code.kind in {"link", "image"} and code.role is Role.CLOSE):
            yield _target(code)


def _target(code: Code) -> str:
    inline = _INLINE.match(code.parts[0])
    if inline:
        return (inline["angle"] or inline["bare"] or "").strip()
    label = _LABEL.search(code.text)
    return f"[{label[1] or label[2]}]".casefold() if label else code.text


@dataclass(frozen=True, slots=True)
class Editions:
    """Tells which addresses are the ``locale``'s edition of one in the ``origin``'s language."""

    origin: Locale
    locale: Locale

    def is_edition(self, address: str, source: str) -> bool:
        """Whether ``address`` is the locale's edition of ``source``.

        Either the host says so (``de.wikipedia.org`` for ``en.wikipedia.org``), or the path (``/de/help`` for
        ``/en/help`` or ``/help`` on the same host).
        """
        here, there = Lead.of(address), Lead.of(source)
        if not here.host or here.scheme != there.scheme:
            return False
        if here.host != there.host:
            return self.is_edition_host(here.host, there.host)
        return self._plain_path(address, self.locale) == self._plain_path(source, self.origin)

    def is_edition_host(self, host: str, source: str) -> bool:
        """Whether ``host`` differs from ``source`` in the language that it begins with, and in nothing else."""
        label, _, rest = host.partition(".")
        other, _, same = source.partition(".")
        return label in _tags(self.locale) and other in _tags(self.origin) and rest == same and _is_owned(rest)

    def _plain_path(self, address: str, locale: Locale) -> str:
        """The path without the segment that names the locale."""
        try:
            parts = urlsplit(address)
        except ValueError:  # a broken IPv6 address such as http://[x
            return address
        kept = list(parts.path.split("/"))
        for at, segment in enumerate(kept):
            if segment.casefold().replace("_", "-") in _tags(locale):
                del kept[at]
                break
        return f"{'/'.join(kept).rstrip('/')}?{parts.query}#{parts.fragment}"


def _tags(locale: Locale) -> frozenset[str]:
    return frozenset({locale.tag.casefold(), locale.language})


def _is_owned(domain: str) -> bool:
    """Whether a domain is somebody's, so that all below it is theirs: not ``com`` or ``co.uk``."""
    labels = domain.split(".")
    return len(labels) > 2 or (len(labels) == 2 and len(labels[0]) > 3)
