"""Whether a target has exactly its source's markup: nothing damaged may ever reach a catalog.

1. The same codes, each as often as in the source, inside the same pairs; order is free, except that template tags
   (``{% … %}``) keep theirs.
2. No pair that had content is empty.
3. The Markdown that comes out, read again, has the codes of the source's Markdown, literally: tags can be perfect
   and the Markdown still not mean them.
4. Nothing new: no line, no HTML, no address, no attributes, no mark that makes a list, a heading or a quotation of
   the line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from polyhelp.engines.nodes import NAME, PRIVATE, Nodes, Pair, Void, grow, has_letters, markdown, plain, too_deep, walk
from polyhelp.text.inline import Code, tokenize
from polyhelp.text.plural import Plural

_NAMES = {
    "attributes": "the attributes", "break": "the line break", "code": "the code", "comment": "the comment",
    "emphasis": "the emphasis", "entity": "the character", "escape": "the character", "footnote": "the footnote",
    "html": "the HTML", "icon": "the icon", "image": "the image", "keys": "the keys", "link": "the link",
    "mark": "the marked text", "math": "the formula", NAME: "the name", "placeholder": "the placeholder",
    "reference": "the reference", "strike": "the struck text", "strong": "the bold text", "url": "the address",
}  # fmt: skip
_BLOCK = re.compile(
    r"(?:#{1,6}\s|[-+*]\s|\d{1,9}[.)]\s|>|\||:\s|`{3}|~{3}|(?:={2,}|-{2,})\s*$|(?:!!!|\?\?\?|===)\s|\[\^?[^\]]+\]:|\*\[)"
)
_TAG = re.compile(r"</?[ ]?[a-z!?][\w-]{0,40}|\b(?:javascript|vbscript)\s?:|\bon[a-z]{3,20}\s?=", re.IGNORECASE)
_HOST = re.compile(
    r"(?:\b[a-z][a-z0-9+.-]{0,31}:)?//[\w.-]+|\bwww\.[\w.-]+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+",
    re.IGNORECASE,
)

Shape = Counter[tuple[str, ...]]


def describe(node: Void | Pair) -> str:
    """A code in words: ``the code `SAVE20```, ``the bold text **…**``. What is private is not shown."""
    if isinstance(node, Void) and node.kind == PRIVATE:
        return "a private value"
    text = f"{node.opening.text}…{node.closing.text}" if isinstance(node, Pair) else node.text
    kind = node.opening.kind if isinstance(node, Pair) else node.kind
    return f"{_NAMES.get(kind, 'the markup')} {text}"


def fault(target: Nodes, source: Nodes) -> str:
    """What is wrong with the markup of ``target``, in a clause with "the engine" as subject; ``""`` if nothing is."""
    return _ids(target, source) or _emptied(target, source) or markdown_fault(markdown(target), markdown(source))


def _ids(target: Nodes, source: Nodes) -> str:
    known = {node.id: node for node, _ in walk(source)}
    wanted = Counter((node.id, parent) for node, parent in walk(source))
    got = Counter((node.id, parent) for node, parent in walk(target))
    if wanted == got:
        return ""
    counts = Counter(node.id for node, _ in walk(target))
    for number, node in known.items():
        if counts[number] == 0:
            return f"lost {describe(node)}"
        if counts[number] > 1:
            return f"repeated {describe(node)}"
    moved = next(iter((got - wanted).elements()), (0, 0))[0]
    return f"moved {describe(known[moved])} into or out of other markup" if moved in known else "changed the markup"


def _emptied(target: Nodes, source: Nodes) -> str:
    words = {node.id for node, _ in walk(source) if isinstance(node, Pair) and has_letters(node.inside)}
    for node, _ in walk(target):
        if isinstance(node, Pair) and node.id in words and not plain(node.inside).strip():
            return f"emptied {describe(node)}"
    if has_letters(source) and not has_letters(target):
        return "gave no words back"
    return ""


def markdown_fault(target: str, source: str) -> str:
    """What is wrong with the markup of the Markdown ``target``, in the same form; ``""`` if nothing is.

    Of a text with plural forms, each form has the markup of a form of the source; the number may be said otherwise.
    """
    forms, plural = Plural.parse(target), Plural.parse(source)
    if forms and plural and forms.variables == plural.variables:
        return next(filter(None, (_fault_of_form(form, plural) for form in forms.forms)), "")
    if too_deep(tokenize(target)):
        return "nested markup too deeply"
    return _other_shape(target, source) or _new(target, source)


def _fault_of_form(form: str, plural: Plural) -> str:
    if not form.strip():
        return "left out a plural form"
    fitting = (*plural.forms, *(plural.saying(one, "") for one in plural.forms))
    faults = [markdown_fault(form, one) for one in fitting]
    return faults[len(plural.forms) - 1] if all(faults) else ""


def _other_shape(target: str, source: str) -> str:
    here, there = shape(target), shape(source)
    for kind, text, *_ in here - there:
        return f"made {_NAMES.get(kind, 'markup')} {text} that the source does not have"
    for kind, text, *_ in there - here:
        return f"broke {_NAMES.get(kind, 'the markup')} {text}"
    return "changed the order of template tags" if _templates(target) != _templates(source) else ""


def _new(target: str, source: str) -> str:
    if target.count("\n") > source.count("\n"):
        return "added a line break"
    if _BLOCK.match(target.lstrip()) and not _BLOCK.match(source.lstrip()):
        return f"began the text with '{target.lstrip()[:3]}', which is a list, heading or other block in Markdown"
    for pattern in (_TAG, _HOST):
        if new := _found(pattern, target) - _found(pattern, source):
            return f"brought in '{min(new)}', which the source does not have"
    return ""


def shape(text: str) -> Shape:
    """The codes of a Markdown text as a multiset: kind, literal text, whether it is around something, its ancestors.

    The prose inside codes (titles, alternative texts) does not count.
    """
    found: Shape = Counter()
    _shapes(grow(tokenize(text)), (), found)
    return found


def _shapes(nodes: Nodes, ancestors: tuple[str, ...], found: Shape) -> None:
    for node in nodes:
        if isinstance(node, Pair):
            text = _literal((node.opening, node.closing))
            found[node.opening.kind, text, "around", *ancestors] += 1
            _shapes(node.inside, (*ancestors, text), found)
        elif isinstance(node, Void):
            found[node.kind, _literal(node.tokens), "alone", *ancestors] += 1


def _literal(tokens: Iterable[object]) -> str:
    """The literal parts of codes, ``…`` for the prose between them."""
    return "…".join("…".join(token.parts[::2]) for token in tokens if isinstance(token, Code))


def _templates(text: str) -> list[str]:
    return [node.text for node, _ in walk(grow(tokenize(text))) if isinstance(node, Void) and node.text[:2] == "{%"]


def _found(pattern: re.Pattern[str], text: str) -> set[str]:
    return {match.group().casefold() for match in pattern.finditer(text)}
