"""The shipped catalogs and one with every feature, in the hands of GNU gettext's own tools."""

import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from polyhelp.locales import dump, read
from polyhelp.locales.po import lines
from polyhelp.model import Catalog, Locale, Origin, Review, State, Unit, digest
from polyhelp.text.plural import Plural

ROOT = Path(__file__).parents[2] / "locales"
FILES = sorted(ROOT.rglob("*.po"))
PATH = "returns/refunds.md"
FIELDS = {  # what Poedit and Weblate want to find (GNU gettext manual, "Filling in the Header Entry")
    "Project-Id-Version", "PO-Revision-Date", "Last-Translator", "Language-Team", "Language", "MIME-Version",
    "Content-Type", "Content-Transfer-Encoding",
}  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def _installed():
    missing = [tool for tool in ("msgfmt", "msgmerge", "msgattrib") if not shutil.which(tool)]
    assert not missing, f"GNU gettext is not installed ({', '.join(missing)}): apt-get install gettext"


def run(*command, cwd=ROOT):
    done = subprocess.run(command, cwd=cwd, capture_output=True, encoding="utf-8", check=False, timeout=60)
    return done.returncode, done.stderr


def at_once(work, items):
    with ThreadPoolExecutor(4) as pool:
        return list(pool.map(work, items))


def article(file):
    path = file.relative_to(ROOT).as_posix().split("/", 1)[1].removesuffix(".po")
    return path if path.startswith("_") else f"{path}.md"


def loaded(file, like=None):
    like = like or file
    return read(file, Locale(like.relative_to(ROOT).parts[0]), article(like), file.name)


def template(catalog, sources=None):
    """What xgettext would give msgmerge: the same units without targets; ``sources`` for theirs where not None."""
    units = [unit for unit in catalog.units if not unit.obsolete]
    units = [Unit(unit.source, context=unit.context, notes=unit.notes) for unit in units]
    return dump(replace(catalog, units=tuple(sources if sources is not None else units)))


def merged(folder, catalog, pot, *options):
    """The catalog after ``msgmerge --previous`` with a template."""
    (folder / "c.po").write_text(dump(catalog), encoding="utf-8")
    (folder / "t.pot").write_text(pot, encoding="utf-8")
    command = ("msgmerge", "--quiet", "--previous", *options, "-o", "d.po", "c.po", "t.pot")
    assert run(*command, cwd=folder) == (0, "")
    return read(folder / "d.po", catalog.locale, catalog.path, "d.po")


# ------------------------------------------------------------ every shipped catalog


def test_there_are_catalogs_to_test():
    assert len(FILES) > 100


def test_msgfmt_finds_nothing_in_any_shipped_catalog():
    found = at_once(lambda file: run("msgfmt", "--check", "-o", "/dev/null", str(file)), FILES)
    assert [said for status, said in found if status or said] == []


def test_every_shipped_catalog_says_what_editors_want_to_know():
    for file in FILES:
        header = dict(loaded(file).header)
        assert header.keys() >= FIELDS, file
        assert header["Content-Type"] == "text/plain; charset=UTF-8"
        assert header["Language"].replace("_", "-") == file.relative_to(ROOT).parts[0]


def test_msgmerge_changes_no_unit_of_any_shipped_catalog(tmp_path):
    def there_and_back(at):
        folder = tmp_path / str(at)
        folder.mkdir()
        catalog = loaded(FILES[at])
        return catalog, merged(folder, catalog, template(catalog), "--no-fuzzy-matching")

    for before, after in at_once(there_and_back, range(len(FILES))):
        assert after.units == before.units, before.path


# ------------------------------------------------------------ one catalog with everything


def machine(source, target, **more):
    return Unit(source, target, fuzzy=True, origin=Origin.of("mt/deepl", "2026-11-01", target), **more)


TWICE = Unit("Seconded {{ returns.window }}.", "Duas vezes {{ returns.window }}.", notes=("paragraph",)).accepted(
    "Ana Costa", "2026-11-03", "14 days", ("BR", "US-CA")
)
TWICE = replace(TWICE, review=TWICE.review.with_second("Bia Lima", "2026-11-04"))
FULL = Catalog(
    Locale("pt-BR"),
    PATH,
    (
        Unit("Open", "Abrir", context="button", notes=("heading",)),
        Unit("Open", "Aberto", context="state of a shop", notes=("table cell",)),
        Unit(
            'Say "thanks" \\ and wait.\nThen go.', 'Diga "obrigado" \\ e espere.\nDepois vá.', notes=("paragraph",),
            review=Review("Ana Costa", "2026-11-03", digest("x")), comments=("asked the shop",),
        ),
        Unit("Reviewed.", "Revisado.", notes=("paragraph",)).accepted("Ana Costa", "2026-11-03"),
        machine("By a machine.", "Por uma máquina.", notes=("paragraph", "note: be short")),
        machine("Source of today.", "Alvo de ontem.", previous="Source of yesterday.", notes=("list item",)),
        Unit("Typed by hand.", "Escrito à mão.", origin=Origin.of("mt/deepl", "2026-11-01", "other")),
        Unit("Kept out.", notes=("title",), comments=(f"kept out: deepl {digest('Kept out.')}",)),
        Unit(
            "Waived 5.", "Dispensado.", notes=("paragraph",),
            comments=("waived: numbers Ana 2026-11-03 0123456789abcdef said in words", 'theirs: "Outro \\"alvo\\"."'),
        ),
        TWICE,
        Unit("Rejected.", notes=("paragraph",), comments=("rejected: Ana 2026-11-03 0123456789abcdef clumsy",)),
        Unit("Gone.", "Foi.", obsolete=True, comments=("kept for its words",)).accepted("Ana Costa", "2026-11-03"),
        machine("Gone, too.", "Foi também.", context="c", previous="Gone as well.", obsolete=True),
    ),
)  # fmt: skip


def facts(catalog):
    """All that polyhelp knows of a unit."""
    return {(unit.key, unit.obsolete): (unit, unit.state(), unit.maker) for unit in catalog.units}


def survives_its_end(folder, catalog):
    """Every translation is as it was after its text has left the page and come back."""
    gone = merged(folder, catalog, template(catalog, [Unit("Quite another thing, long and unlike all others.")]))
    back = merged(folder, gone, template(catalog))
    for unit in catalog.current:
        if unit.target:
            after = next(one for one in back.current if one.key == unit.key)
            assert replace(after, notes=()) == replace(unit, notes=())


def test_msgfmt_finds_nothing_in_the_full_catalog(tmp_path):
    (tmp_path / "c.po").write_text(dump(FULL), encoding="utf-8")
    assert run("msgfmt", "--check", "-o", "/dev/null", "c.po", cwd=tmp_path) == (0, "")


@pytest.mark.parametrize("options", [(), ("--no-wrap",), ("--width=30",), ("--no-fuzzy-matching",)])
def test_everything_survives_msgmerge(tmp_path, options):
    assert facts(merged(tmp_path, FULL, template(FULL), *options)) == facts(FULL)


def test_everything_survives_when_every_unit_becomes_obsolete_and_comes_back(tmp_path):
    survives_its_end(tmp_path, FULL)


@pytest.mark.parametrize("options", [("--no-obsolete",), ("--translated",), ("--untranslated",), ("--only-fuzzy",)])
def test_what_msgattrib_picks_is_as_it_was(tmp_path, options):
    (tmp_path / "c.po").write_text(dump(FULL), encoding="utf-8")
    assert run("msgattrib", *options, "-o", "d.po", "c.po", cwd=tmp_path) == (0, "")
    picked = facts(read(tmp_path / "d.po", FULL.locale, PATH, "d.po"))
    assert picked
    assert picked.items() <= facts(FULL).items()


def changed(tmp_path, unit, source):
    """The unit after msgmerge has met its edited source."""
    (after,) = merged(tmp_path, replace(FULL, units=(unit,)), template(FULL, [Unit(source)])).current
    assert after.source == source
    return after


def test_msgmerge_keeps_the_target_of_an_edited_source_with_its_previous_source(tmp_path):
    after = changed(
        tmp_path, Unit("Send the parcel back to us.", "Envie.").accepted("Ana", "2026-11-03"), "Send the parcel to us."
    )
    assert (after.target, after.previous, after.state()) == ("Envie.", "Send the parcel back to us.", State.INITIAL)
    assert after.review  # it has expired by itself, and says who knew the old text


def test_the_first_previous_source_survives_a_second_edit(tmp_path):
    once = changed(tmp_path, Unit("Send the parcel back to us.", "Envie."), "Send the parcel to us.")
    twice = changed(tmp_path, once, "Send the parcels to us.")
    assert twice.previous == "Send the parcel back to us."


def test_a_machines_target_whose_source_msgmerge_changed_waits_for_a_person(tmp_path):
    # msgmerge gives no previous source to what is fuzzy without one; `polyhelp sync` does
    before = machine("Send the parcel back to us.", "Envie o pacote.")
    after = changed(tmp_path, before, "Send the parcel to us.")
    assert (after.target, after.state(), after.by_machine) == ("Envie o pacote.", State.INITIAL, True)


def test_flags_of_other_tools_are_kept(tmp_path):
    text = dump(replace(FULL, units=(machine("a", "A"), Unit("b", "B"), Unit("c", "C", obsolete=True))))
    text = text.replace("#, fuzzy\n", "#, fuzzy, no-wrap, max-length:40\n").replace(
        'msgid "b"', '#, no-wrap\nmsgid "b"'
    )
    (tmp_path / "c.po").write_text(text, encoding="utf-8")
    catalog = read(tmp_path / "c.po", FULL.locale, PATH, "c.po")
    assert "#, fuzzy, no-wrap, max-length:40\n" in dump(catalog)
    assert '#, no-wrap\nmsgid "b"' in dump(catalog)
    assert dump(catalog) == text


@pytest.mark.parametrize("line", ["#= no-wrap, c-format", "#=no-wrap, c-format"])
def test_flags_on_lines_of_their_own_are_read(tmp_path, line):
    text = dump(replace(FULL, units=(machine("a", "A\u2028B"),))).replace('msgid "a"', f'{line}\nmsgid "a"')
    (tmp_path / "c.po").write_text(text, encoding="utf-8", newline="")
    catalog = read(tmp_path / "c.po", FULL.locale, PATH, "c.po")
    assert [(unit.source, unit.target) for unit in catalog.units] == [("a", "A\u2028B")]
    assert "#, fuzzy, no-wrap, c-format\n" in dump(catalog)
    at = lines(tmp_path / "c.po")["a", ""]
    assert text.split("\n")[at - 1 : at + 1] == ['msgstr ""', '"A\u2028"']


def test_flags_survive_another_tool_and_a_second_reading(tmp_path):
    flagged = Catalog(FULL.locale, PATH, (Unit("a", "A", comments=("flags: no-wrap", "asked the shop")),))
    (tmp_path / "c.po").write_text(dump(flagged), encoding="utf-8")
    assert run("msgcat", "-o", "d.po", "c.po", cwd=tmp_path) == (0, "")
    after = read(tmp_path / "d.po", FULL.locale, PATH, "d.po")
    assert dump(after) == dump(flagged)
    assert after.units[0].comments == ("asked the shop", "flags: no-wrap")


# ------------------------------------------------------------ plural forms

N = "n=returns.window.amount"
ONE_DAY = str(Plural(N, ("You have one day.", "You have {{ n }} days.")))
PLURALS = Catalog(
    Locale("pl"),
    "policies/returns.md",
    (
        Unit(ONE_DAY, str(Plural(N, ("Jeden dzień.", "{{ n }} dni.", "{{ n }} dni, tak."))), notes=("paragraph",)),
        Unit(
            ONE_DAY.replace("returns", "warranty"), str(Plural("n=warranty.window.amount", ("a", "b", "c"))),
            notes=("paragraph",),
        ),
        machine(ONE_DAY, str(Plural(N, ("d", "e", "f"))), context="button", notes=("heading",)),
        machine(
            str(Plural(N, ("Today.", "In {{ n }} days."))), str(Plural(N, ("g", "h", "i"))), notes=("list item",),
            previous=str(Plural("n=warranty.amount", ("Yesterday.", "{{ n }} days ago."))),
        ),
        Unit(str(Plural(N, ("Empty.", "{{ n }} empty."))), notes=("paragraph",)),
        Unit("You have one day, plainly.", "Zwykły.", notes=("paragraph",)),
        Unit(str(Plural(N, ("Gone.", "{{ n }} gone."))), str(Plural(N, ("j", "k", "l"))), obsolete=True),
    ),
)  # fmt: skip


def test_msgfmt_finds_nothing_in_a_catalog_with_plurals(tmp_path):
    for tag, forms in (("de", 2), ("ja", 1), ("ar", 6), ("pl", 3)):
        target = str(Plural(N, tuple(f"{at} {{{{ n }}}}" for at in range(forms))))
        (tmp_path / "c.po").write_text(dump(Catalog(Locale(tag), PATH, (Unit(ONE_DAY, target),))), encoding="utf-8")
        assert run("msgfmt", "--check", "-o", "/dev/null", "c.po", cwd=tmp_path) == (0, "")


@pytest.mark.parametrize("options", [(), ("--no-wrap",), ("--width=30",), ("--no-fuzzy-matching",)])
def test_plurals_survive_msgmerge(tmp_path, options):
    assert facts(merged(tmp_path, PLURALS, template(PLURALS), *options)) == facts(PLURALS)


def test_plurals_survive_when_they_become_obsolete_and_come_back(tmp_path):
    survives_its_end(tmp_path, PLURALS)


def test_msgmerge_keeps_the_forms_of_an_edited_plural(tmp_path):
    old = str(Plural(N, ("Send the parcel back in one day.", "Send the parcel back in {{ n }} days.")))
    new = str(Plural(N, ("Send the parcel to us in one day.", "Send the parcel to us in {{ n }} days.")))
    unit = Unit(old, str(Plural(N, ("a", "b", "c"))))
    (after,) = merged(tmp_path, replace(PLURALS, units=(unit,)), template(PLURALS, [Unit(new)])).current
    assert (after.source, after.target, after.previous, after.fuzzy) == (new, unit.target, old, True)
