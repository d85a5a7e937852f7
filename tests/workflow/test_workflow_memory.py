"""The translation memory at work: what is filled from it and as what, what it counts, and its commands."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace

import pytest

from polyhelp.memory import database
from polyhelp.model import Locale, State, digest
from polyhelp.workflow import memory
from polyhelp.workflow.memory import MatchClass, leverage
from polyhelp.workflow.project import Project

ANSWER = "We answer within two days."
WORDS = "Wir antworten binnen zwei Tagen."
TRANSLATE = ("translate", "--engine", "counting")
WITHOUT = ("translate", "--engine", "none")
TMX = """<?xml version="1.0"?>
<tmx version="1.4"><header srclang="en"/><body>
<tu><tuv xml:lang="en"><seg>{source}</seg></tuv><tuv xml:lang="{tag}"><seg>{target}</seg></tuv></tu>
</body></tmx>"""


def says(source, target, **more):
    """A change of a catalog: a person gives ``target`` to ``source``."""
    return lambda unit: replace(unit, target=target, origin=None, **more) if unit.source == source else unit


@pytest.fixture
def german(shop):
    """Synced; a person has translated one sentence into German."""
    shop.polyhelp("sync")
    shop.change("de", "contact.md", says(ANSWER, WORDS))
    return shop


def add_page(shop, text, path="content/copy.md"):
    shop.write(path, f"# A title of its own\n\n{text}\n")
    assert shop.polyhelp("sync").status == 0
    return path.removeprefix("content/")


# ---------------------------------------------------------------- equal texts


def test_words_of_a_page_that_is_gone_come_back_elsewhere(german, engine):
    german.file("content/contact.md").unlink()
    german.polyhelp("sync")
    path = add_page(german, ANSWER)
    german.polyhelp(*TRANSLATE, "--locale", "de")
    unit = german.unit("de", path, ANSWER)
    assert (unit.target, unit.maker, unit.fuzzy) == (WORDS, "tm/100", False)
    assert ("de", ANSWER) not in engine.sent


def test_a_reviewed_target_comes_before_another_and_its_review_stays_where_it_was(german, engine):
    add_page(german, ANSWER, "content/a.md")
    german.change("de", "a.md", says(ANSWER, "Besser."))
    accepted = {"who": "Anna", "date": "2026-11-01"}
    german.change("de", "a.md", lambda unit: unit.accepted(**accepted) if unit.target else unit)
    path = add_page(german, ANSWER)
    german.polyhelp(*TRANSLATE, "--locale", "de")
    unit = german.unit("de", path, ANSWER)
    assert (unit.target, unit.maker, unit.review, unit.state()) == ("Besser.", "tm/100", None, State.TRANSLATED)
    assert ("de", ANSWER) not in engine.sent


@pytest.mark.usefixtures("engine")
def test_the_target_from_between_the_same_neighbours_wins(shop):
    for name, before in (("a", "Write to us."), ("b", "Call us.")):
        shop.write(f"content/{name}.md", f"# {name} page\n\n{before}\n\nWait.\n\nThank you very much.\n")
    shop.polyhelp("sync")
    shop.change("de", "a.md", says("Wait.", "Warten Sie auf Post."))
    shop.change("de", "b.md", says("Wait.", "Bleiben Sie dran."))
    shop.write("content/c.md", "# c page\n\nCall us.\n\nWait.\n\nThank you very much.\n")
    shop.write("content/d.md", "# d page\n\nWrite to us.\n\nWait.\n\nThank you very much.\n")
    shop.polyhelp("sync")
    shop.polyhelp(*TRANSLATE, "--locale", "de")
    assert shop.unit("de", "c.md", "Wait.").target == "Bleiben Sie dran."
    assert shop.unit("de", "d.md", "Wait.").target == "Warten Sie auf Post."


def test_a_machines_answer_is_reused_as_what_it_is(shop, engine):
    shop.polyhelp("sync")
    shop.polyhelp(*TRANSLATE, "--locale", "de")
    engine.sent.clear()
    path = add_page(shop, ANSWER)
    shop.polyhelp(*TRANSLATE, "--locale", "de")
    unit = shop.unit("de", path, ANSWER)
    assert (unit.maker, unit.fuzzy) == ("mt/counting", True)
    assert ("de", ANSWER) not in engine.sent


@pytest.mark.usefixtures("engine")
def test_a_rejected_target_does_not_come_back_from_anywhere(german):
    path = add_page(german, ANSWER)
    german.polyhelp(*WITHOUT)
    assert german.unit("de", path, ANSWER).target == WORDS
    rejected = f"rejected: Anna 2026-11-01 {digest(WORDS)}"
    german.change("de", path, says(ANSWER, "", comments=(rejected,)))
    german.write("locales/old.tmx", TMX.format(source=ANSWER, tag="de", target=WORDS))
    german.polyhelp(*WITHOUT)
    assert german.unit("de", path, ANSWER).target == ""
    german.polyhelp(*TRANSLATE, "--locale", "de")
    assert german.unit("de", path, ANSWER).maker == "mt/counting"


def test_a_target_with_an_error_needs_a_look(german):
    german.write("locales/old.tmx", TMX.format(source="Write to `shop@x`.", tag="de", target="Schreib uns."))
    path = add_page(german, "Write to `shop@x`.")
    german.polyhelp(*WITHOUT)
    unit = german.unit("de", path, "Write to `shop@x`.")
    assert (unit.target, unit.maker, unit.fuzzy) == ("Schreib uns.", "tm/100", True)


# ---------------------------------------------------------------- approximate matches


def test_without_an_engine_a_person_gets_the_nearest_target(german):
    path = add_page(german, "We answer within three days.")
    assert german.polyhelp(*WITHOUT, "--dry-run", "--json").json["plan"][0]["matched"] == 1
    done = german.polyhelp(*WITHOUT)
    assert "1 approximate match put in" in done.out
    unit = german.unit("de", path, "We answer within three days.")
    assert (unit.target, unit.fuzzy, unit.previous) == (WORDS, True, ANSWER)
    assert unit.maker.startswith("tm/")
    assert 75 <= int(unit.maker[3:]) < 100
    german.polyhelp("render")
    assert WORDS not in german.read(f"build/docs/de/{path}")  # customers never see it
    before = german.bytes_of("locales")
    german.polyhelp(*WITHOUT)
    german.polyhelp("sync")
    assert german.bytes_of("locales") == before


def test_with_an_engine_nothing_approximate_stays(german, engine):
    path = add_page(german, "We answer within three days.")
    german.polyhelp(*TRANSLATE, "--locale", "de")
    assert ("de", "We answer within three days.") in engine.sent
    assert german.unit("de", path, "We answer within three days.").maker == "mt/counting"


@pytest.mark.usefixtures("engine")
def test_an_engine_that_comes_later_takes_untouched_matches_and_leaves_a_persons(german):
    path = add_page(german, "We answer within three days.\n\nWe answer within four days.")
    german.polyhelp(*WITHOUT)
    touched = "Wir antworten binnen vier Tagen."
    source = "We answer within four days."
    german.change("de", path, lambda unit: replace(unit, target=touched) if unit.source == source else unit)
    german.polyhelp(*TRANSLATE, "--locale", "de")
    assert german.unit("de", path, "We answer within three days.").maker == "mt/counting"
    unit = german.unit("de", path, source)
    assert (unit.target, unit.maker, unit.fuzzy) == (touched, "human", True)


def test_what_was_kept_out_once_is_not_paid_for_again_because_of_a_match(german, engine):
    source = "Press `Send` within three days."
    path = add_page(german, source)
    german.write(
        "locales/old.tmx", TMX.format(source="Press `Send` within two days.", tag="de", target="`Send`: zwei.")
    )
    engine.say = lambda _: "<b>Quatsch"
    german.polyhelp(*TRANSLATE, "--locale", "de")
    assert german.unit("de", path, source).target == ""
    german.polyhelp(*WITHOUT, "--locale", "de")
    assert german.unit("de", path, source).target == "`Send`: zwei."
    engine.sent.clear()
    german.polyhelp(*TRANSLATE, "--locale", "de")
    assert german.unit("de", path, source).target == "`Send`: zwei."
    assert not any("Send" in text for _, text in engine.sent)


@pytest.mark.usefixtures("engine")
def test_an_accepted_match_is_a_translation(german):
    path = add_page(german, "We answer within three days.")
    german.polyhelp(*WITHOUT)
    german.polyhelp("review", "accept", path, "--locale", "de", "--as", "Anna")
    german.polyhelp(*TRANSLATE, "--locale", "de")
    unit = german.unit("de", path, "We answer within three days.")
    assert (unit.target, unit.state()) == (WORDS, State.REVIEWED)


@pytest.mark.usefixtures("engine")
def test_another_context_is_another_text(german):
    path = add_page(german, f"<!-- l10n:context chat -->\n{ANSWER}")
    german.polyhelp(*WITHOUT)
    unit = german.unit("de", path, ANSWER)
    assert (unit.target, unit.fuzzy, unit.maker, unit.previous) == (WORDS, True, "tm/99", "")
    german.polyhelp(*TRANSLATE, "--locale", "de")
    assert german.unit("de", path, ANSWER).maker == "mt/counting"


def test_a_parent_locale_helps_and_a_sibling_does_not(shop):
    shop.edit(
        "mkdocs.yml",
        "{locale: ar, name: العربية}",
        "\n        - ".join(f"{{locale: {tag}, name: {tag}}}" for tag in ("es", "es-MX", "pt-PT")),
    )
    shop.polyhelp("sync")
    shop.change("es", "contact.md", says(ANSWER, "Respondemos en dos días."))
    shop.change("pt-BR", "contact.md", says(ANSWER, "Respondemos em dois dias."))
    shop.polyhelp(*WITHOUT)
    unit = shop.unit("es-MX", "contact.md", ANSWER)
    assert (unit.target, unit.fuzzy, unit.maker) == ("Respondemos en dos días.", True, "tm/99")
    assert shop.unit("pt-PT", "contact.md", ANSWER).target == ""
    search = ("memory", "search", ANSWER, "--locale", "pt-PT", "--json")
    assert shop.polyhelp(*search).json["matches"] == []
    (match,) = shop.polyhelp(*search, "--also", "pt-BR").json["matches"]
    assert (match["target"], match["from"], match["similarity"]) == ("Respondemos em dois dias.", "pt-BR", 99)
    assert shop.polyhelp(*search, "--also", "brazilian").status == 2


def test_only_the_link_changed(shop):
    shop.polyhelp("sync")
    source = next(unit.source for unit in shop.catalog("de", "returns/refunds.md").current if "](" in unit.source)
    shop.change("de", "returns/refunds.md", says(source, f"Ü: {source}"))
    changed = source.replace("](", "](../")
    path = add_page(shop, changed, "content/deep/copy.md")
    shop.polyhelp(*WITHOUT)
    unit = shop.unit("de", path, changed)
    assert (unit.target, unit.maker, unit.previous) == (f"Ü: {changed}", "tm/99", source)


@pytest.mark.usefixtures("engine")
def test_an_old_target_of_a_changed_source_serves_where_the_old_source_stands(german):
    german.edit("content/contact.md", ANSWER, "We answer within three days.")
    german.polyhelp("sync")
    path = add_page(german, ANSWER)
    german.polyhelp(*WITHOUT)
    unit = german.unit("de", path, ANSWER)
    assert (unit.target, unit.fuzzy, unit.maker) == (WORDS, True, "tm/99")


# ---------------------------------------------------------------- counting


def test_leverage_counts_words_by_class(german):
    add_page(
        german,
        f"{ANSWER}\n\nWe answer within three days.\n\nNothing like it was ever here.\n\nAnd once more.\n",
        "content/a.md",
    )
    add_page(german, "And once more.", "content/b.md")
    before = leverage(Project.open(german.root), Locale("de"))
    assert before.words[MatchClass.EXACT] == 5
    assert before.words[MatchClass.FUZZY_85] + before.words[MatchClass.FUZZY_75] == 5
    assert before.segments[MatchClass.REPETITION] >= 2  # "And once more." and the title
    assert before.words[MatchClass.NONE] > 6
    assert sum(before.segments.values()) == sum(
        not unit.target for catalog in Project.open(german.root).catalogs(Locale("de")) for unit in catalog.current
    )
    german.polyhelp("translate", "--engine", "pseudo")
    assert leverage(Project.open(german.root), Locale("de")).total == 0
    add_page(german, "And once more.", "content/c.md")
    german.edit("content/contact.md", ANSWER, "We answer within nine days.")
    german.polyhelp("sync")
    after = leverage(Project.open(german.root), Locale("de"))
    assert after.words[MatchClass.MACHINE] == 3 + 5  # with the title
    assert after.total == 3 + 5 + 5
    assert after.words[MatchClass.FUZZY_75] + after.words[MatchClass.FUZZY_85] == 5  # its own old target is near


def test_leverage_is_in_the_plan_for_people_and_scripts(german, engine):
    add_page(german, f"{ANSWER}\n\nWe answer within three days.")
    words = (*TRANSLATE, "--dry-run", "--locale", "de")
    (line,) = german.polyhelp(*words, "--json").json["leverage"]
    assert line["locale"] == "de"
    assert line["classes"]["100"] == {"segments": 1, "words": 5}
    assert list(line["classes"]) == [class_.value for class_ in MatchClass]
    total = sum(row["words"] for row in line["classes"].values())
    assert f"de: {total} words to translate: 5 100, " in german.polyhelp(*words).out
    assert engine.sent == []


@pytest.mark.usefixtures("engine")
def test_the_plan_is_what_happens(german):
    add_page(german, f"{ANSWER}\n\nWe answer within three days.")
    for words in (WITHOUT, TRANSLATE):
        plan = german.polyhelp(*words, "--dry-run", "--json").json["plan"]
        done = german.polyhelp(*words, "--json").json
        assert sum(line["matched"] for line in plan) == done["matched"]
        planned = sum(line["segments"] + line["kept"] for line in plan if line["engine"])
        assert planned + sum(line["reused"] for line in plan) == done["translated"] + done["reused"]


# ---------------------------------------------------------------- the file


def test_only_what_changed_is_read_again(german, monkeypatch):
    read = []
    real = memory.catalogs.read
    monkeypatch.setattr(memory.catalogs, "read", lambda *given: read.append(given[3]) or real(*given))
    assert german.polyhelp("memory", "stats").status == 0
    assert len(read) == len(list(german.file("locales").rglob("*.po")))
    read.clear()
    german.change("de", "contact.md", says(ANSWER, "Anders."))
    german.polyhelp("memory", "stats")
    assert set(read) - {"locales/de/contact.po"} == set() != set(read)
    assert "Anders." in german.polyhelp("memory", "search", ANSWER, "--locale", "de").out
    assert WORDS not in german.polyhelp("memory", "search", ANSWER, "--locale", "de").out


def test_built_step_by_step_it_is_what_it_is_built_anew(german, tmp_path):
    def exported():
        german.polyhelp("memory", "export", tmp_path / "all.tmx")
        return (tmp_path / "all.tmx").read_bytes()

    exported()
    german.polyhelp("translate", "--engine", "pseudo")
    exported()
    german.edit("content/contact.md", ANSWER, "We answer within three days.")
    german.polyhelp("sync")
    german.file("content/index.md").unlink()
    german.polyhelp("sync")
    german.file("locales/ar/returns/refunds.po").unlink()
    step_by_step = exported()
    german.file(".polyhelp/memory.sqlite").unlink()
    assert exported() == step_by_step
    assert len(step_by_step) > 10_000


def test_a_broken_file_is_made_anew_with_one_remark(german):
    german.polyhelp("memory", "stats")
    for suffix in ("-wal", "-shm"):
        german.file(f".polyhelp/memory.sqlite{suffix}").unlink(missing_ok=True)
    german.write(".polyhelp/memory.sqlite", "no database\n" * 500)
    path = add_page(german, ANSWER)
    done = german.polyhelp(*WITHOUT)
    assert done.status == 0
    assert done.err.count("note: ") == 1
    assert ".polyhelp/memory.sqlite: the translation memory was broken" in done.err
    assert german.unit("de", path, ANSWER).target == WORDS
    assert german.polyhelp(*WITHOUT).err == ""


def test_without_the_file_the_work_goes_on_with_one_remark(german, monkeypatch):
    monkeypatch.setattr(database, "PATIENCE", 0.1)
    path = add_page(german, f"{ANSWER}\n\nWe answer within three days.")
    german.polyhelp("memory", "stats")
    german.change("ar", "contact.md", says(ANSWER, "نجيب خلال يومين."))
    with closing(sqlite3.connect(german.file(".polyhelp/memory.sqlite"), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        done = german.polyhelp(*WITHOUT)
        other.execute("ROLLBACK")
    assert done.status == 0
    assert done.err.count("note: ") == 1
    assert "locked" in done.err
    assert german.unit("de", path, ANSWER).maker == "tm/100"  # from the catalogs
    assert german.unit("de", path, "We answer within three days.").target == ""


def test_the_folder_is_not_for_git(german):
    german.polyhelp("memory", "stats")
    subprocess.run(["git", "init", "-q"], cwd=german.root, check=True)
    done = subprocess.run(
        ["git", "status", "--short", "--untracked-files=all"],
        cwd=german.root,
        check=True,
        capture_output=True,
        text=True,
    )
    assert "content/" in done.stdout
    assert ".polyhelp" not in done.stdout


def test_two_runs_at_once(german):
    command = [sys.executable, "-c", "from polyhelp.cli.main import main; main()", "memory", "stats", "--json"]
    running = [
        subprocess.Popen(command, cwd=german.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    done = [process.communicate(timeout=60) for process in running]
    assert [process.returncode for process in running] == [0, 0, 0], done
    assert {err for _, err in done} == {""}


def test_a_catalog_that_cannot_be_read_is_one_problem(german):
    german.write("locales/de/gone.po", 'msgid "a"\nmsgstr "b\n')
    done = german.polyhelp("memory", "search", ANSWER, "--locale", "de", "--json")
    assert done.status == 2
    assert [problem["path"] for problem in done.json["problems"]] == ["locales/de/gone.po"]
    assert done.json["matches"][0]["target"] == WORDS


# ---------------------------------------------------------------- TMX


def test_an_import_is_used_and_survives_the_loss_of_the_file(german, tmp_path):
    file = tmp_path / "agency.tmx"
    file.write_text(TMX.format(source="Call us at night.", tag="de", target="Rufen Sie nachts an."), encoding="utf-8")
    done = german.polyhelp("memory", "import", file)
    assert done.status == 0
    assert "de: 1 pair" in done.out
    assert ".polyhelp/tmx/agency.tmx" in done.out
    german.file(".polyhelp/memory.sqlite").write_bytes(b"broken")
    path = add_page(german, "Call us at night.")
    german.polyhelp(*WITHOUT)
    unit = german.unit("de", path, "Call us at night.")
    assert (unit.target, unit.maker, unit.fuzzy) == ("Rufen Sie nachts an.", "tm/100", False)
    file.write_text(TMX.format(source="Call us at night.", tag="de", target="Neu."), encoding="utf-8")
    german.polyhelp("memory", "import", file)
    assert "    Neu." in german.polyhelp("memory", "search", "Call us at night.", "--locale", "de").out


def test_a_locale_that_nobody_looks_at_is_named_and_can_be_renamed(german, tmp_path):
    file = tmp_path / "agency.tmx"
    file.write_text(TMX.format(source="Call us at night.", tag="de-DE", target="Nachts."), encoding="utf-8")
    assert "--as de-DE=TAG" in german.polyhelp("memory", "import", file).out
    search = ("memory", "search", "Call us at night.", "--locale", "de", "--json")
    assert german.polyhelp(*search).json["matches"] == []
    assert german.polyhelp("memory", "import", file, "--as", "de-DE=de").status == 0
    assert german.polyhelp(*search).json["matches"][0]["target"] == "Nachts."
    assert german.polyhelp("memory", "import", file, "--as", "German=de").status == 2


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("hello", "syntax error"),
        ('<!DOCTYPE tmx [<!ENTITY a "b">]><tmx>&a;</tmx>', "its own DTD"),
        (TMX.format(source="a", tag="en", target="b"), "there is no pair from en"),
    ],
)
def test_a_bad_import_is_explained_and_changes_nothing(german, tmp_path, text, reason):
    file = tmp_path / "agency.tmx"
    file.write_text(TMX.format(source="Call us.", tag="de", target="Gut."), encoding="utf-8")
    german.polyhelp("memory", "import", file)
    file.write_text(text, encoding="utf-8")
    done = german.polyhelp("memory", "import", file)
    assert done.status == 2
    assert reason in done.err
    assert "agency.tmx" in done.err
    assert "Gut." in german.polyhelp("memory", "search", "Call us.", "--locale", "de").out


def test_a_broken_tmx_file_in_locales_is_a_problem_and_the_rest_goes_on(german):
    german.write("locales/old.tmx", "<tmx>\n<tu>\n</tmx>")
    path = add_page(german, ANSWER)
    done = german.polyhelp(*WITHOUT)
    assert done.status == 2
    assert "locales/old.tmx:3: " in done.err
    assert german.unit("de", path, ANSWER).target == WORDS


def test_export_and_import_elsewhere(german, new_shop, tmp_path):
    done = german.polyhelp("memory", "export", tmp_path / "de.tmx", "--locale", "de", "--json")
    assert done.json["exported"] == 1
    other = new_shop(tmp_path / "other")
    other.polyhelp("sync")
    other.polyhelp("memory", "import", tmp_path / "de.tmx")
    other.polyhelp(*WITHOUT)
    assert other.unit("de", "contact.md", ANSWER).target == WORDS


def test_search_and_stats_say_what_there_is(german):
    german.polyhelp("translate", "--engine", "pseudo", "--locale", "ar")
    out = german.polyhelp("memory", "stats").out
    assert "de: 1 pair (1 person)" in out
    data = german.polyhelp("memory", "stats", "--json").json
    assert data["pairs"]["de"] == {"person": 1}
    assert data["pairs"]["ar"]["machine"] > 40
    (match,) = german.polyhelp("memory", "search", "We answer in two days.", "--locale", "de", "--json").json["matches"]
    assert (match["source"], match["target"], match["path"]) == (ANSWER, WORDS, "contact.md")
    assert 75 <= match["similarity"] < 100
    text = german.polyhelp("memory", "search", "We answer in two days.", "--locale", "de").out
    assert f"de  {match['similarity']}  fuzzy  (human, person, contact.md)" in text
    assert german.polyhelp("memory", "search", "\udcff", "--locale", "de").status == 0


# ---------------------------------------------------------------- what somebody has accepted


def edit(shop, old, new):
    file = shop.file("content/contact.md")
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    assert shop.polyhelp("sync").status == 0


@pytest.mark.usefixtures("engine")
def test_an_accepted_answer_to_a_text_that_changes_stays_in_the_catalog_and_comes_back_with_it(shop):
    shop.polyhelp("sync")
    shop.polyhelp(*TRANSLATE, "--locale", "de")
    shop.change("de", "contact.md", lambda unit: unit.accepted("Anna Berg", "2026-11-20"))
    accepted = shop.unit("de", "contact.md", ANSWER)
    edit(shop, ANSWER, "We answer within three days.")
    shop.polyhelp(*TRANSLATE, "--locale", "de")
    catalog = shop.catalog("de", "contact.md")
    (kept,) = [unit for unit in catalog.units if unit.obsolete and unit.source == ANSWER]
    assert (kept.target, kept.review, kept.fuzzy) == (accepted.target, accepted.review, False)
    new = shop.unit("de", "contact.md", "We answer within three days.")
    assert (new.target != accepted.target, new.fuzzy, new.review) == (True, True, None)
    before = shop.file("locales/de/contact.po").read_bytes()
    shop.polyhelp("sync")
    shop.polyhelp(*TRANSLATE, "--locale", "de")
    assert shop.file("locales/de/contact.po").read_bytes() == before
    edit(shop, "We answer within three days.", ANSWER)
    back = shop.unit("de", "contact.md", ANSWER)
    assert (back.target, back.state()) == (accepted.target, State.REVIEWED)


@pytest.mark.usefixtures("engine")
def test_an_answer_that_nobody_has_accepted_leaves_nothing_behind(shop):
    shop.polyhelp("sync")
    shop.polyhelp(*TRANSLATE, "--locale", "de")
    edit(shop, ANSWER, "We answer within three days.")
    shop.polyhelp(*TRANSLATE, "--locale", "de")
    assert not [unit for unit in shop.catalog("de", "contact.md").units if unit.obsolete]
