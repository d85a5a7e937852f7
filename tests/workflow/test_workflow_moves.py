"""Texts that move to other articles, articles that get other names, and what need not be read again."""

import os
import random
from collections import Counter
from dataclasses import replace

import pytest

from polyhelp.locales import files
from polyhelp.model import Origin, State
from polyhelp.workflow.insync import FILE, InSync

REFUNDS = "returns/refunds.md"
MOVING = "We send your money back the way you paid."


def translated(unit):
    if unit.target or unit.obsolete:
        return unit
    return replace(unit, target=f"«{unit.source}»", fuzzy=False).accepted("Anna", "2026-11-22")


@pytest.fixture
def reviewed(shop):
    """The small help center with everything reviewed in German."""
    assert shop.polyhelp("sync").status == 0
    for path in (REFUNDS, "index.md", "contact.md"):
        shop.change("de", path, translated)
    assert shop.polyhelp("sync").status == 0
    return shop


def counts(done):
    total = Counter()
    for change in done.json["changes"]:
        total.update({key: value for key, value in change.items() if isinstance(value, int)})
    return {key: value for key, value in total.items() if value}


# ------------------------------------------------------------ moved


def test_a_paragraph_that_moves_to_another_article_stays_reviewed(reviewed):
    before = reviewed.unit("de", REFUNDS, MOVING)
    reviewed.edit(f"content/{REFUNDS}", f"{MOVING}\n\n", "")
    reviewed.write("content/contact.md", reviewed.read("content/contact.md") + f"\n{MOVING}\n")
    done = reviewed.polyhelp("sync", "--locale", "de", "--json")
    assert counts(done) == {"moved": 1}
    after = reviewed.unit("de", "contact.md", MOVING)
    assert after == before
    assert after.state() is State.REVIEWED
    assert MOVING not in reviewed.read("locales/de/returns/refunds.po")


def test_a_paragraph_that_is_copied_leaves_the_first_one_where_it_is(reviewed):
    before = reviewed.read("locales/de/returns/refunds.po")
    reviewed.write("content/contact.md", reviewed.read("content/contact.md") + f"\n{MOVING}\n")
    assert counts(reviewed.polyhelp("sync", "--locale", "de", "--json")) == {"new": 1}
    assert reviewed.read("locales/de/returns/refunds.po") == before


def test_the_receiver_is_written_before_the_giver(reviewed, monkeypatch):
    reviewed.edit(f"content/{REFUNDS}", f"{MOVING}\n\n", "")
    reviewed.write("content/contact.md", reviewed.read("content/contact.md") + f"\n{MOVING}\n")
    write = files.write

    def full(file, text, shown):
        if "contact" in file.name:
            raise files.WriteError("cannot write: No space left on device", None)
        return write(file, text, shown)

    monkeypatch.setattr(files, "write", full)
    assert reviewed.polyhelp("sync", "--locale", "de").status != 0
    monkeypatch.undo()
    assert f"«{MOVING}»" in reviewed.read("locales/de/returns/refunds.po")
    assert reviewed.polyhelp("sync", "--locale", "de").status == 0


# ------------------------------------------------------------ renamed


def test_a_renamed_article_takes_its_catalog_along(reviewed):
    before = reviewed.catalog("de", REFUNDS).units
    reviewed.file(f"content/{REFUNDS}").rename(reviewed.file("content/returns/money-back.md"))
    done = reviewed.polyhelp("sync", "--locale", "de", "--json")
    (change,) = done.json["changes"]
    assert (change["path"], change["renamed_from"], change["units"]) == ("returns/money-back.md", REFUNDS, [])
    assert reviewed.catalog("de", "returns/money-back.md").units == before
    assert not reviewed.file("locales/de/returns/refunds.po").exists()
    assert reviewed.polyhelp("sync", "--locale", "de", "--json").json["changes"] == []


def test_git_knows_an_article_that_was_renamed_and_rewritten(reviewed):
    reviewed.git("init", "-q")
    reviewed.git("add", ".")
    reviewed.git("commit", "-qm", "before")
    reviewed.git("mv", f"content/{REFUNDS}", "content/returns/money-back.md")
    reviewed.git("commit", "-qm", "a new name")
    text = reviewed.read("content/returns/money-back.md")
    changed = "\n".join(f"{line} Indeed." if line.endswith((".", "s")) else line for line in text.splitlines())
    reviewed.write("content/returns/money-back.md", changed + "\n")
    done = reviewed.polyhelp("sync", "--locale", "de", "--json")
    (change,) = done.json["changes"]
    assert change["renamed_from"] == REFUNDS
    unit = reviewed.unit("de", "returns/money-back.md", f"{MOVING} Indeed.")
    assert (unit.target, unit.previous, unit.fuzzy) == (f"«{MOVING}»", MOVING, True)


def test_another_article_under_a_new_name_takes_nothing(reviewed):
    reviewed.file(f"content/{REFUNDS}").unlink()
    reviewed.write("content/returns/cats.md", "# Cats\n\nCats sleep.\n")
    reviewed.polyhelp("sync", "--locale", "de")
    assert {unit.target for unit in reviewed.catalog("de", "returns/cats.md").units} == {""}
    assert f"«{MOVING}»" in reviewed.read("locales/de/returns/refunds.po")


def test_an_article_whose_name_begins_with_an_underscore_keeps_its_catalog(reviewed):
    reviewed.write("content/_draft.md", "# Draft\n\nNot yet.\n")
    reviewed.polyhelp("sync", "--locale", "de")
    reviewed.change("de", "_draft.md", translated)
    reviewed.file(FILE).unlink()
    assert reviewed.polyhelp("sync", "--locale", "de", "--json").json["changes"] == []
    assert reviewed.unit("de", "_draft.md", "Not yet.").target == "«Not yet.»"


# ------------------------------------------------------------ carried and minor


def test_a_link_that_leads_elsewhere_costs_nothing(reviewed, engine):
    reviewed.edit("content/index.md", "policies/returns.md", "policies/returns.md#fees")
    done = reviewed.polyhelp("sync", "--locale", "de", "--json")
    assert counts(done) == {"carried": 1}
    unit = reviewed.unit("de", "index.md", "Read our [return policy](policies/returns.md#fees).")
    assert unit.target == "«Read our [return policy](policies/returns.md#fees).»"
    assert unit.state() is State.REVIEWED
    reviewed.polyhelp("translate", "--locale", "de", "--engine", "counting")
    assert not [text for _, text in engine.sent if "return policy" in text]


def test_a_typo_is_minor_when_a_person_says_so(reviewed):
    reviewed.edit(f"content/{REFUNDS}", "Wait two more days.", "Wait two more day's.")
    done = reviewed.polyhelp("sync", "--minor", f"content/{REFUNDS}", "--locale", "de", "--json")
    assert counts(done) == {"carried": 1}
    assert reviewed.unit("de", REFUNDS, "Wait two more day's.").state() is State.REVIEWED


def test_minor_holds_only_for_the_named_articles(reviewed):
    reviewed.edit(f"content/{REFUNDS}", "Wait two more days.", "Wait two more weeks.")
    reviewed.polyhelp("sync", "--minor", "contact.md", "--locale", "de")
    assert reviewed.unit("de", REFUNDS, "Wait two more weeks.").state() is State.INITIAL


def test_an_article_that_is_not_there_is_told(reviewed):
    done = reviewed.polyhelp("sync", "--minor", "returns/refund.md")
    assert (done.status, "did you mean 'returns/refunds.md'?" in done.err) == (2, True)
    assert reviewed.polyhelp("sync", REFUNDS).status == 2


def test_sync_says_what_the_memory_covers(reviewed):
    reviewed.edit(f"content/{REFUNDS}", "Wait two more days.", "Wait two more weeks.")
    reviewed.write("content/contact.md", reviewed.read("content/contact.md") + f"\n{MOVING}\n")
    done = reviewed.polyhelp("sync", "--leverage", "--locale", "de", "--json")
    row = done.json["leverage"]["de"]
    assert sum(one["segments"] for one in row.values()) > 1
    assert sum(one["words"] for name, one in row.items() if name in {"100", "in-context"}) >= 9
    assert "to translate" in reviewed.polyhelp("sync", "--leverage", "--locale", "de").out


# ------------------------------------------------------------ what need not be read again


def test_nothing_is_read_that_was_up_to_date(reviewed, monkeypatch):
    monkeypatch.setattr("polyhelp.locales.read", lambda *_: pytest.fail("read a catalog"))
    done = reviewed.polyhelp("sync", "--json")
    assert (done.status, done.json["changes"]) == (0, [])
    assert done.json["units"] > 50


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"version": 1, "rows": {"locales/de/index.po": [1]}}', None])
def test_without_what_was_remembered_all_is_as_before(reviewed, content):
    units = reviewed.polyhelp("sync", "--json").json["units"]
    if content is None:
        reviewed.file(FILE).unlink()
    else:
        reviewed.write(str(FILE), content)
    assert reviewed.polyhelp("sync", "--json").json == {
        "ok": True, "problems": [], "remarks": [], "units": units, "stamps": 0, "changes": []
    }  # fmt: skip


def test_an_edit_of_the_same_size_in_the_same_instant_is_seen(reviewed):
    file = reviewed.file("locales/de/contact.po")
    InSync(reviewed.root)
    times = file.stat().st_mtime_ns
    file.write_bytes(file.read_bytes().replace(b'msgid "Contact us"', b'msgid "Contact uz"'))
    os.utime(file, ns=(times, times))
    assert counts(reviewed.polyhelp("sync", "--locale", "de", "--json")) != {}


def test_many_catalogs_are_shared_among_processes(reviewed, monkeypatch):
    monkeypatch.setattr("polyhelp.workflow.sync.MANY", 1)
    reviewed.file(FILE).unlink()
    reviewed.edit(f"content/{REFUNDS}", "Wait two more days.", "Wait two more weeks.")
    reviewed.write("locales/ar/contact.po", "no catalog")
    done = reviewed.polyhelp("sync", "--json")
    assert {change["locale"] for change in done.json["changes"]} == {"de", "pt-BR", "ar"}
    assert any("locales/ar/contact.po" in problem["path"] for problem in done.json["problems"])
    assert reviewed.unit("de", REFUNDS, "Wait two more weeks.").previous == "Wait two more days."


# ------------------------------------------------------------ nobody's words are lost


@pytest.mark.parametrize("seed", range(6))
def test_whatever_writers_do_no_reviewed_word_is_lost(shop, seed, monkeypatch):
    chance = random.Random(seed)  # noqa: S311 (the same walk each time)
    write = files.write
    given: set[str] = set()
    pages = ["returns/refunds.md", "contact.md", "index.md"]
    for step in range(10):
        act = chance.choice(["edit", "move", "rename", "remove", "restore", "interrupt"])
        page = chance.choice(pages)
        lines = shop.read(f"content/{page}").split("\n")
        prose = [n for n, line in enumerate(lines) if n > 4 and line.endswith(".") and line[0].isalpha()]
        if act == "edit" and prose:
            lines[chance.choice(prose)] += f" Also {step}."
        elif act == "move" and prose:
            other = chance.choice(pages)
            text = lines.pop(chance.choice(prose))
            shop.write(f"content/{page}", "\n".join(lines))
            lines = [*shop.read(f"content/{other}").split("\n"), "", text, ""]
            page = other
        elif act == "rename":
            new = f"{page.removesuffix('.md')}-{step}.md"
            shop.file(f"content/{page}").rename(shop.file(f"content/{new}"))
            pages[pages.index(page)] = page = new
        elif act == "remove" and prose:
            lines.pop(chance.choice(prose))
        elif act == "interrupt":
            left = [chance.randrange(3)]

            def failing(file, text, shown, left=left):
                if left[0] == 0:
                    raise KeyboardInterrupt
                left[0] -= 1
                return write(file, text, shown)

            monkeypatch.setattr(files, "write", failing)
        shop.write(f"content/{page}", "\n".join(lines))
        shop.polyhelp("sync", "--locale", "de")
        monkeypatch.setattr(files, "write", write)
        shop.polyhelp("sync", "--locale", "de")
        assert shop.polyhelp("sync", "--locale", "de", "--json").json["changes"] == []
        stands = "".join(file.read_text() for file in shop.file("locales/de").rglob("*.po")).replace('"\n"', "")
        for target in given:
            assert target in stands, (step, act)
        for path in pages:
            shop.change("de", path, translated)
            given |= {unit.target for unit in shop.catalog("de", path).units if unit.target.startswith("«")}


def test_the_origin_of_a_machine_moves_along(reviewed):
    def by_machine(unit):
        return replace(unit, target="X", review=None, fuzzy=True, origin=Origin.of("mt/deepl", "2026-11-21", "X"))

    reviewed.change("de", REFUNDS, lambda unit: by_machine(unit) if unit.source == MOVING else unit)
    reviewed.edit(f"content/{REFUNDS}", f"{MOVING}\n\n", "")
    reviewed.write("content/contact.md", reviewed.read("content/contact.md") + f"\n{MOVING}\n")
    reviewed.polyhelp("sync", "--locale", "de")
    unit = reviewed.unit("de", "contact.md", MOVING)
    assert (unit.maker, unit.fuzzy) == ("mt/deepl", True)
