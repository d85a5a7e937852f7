"""XML of strangers as a small tree: nothing is fetched, and no entity is declared or expanded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from polyhelp.errors import InputError, Place

_DEEPEST = 200
"""Elements inside elements: more is nobody's file, and would only exhaust the stack."""


@dataclass(frozen=True, slots=True)
class Format:
    """How files of the format ``name`` are read.

    ``hint`` is the way out when one cannot be. Names lose the namespace ``namespace`` and keep any other in front of
    them, with a space between; without one given, all names lose theirs. ``doctype`` tells that a file may name a DTD,
    as older formats do.
    """

    name: str
    hint: str
    namespace: str = ""
    doctype: bool = True

    def plain(self, name: str) -> str:
        """A name of expat's without the namespace that is not told."""
        return name.removeprefix(f"{self.namespace} ") if self.namespace else name.rpartition(" ")[2]


@dataclass(slots=True)
class Element:
    """An element: its name and attributes, as its :class:`Format` names them, and what is in it."""

    name: str
    attributes: dict[str, str]
    line: int
    children: list[Element | str] = field(default_factory=list)

    def elements(self, *names: str) -> Iterator[Element]:
        """The elements directly inside that are called one of ``names``, all of them without any."""
        return (child for child in self.children if isinstance(child, Element) and (not names or child.name in names))

    def all(self, *names: str) -> Iterator[Element]:
        """The elements of these names at any depth."""
        for child in self.elements():
            if child.name in names:
                yield child
            yield from child.all(*names)

    @property
    def own_text(self) -> str:
        """The text directly inside."""
        return "".join(child for child in self.children if isinstance(child, str))

    @property
    def text(self) -> str:
        """All text inside, whatever stands around its words."""
        return "".join(child if isinstance(child, str) else child.text for child in self.children)


def parsed(data: bytes, shown: str, how: Format) -> Element:
    """The root element of a document. ``shown`` names the file in messages.

    A DTD that the document names is never opened. Raises InputError, naming the line, when the XML is broken, names a
    DTD where its format needs none, brings one of its own, or uses an entity that only a DTD could tell.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    top = Element("", {}, 0)
    stack = [top]

    def refused(message: str, hint: str = how.hint) -> InputError:
        return InputError(message, Place(shown, parser.CurrentLineNumber), hint)

    def begin(name: str, attributes: dict[str, str]) -> None:
        if len(stack) > _DEEPEST:
            raise refused("elements are nested too deeply")
        plain = {how.plain(key): value for key, value in attributes.items()}
        element = Element(how.plain(name), plain, parser.CurrentLineNumber)
        stack[-1].children.append(element)
        stack.append(element)

    def end(name: str) -> None:  # noqa: ARG001 (expat's shape)
        stack.pop()

    def characters(text: str) -> None:
        stack[-1].children.append(text)

    def doctype(_name: str, _system: str | None, _public: str | None, inside: bool) -> None:
        if not how.doctype:
            raise refused(
                "the file has a document type (DOCTYPE), which could bring in entities",
                f"{how.name} needs none: delete it, or ask for the file without it",
            )
        if inside:
            raise refused("the file brings its own DTD, which is not safe to read")

    def entity(*_: object) -> None:
        raise refused("the file uses an entity that it does not define")

    parser.StartElementHandler, parser.EndElementHandler = begin, end
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = characters, doctype
    parser.EntityDeclHandler, parser.SkippedEntityHandler = entity, entity
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        raise InputError(f"the file is no well-formed XML: {reason}", Place(shown, error.lineno), how.hint) from None
    except (LookupError, ValueError) as error:  # an encoding that expat or Python does not know
        raise InputError(f"the file cannot be read: {error}", Place(shown, 1), "save it in UTF-8") from None
    return next(top.elements())
