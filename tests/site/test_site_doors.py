"""Every door leads to the same site: polyhelp, plain MkDocs, and the two previews."""

import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from urllib.error import URLError
from urllib.request import urlopen

import pytest

MINIMAL = """\
site_name: Bare
plugins:
  - i18n:
      docs_structure: folder
      languages: [{locale: en, name: English, default: true}, {locale: de, name: Deutsch}]
  - polyhelp: {}
"""
POLYHELP = (sys.executable, "-c", "from polyhelp.cli.main import main; main()")
MKDOCS = (sys.executable, "-m", "mkdocs")


def test_plain_mkdocs_builds_the_same_bytes(shop):
    assert shop.polyhelp("publish", "--engine", "pseudo").status == 0
    ours = shop.bytes_of("site")
    staged = shop.bytes_of("build")
    done = subprocess.run(
        [*MKDOCS, "build", "--strict"], cwd=shop.root, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    theirs = shop.bytes_of("site")
    assert theirs.keys() == ours.keys()
    assert [path for path in ours if theirs[path] != ours[path]] == []
    assert shop.bytes_of("build") == staged


def test_plain_mkdocs_says_what_is_wrong_and_builds_the_rest(shop):
    shop.write("content/bad.md", "# Größe\n".encode("latin-1"))
    done = subprocess.run(
        [*MKDOCS, "build"], cwd=shop.root, capture_output=True, text=True, check=False, timeout=120
    )  # fmt: skip
    assert done.returncode == 0
    assert "content/bad.md:1: byte 4 (0xf6) is not UTF-8" in done.stderr
    assert shop.file("site/de/contact/index.html").is_file()
    shop.edit("mkdocs.yml", "polyhelp: {}", "polyhelp: {engine: nobody}")
    done = subprocess.run(
        [*MKDOCS, "build"], cwd=shop.root, capture_output=True, text=True, check=False, timeout=120
    )  # fmt: skip
    assert done.returncode == 1
    assert "unknown engine 'nobody'" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_configuration_and_one_article_are_a_help_center(tmp_path, polyhelp):
    (tmp_path / "mkdocs.yml").write_text(MINIMAL, encoding="utf-8")
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "index.md").write_text("# Hello\n\nHow are you?\n", encoding="utf-8")
    done = polyhelp("publish", "--engine", "pseudo", cwd=tmp_path)
    assert (done.status, done.err) == (0, "")
    page = (tmp_path / "site" / "de" / "index.html").read_text(encoding="utf-8")
    assert '<html lang="de" dir="ltr"' in page
    assert "Ĥôŵ àŕé ýôû?" in page
    assert 'id="hello"' in page
    assert "fonts.googleapis" not in page
    found = sorted(file.name for file in tmp_path.iterdir() if file.name != ".polyhelp")  # a cache
    assert found == ["build", "content", "locales", "mkdocs.yml", "site"]


@pytest.mark.parametrize("locales", [(), ("de",), ("de", "pt_br")])
def test_init_makes_a_help_center_that_publishes(tmp_path, polyhelp, locales):
    folder = tmp_path / "new"
    chosen = [word for tag in locales for word in ("--locale", tag)]
    done = polyhelp("init", folder, "--name", "Crow & Co: Help", *chosen)
    assert done.status == 0
    assert f"cd {folder} && polyhelp publish" in done.err
    done = polyhelp("publish", "--engine", "pseudo", "--root", folder)
    assert (done.status, done.err) == (0, "")
    assert "Crow &amp; Co: Help" in (folder / "site" / "index.html").read_text(encoding="utf-8")
    if locales:
        assert "Ĥéĺṗ" not in (folder / "site" / "index.html").read_text(encoding="utf-8")
        assert (folder / "site" / "de" / "index.html").is_file()
    again = polyhelp("init", folder)
    assert again.status == 2
    assert "holds a help center already" in again.err


def test_init_leaves_an_article_that_is_there_alone(tmp_path, polyhelp):
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "index.md").write_text("# Mine\n", encoding="utf-8")
    assert polyhelp("init", tmp_path).status == 0
    assert (tmp_path / "content" / "index.md").read_text(encoding="utf-8") == "# Mine\n"
    assert "not a language tag" in polyhelp("init", tmp_path / "x", "--locale", "german").err
    assert not (tmp_path / "x").exists()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serving(shop, command, option):
    port = free_port()
    process = subprocess.Popen(
        [*command, "serve", option, f"127.0.0.1:{port}"],
        cwd=shop.root,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield f"http://127.0.0.1:{port}/", process
    finally:
        process.terminate()
        process.communicate(timeout=20)


def page_of(address, process, wanted=""):
    """The page at ``address`` as soon as it is there and holds ``wanted``."""
    for _ in range(1200):  # two minutes: the machine may be busy
        assert process.poll() is None, process.stderr.read()
        try:
            with urlopen(address, timeout=5) as answer:  # noqa: S310 (our own server)
                text = answer.read().decode()
        except URLError:
            text = ""
        if text and wanted in text:
            return text
        time.sleep(0.1)
    raise AssertionError(f"no page with '{wanted}' at {address}")


@pytest.mark.parametrize(("command", "option"), [(POLYHELP, "--address"), (MKDOCS, "--dev-addr")])
def test_a_preview_answers_and_follows_an_edit(shop, command, option):
    shop.polyhelp("sync")
    shop.polyhelp("translate", "--engine", "pseudo")
    with serving(shop, command, option) as (address, process):
        page = page_of(f"{address}de/contact/", process)
        assert '<html lang="de"' in page
        assert "Ŵé àñšŵéŕ ŵîťĥîñ ťŵô đàýš." in page
        if command is POLYHELP:
            shop.edit("content/contact.md", "We answer within two days.", "We answer at once.")
            page_of(f"{address}contact/", process, "We answer at once.")
            assert "Original lesen" in page_of(f"{address}de/contact/", process)
    assert not shop.file("site").exists()


@pytest.mark.parametrize("address", ["nonsense", "127.0.0.1:99999", "127.0.0.1", ":8000"])
def test_an_address_that_is_none(shop, address):
    done = shop.polyhelp("serve", "--address", address)
    assert done.status == 2
    assert f"'{address}' is not an address such as 127.0.0.1:8000" in done.err


def test_an_address_that_is_taken(shop):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = shop.polyhelp("serve", "--address", f"127.0.0.1:{taken.getsockname()[1]}")
    assert done.status == 3
    assert "Address already in use" in done.err


def test_a_failing_plugin_of_somebody_else_is_named(shop):
    shop.write("hook.py", "def on_page_markdown(markdown, **_):\n    raise RuntimeError('the hook broke')\n")
    shop.edit("mkdocs.yml", "docs_dir: content\n", "docs_dir: content\nhooks: [hook.py]\n")
    done = shop.polyhelp("build")
    assert done.status == 3
    assert "the hook broke" in done.err


def test_a_build_after_a_failed_one_leaves_no_page_behind(shop):
    shop.edit("mkdocs.yml", "returns/refunds.md", "returns/money.md")
    assert shop.polyhelp("build", "--strict").status == 3
    assert shop.polyhelp("build").status == 0
    shop.file("content/contact.md").unlink()
    shop.polyhelp("build")
    assert not shop.file("site/contact").exists()
