"""What is no page, and pages that are broken: one clear message, nothing half written, and all the other work done."""

from __future__ import annotations

import codecs
import json
import os
from pathlib import Path

import pytest

from polyhelp.content import parse, render
from polyhelp.engines.pseudo import pseudo
from polyhelp.errors import MarkdownError

GOOD = b"# Refunds\n\nWe send the money back.\n"
OTHER = pseudo("We send the money back.")
LARGEST = 16 * 1024 * 1024

NO_PAGES = {  # what stands in the file, the line, and what the message says
    "nul": (b"# T\n\nA \0 byte.\n", 3, "byte 7 is a NUL"),
    "latin-1": ("# Größe\n".encode("latin-1"), 1, "byte 4 (0xf6) is not UTF-8"),
    "half a surrogate pair": (b"# T\n\nHalf \xed\xa0\x80 a pair.\n", 3, "byte 10 (0xed) is not UTF-8"),
    "two halves of a pair": (b"# T\n\n\xed\xa0\xbd\xed\xb8\x80\n", 3, "byte 5 (0xed) is not UTF-8"),
    "cut off": ("# Ü".encode()[:-1], 1, "byte 2 (0xc3) is not UTF-8"),
    "overlong": (b"\n\n\n\xc0\xaf\n", 4, "byte 3 (0xc0) is not UTF-8"),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", None, ""),
    "an archive": (b"\x1f\x8b\x08\x08abc", 1, "byte 1 (0x8b) is not UTF-8"),
    "utf-16 little": (codecs.BOM_UTF16_LE + "# Größe\n".encode("utf-16-le"), None, "UTF-16"),
    "utf-16 big": (codecs.BOM_UTF16_BE + "# Größe\n".encode("utf-16-be"), None, "UTF-16"),
    "too large": (b"x" * (LARGEST + 1), None, "the limit is 16 MB"),
}


@pytest.fixture
def folder(tmp_path) -> Path:
    """A folder of Markdown with a good page first and a good page last."""
    folder = tmp_path / "source"
    folder.mkdir()
    for name in ("a.md", "z.md"):
        (folder / name).write_bytes(GOOD)
    return folder


def everything_in(place: Path) -> dict[str, bytes]:
    return {str(file.relative_to(place)): file.read_bytes() for file in place.rglob("*") if file.is_file()}


def one_problem(done, name: str, words: str = "") -> None:
    """One message, which names the file, says what is wrong, and what to do."""
    assert done.status in {2, 3}
    assert done.err.count("error:") == 1, done.err
    message = done.err[done.err.index("error:") :].splitlines()
    assert name in message[0]
    assert words in message[0]
    assert len(message) == 2, f"no way out: {message}"
    assert message[1].strip()


def both_done(polyhelp, folder: Path, name: str, words: str = "") -> None:
    """Both commands report ``name`` and do every other page; the source stays as it is."""
    before = {file: file.lstat().st_mtime_ns for file in folder.rglob("*")}
    listed = polyhelp("segments", folder)
    one_problem(listed, name, words)
    for page in ("a.md", "z.md"):
        assert f"{folder / page}:3: paragraph: We send the money back." in listed.out
    out = folder.parent / "out"
    one_problem(polyhelp("pseudo", folder, out), name, words)
    assert {path: OTHER in data.decode() for path, data in everything_in(out).items()} == {"a.md": True, "z.md": True}
    assert {file: file.lstat().st_mtime_ns for file in folder.rglob("*")} == before


# ---------------------------------------------------------------- what is no page


@pytest.mark.parametrize("case", NO_PAGES)
def test_what_is_no_page_is_refused_with_its_line_and_byte(case):
    data, line, words = NO_PAGES[case]
    with pytest.raises(MarkdownError) as caught:
        parse(data, "a/b.md")
    assert words in caught.value.message
    assert caught.value.place.path == "a/b.md"
    assert line is None or caught.value.place.line == line
    assert caught.value.hint


@pytest.mark.parametrize("case", NO_PAGES)
def test_what_is_no_page_costs_no_other_page(polyhelp, folder, case):
    data, line, words = NO_PAGES[case]
    (folder / "bad.md").write_bytes(data)
    both_done(polyhelp, folder, "bad.md" if line is None else f"bad.md:{line}", words)
    assert (folder / "bad.md").read_bytes() == data


@pytest.mark.parametrize("command", ["segments", "pseudo"])
def test_scripts_are_told_as_data(polyhelp, folder, tmp_path, command):
    (folder / "bad.md").write_bytes(b"# T\n\nA \0 byte.\n")
    done = polyhelp(command, folder, *([tmp_path / "out"] if command == "pseudo" else []), "--json")
    assert done.status == 2
    assert not done.json["ok"]
    (problem,) = done.json["problems"]
    assert (problem["path"], problem["line"]) == (str(folder / "bad.md"), 3)
    assert problem["hint"]
    assert len(done.json["written" if command == "pseudo" else "segments"]) == (2 if command == "pseudo" else 4)


def test_a_single_file_that_is_no_page_leaves_no_trace(polyhelp, folder):
    (folder / "bad.md").write_bytes(b"\0")
    out = folder.parent / "out" / "bad.md"
    one_problem(polyhelp("pseudo", folder / "bad.md", out), "bad.md")
    assert not out.parent.exists()


def test_the_largest_page_is_a_page():
    data = b"word " * (LARGEST // 5)
    assert render(parse(data, "x.md"), {}).encode() == data


# ---------------------------------------------------------------- what is in the way on the disk


@pytest.mark.parametrize("target", ["nowhere.md", "link.md"])
def test_a_link_that_leads_nowhere_is_named(polyhelp, folder, target):
    (folder / "link.md").symlink_to(target)
    both_done(polyhelp, folder, "link.md")
    one_problem(polyhelp("segments", folder / "link.md"), "link.md")


def test_folders_that_link_to_themselves_are_walked_once(polyhelp, folder):
    (folder / "inner").mkdir()
    (folder / "inner" / "again").symlink_to(folder)
    done = polyhelp("segments", folder)
    assert done.status == 0
    assert len(done.out.splitlines()) == 4


def test_a_folder_may_be_called_like_a_page(polyhelp, folder):
    (folder / "folder.md").mkdir()
    (folder / "folder.md" / "inner.md").write_bytes(GOOD)
    out = folder.parent / "out"
    assert polyhelp("segments", folder).out.count("We send the money back.") == 3
    assert polyhelp("pseudo", folder, out).status == 0
    assert OTHER in (out / "folder.md" / "inner.md").read_text(encoding="utf-8")


def test_a_pipe_is_not_waited_for(polyhelp, folder):
    os.mkfifo(folder / "pipe.md")
    assert polyhelp("segments", folder).out.count("We send the money back.") == 2


def test_a_page_that_may_not_be_read_costs_no_other_page(polyhelp, folder, monkeypatch):
    (folder / "bad.md").write_bytes(GOOD)
    read = Path.read_bytes

    def refuse(file):
        if file.name == "bad.md":
            raise PermissionError(13, "Permission denied", str(file))
        return read(file)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    both_done(polyhelp, folder, "bad.md", "Permission denied")


def test_a_page_that_cannot_be_written_costs_no_other_page(polyhelp, folder, tmp_path):
    (folder / "bad.md").write_bytes(GOOD)
    out = tmp_path / "out"
    (out / "bad.md").mkdir(parents=True)
    done = polyhelp("pseudo", folder, out, "--json")
    one_problem(done, "bad.md")
    assert done.status == 3
    assert done.json["written"] == [str(out / "a.md"), str(out / "z.md")]
    assert sorted(everything_in(out)) == ["a.md", "z.md"]


def test_a_disk_that_fills_up_leaves_the_old_page_whole(polyhelp, folder, tmp_path, monkeypatch):
    out = tmp_path / "out"
    out.mkdir()
    (out / "z.md").write_bytes(b"old\n")
    write = Path.write_bytes

    def full(file, data):
        if "z.md" in file.name:
            write(file, data[: len(data) // 2])
            raise OSError(28, "No space left on device", str(file))
        return write(file, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    done = polyhelp("pseudo", folder, out)
    assert done.status == 3
    assert "No space left on device" in done.err
    assert (out / "z.md").read_bytes() == b"old\n"
    assert sorted(everything_in(out)) == ["a.md", "z.md"]


def test_a_place_that_is_not_there_costs_no_other_place(polyhelp, folder):
    done = polyhelp("segments", folder / "nothing.md", folder / "a.md")
    assert "nothing.md" in done.err
    assert done.status == 2
    assert "We send the money back." in done.out


@pytest.mark.parametrize("out", ["source", "source/out", "source/a.md"])
def test_the_source_is_never_written_to(polyhelp, folder, out):
    before = everything_in(folder)
    one_problem(polyhelp("pseudo", folder, folder.parent / out), "source")
    assert everything_in(folder) == before


def test_a_name_that_is_no_text_is_still_data_for_scripts(polyhelp, folder, tmp_path):
    name = os.fsdecode(b"bad\xffname.md")
    (folder / name).write_bytes(GOOD)
    for done in (polyhelp("segments", folder, "--json"), polyhelp("pseudo", folder, tmp_path / "out", "--json")):
        assert done.status == 0
        assert json.loads(done.out.encode())["ok"]  # also as the bytes that a pipe carries
    assert OTHER.encode() in (tmp_path / "out" / name).read_bytes()


# ---------------------------------------------------------------- pages that are broken


UNCLOSED = {  # the page, and what must still be offered for translation
    "fence": ("# Head\n\nBefore.\n\n```py\ncode\n\nAfter.\n", {"Head", "Before.", "After."}),
    "long fence": ("Before.\n\n~~~~~\ncode\n~~~\n\nAfter.\n", {"Before.", "After."}),
    "comment": ("Before.\n\n<!-- comment\n\nAfter.\n", {"Before.", "After."}),
    "comment in a line": ("Before <!-- comment\n\nAfter.\n", {"Before <!-- comment", "After."}),
    "element": ("Before.\n\n<div>\nInside.\n\nAfter.\n", {"Before.", "Inside.", "After."}),
    "tag": ('Before.\n\n<div class="a\nInside.\n\nAfter.\n', {"Before.", "After."}),
    "tag in a line": ('Before <a href="b\n\nAfter.\n', {'Before <a href="b', "After."}),
    "silent element": ("Before.\n\n<pre>\ncode\n\nAfter.\n", {"Before.", "After."}),
    "front matter": ("---\ntitle: My page\n\n# Head\n\nAfter.\n", {"Head", "After."}),
    "nothing but front matter": ("---\ntitle: My page\n", set()),
    "quote in front matter": ('---\ntitle: "My page\n---\n\nAfter.\n', {"After."}),
    "formula": ("Before.\n\n$$\nx = 2\n\nAfter.\n", {"Before.", "After."}),
    "template tag": ("Before {{ name\n\nAfter {% if\n\nEnd.\n", {"Before {{ name", "After {% if", "End."}),
    "title": ('!!! note "Title\n\n    Inside.\n\nAfter.\n', {"After."}),
    "link": ("Before [text](target\n\nAfter.\n", {"Before [text](target", "After."}),
    "row": ("| a | b\n| - | -\n| Cell\n\nAfter.\n", {"Cell", "After."}),
    "definition": ("[^a\n\n[a]: <b\n\nAfter.\n", {"After."}),
    "block": ("/// note | Title\n\nInside.\n", {"Title", "Inside."}),
    "emphasis": ("**Before *it\n\nAfter_ ~~all\n", {"**Before *it", "After_ ~~all"}),
    "code": ("Before `code\n\nAfter ``all`\n", {"Before `code", "After ``all`"}),
}


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("case", UNCLOSED)
def test_what_nothing_closes_hides_nothing_else(case, newline):
    text, wanted = UNCLOSED[case]
    text = text.replace("\n", newline)
    document = parse(text.encode(), "x.md")
    assert render(document, {}) == text
    assert render(document, {segment.key: segment.source for segment in document.segments}) == text
    sources = {segment.source for segment in document.segments}
    assert wanted <= sources
    other = render(document, {segment.key: pseudo(segment.source) for segment in document.segments})
    again = [segment.source for segment in parse(other, "x.md").segments]
    assert again == [pseudo(segment.source) for segment in document.segments]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "\r",
        "\ufeff",
        "\ufeff---\ntitle: T\n---\n",
        "A \0 character.\n",  # a text that never was a file
        "Half \ud800 a pair.\n",
        "\ufeffText \ufeff text\n",
        "Text\u2028text\u2029text\x85text\ftext\vtext\n",
        "Text \x1b[31m red \x07 \x7f\n",
        "\u202etxet\u202c \u200b\u200d text\n",
        "# T\r\r\nText\r\n\rmore\n",
        "no line end",
        "- ",
        "#",
        "    ",
        "\t",
        "|",
        "---",
        "---\n",
        "---\n---",
        "```",
        "[^a]:",
        "<",
        "</",
        "<!--",
        "$$",
        "\\",
    ],
)
def test_odd_texts_come_back_as_they_were(text):
    document = parse(text, "x.md")
    assert render(document, {}) == text
    assert render(document, {segment.key: segment.source for segment in document.segments}) == text
    render(document, {segment.key: pseudo(segment.source) for segment in document.segments})


@pytest.mark.parametrize("unit", ["word ", "**word** ", "x", "[a](b) ", "`c` ", "<b>d</b> ", "&amp; "])
def test_one_gigantic_line_is_a_page(polyhelp, folder, unit):
    line = "Word " + unit * (300_000 // len(unit)) + "end.\n"
    (folder / "long.md").write_text(line, encoding="utf-8")
    out = folder.parent / "out"
    assert polyhelp("pseudo", folder, out, "--identity").status == 0
    assert (out / "long.md").read_text(encoding="utf-8") == line
    assert polyhelp("segments", folder / "long.md").out.count("\n") == 1
