"""Units with plural forms as PO files: gettext's shape on disk, one text in memory."""

from dataclasses import replace

import pytest
from catalog_strategies import filled, texts
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from polyhelp.locales import dump, read
from polyhelp.locales.po import lines
from polyhelp.model import Catalog, Key, Locale, Origin, State, Unit
from polyhelp.text.plural import TAG, Plural
from polyhelp.text.plural_rules import rule

PATH = "policies/returns.md"
N = "n=returns.window.amount"
SOURCE = str(Plural(N, ("one day", "{{ n }} days")))


def catalog(tag, *units):
    return Catalog(Locale(tag), PATH, units)


def back(tmp_path, before, text=""):
    file = tmp_path / "c.po"
    file.write_text(text or dump(before), encoding="utf-8", newline="")
    return read(file, before.locale, PATH, "c.po")


def unit(*forms, **more):
    return Unit(SOURCE, str(Plural(N, forms)) if forms else "", **more)


def test_the_file_is_gettexts_own(tmp_path):
    text = dump(catalog("pl", unit("dzień", "{{ n }} dni", "{{ n }} dni", notes=("paragraph",)), Unit("Plain.", "P.")))
    assert (
        '"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\\n"'
        in text
    )
    assert (
        "#. paragraph\n#: policies/returns.md\n"
        'msgctxt "trans n=returns.window.amount"\nmsgid "one day"\nmsgid_plural "{{ n }} days"\n'
        'msgstr[0] "dzień"\nmsgstr[1] "{{ n }} dni"\nmsgstr[2] "{{ n }} dni"\n'
    ) in text
    again = back(tmp_path, catalog("pl"), text)
    assert dump(again) == text
    assert lines(tmp_path / "c.po")[SOURCE, ""] == text[: text.index("msgstr[0]")].count("\n") + 1


def test_a_catalog_without_plurals_has_no_header_for_them():
    assert "Plural-Forms" not in dump(catalog("pl", Unit("Plain.", "P.")))
    assert "nplurals=1; plural=0;" in dump(catalog("ja", unit()))


@pytest.mark.parametrize("tag", ["de", "pl", "ja", "ar"])
def test_everything_about_a_unit_survives(tmp_path, tag):
    forms = tuple(f"form {at} {{{{ n }}}}" for at in range(rule(Locale(tag)).forms))
    target = str(Plural(N, forms))
    earlier = str(Plural("n=warranty.amount", ("one year", "{{ n }} years")))
    before = catalog(
        tag,
        unit(),
        unit(*forms, context="other").accepted("Ana", "2026-11-03"),
        unit(*forms, context="third", fuzzy=True, origin=Origin.of("mt/deepl", "2026-11-01", target)),
        unit(*forms, context="two\nlines", fuzzy=True, previous=earlier),
        unit(*forms, context="fourth", fuzzy=True, previous="plain before"),
        Unit("one day", "plain", fuzzy=True, previous=SOURCE),
        Unit(SOURCE.replace("returns", "warranty"), str(Plural(N.replace("returns", "warranty"), forms))),
        unit(*forms, context="gone", fuzzy=True, previous=earlier, obsolete=True),
        unit(*forms, context="gone too", obsolete=True, comments=("kept",)),
    )
    after = back(tmp_path, before)
    assert after.units == before.units
    assert dump(after) == dump(before)


def test_a_target_that_lacks_a_form_waits_and_keeps_its_words(tmp_path):
    (found,) = back(tmp_path, catalog("pl", unit("dzień", "", "{{ n }} dni"))).units
    assert (found.state(), found.fuzzy) == (State.INITIAL, True)
    assert Plural.parse(found.target).forms == ("dzień", "", "{{ n }} dni")
    text = dump(catalog("pl", unit("a", "b", "c"))).replace('msgstr[2] "c"\n', "")
    (found,) = back(tmp_path, catalog("pl"), text).units
    assert Plural.parse(found.target).forms == ("a", "b", "")
    assert found.state() is State.INITIAL


def test_a_form_too_many_is_kept(tmp_path):
    (found,) = back(tmp_path, catalog("de", unit("a", "b", "c"))).units
    assert Plural.parse(found.target).forms == ("a", "b", "c")


def test_a_target_in_another_shape_gets_its_sources(tmp_path):
    old = Origin.of("mt/deepl", "2026-11-01", "5 Tage")
    (found,) = back(tmp_path, catalog("de", Unit(SOURCE, "5 Tage", fuzzy=True, previous="5 days", origin=old))).units
    assert Plural.parse(found.target) == Plural(N, ("5 Tage", "5 Tage"))
    assert (found.maker, found.previous) == ("mt/deepl", "5 days")
    moved = str(Plural("n=warranty.amount", ("ein Tag", "Tage")))
    (found,) = back(tmp_path, catalog("de", Unit(SOURCE, f"Nach {moved}.", fuzzy=True))).units
    assert Plural.parse(found.target) == Plural(N, ("Nach ein Tag.", "Nach Tage."))


def test_the_key_is_the_pages():
    assert unit().key == Key(SOURCE)


@st.composite
def plural_units(draw, forms):
    plain = texts.map(lambda text: TAG.sub("", text))
    source = Plural(
        N, (draw(filled.filter(lambda text: text == text.strip())), draw(plain.filter(bool)).strip() or "x")
    )
    target = str(Plural(N, tuple(draw(plain.map(str.strip).filter(bool)) for _ in range(forms))))
    return Unit(str(source), draw(st.sampled_from(["", target])), context=draw(st.sampled_from(["", "button", "a b"])))


@given(
    found=st.lists(
        plural_units(3), max_size=4, unique_by=lambda unit: (Plural.parse(unit.source).forms[0], unit.context)
    )
)
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_every_catalog_with_plurals_survives_the_disk(tmp_path, found):
    before = catalog("pl", *found)
    after = back(tmp_path, before)
    assert after.units == before.units
    assert dump(after) == dump(replace(before, header=after.header))
