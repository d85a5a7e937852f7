"""The counts: one truth in the table, the JSON and the page; and how they came to be, from git."""

from __future__ import annotations

import html
import os
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyhelp import git
from polyhelp.errors import GitError
from polyhelp.model import Locale
from polyhelp.workflow import trend as trends
from polyhelp.workflow.project import Project
from polyhelp.workflow.status import STATES, share
from polyhelp.workflow.trend import choose

needs_git = pytest.mark.skipif(not shutil.which("git"), reason="git is missing")


@pytest.fixture(autouse=True, scope="module")
def _no_ones_git(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
        patch.setenv("GIT_CONFIG_SYSTEM", "/dev/null")
        patch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path_factory.getbasetemp()))
        yield


def run_git(shop, *words, day="2026-10-01"):
    person = {f"GIT_{who}_{what}": "anna@example.com" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    dates = {f"GIT_{who}_DATE": f"{day}T12:00:00Z" for who in ("AUTHOR", "COMMITTER")}
    subprocess.run(
        ["git", *words], cwd=shop.root, env={**os.environ, **person, **dates}, check=True, capture_output=True
    )


def commit(shop, day):
    """Commit everything, and the words by locale and state as ``status`` counts them now."""
    run_git(shop, "add", "-A")
    run_git(shop, "commit", "--quiet", "--allow-empty", "-m", day, day=day)
    return words_now(shop)


def words_now(shop):
    return {row["locale"]: row["words"] for row in shop.polyhelp("status", "--json").json["locales"]}


@pytest.fixture(scope="module")
def made(tmp_path_factory, new_shop):
    """A help center with a history, and what ``status`` said at each of its commits: day -> words."""
    if not shutil.which("git"):
        pytest.skip("git is missing")
    shop = new_shop(tmp_path_factory.mktemp("made"))
    shop.write(".gitignore", "/.polyhelp/\n/build/\n")
    shop.write("content/größe und maß.md", "# Sizes\n\nMeasure twice.\n")
    run_git(shop, "init", "--quiet")
    told = {}
    shop.polyhelp("sync")
    told["2026-10-01"] = commit(shop, "2026-10-01")
    shop.polyhelp("translate", "--engine", "pseudo")
    told["2026-10-03"] = commit(shop, "2026-10-03")
    for article in ("policies/returns.md", "contact.md"):
        assert shop.polyhelp("review", "accept", article, "--locale", "de", "--as", "Anna").status == 0
    told["2026-10-07"] = commit(shop, "2026-10-07")
    shop.edit("content/regions/US.yml", "60 calendar days", "90 calendar days")
    shop.edit("content/contact.md", "# Contact us", "# Contact us today")
    shop.polyhelp("sync")
    told["2026-10-09"] = commit(shop, "2026-10-09")
    return shop, told


@pytest.fixture
def history(made, tmp_path):
    """A copy of it, to work on."""
    shop, told = made
    return type(shop)(shutil.copytree(shop.root, tmp_path / "history")), dict(told)


# ---------------------------------------------------------------- one truth


def cells(row):
    return [
        " ".join(html.unescape(re.sub("<[^>]*>", " ", cell)).split()) for cell in re.findall(r"<t[hd].*?</t[hd]>", row)
    ]


def rows_of(page, start, end):
    part = page[page.index(start) : page.index(end, page.index(start) + 1)]
    return [cells(row) for row in re.findall(r"<tr>(.*?)</tr>", part, re.DOTALL)]


def test_table_json_and_page_say_the_same(shop):
    shop.polyhelp("sync")
    shop.polyhelp("translate", "--engine", "pseudo", "--locale", "de")
    shop.polyhelp("review", "accept", "contact.md", "--locale", "de", "--as", "Anna")
    shop.change("pt-BR", "index.md", lambda unit: replace(unit, target="Algo"))
    data = shop.polyhelp("status", "--json", "--html", "s.html").json
    text = shop.polyhelp("status", "--articles").out
    page = shop.read("s.html")
    for row in data["locales"]:
        mine = [one for one in data["status"] if one["locale"] == row["locale"]]
        assert row["words"] == {state: sum(one["words"][state] for one in mine) for state in STATES}
        assert row["units"] == {state: sum(one["units"][state] for one in mine) for state in STATES}
        numbers = [f"{row['words'][state]:,}" for state in STATES]
        shares = [f"{row['shares'][state]} %" for state in STATES]
        assert re.search(" +".join([row["locale"], "all articles", *numbers, f"{row['ready']} %"]), text)
        assert re.search(" +".join([re.escape(row["name"]), *shares]), text)
        both = [f"{number} {part}" for number, part in zip(numbers, shares, strict=True)]
        assert [f"{row['name']} {row['locale']}", "", f"{row['ready']} %", *both] in rows_of(
            page, 'id="locales"', "</table>"
        )
        listed = rows_of(page, f'id="articles-{row["locale"]}"', "</table>")
        for one in mine:
            numbers = [str(one["words"][state]) for state in STATES]
            assert re.search(" +".join([one["locale"], re.escape(one["path"]), *numbers, f"{one['ready']} %"]), text)
            both = [f"{one['words'][state]} {one['shares'][state]} %" for state in STATES]
            assert [one["path"], f"{one['ready']} %", *both] in listed
    assert {row["locale"] for row in data["locales"]} == {"de", "pt-BR", "ar"}
    assert any(row["words"]["reviewed"] for row in data["locales"])
    assert any(row["words"]["translated"] for row in data["locales"])


def test_one_locale_shows_its_articles(shop):
    assert "contact.md" not in shop.polyhelp("status").out
    out = shop.polyhelp("status", "--locale", "de").out
    assert "contact.md" in out
    assert "pt-BR" not in out


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_nothing_is_rounded_to_nothing_or_to_everything(part, rest):
    percent = share(part, part + rest)
    assert 0 <= percent <= 100
    assert (percent == 0) == (part == 0)
    assert (percent == 100) == (rest == 0 and part > 0)


def test_what_was_counted_before_is_not_read_again_until_it_changes(history, monkeypatch):
    shop, _ = history
    now = words_now(shop)
    read = []
    latest = Project.latest
    monkeypatch.setattr(Project, "latest", lambda *where: read.append(where[1:]) or latest(*where))
    assert words_now(shop) == now
    assert read == []
    shop.write("locales/de/index.po", shop.read("locales/de/index.po").replace("#, fuzzy\n", ""))
    after = words_now(shop)
    assert read == [(Locale("de"), "index.md")]
    assert after["de"]["translated"] == now["de"]["translated"]  # a machine's words that nobody has looked at
    assert after == now
    shop.edit("content/index.md", "# ", "# Today: ")
    assert words_now(shop)["ar"]["missing"] > after["ar"]["missing"]
    shop.edit("content/regions/US.yml", "90 calendar days", "60 calendar days")
    assert words_now(shop)["de"]["reviewed"] > after["de"]["reviewed"]  # what was accepted with these data


# ---------------------------------------------------------------- the trend


def trend_of(shop, *words):
    done = shop.polyhelp("status", "--json", "--trend", "30", *words)
    assert done.status == 0
    return {point["day"]: point["words"] for point in done.json["trend"]}


def test_the_trend_says_what_the_status_was_on_each_day(history):
    shop, told = history
    assert trend_of(shop) == told
    words = told["2026-10-07"]["de"]["reviewed"], told["2026-10-09"]["de"]["reviewed"]
    assert words[0] > words[1]  # region data and a heading have changed since the reviews
    german = trend_of(shop, "--locale", "de")
    assert german == {day: {"de": words["de"]} for day, words in told.items()}


def test_the_second_time_nothing_is_read_again(history, monkeypatch):
    shop, _ = history
    first = trend_of(shop)

    def read(_, name):
        raise AssertionError(name)

    monkeypatch.setattr(git.Blobs, "read", read)
    assert trend_of(shop) == first


@pytest.mark.parametrize("rubbish", ["", "{", "[]", '{"by": 1}', '{"by": "polyhelp 0.0.0", "counts": {"a": [1]}}'])
def test_a_damaged_memory_is_no_memory(history, rubbish):
    shop, _ = history
    shop.file(".polyhelp/counts.json").unlink()
    first = trend_of(shop)
    memory = shop.read(".polyhelp/counts.json")
    shop.write(".polyhelp/counts.json", rubbish)
    assert trend_of(shop) == first
    assert shop.read(".polyhelp/counts.json") == memory
    shop.write(".polyhelp/counts.json", re.sub(r"\[\d+,\d+", '["many"', memory))
    assert trend_of(shop) == first


def test_work_that_is_not_committed_is_the_last_point(history, monkeypatch):
    shop, _ = history
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1791806400")  # 2026-10-12
    shop.polyhelp("review", "accept", "index.md", "--locale", "de", "--as", "Anna")
    done = shop.polyhelp("status", "--json", "--trend", "30")
    assert done.json["trend"][-1] == {"day": "2026-10-12", "commit": None, "words": words_now(shop)}
    assert len(done.json["trend"]) == 5


def test_the_page_has_the_trend_and_is_the_same_twice(history):
    shop, told = history
    assert shop.polyhelp("status", "--html", "s.html").status == 0
    page = shop.read("s.html")
    for day, words in told.items():
        numbers = [f"{words['de'][state]:,}" for state in STATES]
        assert any(row[0].startswith(day) and row[1:] == numbers for row in rows_of(page, 'id="trend-de"', "</table>"))
    shop.polyhelp("status", "--html", "s.html")
    assert shop.read("s.html") == page


def test_a_help_center_may_be_a_folder_of_a_repository(history, tmp_path, new_shop):
    shop, _ = history
    inner = new_shop(tmp_path / "whole" / "help")
    for path, data in shop.bytes_of("locales", "content").items():
        inner.write(path, data)
    run_git(inner, "init", "--quiet", str(tmp_path / "whole"))
    now = commit(inner, "2026-10-02")
    assert trend_of(inner) == {"2026-10-02": now}


def test_what_one_run_cannot_read_the_next_ones_do(history, monkeypatch):
    shop, told = history
    monkeypatch.setattr(trends, "UNREAD", 15)
    seen = []
    for _ in range(9):
        done = shop.polyhelp("status", "--json", "--trend", "30")
        seen.append(len(done.json["trend"]))
        if not done.json["remarks"]:
            break
        assert "the trend is not complete: 15 catalogs were read; run it again" in done.json["remarks"][0]
    assert seen == sorted(seen)
    assert len(seen) > 2
    assert trend_of(shop) == told


def test_an_old_catalog_that_is_broken_is_left_out_and_told(history):
    shop, told = history
    whole = shop.read("locales/de/contact.po")
    shop.write("locales/de/contact.po", "<<<<<<< ours\n")
    run_git(shop, "add", "-A")
    run_git(shop, "commit", "-qm", "oops", day="2026-10-11")
    shop.write("locales/de/contact.po", whole)
    told["2026-10-12"] = commit(shop, "2026-10-12")
    done = shop.polyhelp("status", "--json", "--trend", "30")
    assert done.status == 0
    assert done.json["remarks"] == ["old catalogs that cannot be read are left out of the trend: 1"]
    found = {point["day"]: point["words"] for point in done.json["trend"]}
    assert sum(found.pop("2026-10-11")["de"].values()) < sum(found["2026-10-12"]["de"].values())
    assert found == told


# ---------------------------------------------------------------- without a history


def only_now(shop, *, told):
    done = shop.polyhelp("status", "--json", "--html", "s.html")
    assert done.status == 0
    assert [point["commit"] for point in done.json["trend"]] == [None]
    assert done.json["trend"][0]["words"] == words_now(shop)
    assert any(told in remark for remark in done.json["remarks"])
    assert "Over time" not in shop.read("s.html")
    assert html.escape(done.json["remarks"][0], quote=False) in html.unescape(shop.read("s.html"))


@needs_git
def test_without_a_repository_there_is_a_remark(shop):
    only_now(shop, told="no trend: git log: not a git repository")


def test_without_git_there_is_a_remark(shop, monkeypatch):
    monkeypatch.setenv("PATH", str(shop.root))
    only_now(shop, told="no trend: git does not run")


@needs_git
def test_before_the_first_commit_there_is_a_remark(shop):
    run_git(shop, "init", "--quiet")
    only_now(shop, told="no trend: git log: ")


@needs_git
def test_before_the_first_catalog_there_is_a_remark(shop):
    run_git(shop, "init", "--quiet")
    run_git(shop, "add", "mkdocs.yml")
    run_git(shop, "commit", "-qm", "new")
    only_now(shop, told="no trend: no commit has catalogs yet")


def test_a_clone_without_old_contents_does_not_fetch_them(history):
    shop, _ = history
    run_git(shop, "config", "remote.origin.promisor", "true")
    only_now(shop, told="no trend: this clone lacks the contents of old files")


def test_a_shallow_clone_says_so(history, tmp_path, new_shop):
    shop, _ = history
    clone = tmp_path / "clone"
    subprocess.run(
        ["git", "clone", "-q", "--depth", "2", f"file://{shop.root}", clone], check=True, capture_output=True
    )
    shop = new_shop(clone)  # the same files again
    run_git(shop, "checkout", "-q", ".")
    done = shop.polyhelp("status", "--json", "--trend", "30")
    assert [point["day"] for point in done.json["trend"]] == ["2026-10-07", "2026-10-09"]
    assert "git fetch --unshallow" in done.json["remarks"][0]


def test_nobody_asks_git_when_no_trend_is_wanted(shop, monkeypatch):
    def refuse(*_):
        raise GitError("asked")

    monkeypatch.setattr(git, "commits", refuse)
    done = shop.polyhelp("status", "--json")
    assert (done.json["trend"], done.json["remarks"]) == ([], [])
    done = shop.polyhelp("status", "--json", "--html", "s.html", "--trend", "0")
    assert (done.json["trend"], done.json["remarks"]) == ([], [])


# ---------------------------------------------------------------- bad input


def test_a_page_that_cannot_be_written_is_told(shop):
    done = shop.polyhelp("status", "--html", "content/index.md/s.html")
    assert done.status == 3
    assert "cannot write" in done.err


@pytest.mark.parametrize("number", ["-1", "367", "many"])
def test_a_trend_of_so_many_points_is_refused(shop, number):
    assert shop.polyhelp("status", "--trend", number).status == 2


# ---------------------------------------------------------------- which commits

DAYS = st.lists(st.integers(0, 40), max_size=60).map(
    lambda days: [
        git.Commit(f"{number:040x}", date.fromordinal(740_000 + day).isoformat(), 86_400 * day + number)
        for number, day in reversed(list(enumerate(sorted(days))))
    ]
)


@given(DAYS, st.integers(1, 50))
def test_points_are_spread_over_the_days(commits, most):
    chosen = choose(commits, most)
    assert len(chosen) == min(most, len(commits))
    assert list(chosen) == [commit for commit in reversed(commits) if commit in chosen]
    assert set(commits[:1]) <= set(chosen)
    days = {commit.day for commit in commits}
    assert len({commit.day for commit in chosen}) == min(most, len(days))
    if most > 1 and commits:
        assert chosen[0].day == commits[-1].day
