"""The words for admonitions without a title."""

from importlib.resources import files

import pytest
from ruamel.yaml import YAML

from polyhelp.content import default_title
from polyhelp.content.titles import KNOWN, is_known
from polyhelp.model import Locale

WORDS = YAML(typ="safe", pure=True).load(files("polyhelp.content").joinpath("titles.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("tag", WORDS)
def test_every_language_has_every_type(tag):
    assert set(WORDS[tag]) == {*KNOWN, "details"}
    assert Locale.parse(tag).tag == tag
    titles = list(WORDS[tag].values())
    assert len(set(titles)) == len(titles)
    assert not [title for title in titles if title != title.strip() or set(title) & set('"|{}[]<>`*_\n')]


def test_a_locale_takes_its_parents_words():
    assert default_title("warning", Locale("de-AT")) == "Warnung"
    assert default_title("note", Locale("zh-TW")) != default_title("note", Locale("zh-CN"))
    assert default_title("recipe", Locale("de")) == ""
    assert not is_known("recipe")
