"""What browsers may do on the site: the content security policy, and the headers that go with it.

Made last, from the HTML as it is: nothing may change a page's scripts and styles afterwards. Hosts that know a file
``_headers`` (Netlify, Cloudflare Pages) send the policy of the whole site; for all others each page carries its own in
a ``<meta>``. Both hold where both are there.

All files come from the site itself, so none has an ``integrity`` attribute: that guards files of other hosts, and on
our own would turn a style sheet from a browser's cache into a page without styles.
"""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

from polyhelp.site import inline
from polyhelp.site.inline import Inline
from polyhelp.site.steps import Site

FILE = "_headers"
REFERRER = "strict-origin-when-cross-origin"
"""No article's address leaves the site; an endpoint for feedback still sees which site a form comes from."""
PERMISSIONS = (
    "accelerometer", "autoplay", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer", "microphone",
    "midi", "payment", "usb",
)  # fmt: skip
"""What no page asks for; writing to the clipboard is not among them."""
_BEGIN, _END = "# Made by polyhelp from the built pages.", "# End of what polyhelp made."
_BLOCK = re.compile(rf"{re.escape(_BEGIN)}.*?{re.escape(_END)}\n*", re.DOTALL)
_META = re.compile(
    r"\n<meta (?:http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';|name=\"referrer\")[^>]*>"
)
_CHARSET = re.compile(r"<meta\s+charset=[^>]*>", re.IGNORECASE)
_HEAD = re.compile(r"<head(?:\s[^>]*)?>", re.IGNORECASE)
_HOST = re.compile(r"[a-z0-9.-]+|\[[0-9a-f:]+\]")


def sealed(html: str, own: Inline, site: Site) -> str:
    """The document with a policy that lets ``own`` run. Text without a head is given back as it is."""
    html = _META.sub("", html) if "Content-Security-Policy" in html else html
    at = _CHARSET.search(html) or _HEAD.search(html)  # the encoding has to stand in the first 1,024 bytes
    if at is None:
        return html
    policy = entities.escape(content_policy(own, site), quote=False)  # it has single quotes, and no double ones
    metas = (
        f'\n<meta http-equiv="Content-Security-Policy" content="{policy}">\n<meta name="referrer" content="{REFERRER}">'
    )
    return f"{html[: at.end()]}{metas}{html[at.end() :]}"


def seal(files: Iterable[Path], site: Site) -> Inline:
    """Give every page among ``files`` its policy; what they all carry. After all steps; again, it changes nothing."""
    together = Inline()
    for file in files:
        before = file.read_bytes().decode()
        own = inline.read(before)
        together |= own
        after = sealed(before, own, site)
        if after != before:
            file.write_bytes(after.encode())
    return together


def write(folder: Path, together: Inline, site: Site) -> None:
    """Write ``_headers`` for the site in ``folder``, whose pages carry ``together``.

    A ``_headers`` file of the help center's own is kept, below ours.
    """
    target = folder / FILE
    theirs = _BLOCK.sub("", target.read_text(encoding="utf-8")) if target.exists() else ""
    ours = headers(together, site)
    target.unlink(missing_ok=True)  # it may be the old site's, too
    target.write_text(f"{ours}\n{theirs}" if theirs else ours, encoding="utf-8", newline="\n")


def headers(together: Inline, site: Site) -> str:
    """The text of ``_headers`` for a site whose pages carry ``together``."""
    lines = {
        "Content-Security-Policy": f"{content_policy(together, site)}; frame-ancestors 'none'",
        "Referrer-Policy": REFERRER,
        "X-Content-Type-Options": "nosniff",
        "Permissions-Policy": ", ".join(f"{name}=()" for name in PERMISSIONS),
    }
    told = "".join(f"  {name}: {value}\n" for name, value in lines.items())
    return f"{_BEGIN}\n/*\n{told}{_END}\n"


def content_policy(own: Inline, site: Site) -> str:
    """The policy for a page that carries ``own``, in one line.

    ``'wasm-unsafe-eval'`` is for the search, which is WebAssembly; images may be data because style sheets hold icons.
    """
    endpoint = origin(str(site.options.get("feedback") or ""))
    rules = {
        "default-src": ["'none'"],
        "script-src": ["'self'", "'wasm-unsafe-eval'", *sorted(own.scripts)],
        "style-src": ["'self'", *sorted(own.styles)],
        "style-src-attr": ["'unsafe-hashes'", *sorted(own.attributes)] if own.attributes else ["'none'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "media-src": ["'self'"],
        "manifest-src": ["'self'"],
        "worker-src": ["'self'"],
        "connect-src": ["'self'", endpoint],
        "form-action": ["'self'", endpoint],
        "base-uri": ["'none'"],
    }
    return "; ".join(" ".join([name, *filter(None, sources)]) for name, sources in rules.items())


def origin(address: str) -> str:
    """Scheme, host and port of an address; ``""`` for one on the site itself, or that is none."""
    try:
        parts = urlsplit(address)
        host, port = (parts.hostname or "").encode("idna").decode().lower(), parts.port
    except ValueError:  # also what cannot be a host's name
        return ""
    host = f"[{host}]" if ":" in host else host
    if parts.scheme not in {"http", "https"} or not _HOST.fullmatch(host):
        return ""
    return f"{parts.scheme}://{host}" + (f":{port}" if port else "")
