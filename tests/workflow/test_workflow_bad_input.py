"""What bad input gets: one clear message with file and line, the right exit status, and all the other work done."""

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from deepl_stub import KEY, DeeplStub

REFUNDS = "content/returns/refunds.md"


def run(shop, *arguments, status):
    done = shop.polyhelp(*arguments)
    assert done.status == status, done.text
    return done


def problems(shop, *arguments, status=2):
    """The problems of a command, as data; its remarks and messages say the same."""
    done = run(shop, *arguments, "--json", status=status)
    for problem in done.json["problems"]:
        assert problem["message"] in done.err
    assert not done.json["ok"]
    return done.json["problems"]


def only(found):
    (problem,) = found
    return problem


def others_done(shop, *locales):
    """Every other article is translated and staged."""
    for locale in locales or ("de", "pt-BR", "ar"):
        assert all(unit.target for unit in shop.catalog(locale, "contact.md").current)
    shop.polyhelp("render")
    assert "Çôñťàçť ûš" in shop.read("build/docs/de/contact.md")


# ---------------------------------------------------------------- articles


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        ("# Größe\n\nEine Größe für alle.\n".encode("latin-1"), 1, "is not UTF-8"),
        (b"# Title\n\nA \0 byte.\n", 3, "is a NUL"),
        (b"x" * (16 * 1024 * 1024 + 1), None, "the limit is 16 MB"),
    ],
)
def test_a_page_that_is_no_page(shop, data, line, words):
    shop.polyhelp("sync")
    catalog = shop.read("locales/de/returns/refunds.po")
    shop.write(REFUNDS, data)
    problem = only(problems(shop, "sync"))
    assert (problem["path"], problem["line"]) == (REFUNDS, line)
    assert words in problem["message"]
    assert problem["hint"]
    run(shop, "translate", "--engine", "pseudo", status=2)
    others_done(shop)
    assert shop.read("locales/de/returns/refunds.po") == catalog  # nothing became obsolete


def test_an_empty_article_is_a_page_and_a_remark(shop):
    shop.write(REFUNDS, "")
    done = run(shop, "publish", "--engine", "pseudo", status=0)
    assert f"{REFUNDS}: the page is empty" in done.err
    assert shop.file("site/de/returns/refunds/index.html").is_file()
    assert not shop.file("locales/de/returns/refunds.po").exists()


def test_an_article_of_5_mb_is_published_in_reasonable_time(shop):
    paragraph = "You can send number {} back with [a label](contact.md) in **two** steps.\n\n"
    text = "# Long\n\n" + "".join(paragraph.format(n % 50) + "word " * 450 + "\n\n" for n in range(2200))
    assert len(text) > 5_000_000
    shop.write("content/long.md", text)
    start = time.process_time()
    done = run(shop, "sync", "--locale", "de", status=0)
    run(shop, "translate", "--engine", "pseudo", "--locale", "de", status=0)
    run(shop, "render", status=0)
    assert time.process_time() - start < 40
    assert "content/long.md: the page has 5." in done.err
    assert "Ýôû çàñ šéñđ ñûṁḃéŕ 49 ḃàçķ" in shop.read("build/docs/de/long.md")


def test_a_link_out_of_the_repository_is_not_followed(shop, tmp_path):
    (tmp_path / "secret.md").write_text("# Secret\n", encoding="utf-8")
    shop.file("content/secret.md").symlink_to(tmp_path / "secret.md")
    problem = only(problems(shop, "sync"))
    assert problem["path"] == "content/secret.md"
    assert "leads out of the project" in problem["message"]
    run(shop, "render", status=2)
    assert not list(shop.file("build").rglob("secret*"))


def test_the_navigation_points_to_an_article_that_is_not_there(shop):
    shop.edit("mkdocs.yml", "returns/refunds.md", "returns/money.md")
    done = run(shop, "build", status=0)
    assert "'returns/money.md' is included in the 'nav' configuration" in done.text
    done = run(shop, "build", "--strict", status=3)
    assert "money.md" in done.err


# ---------------------------------------------------------------- configuration


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("polyhelp: {}", "polyhelp: {publsh: machine}", ("publsh", "line 11", "did you mean 'publish'?")),
        ("polyhelp: {}", "polyhelp: {publish: reviewd}", ("publish", "reviewd")),
        ("polyhelp: {}", "polyhelp: {engine: depl}", ("engine 'depl'", "did you mean 'deepl'?")),
        ("site_name: Tern Help", "site_name: [Tern", ("mkdocs.yml:", "YAML")),
        ("docs_dir: content", "docs_dir: contents", ("docs_dir", "contents")),
        ("{locale: de, ", "{locale: german, ", ("languages[1].locale", "german")),
        ("name: material\n", "name: materiel\n", ("theme", "materiel")),
        ("  - tables\n", "  - tabels\n", ("markdown_extensions", "tabels")),
    ],
)
def test_a_mistake_in_the_configuration_stops_everything_before_anything_is_touched(shop, old, new, words):
    shop.edit("mkdocs.yml", old, new)
    done = run(shop, "build", status=2)
    assert done.out == ""
    for word in words:
        assert word in done.err
    assert not shop.file("site").exists()


def test_there_is_no_help_center_here(tmp_path, polyhelp):
    done = polyhelp("publish", "--root", tmp_path)
    assert done.status == 2
    assert "there is no mkdocs.yml" in done.err
    assert "polyhelp init" in done.err


# ---------------------------------------------------------------- catalogs


@pytest.fixture(scope="module")
def synced_once(new_shop, tmp_path_factory):
    """What ``synced`` is a copy of."""
    shop = new_shop(tmp_path_factory.mktemp("synced") / "shop")
    run(shop, "sync", status=0)
    return shop


@pytest.fixture
def synced(synced_once, tmp_path):
    return synced_once.copy(tmp_path / "shop")


@pytest.mark.parametrize(
    ("broken", "line", "words"),
    [
        ('msgid "a"\nmsgsrt "b"\n', 2, "syntax error"),
        ('msgid "a"\n<<<<<<< HEAD\nmsgstr "b"\n=======\nmsgstr "c"\n>>>>>>> x\n', 2, "merge conflict"),
        ('msgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"\n', 4, "the same source"),
        ('msgid "a"\nmsgstr "\xff"\n'.encode("latin-1"), 2, "is not UTF-8"),
    ],
)
def test_a_broken_catalog_is_left_alone_and_its_page_shows_the_source(synced, broken, line, words):
    path = "locales/de/returns/refunds.po"
    synced.write(path, broken)
    broken = synced.file(path).read_bytes()
    problem = only(problems(synced, "sync"))
    assert (problem["path"], problem["line"]) == (path, line)
    assert words in problem["message"]
    run(synced, "translate", "--engine", "pseudo", status=2)
    others_done(synced)
    assert synced.file(path).read_bytes() == broken
    assert all(unit.target for unit in synced.catalog("ar", "returns/refunds.md").current)
    errors = [line for line in run(synced, "render", status=2).err.splitlines() if line.startswith("error:")]
    assert len(errors) == 1  # however often the catalog is asked for
    assert synced.read("build/docs/de/returns/refunds.md") == synced.read(REFUNDS)
    for command in ("check", "status", "review list"):
        assert path in run(synced, *command.split(), status=2).err


def test_an_unknown_locale(shop):
    done = run(shop, "sync", "--locale", "pt-BT", status=2)
    assert "did you mean 'pt-BR'?" in done.err
    assert "there are: de, pt-BR, ar" in run(shop, "sync", "--locale", "xx", status=2).err
    assert not shop.file("locales").exists()
    run(shop, "sync", "--locale", "pt_br", status=0)  # any spelling of a known one will do
    assert [folder.name for folder in shop.file("locales").iterdir()] == ["pt-BR"]


# ---------------------------------------------------------------- policies and regions


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("returns.window | duration", "returns.windw | duration", 8, "returns.windw"),
        ("returns.fee | money", "returns.fee | mony", 11, "there is no filter 'mony'"),
        ("{% endif %}", "", 11, "the template has a mistake"),
    ],
)
def test_a_template_with_a_mistake_takes_only_its_own_page_along(synced, old, new, line, words):
    synced.edit("content/policies/returns.md", old, new)
    found = problems(synced, "render")
    assert {(problem["path"]) for problem in found} == {"content/policies/returns.md"}
    assert {problem["line"] for problem in found} == {line}
    assert all(words in problem["message"] for problem in found)
    assert ("en", "contact.md") in synced.pages()
    assert ("de", "policies/index.md") in synced.pages()


def test_a_field_that_one_region_lacks_is_named_with_the_region(synced):
    synced.write("content/regions/_default.yml", "currency: EUR\nreturns:\n  fee: null\n")
    problem = only(problems(synced, "render"))
    assert (problem["path"], problem["line"]) == ("content/policies/returns.md", 8)
    assert "region DE" in problem["message"]
    assert "returns.window" in problem["message"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("returns:\n  fee: 4.90 EUR\n  fee: [\n", "DE.yml:4"),
        ("returns:\n  fee: cheap\n", "DE.yml:2"),
        ("retruns:\n  fee: 4.90 EUR\n", "did you mean 'returns'?"),
    ],
)
def test_broken_region_data(translated, text, words):
    translated.write("content/regions/DE.yml", text)
    done = run(translated, "publish", "--engine", "pseudo", status=2)
    assert words in done.err
    assert done.err.count("error:") == 1
    assert translated.file("site/de/contact/index.html").is_file()


@pytest.mark.parametrize(
    ("text", "words"),
    [("- id: tern\n  source: [\n", "glossary/terms.yml:"), ("- id: tern\n  sorce: Tern\n", "glossary/terms.yml:2")],
)
def test_a_broken_term_base(synced, text, words):
    synced.write("glossary/terms.yml", text)
    done = run(synced, "publish", "--engine", "pseudo", status=2)
    assert words in done.err
    assert done.err.count("error:") == 1
    others_done(synced)
    assert synced.file("site/de/contact/index.html").is_file()


# ---------------------------------------------------------------- the disk


def test_a_folder_that_cannot_be_made_costs_only_its_own_catalogs(shop):
    shop.write("locales/de/returns", "a file where a folder must be")
    problem = only(problems(shop, "sync"))
    assert problem["path"] == "locales/de/returns/refunds.po"
    assert "cannot be read: Not a directory" in problem["message"]
    run(shop, "translate", "--engine", "pseudo", "--locale", "pt-BR", status=0)
    assert all(unit.target for unit in shop.catalog("pt-BR", "contact.md").current)
    assert shop.catalog("de", "contact.md").current


@pytest.mark.parametrize("path", ["build", "build/docs", "site"])
def test_a_folder_that_cannot_be_written_stops_with_its_name(shop, path):
    shop.write(path, "a file where a folder must be")
    done = run(shop, "build", status=3)
    assert done.err.startswith(f"error: {path}")
    assert "check" in done.err


def test_what_is_in_the_way_inside_the_staged_tree_is_cleared(shop):
    shop.write("build/docs/de", "a file where a folder must be")
    shop.write("build/docs/en/contact.md/page.md", "a folder where a file must be")
    run(shop, "render", status=0)
    assert shop.read("build/docs/en/contact.md") == shop.read("content/contact.md")


@pytest.fixture
def full(monkeypatch):
    """Files of catalogs cannot be written any more."""
    write = Path.write_bytes

    def refuse(file, data):
        if ".po" in file.name:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(file))
        return write(file, data)

    return lambda: monkeypatch.setattr(Path, "write_bytes", refuse)


def test_a_catalog_that_cannot_be_written_is_named_and_the_site_is_built(shop, full):
    full()
    done = run(shop, "publish", "--engine", "none", "--locale", "de", status=3)
    assert done.err.count("No space left on device") == 6
    assert "locales/de/contact.po" in done.err
    assert shop.file("site/de/contact/index.html").is_file()


def test_a_full_disk_stops_the_paying_and_keeps_the_old_files(shop, engine, full):
    run(shop, "sync", status=0)
    before = shop.bytes_of("locales")
    full()
    done = run(shop, "translate", "--engine", "counting", status=3)
    assert "No space left on device" in done.err
    assert done.err.count("error:") == 1
    assert engine.requests <= 2
    assert shop.bytes_of("locales") == before


def test_a_full_disk_stops_every_engine_not_only_the_first(shop, full):
    block = "{engine: pseudo, routes: [{locales: pt-BR, engine: offline}]}"
    shop.edit("mkdocs.yml", "polyhelp: {}", f"polyhelp: {block}")
    run(shop, "sync", status=0)
    full()
    done = run(shop, "translate", status=3)
    assert done.err.count("error:") == 1


def test_a_full_disk_in_review_is_no_traceback(shop, full):
    run(shop, "sync", status=0)
    run(shop, "translate", "--engine", "pseudo", status=0)
    before = shop.bytes_of("locales")
    full()
    done = run(shop, "review", "accept", "contact.md", "--locale", "de", "--as", "Anna", status=3)
    assert "No space left on device" in done.err
    assert shop.bytes_of("locales") == before


# ---------------------------------------------------------------- engines


@pytest.mark.usefixtures("hasty")
def test_no_network_is_one_message_and_the_site_is_built_all_the_same(shop, monkeypatch):
    monkeypatch.setenv("DEEPL_AUTH_KEY", KEY)
    monkeypatch.setenv("DEEPL_SERVER_URL", "http://127.0.0.1:9")
    done = run(shop, "publish", status=3)
    assert done.err.count("error:") == 1
    assert "de, pt-BR, ar: DeepL (127.0.0.1) cannot be reached" in done.err
    assert KEY not in done.text
    assert "Diese Seite gibt es noch nicht auf Deutsch" in shop.read("site/de/index.html")


def test_a_wrong_key_is_one_message(shop, monkeypatch):
    with DeeplStub() as stub:
        monkeypatch.setenv("DEEPL_AUTH_KEY", "wrong-key:fx")
        monkeypatch.setenv("DEEPL_SERVER_URL", stub.url)
        run(shop, "sync", status=0)
        problem = only(problems(shop, "translate", status=3))
        assert problem["message"] == "de, pt-BR, ar: DeepL refuses the key: Forbidden"
        assert "wrong-key" not in str(problem)
        monkeypatch.setenv("DEEPL_AUTH_KEY", KEY)
        run(shop, "translate", status=0)
        assert shop.unit("de", "contact.md", "By email").maker == "mt/deepl"


def test_characters_that_run_out_leave_what_was_paid_for(shop, monkeypatch):
    with DeeplStub() as stub:
        stub.characters_left = 300
        monkeypatch.setenv("DEEPL_AUTH_KEY", KEY)
        monkeypatch.setenv("DEEPL_SERVER_URL", stub.url)
        run(shop, "sync", status=0)
        problem = only(problems(shop, "translate", "--locale", "de", status=3))
    assert "used up its characters" in problem["message"]
    units = [unit for article in ("contact.md", "index.md") for unit in shop.catalog("de", article).current]
    billed = 300 - stub.characters_left
    assert billed > 0
    assert any(unit.maker == "mt/deepl" for unit in units)


def test_a_named_engine_that_cannot_work_here_says_what_is_missing(shop):
    run(shop, "sync", status=0)
    done = run(shop, "translate", "--engine", "deepl", status=3)
    assert "set DEEPL_AUTH_KEY" in done.err
    assert "did you mean 'pseudo'?" in run(shop, "translate", "--engine", "psuedo", status=2).err


# ---------------------------------------------------------------- killed


@pytest.fixture(scope="module")
def whole(new_shop, tmp_path_factory):
    """The small help center, published by a run that nothing has disturbed."""
    shop = new_shop(tmp_path_factory.mktemp("whole") / "shop")
    run(shop, "publish", "--engine", "pseudo", status=0)
    return shop


@pytest.mark.parametrize("after", [0.6, 1.2, 1.8])
def test_killed_while_it_publishes_the_next_run_makes_it_whole(shop, whole, after):
    command = [sys.executable, "-c", "from polyhelp.cli.main import main; main()", "publish", "--engine", "pseudo"]
    process = subprocess.Popen(command, cwd=shop.root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    process.wait()
    run(shop, "publish", "--engine", "pseudo", status=0)
    assert shop.bytes_of("build", "site").keys() == whole.bytes_of("build", "site").keys()
    assert shop.bytes_of("build") == whole.bytes_of("build")
    assert {path.suffix for path in Path(shop.root / "locales").rglob("*") if path.is_file()} == {".po"}
