"""The switch between light and dark colors, in the reader's language.

The configuration names each switch once, for all languages. On pages in another language than the source's, one that
leads to dark or light colors is called what polyhelp calls it there; any other keeps its name.
"""

from __future__ import annotations

import html
import re

from polyhelp.model import Locale
from polyhelp.site.pages import Page
from polyhelp.site.steps import Site

# ---------------------------------------------------------------- where the theme is touched: Material
_FORM = re.compile(r"<form\b[^>]*\bdata-md-component=\"palette\"[^>]*>.*?</form>", re.DOTALL)
_OPTION = re.compile(r"<input\b[^>]*\bdata-md-color-scheme=\"([^\"]*)\"[^>]*\bid=\"(__palette_\d+)\"[^>]*>")
_SWITCH = re.compile(
    r"(?P<option><input\b[^>]*\baria-label=\")[^\"]*(?P<between>\"[^>]*>\s*<label\b[^>]*\btitle=\")[^\"]*"
    r"(?P<end>\"[^>]*\bfor=\"(?P<goal>__palette_\d+)\")"
)
_WORDS = {"default": "light_colors", "slate": "dark_colors"}


def apply(text: str, page: Page, site: Site) -> str:
    """The page with its switches named in its locale."""
    words = site.words.get(Locale(page.locale))
    if not words or page.locale == site.source.tag:
        return text

    def named(form: re.Match[str]) -> str:
        schemes = {id_: scheme for scheme, id_ in _OPTION.findall(form[0])}

        def switch(found: re.Match[str]) -> str:
            word = _WORDS.get(schemes.get(found["goal"], ""))
            if word is None:
                return found[0]
            said = html.escape(words[word])
            return f"{found['option']}{said}{found['between']}{said}{found['end']}"

        return _SWITCH.sub(switch, form[0])

    return _FORM.sub(named, text, count=1)
