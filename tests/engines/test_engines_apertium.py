"""The engine without its programs: which pair serves, and what is missing."""

import pytest

from polyhelp.engines import apertium, apertium_pipeline
from polyhelp.engines.apertium import ApertiumEngine, ApertiumOptions
from polyhelp.engines.apertium_pipeline import escaped
from polyhelp.engines.base import Ask, Markup, Request
from polyhelp.errors import EngineError
from polyhelp.model import Locale

MODES = "eng-spa spa-eng spa-eng_US en-gl es-pt es-pt_BR eng-cat eng-cat_valencia nob-nno spa-eng-tagger dan-nor"


@pytest.fixture
def engine():
    made = ApertiumEngine(ApertiumOptions())
    yield made
    made.close()


@pytest.fixture
def pairs(tmp_path, monkeypatch):
    for name in MODES.split():
        (tmp_path / f"{name}.mode").write_text("")
    monkeypatch.setattr(apertium, "modes", lambda: tmp_path)


@pytest.mark.usefixtures("pairs")
@pytest.mark.parametrize(
    ("source", "target", "pair"),
    [
        ("en", "es", "eng-spa"),
        ("en-GB", "es-419", "eng-spa"),
        ("en", "es-MX", "eng-spa"),
        ("en", "gl", "en-gl"),
        ("en", "ca", "eng-cat"),
        ("es", "pt-BR", "es-pt_BR"),
        ("es", "pt-PT", "es-pt"),
        ("es", "en-US", "spa-eng_US"),
        ("es", "en-GB", "spa-eng"),
        ("nb", "nn", "nob-nno"),
        ("da", "nb", "dan-nor"),
    ],
)
def test_the_nearest_installed_pair_serves(engine, source, target, pair):
    assert engine.obstacle(Locale(source), Locale(target)) == ""
    ability = engine.ability(Locale(source), Locale(target))
    assert (ability.code, ability.markup) == (pair, Markup.BLANKS)


@pytest.mark.usefixtures("pairs")
@pytest.mark.parametrize(
    ("source", "target", "way_out"),
    [
        ("sv", "da", "apt-get install apertium-swe-dan"),
        ("es", "it", "apt-get install apertium-spa-ita"),
        ("en", "eo", "apt-get install apertium-eo-en"),
        ("en", "de", "choose another engine, Debian has no such pair"),
    ],
)
def test_a_missing_pair_is_told_with_its_package(engine, source, target, way_out):
    message = f"Apertium's pair from {source} to {target} is not installed: {way_out}"
    assert engine.obstacle(Locale(source), Locale(target)) == message
    with pytest.raises(EngineError, match="is not installed"):
        engine.ability(Locale(source), Locale(target))
    with pytest.raises(EngineError, match="is not installed"):
        engine.translate([Ask("Save")], Request(Locale(source), Locale(target)))


def test_missing_programs_are_told_with_the_packages(engine, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert apertium_pipeline.modes() is None
    what = "Apertium is not installed: apt-get install apertium"
    assert engine.obstacle(Locale("en"), Locale("es-MX")) == f"{what} apertium-eng-spa"
    assert engine.obstacle(Locale("en"), Locale("de")) == what


def test_it_makes_drafts_on_this_machine_for_nothing(engine):
    traits = engine.traits
    assert (traits.draft, traits.remote, traits.hears, traits.requests, traits.price.amount) == (
        True,
        False,
        False,
        1,
        0,
    )


def test_what_the_stream_format_means_is_escaped_once():
    assert escaped("a/b [c] <d> $5 @ {e} \\") == "a\\/b \\[c\\] \\<d\\> \\$5 \\@ \\{e\\} \\\\"
    assert escaped(escaped("a/b [c] \\")) == escaped("a/b [c] \\")
    assert escaped("[[t:g:1; t:g:2]]word[[/]] [[x]]") == "[[t:g:1; t:g:2]]word[[/]] \\[\\[x\\]\\]"
    assert escaped("a\0b") == "a b"
