"""Units with plural forms as gettext writes them.

    msgctxt "trans n=returns.window.amount"
    msgid "one day"
    msgid_plural "{{ n }} days"
    msgstr[0] "ein Tag"
    msgstr[1] "{{ n }} Tage"

In memory source and target are texts (:class:`~polyhelp.text.plural.Plural`). What counts stands in ``msgctxt``, below
the writer's own context: gettext's tools carry it along everywhere, obsolete units too, and two texts that differ in
nothing else stay two units. A target that lacks a form is fuzzy until somebody writes it.
"""

from __future__ import annotations

from typing import Any

import polib

from polyhelp.model import Locale, Unit
from polyhelp.text.plural import Plural
from polyhelp.text.plural_rules import rule

WAY = 'give it a line such as msgctxt "trans n=returns.window.amount", or take the last good version of the file'
"""What to do about a unit with plural forms that does not say what counts."""

_TRANS = "trans "


def counts(entry: polib.POEntry) -> bool:
    """Whether ``entry``, which has plural forms, says what counts."""
    return (entry.msgctxt or "").rpartition("\n")[2].startswith(_TRANS)


def source(singular: str, plural: str, context: str) -> str:
    """The source that the texts of an entry are, ``plural`` and ``context`` ``""`` where it has none."""
    if not plural:
        return singular
    variables = context.rpartition("\n")[2]
    return str(Plural(variables.removeprefix(_TRANS), (singular, plural)))


def key(entry: polib.POEntry) -> tuple[str, str]:
    """The source and the writer's context of an entry."""
    context = entry.msgctxt or ""
    own = context.rpartition("\n")[0] if entry.msgid_plural and counts(entry) else context
    return source(entry.msgid, entry.msgid_plural, context), own


def previous(entry: polib.POEntry) -> str:
    """The source that the target of a fuzzy entry was made from."""
    context = entry.previous_msgctxt or entry.msgctxt or ""
    return source(entry.previous_msgid or "", entry.previous_msgid_plural or "", context)


def target(entry: polib.POEntry, locale: Locale) -> str:
    """The target of an entry, with at least the forms that ``locale`` has."""
    if not entry.msgid_plural:
        return str(entry.msgstr)
    said = {int(at): text for at, text in entry.msgstr_plural.items()}
    if not any(said.values()):
        return ""
    forms = max(rule(locale).forms, max((at for at, text in said.items() if text), default=0) + 1)
    variables = (entry.msgctxt or "").rpartition("\n")[2].removeprefix(_TRANS)
    return str(Plural(variables, tuple(said.get(at, "") for at in range(forms))))


def lacks_form(entry: polib.POEntry, target: str) -> bool:
    """Whether a form of ``target``, the one of ``entry``, has not been written yet."""
    plural = Plural.parse(target) if entry.msgid_plural else None
    return plural is not None and not all(plural.forms)


def fitted(unit: Unit, locale: Locale) -> Unit:
    """``unit`` with a target in the shape that its source asks for; who made it stays."""
    plural = Plural.parse(unit.source)
    if plural is None:
        return unit
    return unit.retargeted(plural.fitted(unit.target, rule(locale).forms))


def texts(unit: Unit, locale: Locale) -> dict[str, Any]:
    """The texts of the entry for ``unit``, which is :func:`fitted`, by polib's names."""
    out = _source(unit.source, unit.context, "")
    if unit.fuzzy and unit.previous:
        out.update(_source(unit.previous, "", "previous_"))
    if "msgid_plural" in out:
        plural = Plural.parse(unit.target)
        forms = plural.forms if plural else ("",) * rule(locale).forms
        out["msgstr_plural"] = dict(enumerate(forms))
    else:
        out["msgstr"] = unit.target
    return out


def _source(text: str, context: str, prefix: str) -> dict[str, Any]:
    plural = Plural.parse(text)
    if plural is None or str(plural) != text or len(plural.forms) != 2:
        return {f"{prefix}msgid": text, f"{prefix}msgctxt": context or None}
    singular, more = plural.forms
    variables = f"{_TRANS}{plural.variables}"
    return {
        f"{prefix}msgid": singular,
        f"{prefix}msgid_plural": more,
        f"{prefix}msgctxt": f"{context}\n{variables}" if context else variables,
    }
