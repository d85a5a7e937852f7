"""One page for each construct: what a translator is offered of it, and how the page looks in other words.

``tests/corpus/segments/NAME.md`` is a page. ``NAME.txt`` lists its segments, and ``NAME.pseudo.md`` is the page with
each of them pseudo-translated. ``python tests/content/test_content_golden.py`` writes both anew: read the difference.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from polyhelp.content import Custom, parse, printed_title, render
from polyhelp.engines.pseudo import pseudo

FOLDER = Path(__file__).parents[1] / "corpus" / "segments"
NAMES = sorted(file.stem for file in FOLDER.glob("*.md") if not file.stem.endswith(".pseudo"))


def listed(name):
    """One line for each segment; a line end inside it is shown as ↵."""
    lines = []
    for segment in parse((FOLDER / f"{name}.md").read_bytes(), f"{name}.md").segments:
        asides = [f"note: {segment.note}"] * bool(segment.note) + [f"context: {segment.context}"] * bool(
            segment.context
        )
        aside = f"  ({'; '.join(asides)})" if asides else ""
        lines.append(f"{segment.line} {segment.kind}: {segment.source}".replace("\n", "↵") + aside + "\n")
    return "".join(lines)


def in_other_words(name):
    document = parse((FOLDER / f"{name}.md").read_bytes(), f"{name}.md")
    titles = {one: pseudo(printed_title(one)) for one in document.default_titles}
    text = render(document, {segment.key: pseudo(segment.source) for segment in document.segments}, Custom(titles))
    return text.encode()


@pytest.mark.parametrize("name", NAMES)
def test_a_translator_is_offered_what_the_golden_list_says(name):
    assert listed(name) == (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_the_page_in_other_words_is_the_golden_page(name):
    assert in_other_words(name) == (FOLDER / f"{name}.pseudo.md").read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_the_page_with_its_own_words_is_the_page(name):
    data = (FOLDER / f"{name}.md").read_bytes()
    document = parse(data, "a.md")
    assert render(document, {}).encode() == data
    assert render(document, {segment.key: segment.source for segment in document.segments}).encode() == data


if __name__ == "__main__":
    for one in NAMES:
        (FOLDER / f"{one}.txt").write_text(listed(one), encoding="utf-8")
        (FOLDER / f"{one}.pseudo.md").write_bytes(in_other_words(one))
