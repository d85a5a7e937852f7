"""A translated page's text as a target: labels, fragments and files are the source's; rendering gives the page back."""

from pathlib import Path

import pytest

from polyhelp.content import Custom, parse, render
from polyhelp.engines.pseudo import pseudo
from polyhelp.locales.align import align
from polyhelp.locales.align_text import Labels, target_text
from polyhelp.locales.align_units import choose

CONTENT = Path(__file__).parents[2] / "content"
PAGES = sorted(path.relative_to(CONTENT).as_posix() for path in CONTENT.rglob("*.md"))


def adopted(source, translation, infix=""):
    """The targets of the first segments of two pages."""
    ours, theirs = parse(source, "page.md"), parse(translation, "page.md")
    return target_text(ours.segments[0], theirs.segments[0], Labels.of(ours, theirs, infix))


@pytest.mark.parametrize(
    ("source", "translation", "target"),
    [
        ("See [terms][t].\n\n[t]: a.md\n", "Siehe [Regeln][t].\n\n[t]: a.md\n", "Siehe [Regeln][t]."),
        ("See [terms][t].\n\n[t]: a.md\n", "Siehe [Regeln][r].\n\n[r]: a.md\n", "Siehe [Regeln][t]."),
        ("See [Terms].\n\n[Terms]: a.md\n", "Siehe [Regeln].\n\n[Regeln]: a.md\n", "Siehe [Regeln][terms]."),
        ("See it.\n", "Siehe [Regeln][r].\n\n[r]: b.md\n", "Siehe [Regeln](b.md)."),
        ("See [t](a.md#by-mail).\n", "Siehe [t](a.md#per-post).\n", "Siehe [t](a.md#by-mail)."),
        ("See [t](#by-mail).\n", "Siehe [t](#per-post).\n", "Siehe [t](#by-mail)."),
        ("[a](x.md#a), [b](x.md#b).\n", "[A](x.md#eins), [B](x.md#b).\n", "[A](x.md#a), [B](x.md#b)."),
        ("[a](x.md#a), [b](x.md#b).\n", "[B](x.md#b), [A](x.md#a).\n", "[B](x.md#b), [A](x.md#a)."),
        ("See [t](a.md#by-mail).\n", "Siehe [t](a.md).\n", "Siehe [t](a.md)."),
        ("[w](https://a.example/#x)\n", "[w](https://a.example/#y)\n", "[w](https://a.example/#y)"),
        ("![a](m.png) [p](p.md)\n", "![A](m.de.png) [P](p.de.md)\n", "![A](m.png) [P](p.md)"),
        ("![a](m.fr.png)\n", "![A](n.de.png)\n", "A"),
        ("## Pay { #pay }\n", "## Zahlen { #zahlen }\n", "Zahlen"),
        ("[x](a.md){ .button }\n", "[y](a.md){ .knopf }\n", "[y](a.md)"),
        ("- one<br>two\n", "- eins<br>zwei\n", "eins<br>zwei"),
        ("a\n", "`x` *y* $z$ {{ v }}\n", "`x` *y* $z$ {{ v }}"),
    ],
)
def test_what_belongs_to_the_page_is_the_sources(source, translation, target):
    assert adopted(source, translation, ".de") == target


@pytest.mark.parametrize("path", PAGES)
def test_rendering_gives_an_adopted_page_back(path):
    source = parse((CONTENT / path).read_bytes(), path)
    titles = {name: pseudo(name.title()) for name in source.default_titles}
    page = render(source, {segment.key: pseudo(segment.source) for segment in source.segments}, Custom(titles))
    translation = parse(page, path)
    alignment = align(source, translation)
    choices = choose(alignment, Labels.of(source, translation))
    assert alignment.mirrors
    assert all(choice.sure for choice in choices.targets.values())
    assert choices.others == ()
    assert render(source, {key: choice.target for key, choice in choices.targets.items()}, Custom(titles)) == page
