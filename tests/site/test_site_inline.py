"""What stands inline in pages: the hashes are those that browsers reckon, and no handler hides."""

import pytest

from polyhelp.site import inline

# `printf 'alert(1)' | openssl dgst -sha256 -binary | base64`
ALERT = "'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='"


def test_the_hash_of_a_script_is_what_browsers_reckon():
    assert inline.read("<script>alert(1)</script>").scripts == {ALERT}


@pytest.mark.parametrize(
    "script",
    [
        "<SCRIPT>alert(1)</SCRIPT >",
        "<script type=module>alert(1)</script>",
        '<script data-x="a>b">alert(1)</script>',
    ],
)
def test_a_script_is_found_however_it_is_written(script):
    assert inline.read(script).scripts == {ALERT}


@pytest.mark.parametrize(
    "script",
    [
        '<script type="application/json" id="x">alert(1)</script>',
        "<script type='application/ld+json'>alert(1)</script>",
        '<script src="x.js"></script>',
        "<!-- <script>alert(1)</script> -->",
    ],
)
def test_data_files_and_comments_need_no_hash(script):
    assert inline.read(script) == inline.Inline()


def test_line_ends_are_those_that_browsers_see():
    assert inline.read("<script>a\r\nb</script>") == inline.read("<script>a\nb</script>")


def test_styles_and_style_attributes_are_told_apart():
    found = inline.read('<style>p{}</style><p style="color:red">x</p><p data-style="x">style = "none"</p>')
    assert len(found.styles) == 1
    assert len(found.attributes) == 1
    assert not found.scripts


def test_the_value_of_a_style_attribute_is_hashed_without_its_entities():
    assert inline.read("<p style='content:&quot;x&quot;'>") == inline.read("""<p style='content:"x"'>""")


@pytest.mark.parametrize(
    ("html", "handler"),
    [
        ("<button onclick=x()>", "<button onclick>"),
        ("<button/onclick='x()'>", "<button onclick>"),
        ('<IMG src="x" oNerror = "x()">', "<img onerror>"),
        ('<p title="a > b" onmouseover="x()">', "<p onmouseover>"),
        ("<svg><animate\nonbegin=x>", "<animate onbegin>"),
        ('<a href="javascript:x()">', "<a href>"),
        ('<a href=" java\nscript:x()">', "<a href>"),
        ('<a href="&#106;avascript:x()">', "<a href>"),
        ('<form action="JavaScript:x()">', "<form action>"),
    ],
)
def test_handlers_are_found(html, handler):
    assert inline.handlers(html) == [handler]


@pytest.mark.parametrize(
    "html",
    [
        "<p>Write onclick=x in the field.</p>",
        '<p title="onclick=x()">',
        '<meta content="on top">',
        "<script>window.onload = x; a.onclick=b</script>",
        "<pre><code>&lt;p onclick=x&gt;</code></pre>",
        '<a href="/javascript/">',
        '<a data-on="x" href="#on=1">',
        "<!-- <p onclick=x> -->",
    ],
)
def test_what_only_looks_like_a_handler_is_left_alone(html):
    assert inline.handlers(html) == []


def test_the_gate_names_page_and_handler(tmp_path):
    page = tmp_path / "de" / "refunds" / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text("<p onclick=a><p onclick=b><b onblur=c>", encoding="utf-8")
    first, second = inline.faults(tmp_path, [page])
    assert first.startswith("de/refunds/index.html: <p onclick> ")
    assert second.startswith("de/refunds/index.html: <b onblur> ")
