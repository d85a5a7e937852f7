"""The last look at a site in parts: what is noted of a part comes back whole, and parts say what the whole would."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyhelp.model import Locale
from polyhelp.site import sealing
from polyhelp.site.foreign import Request
from polyhelp.site.inline import Inline
from polyhelp.site.sealing import Sealed
from polyhelp.site.steps import Site

SITE = Site("Help", "https://help.tern.example/", Locale("en"), (Locale("en"), Locale("de")), {})
CDN = Request("<img src>", "https://cdn.example/x.png")

hashes = st.frozensets(st.text(), max_size=4)
requests = st.builds(Request, st.text(), st.text().map(lambda path: f"https://cdn.example/{path}"))
files = st.lists(st.text(), min_size=1, max_size=3).map(tuple)
parts = st.builds(
    Sealed,
    st.builds(Inline, hashes, hashes, hashes),
    st.dictionaries(requests, files, max_size=4),
    st.lists(st.text(), max_size=3).map(tuple),
)


@given(parts)
def test_what_is_noted_of_a_part_comes_back(part):
    back = Sealed.load(part.dump())
    assert back == part
    assert back.dump() == part.dump()
    assert sealing.faults([back]) == sealing.faults([part])


@given(st.lists(st.text(), max_size=6))
def test_the_same_part_is_noted_in_the_same_words(scripts):
    one, other = (Sealed(Inline(frozenset(order))) for order in (scripts, reversed(scripts)))
    assert one.dump() == other.dump()


@given(st.lists(parts, max_size=3))
def test_every_request_and_every_handler_is_told_once(several):
    told = sealing.faults(several)
    asked = {request for part in several for request in part.asked}
    assert len(told) == len(asked) + sum(len(part.handlers) for part in several)


def test_a_request_of_two_parts_is_told_once_with_the_number_of_its_pages():
    several = [Sealed(asked={CDN: ("index.html",)}), Sealed(asked={CDN: ("de/index.html", "de/x/index.html")})]
    (message,) = sealing.faults(several)
    assert message.startswith("index.html and 2 more: <img src> asks cdn.example (https://cdn.example/x.png)")


PAGE = '<!doctype html><html><head><meta charset="utf-8"></head><body>{}</body></html>'
PAGES = {
    "index.html": f'<script>a()</script><img src="{CDN.address}">',
    "de/index.html": f'<script>b()</script><p style="color: red" onclick="x()">x</p><img src="{CDN.address}">',
}


@pytest.fixture
def folder(tmp_path):
    for name, body in PAGES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(PAGE.format(body), encoding="utf-8")
    (tmp_path / "a.css").write_text("@import 'https://fonts.example/a.css';", encoding="utf-8")
    return tmp_path


def test_pages_get_their_policy_and_other_files_are_only_read(folder):
    found = sealing.seal(folder, sorted(path for path in folder.rglob("*") if path.is_file()), SITE)
    for name in PAGES:
        assert "Content-Security-Policy" in (folder / name).read_text(encoding="utf-8")
    assert (folder / "a.css").read_text(encoding="utf-8") == "@import 'https://fonts.example/a.css';"
    assert (len(found.inline.scripts), len(found.inline.attributes)) == (2, 1)
    style, image, handler = sorted(sealing.faults([found]))
    assert style.startswith("a.css: style sheet asks fonts.example")
    assert image.startswith("de/index.html and 1 more: <img src> asks cdn.example")
    assert handler.startswith("de/index.html: <p onclick> ")


def test_parts_find_together_what_the_whole_finds(folder):
    each = [sealing.seal(folder, [folder / name], SITE) for name in ("a.css", "de/index.html", "index.html")]
    contents = {name: (folder / name).read_bytes() for name in PAGES}
    whole = sealing.seal(folder, sorted(path for path in folder.rglob("*") if path.is_file()), SITE)
    assert sealing.inline_of(each) == whole.inline
    assert sealing.faults(each) == sealing.faults([whole])
    assert {name: (folder / name).read_bytes() for name in PAGES} == contents


def test_nothing_makes_an_empty_site_unfit():
    assert sealing.faults([]) == ()
    assert sealing.inline_of([]) == Inline()
