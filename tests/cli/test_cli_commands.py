"""The command line as people and scripts meet it."""

import json
import re
import subprocess
import sys

import click
import pytest

from polyhelp.cli import main

POLYHELP = (sys.executable, "-c", "from polyhelp.cli.main import main; main()")


def walk(command, path=()):
    """Every command and subcommand with its words on the command line."""
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            yield from walk(command.get_command(context, name), (*path, name))


COMMANDS = dict(walk(main.cli))
LEAVES = [path for path, command in COMMANDS.items() if not isinstance(command, click.Group)]


@pytest.fixture(scope="module")
def module_shop(tmp_path_factory, new_shop):
    """Translated by the pseudo engine; nothing here changes it."""
    shop = new_shop(tmp_path_factory.mktemp("cli") / "shop")
    shop.polyhelp("sync")
    shop.polyhelp("translate", "--engine", "pseudo")
    shop.polyhelp("render")
    return shop


# ---------------------------------------------------------------- help


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_command_explains_itself_and_all_of_its_options(polyhelp, path):
    done = polyhelp(*path, "--help")
    assert done.status == 0
    assert done.err == ""
    assert f"Usage: {' '.join(('polyhelp', *path))}" in done.out
    command = COMMANDS[path]
    assert len(command.help.split()) > 3
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help, option.name
            assert option.help[0].isupper()
            assert option.help.endswith(".")
            assert option.opts[-1] in done.out
    assert done.out == polyhelp(*path, "-h").out


def test_the_commands_stand_in_the_order_of_work(polyhelp):
    out = polyhelp("--help").out
    listed = re.findall(r"^  ([\w-]+)  +\S", out[out.index("Commands:") :], re.MULTILINE)
    assert listed == list(main.COMMANDS)
    assert listed.index("init") < listed.index("sync") < listed.index("translate") < listed.index("publish")


def test_no_command_is_no_silence(polyhelp):
    done = polyhelp()
    assert done.status == 2
    assert "Commands:" in done.text


def test_the_version(polyhelp):
    assert re.fullmatch(r"polyhelp \d+\.\d+\.\d+\S*\n", polyhelp("--version").out)


# ---------------------------------------------------------------- mistyped


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (("publsh",), "publish"),
        (("transalte",), "translate"),
        (("sync", "--locale", "pt-BT"), "pt-BR"),
        (("policy", "show", "DE", "retruns"), "returns"),
        (("translate", "--engine", "psuedo"), "pseudo"),
        (("status", "--formt", "json"), "--format"),
        (("review", "accpt", "x"), "accept"),
    ],
)
def test_a_mistyped_word_gets_the_one_that_was_meant(module_shop, words, meant):
    done = module_shop.polyhelp(*words)
    assert done.status == 2
    assert re.search(rf"[Dd]id you mean (one of: )?'?\W*{meant}", done.err), done.err
    assert done.out == ""


def test_an_unknown_region_gets_the_list(module_shop):
    assert "there are: DE, US" in module_shop.polyhelp("policy", "show", "ZZ", "returns").err


# ---------------------------------------------------------------- for scripts


JSON = {
    ("sync",): "changes",
    ("sync", "--frozen"): "changes",
    ("translate", "--dry-run"): "plan",
    ("translate", "--engine", "none"): "translated",
    ("check",): "issues",
    ("review", "list"): "queue",
    ("render",): "pages",
    ("status",): "status",
    ("status", "--articles"): "status",
    ("policy", "show", "DE", "returns"): "text",
}


@pytest.mark.parametrize("words", JSON, ids=" ".join)
def test_json_is_json_and_nothing_else_and_says_what_the_text_says(module_shop, words):
    done = module_shop.polyhelp(*words, "--json")
    text = module_shop.polyhelp(*words)
    assert done.status == text.status
    assert JSON[words] in done.json
    assert done.json["ok"] is (done.status == 0)
    assert done.json["problems"] == []
    assert done.out == module_shop.polyhelp(*words, "--format", "json").out
    assert "\\u" not in done.out  # readable in every language


def test_json_holds_what_the_text_says(module_shop):
    def both(*words):
        return module_shop.polyhelp(*words, "--json").json, module_shop.polyhelp(*words).out

    data, text = both("check")
    errors = [issue for issue in data["issues"] if issue["severity"] == "error"]
    assert f"{len(errors)} error" in text
    assert all(f"{issue['path']}:{issue['line']}: " in text for issue in errors)
    data, text = both("review", "list")
    assert f"{len(data['queue'])} units" in text
    assert all(row["id"] in text and row["source"] in text and row["target"] in text for row in data["queue"])
    data, text = both("policy", "show", "US", "returns", "--locale", "de", "--locale", "ar")
    assert "\n".join(data["text"]).strip() == text.strip()
    data, text = both("status", "--articles")
    german = [row for row in data["status"] if row["locale"] == "de"]
    words = sum(row["words"]["machine"] for row in german)
    assert re.search(rf"de +all articles +0 +0 +{words} +0 +0 +100 %", text)
    data, text = both("render")
    assert f"{data['pages']} pages staged" in text


@pytest.mark.parametrize(
    ("words", "key"),
    [
        (("init", "new"), "written"),
        (("segments", "content"), "segments"),
        (("pseudo", "content", "out"), "written"),
        (("models", "list"), "models"),
        (("models", "path"), "folder"),
        (("build",), "warnings"),
        (("publish", "--engine", "pseudo"), "translate"),
        (("review", "accept", "contact.md", "--locale", "de", "--as", "Anna"), "accepted"),
        (("review", "reject", "contact.md", "--locale", "de", "--as", "Anna"), "rejected"),
    ],
)
def test_json_of_what_changes_something(module_shop, new_shop, tmp_path, words, key):
    shop = new_shop(tmp_path)
    for path, data in module_shop.bytes_of("locales").items():
        shop.write(path, data)
    done = shop.polyhelp(*words, "--json")
    assert done.status == 0
    assert key in done.json


@pytest.mark.parametrize("path", LEAVES, ids=" ".join)
def test_every_command_speaks_json(path):
    options = {name for option in COMMANDS[path].params for name in option.opts}
    assert "--json" in options or path == ("serve",)


def test_a_failure_is_json_too(tmp_path, polyhelp):
    done = polyhelp("status", "--root", tmp_path, "--json")
    assert done.status == 2
    assert done.json["ok"] is False
    assert "there is no mkdocs.yml" in done.json["problems"][0]["message"]
    assert "error: " in done.err


def test_segments_in_json_name_their_place(module_shop):
    done = module_shop.polyhelp("segments", "content/returns/refunds.md", "--json")
    rows = done.json["segments"]
    assert {"path": "content/returns/refunds.md", "line": 6, "kind": "heading", "source": "Refunds"} in rows


# ---------------------------------------------------------------- for pull requests


def test_annotations_are_one_line_each_and_name_file_and_line(shop):
    shop.polyhelp("sync")
    shop.polyhelp("translate", "--engine", "pseudo", "--locale", "de")
    done = shop.polyhelp("check", "--format", "github")
    assert done.status == 1
    rows = [line for line in done.out.splitlines() if line.startswith("::")]
    assert rows
    assert re.fullmatch(
        r"::error file=locales/de/returns/refunds\.po,line=\d+::For 'Gift card'.*\[terminology\]", rows[0]
    )


def test_annotations_escape_what_would_end_them(shop):
    shop.write("content/a,b:c%.md", "# Größe\n".encode("latin-1"))
    shop.edit("content/policies/returns.md", "returns.fee | money", "returns.fees | money")
    done = shop.polyhelp("render", "--format", "github")
    assert done.status == 2
    rows = [line for line in done.out.splitlines() if line.startswith("::")]
    assert len(rows) == 2
    assert "::error file=content/a%2Cb%3Ac%25.md,line=1::byte 4" in rows[0]
    shop.write("content/regions/DE.yml", "a: 1\nb: 2\n")
    (row,) = [line for line in shop.polyhelp("render", "--format", "github").out.splitlines() if "DE.yml" in line]
    assert "2 mistakes:%0A" in row
    shop.edit("mkdocs.yml", "polyhelp: {}", "polyhelp: {a: 1, b: 2}")
    (row,) = shop.polyhelp("render", "--format", "github").out.splitlines()
    assert row.startswith("::error file=mkdocs.yml::the configuration has 2 mistakes:%0A")


# ---------------------------------------------------------------- promises of options


def test_frozen_and_dry_run_change_nothing(shop):
    before = shop.bytes_of("")
    assert shop.polyhelp("sync", "--dry-run").status == 0
    assert shop.polyhelp("sync", "--frozen").status == 1
    assert "18 catalogs would change" in shop.polyhelp("sync", "--frozen").out
    assert shop.bytes_of("") == before
    assert shop.polyhelp("sync").status == 0
    assert shop.polyhelp("sync", "--frozen").status == 0


def test_quiet_says_nothing_but_what_is_wrong(module_shop):
    done = module_shop.polyhelp("render", "-q")
    assert (done.out, done.err) == ("", "")
    done = module_shop.polyhelp("check", "-q")
    assert (done.status, done.err) == (1, "")


def test_verbose_shows_the_texts(module_shop):
    assert "Ĝîḟť çàŕđ" in module_shop.polyhelp("check", "-v").out
    assert "Ĝîḟť çàŕđ" not in module_shop.polyhelp("check").out


def test_it_works_from_a_folder_inside(module_shop, polyhelp):
    done = polyhelp("status", "--json", cwd=module_shop.file("content/returns"))
    assert done.out == module_shop.polyhelp("status", "--json").out


def test_a_policy_as_one_region_sees_it(module_shop):
    done = module_shop.polyhelp("policy", "show", "us", "returns")
    assert "within 60 days" in done.out
    assert "$6.95" in done.out
    assert "60 Tage" in module_shop.polyhelp("policy", "show", "US", "returns.md", "--locale", "de").out


def test_segments_of_any_markdown_need_no_help_center(tmp_path, polyhelp):
    (tmp_path / "a.md").write_text("# Title\n\nText.\n", encoding="utf-8")
    (tmp_path / "b.md").write_bytes(b"\xff\n")
    done = polyhelp("segments", ".", cwd=tmp_path)
    assert done.status == 2
    assert done.out == "a.md:1: heading: Title\na.md:3: paragraph: Text.\n"
    assert "b.md:1: byte 0 (0xff) is not UTF-8" in done.err
    assert "nowhere.md: does not exist" in polyhelp("segments", "nowhere.md", cwd=tmp_path).err


def test_pseudo_of_any_markdown(tmp_path, polyhelp):
    text = "# Title\r\n\r\nText with `code`.\r\n"
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.md").write_bytes(text.encode())
    assert polyhelp("pseudo", "in", "out", cwd=tmp_path).status == 0
    assert "Ťéẋť ŵîťĥ `code`." in (tmp_path / "out" / "a.md").read_text(encoding="utf-8")
    assert polyhelp("pseudo", "--identity", "in", "same", cwd=tmp_path).status == 0
    assert (tmp_path / "same" / "a.md").read_bytes() == text.encode()
    assert polyhelp("pseudo", "in", "in/out", cwd=tmp_path).status == 2


def test_models(tmp_path, polyhelp, monkeypatch):
    monkeypatch.setenv("POLYHELP_MODELS", str(tmp_path))
    assert polyhelp("models", "path").out == f"{tmp_path}\n"
    assert "en" in polyhelp("models", "list").out


# ---------------------------------------------------------------- in a shell


def test_a_reader_that_leaves_early_ends_it_quietly(tmp_path):
    (tmp_path / "long.md").write_text("A paragraph.\n\n" * 20_000, encoding="utf-8")
    with subprocess.Popen(
        [*POLYHELP, "segments", "long.md"], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout.readline() == "long.md:1: paragraph: A paragraph.\n"
        process.stdout.close()
        err = process.stderr.read()
        process.wait(timeout=30)
    assert (process.returncode, err) == (0, "")


def test_results_and_remarks_do_not_mix(shop):
    shop.write("content/empty.md", "")
    done = subprocess.run(
        [*POLYHELP, "sync", "--json"], cwd=shop.root, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0
    assert json.loads(done.stdout)["remarks"] == ["content/empty.md: the page is empty"]
    assert done.stderr == "note: content/empty.md: the page is empty\n"


def test_the_program_itself_exits_with_the_status(tmp_path):
    done = subprocess.run([*POLYHELP, "sync"], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("error: ")


@pytest.mark.parametrize("error", [OSError(5, "Input/output error"), KeyboardInterrupt()])
def test_whatever_happens_there_is_a_message_and_no_traceback(module_shop, monkeypatch, error):
    def broken(*_):
        raise error

    monkeypatch.setattr("polyhelp.cli.status.status", broken)
    done = module_shop.polyhelp("status")
    assert done.status == (130 if isinstance(error, KeyboardInterrupt) else 3)
    assert "error: " in done.err or "interrupted" in done.err
