"""polyhelp usage."""

import sqlite3

import pytest
from deepl_stub import KEY, DeeplStub


@pytest.fixture
def shop(shop, monkeypatch):
    with DeeplStub() as stub:
        monkeypatch.setenv("DEEPL_AUTH_KEY", KEY)
        monkeypatch.setenv("DEEPL_SERVER_URL", stub.url)
        shop.polyhelp("sync")
        shop.edit("mkdocs.yml", "- polyhelp: {}", "- polyhelp: {engine: deepl}")
        yield shop


@pytest.fixture
def spent(shop):
    """A help center that has sent German last year and Portuguese now."""
    assert shop.polyhelp("translate", "--locale", "de").status == 0
    base = sqlite3.connect(shop.file(".polyhelp/journal.sqlite"))
    with base:
        base.execute("UPDATE requests SET at = '2025-03-31T23:59:59+00:00'")
    base.close()
    assert shop.polyhelp("translate", "--locale", "pt-BR").status == 0
    return shop


def test_nothing_sent_is_said_and_makes_no_journal(shop):
    done = shop.polyhelp("usage")
    assert done.status == 0
    assert done.out.splitlines() == [
        "nothing was sent to an engine on another machine from here",
        "this month: 0 characters, without a limit (max_characters)",
    ]
    assert not shop.file(".polyhelp/journal.sqlite").exists()


def test_a_line_for_each_month_engine_and_locale(spent):
    done = spent.polyhelp("usage")
    header, german, portuguese, month = done.out.splitlines()
    assert header.split() == ["month", "engine", "locale", "requests", "texts", "characters", "cost"]
    assert german.split()[:3] == ["2025-03", "deepl", "de"]
    assert german.split()[-2:] == ["0.02", "USD"]
    assert portuguese.split()[1:3] == ["deepl", "pt-BR"]
    characters = portuguese.split()[5]
    assert month == f"this month: {characters} characters, without a limit (max_characters)"


def test_one_month(spent):
    assert [row["locale"] for row in spent.polyhelp("usage", "--month", "2025-03", "--json").json["usage"]] == ["de"]
    assert spent.polyhelp("usage", "--month", "2025-02", "--json").json["usage"] == []


def test_json_has_the_exact_cost_and_the_limits(spent):
    spent.edit(
        "mkdocs.yml",
        "{engine: deepl}",
        "{engine: deepl, max_characters: {run: 5000, month: 20000, locale: {pt-BR: 3000}}}",
    )
    told = spent.polyhelp("usage", "--json").json
    german, portuguese = told["usage"]
    assert german["cost"] == f"{german['characters'] * 25 / 1e6:.4f}"
    assert german["unsure"] == 0
    assert told["this_month"] == portuguese["characters"]
    assert told["max_characters"] == {"run": 5000, "month": 20000, "locale": None, "locales": {"pt-BR": 3000}}
    assert "characters of 20,000" in spent.polyhelp("usage").out


def test_what_may_not_have_been_billed_is_marked(spent):
    base = sqlite3.connect(spent.file(".polyhelp/journal.sqlite"))
    with base:
        base.execute("UPDATE requests SET state = 'sent' WHERE locale = 'de'")
    base.close()
    assert " unsure)" in spent.polyhelp("usage").out


@pytest.mark.parametrize("month", ["2026", "2026-13", "11/2026", "' OR 1=1"])
def test_what_is_no_month_is_refused(shop, month):
    done = shop.polyhelp("usage", "--month", month)
    assert (done.status, "write it like 2026-11" in done.err) == (2, True)


def test_a_broken_journal_is_told(shop):
    shop.write(".polyhelp/journal.sqlite", b"rubbish" * 500)
    done = shop.polyhelp("usage")
    assert (done.status, done.out) == (3, "")
    assert done.err.startswith("error: .polyhelp/journal.sqlite: the journal cannot be used")
