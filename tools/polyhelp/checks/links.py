"""Check: links and images lead where the source's do."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

from polyhelp.checks.base import Check, Finding, Setting
from polyhelp.model import Severity, Unit
from polyhelp.text.inline import Code, Role, codes

_INLINE = re.compile(
    r"""\]\(\s*(?:<(?P<angle>[^<>\n]*)>
        |(?P<bare>(?:\{\{[^{}\n]*\}\}|[^\s()\\]|\\.|\((?:[^\s()\\]|\\.|\([^\s()\\]*\))*\))*))""",
    re.VERBOSE,
)
_LABEL = re.compile(r"\]\[([^\[\]]*)\]|\[([^\[\]]*)\]\[\]")
_ADDRESS_ATTRIBUTE = re.compile(
    r"""\s(?:href|src|srcset|action|formaction|poster|data|xlink:href)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""",
    re.IGNORECASE,
)
_RUNS_CODE = re.compile(r"(?:javascript|vbscript|data):", re.IGNORECASE)
_HIDDEN = re.compile(r"[\x00-\x20]")  # browsers skip these inside a scheme


def look(unit: Unit, setting: Setting) -> Iterator[Finding]:  # noqa: ARG001 (links are the same for all locales)
    """An error for each link or image target that is missing or was not in the source. Link texts may change freely."""
    source, target = Counter(targets(unit.source)), Counter(targets(unit.target))
    hosts = {_host(address) for address in source}
    for address in source - target:
        yield Finding(Severity.ERROR, f"The link to '{address}' is missing in the translation.")
    for address in target - source:
        yield Finding(Severity.ERROR, _extra(address, hosts, source))


def targets(text: str) -> Iterator[str]:
    """The targets of all links, images and addresses of a segment, and of the HTML in it, in reading order."""
    for code in codes(text):
        if code.kind == "html":
            for groups in _ADDRESS_ATTRIBUTE.findall(code.text):
                yield "".join(groups).strip()
        elif code.kind == "url":
            yield code.text.removeprefix("<").removesuffix(">")
        elif code.kind == "reference" or (code.kind in {"link", "image"} and code.role is Role.CLOSE):
            yield _target(code)


def _target(code: Code) -> str:
    inline = _INLINE.match(code.parts[0])
    if inline:
        return (inline["angle"] or inline["bare"] or "").strip()
    label = _LABEL.search(code.text)
    return f"[{label[1] or label[2]}]".casefold() if label else code.text


def _host(address: str) -> str:
    try:
        host = urlsplit(
            address if "//" in address else f"//{address}" if address.startswith("www.") else address
        ).netloc
    except ValueError:  # a broken IPv6 address such as http://[x
        return address
    return host.casefold().rpartition("@")[2]


def _extra(address: str, hosts: set[str], source: Counter[str]) -> str:
    if _RUNS_CODE.match(_HIDDEN.sub("", html.unescape(address))):
        return f"The translation brings in a link that can run code: '{address}'."
    host = _host(address)
    if host and host not in hosts:
        return f"The translation leads to '{host}', where the source does not lead: '{address}'."
    if source[address]:
        return f"The translation has more links to '{address}' than the source."
    return f"The translation has a link that the source does not have: '{address}'."


CHECK = Check(its="markup", about="Links and images lead where the source's do.", look=look)
