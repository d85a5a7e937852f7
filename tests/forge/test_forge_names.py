"""Refs are confined to the names that polyhelp writes."""

import pytest

from polyhelp.forge.names import Branch, branch_of, is_commit
from polyhelp.model import Locale

TARGETS = (Locale("de"), Locale("pt-BR"))


@pytest.mark.parametrize(("locale", "part"), [("de", 1), ("de", 2), ("pt-BR", 1), ("pt-BR", 12)])
def test_a_name_is_read_as_it_was_written(locale, part):
    branch = Branch(Locale(locale), part)
    assert branch_of(str(branch), TARGETS) == branch


@pytest.mark.parametrize(
    "name",
    [
        "main", "l10n/", "l10n/fr", "l10n/DE", "l10n/pt-br", "l10n/de.1", "l10n/de.02", "l10n/de.0", "l10n/de.1000",
        "l10n/de/x", "l10n/../main", "l10n/de\n", " l10n/de", "refs/heads/l10n/de", "-l10n/de", "l10n/de..2",
        "l10n/de.２", "L10N/de",
    ],
)  # fmt: skip
def test_other_names_are_not_ours(name):
    assert branch_of(name, TARGETS) is None


@pytest.mark.parametrize("text", ["", "HEAD", "a" * 39, "A" * 40, "a" * 41, "-" + "a" * 39, "a" * 40 + "\n", "a..b"])
def test_what_is_no_commit(text):
    assert not is_commit(text)


def test_what_is_a_commit():
    assert is_commit("0a" * 20)
    assert is_commit("0a" * 32)
