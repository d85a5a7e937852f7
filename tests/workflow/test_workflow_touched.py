"""Which locales a change is about."""

from __future__ import annotations

import pytest


@pytest.fixture
def synced(shop):
    shop.polyhelp("sync")
    shop.commit_first()
    return shop


def listed(shop, *words):
    done = shop.polyhelp("locales", *words)
    assert (done.status, done.err) == (0, "")
    return done.out.split()


def change(shop, path):
    shop.write(path, shop.read(path) + "\n" if shop.file(path).exists() else "# New\n")
    shop.git("add", ".")
    shop.git("commit", "--quiet", "-m", "a change")


def test_all_the_source_first(synced):
    assert listed(synced) == ["en", "de", "pt-BR", "ar"]
    assert listed(synced, "--targets") == ["de", "pt-BR", "ar"]
    assert synced.polyhelp("locales", "--json").json["locales"] == ["en", "de", "pt-BR", "ar"]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("locales/pt-BR/contact.po", ["pt-BR"]),
        ("content/contact.md", ["en"]),
        ("content/new.md", ["en"]),
        ("glossary/new.yml", ["en"]),
        ("mkdocs.yml", ["en"]),
        ("README.md", []),
        ("locales-of-others/de/contact.po", []),
        ("contents/contact.md", []),
    ],
)
def test_a_catalog_counts_for_its_locale_and_the_rest_for_the_source(synced, path, expected):
    change(synced, path)
    assert listed(synced, "--changed-since", "HEAD~1") == expected
    assert listed(synced, "--changed-since", "HEAD~1", "--targets") == [tag for tag in expected if tag != "en"]
    assert listed(synced, "--changed-since", "HEAD") == []


def test_what_is_gone_has_changed_too(synced):
    synced.git("rm", "--quiet", "locales/de/contact.po")
    synced.git("commit", "--quiet", "-m", "gone")
    assert listed(synced, "--changed-since", "HEAD~1") == ["de"]


def test_a_revision_that_is_none(synced):
    done = synced.polyhelp("locales", "--changed-since", "--output=/tmp/x")
    assert done.status == 2
    assert "git knows no revision '--output=/tmp/x'" in done.err
