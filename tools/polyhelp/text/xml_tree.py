"""XML of strangers as a small tree: nothing is fetched, and no entity is declared or expanded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from polyhelp.errors import InputError, Place

_DEEPEST = 200
"""Elements inside elements: more is nobody's file, and would only exhaust the stack."""
_HINT = "nothing was taken over; export the file again from the tool that made it"


@dataclass(slots=True)
class Element:
    """An element: its name without a namespace, and what is in it."""

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
    def text(self) -> str:
        """All text inside, whatever stands around its words."""
        return "".join(child if isinstance(child, str) else child.text for child in self.children)


def parsed(data: bytes, shown: str) -> Element:
    """The root element of a document. ``shown`` names the file in messages.

    A document type may name a DTD, as older formats do; it is never opened. Raises InputError, naming the line, when
    the XML is broken, brings a DTD of its own, or uses an entity that only a DTD could tell.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    top = Element("", {}, 0)
    stack = [top]

    def refused(message: str) -> InputError:
        return InputError(message, Place(shown, parser.CurrentLineNumber), _HINT)

    def begin(name: str, attributes: dict[str, str]) -> None:
        if len(stack) > _DEEPEST:
            raise refused("elements are nested too deeply")
        plain = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        element = Element(name.rpartition(" ")[2], plain, parser.CurrentLineNumber)
        stack[-1].children.append(element)
        stack.append(element)

    def end(name: str) -> None:  # noqa: ARG001 (expat's shape)
        stack.pop()

    def characters(text: str) -> None:
        stack[-1].children.append(text)

    def doctype(_name: str, _system: str | None, _public: str | None, inside: bool) -> None:
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
        raise InputError(f"the file is no well-formed XML: {reason}", Place(shown, error.lineno), _HINT) from None
    except (LookupError, ValueError) as error:  # an encoding that expat or Python does not know
        raise InputError(f"the file cannot be read: {error}", Place(shown, 1), "save it in UTF-8") from None
    return next(top.elements())
