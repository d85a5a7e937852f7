"""Units out to an agency and back: what the agency did arrives, and nobody's work is lost."""

import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from polyhelp.locales import xliff_read
from polyhelp.model import Origin, State, Unit, digest

ARTICLE = "returns/refunds.md"


@pytest.fixture
def synced(shop):
    """The shop with catalogs: nothing is translated yet."""
    assert shop.polyhelp("sync").status == 0
    return shop


def export(shop, *arguments):
    done = shop.polyhelp("export", "--locale", "de", "-o", "out.xlf", *arguments)
    assert done.status == 0, done.text
    return shop.read("out.xlf")


def take(shop, *arguments, status=0):
    done = shop.polyhelp("import", "out.xlf", "--json", *arguments)
    assert done.status == status, done.text
    return done.json


def kinds(taken):
    return [unit["kind"] for unit in taken["units"]]


def answer(shop, source, target, state="translated"):
    """Do what a translation tool does with one unit: content with codes is written as XLIFF has it."""
    text = shop.read("out.xlf")
    before = re.search(
        rf'<segment state="[^>]*>\s*<source>{re.escape(source)}</source>(?:\s*<target>.*?</target>)?', text, re.DOTALL
    )
    assert before, source
    after = f'<segment state="{state}">\n<source>{source}</source>\n<target>{target}</target>'
    shop.write("out.xlf", text.replace(before[0], after, 1))


def change(shop, source, **how):
    shop.change("de", ARTICLE, lambda unit: replace(unit, **how) if unit.source == source else unit)


def machine(target, **more):
    return {"target": target, "fuzzy": True, "origin": Origin.of("mt/deepl", "2026-11-01", target), **more}


@pytest.fixture
def plain(synced):
    """A source of the article without codes, which stands there once."""
    source = "We send your money back the way you paid."
    assert synced.unit("de", ARTICLE, source)
    return source


# ------------------------------------------------------------ out


def test_a_file_has_every_article_and_unit(synced):
    text = export(synced)
    catalogs = ["index.md", "contact.md", ARTICLE, "policies/returns.md", "policies/index.md", "_site"]
    for path in catalogs:
        assert text.count(f' original="{path}"') == bool(synced.catalog("de", path).units), path
    read = xliff_read.read(text.encode(), "out.xlf")
    assert (read.source, read.target) == ("en", "de")
    assert {one.key.source for one in read.units if one.article == ARTICLE} == {
        unit.source for unit in synced.catalog("de", ARTICLE).current
    }


@pytest.mark.parametrize("path", [ARTICLE, "returns", "content/returns/", f"content/{ARTICLE}", "returns/"])
def test_articles_and_folders_can_be_chosen(synced, path):
    text = export(synced, path)
    assert re.findall(r' original="(.*?)"', text) == [ARTICLE]


def test_states_can_be_chosen(synced):
    units = synced.catalog("de", ARTICLE).current
    keys = [unit.key for unit in units[:3]]
    synced.change(
        "de",
        ARTICLE,
        lambda unit: {
            keys[0]: replace(unit, target="A"),
            keys[1]: replace(unit, **machine("B")),
            keys[2]: replace(unit, target="C").accepted("Anna", "2026-11-02"),
        }.get(unit.key, unit),
    )
    chosen = {}
    for state in ("empty", "fuzzy", "initial", "translated", "reviewed"):
        read = xliff_read.read(export(synced, "--state", state, ARTICLE).encode(), "out.xlf")
        chosen[state] = [one.key for one in read.units]
    assert (chosen["translated"], chosen["fuzzy"], chosen["reviewed"]) == ([keys[0]], [keys[1]], [keys[2]])
    assert set(chosen["initial"]) == {*chosen["empty"], *chosen["fuzzy"]}
    assert len(chosen["empty"]) == len(units) - 3
    both = xliff_read.read(export(synced, "--state", "fuzzy", "--state", "reviewed", ARTICLE).encode(), "out.xlf")
    assert [one.key for one in both.units] == keys[1:3]


def test_what_is_not_there_is_told(synced):
    done = synced.polyhelp("export", "--locale", "de", "-o", "out.xlf", "returns/refund.md")
    assert done.status == 2
    assert f"did you mean '{ARTICLE}'?" in done.err
    done = synced.polyhelp("export", "-o", "out.xlf")
    assert done.status == 2
    assert "one target locale" in done.err
    done = synced.polyhelp("export", "--locale", "de", "-o", "out.xlf", "--state", "reviewed")
    assert done.status == 1
    assert "nothing was written" in done.out
    assert not synced.file("out.xlf").exists()


def test_names_of_the_term_base_are_marked(synced):
    synced.write("content/extra.md", "Ask Tern about *it*, or `Tern`.\n")
    synced.polyhelp("sync")
    assert export(synced, "extra.md").count('translate="no">Tern</mrk>') == 1


# ------------------------------------------------------------ back


@pytest.mark.parametrize("arguments", [(), ("--as", "Anna"), ("--dry-run",)])
def test_a_file_that_nobody_touched_changes_no_byte(synced, arguments):
    synced.polyhelp("translate", "--engine", "pseudo")
    synced.change("de", "contact.md", lambda unit: replace(unit, fuzzy=False).accepted("Anna", "2026-11-02"))
    before = synced.bytes_of("locales")
    export(synced)
    taken = take(synced, *arguments)
    assert (kinds(taken), taken["catalogs"]) == ([], 0)
    assert taken["untouched"] > 10
    assert synced.bytes_of("locales") == before


def test_translations_arrive_as_a_persons(synced, plain):
    export(synced)
    answer(synced, plain, "Auf Deutsch.")
    assert kinds(take(synced)) == ["taken"]
    unit = synced.unit("de", ARTICLE, plain)
    assert (unit.target, unit.state(), unit.maker) == ("Auf Deutsch.", State.TRANSLATED, "human")
    assert unit.origin.maker == "human"


def test_importing_twice_changes_nothing(synced, plain):
    export(synced)
    answer(synced, plain, "Auf Deutsch.")
    take(synced)
    before = synced.bytes_of("locales")
    assert kinds(take(synced)) == []
    assert synced.bytes_of("locales") == before


def test_a_later_delivery_replaces_the_earlier_one_and_nothing_else(synced, plain):
    other = "Banks do not work on weekends."
    export(synced)
    answer(synced, plain, "Erst so.")
    answer(synced, other, "Erst so.")
    take(synced)
    change(synced, other, target="Annas Wort.")
    answer(synced, plain, "Dann so.")
    answer(synced, other, "Dann so.")
    taken = take(synced, status=1)
    assert kinds(taken) == ["conflict", "conflict"]
    assert {"--again" in unit["reason"] for unit in taken["units"]} == {True, False}
    assert kinds(take(synced, "--again", status=1)) == ["taken", "conflict"]
    assert [synced.unit("de", ARTICLE, one).target for one in (plain, other)] == ["Dann so.", "Annas Wort."]


def test_a_dry_run_writes_nothing(synced, plain):
    export(synced)
    answer(synced, plain, "Auf Deutsch.")
    before = synced.bytes_of("locales")
    assert kinds(take(synced, "--dry-run")) == ["taken"]
    assert synced.bytes_of("locales") == before


@pytest.mark.parametrize(
    ("state", "arguments", "wanted", "who"),
    [
        ("initial", (), State.INITIAL, None),
        ("translated", (), State.TRANSLATED, None),
        ("reviewed", (), State.TRANSLATED, None),  # the agency's word is no review of this shop
        ("final", ("--as", "Anna"), State.REVIEWED, "Anna"),
        ("translated", ("--as", "Anna"), State.TRANSLATED, None),
    ],
)
def test_states_come_back(synced, plain, state, arguments, wanted, who):
    export(synced)
    answer(synced, plain, "Auf Deutsch.", state)
    take(synced, *arguments)
    unit = synced.unit("de", ARTICLE, plain)
    assert unit.state() is wanted
    assert (unit.review and unit.review.who) == who


def test_a_machines_target_that_the_agency_found_right_is_translated(synced, plain):
    change(synced, plain, **machine("Von der Maschine."))
    export(synced)
    answer(synced, plain, "Von der Maschine.", "translated")
    assert kinds(take(synced)) == ["taken"]
    unit = synced.unit("de", ARTICLE, plain)
    assert (unit.target, unit.state(), unit.maker) == ("Von der Maschine.", State.TRANSLATED, "human")


def test_a_machines_target_from_the_tool_needs_a_look(synced, plain):
    export(synced)
    answer(synced, plain, "Von der Maschine.", 'translated" subState="deepl:mt')
    assert kinds(take(synced)) == ["fuzzy"]
    unit = synced.unit("de", ARTICLE, plain)
    assert (unit.state(), unit.maker) == (State.INITIAL, "mt/deepl")


@pytest.mark.parametrize("how", [{"target": "Annas Wort."}, {"target": "Maschine.", "accept": True}])
def test_what_a_person_did_since_the_export_stays(synced, plain, how):
    change(synced, plain, **machine("Maschine."))
    export(synced)
    answer(synced, plain, "Agentur.")
    if how.pop("accept", False):
        synced.change("de", ARTICLE, lambda unit: unit.accepted("Anna", "2026-11-02") if unit.source == plain else unit)
    else:
        change(synced, plain, fuzzy=False, origin=None, **how)
    before = synced.bytes_of("locales")
    taken = take(synced, status=1)
    assert kinds(taken) == ["conflict"]
    assert (taken["units"][0]["kept"], taken["units"][0]["target"]) == (how["target"], "Agentur.")
    assert taken["units"][0]["line"] > 10
    assert synced.bytes_of("locales") == before


def test_a_persons_target_that_was_sent_may_be_corrected(synced, plain):
    change(synced, plain, target="Annas Wort.")
    export(synced)
    answer(synced, plain, "Agentur.")
    assert kinds(take(synced)) == ["taken"]
    assert synced.unit("de", ARTICLE, plain).target == "Agentur."


def test_without_metadata_a_persons_target_stays(synced, plain):
    change(synced, plain, target="Annas Wort.")
    text = export(synced)
    synced.write("out.xlf", re.sub(r"<mda:metadata>.*?</mda:metadata>", "", text, flags=re.DOTALL))
    assert kinds(take(synced)) == []  # untouched all the same
    answer(synced, plain, "Agentur.")
    taken = take(synced, status=1)
    assert kinds(taken) == ["conflict"]
    assert "lost what it was" in taken["units"][0]["reason"]


def test_what_a_machine_did_since_the_export_gives_way(synced, plain):
    export(synced)
    answer(synced, plain, "Agentur.")
    change(synced, plain, **machine("Maschine."))
    assert kinds(take(synced)) == ["taken"]
    assert synced.unit("de", ARTICLE, plain).target == "Agentur."


def test_a_translation_that_was_rejected_here_does_not_come_back(synced, plain):
    change(synced, plain, target="Schlecht.")
    export(synced)
    answer(synced, plain, "Schlecht.", "reviewed")
    change(synced, plain, target="", comments=(f"rejected: Anna 2026-11-02 {digest('Schlecht.')} clumsy",))
    assert kinds(take(synced, status=1)) == ["conflict"]
    assert synced.unit("de", ARTICLE, plain).target == ""


@pytest.mark.parametrize("before", ["", "Maschine."])
def test_a_source_that_has_changed_since_comes_in_as_fuzzy(synced, plain, before):
    if before:
        change(synced, plain, **machine(before))
    export(synced)
    answer(synced, plain, "Agentur.")
    new = f"Now, {plain}"
    synced.edit(f"content/{ARTICLE}", plain, new)
    synced.polyhelp("sync")
    assert kinds(take(synced)) == ["fuzzy"]
    unit = synced.unit("de", ARTICLE, new)
    assert (unit.target, unit.fuzzy, unit.previous, unit.maker) == ("Agentur.", True, plain, "human")
    before = synced.bytes_of("locales")
    assert kinds(take(synced)) == []
    assert synced.bytes_of("locales") == before
    assert synced.polyhelp("sync", "--frozen").status == 0


def test_a_source_that_is_gone_keeps_the_agencys_words_as_obsolete(synced, plain):
    export(synced)
    answer(synced, plain, "Agentur.")
    text = synced.read(f"content/{ARTICLE}")
    synced.edit(f"content/{ARTICLE}", plain, "")
    synced.polyhelp("sync")
    assert kinds(take(synced)) == ["obsolete"]
    assert kinds(take(synced)) == []
    synced.write(f"content/{ARTICLE}", text)
    synced.polyhelp("sync")
    assert synced.unit("de", ARTICLE, plain).target == "Agentur."


def test_a_source_that_a_tool_has_altered_is_the_previous_source(synced, plain):
    text = export(synced)
    synced.write("out.xlf", text.replace(f"<source>{plain}</source>", f"<source>{plain} </source>", 1))
    answer(synced, f"{plain} ", "Agentur.")
    assert kinds(take(synced)) == ["fuzzy"]
    unit = synced.unit("de", ARTICLE, plain)
    assert (unit.target, unit.previous) == ("Agentur.", f"{plain} ")
    assert kinds(take(synced)) == []


def test_damaged_markup_does_not_come_in(synced):
    synced.write("content/extra.md", 'Use `SAVE20` and [go](https://shop.example "Shop").\n')
    synced.polyhelp("sync")
    text = export(synced, "extra.md")
    source = re.search(r"<source>(Use .*?)</source>", text)[1]
    for target, reason in (
        ("Ohne alles.", "SAVE20"),
        (f"{source} [hier](https://evil.example)", "https://evil.example"),
        (f"{source} &lt;script&gt;x&lt;/script&gt;", "script"),
        ('<ph id="77"/>', "code 77"),
    ):
        answer(synced, source, target)
        taken = take(synced, status=1)
        assert kinds(taken) == ["refused"], target
        assert reason in taken["units"][0]["reason"]
        assert taken["units"][0]["line"] > 0
        assert synced.catalog("de", "extra.md").current[0].target == ""
    answer(synced, source, source.replace("Use", "Nimm"))
    assert kinds(take(synced)) == ["fuzzy"]  # the link's title is a segment of its own, and not translated yet
    answer(synced, "Shop", "Laden")
    assert kinds(take(synced, "--again")) == ["taken"]
    unit = synced.catalog("de", "extra.md").current[0]
    assert unit.target == 'Nimm `SAVE20` and [go](https://shop.example "Laden").'
    assert unit.state() is State.TRANSLATED


def test_lost_emphasis_is_taken_but_needs_a_look(synced):
    synced.write("content/extra.md", "Press **Send** now.\n")
    synced.polyhelp("sync")
    text = export(synced, "extra.md")
    answer(synced, re.search(r"<source>(Press .*?)</source>", text)[1], "Drück jetzt Senden.")
    for wanted in (["fuzzy"], []):
        assert kinds(take(synced, "--as", "Anna")) == wanted
        unit = synced.catalog("de", "extra.md").current[0]
        assert (unit.target, unit.fuzzy, unit.review) == ("Drück jetzt Senden.", True, None)


def test_an_article_that_is_gone_is_told(synced):
    synced.write("content/extra.md", "Gone soon.\n")
    synced.polyhelp("sync")
    export(synced, "extra.md")
    answer(synced, "Gone soon.", "Bald weg.")
    synced.file("content/extra.md").unlink()
    synced.polyhelp("sync")
    taken = take(synced, status=1)
    assert (kinds(taken), taken["units"][0]["reason"]) == (["refused"], "there is no article 'extra.md'")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('trgLang="de"', 'trgLang="fi"', "trgLang: 'fi' is not a target locale"),
        ('srcLang="en"', 'srcLang="sv"', "translated from 'sv'"),
        ("<xliff", "<!DOCTYPE xliff><xliff", "document type"),
    ],
)
def test_a_wrong_file_is_told_and_changes_nothing(synced, old, new, message):
    synced.write("out.xlf", export(synced).replace(old, new, 1))
    before = synced.bytes_of("locales")
    done = synced.polyhelp("import", "out.xlf")
    assert done.status == 2
    assert message in done.err
    assert "out.xlf:2: " in done.err
    assert synced.bytes_of("locales") == before


def test_a_person_reads_what_was_not_simply_taken(synced, plain):
    export(synced)
    answer(synced, plain, "Agentur.")
    change(synced, plain, target="Annas Wort.")
    done = synced.polyhelp("import", "out.xlf")
    assert done.status == 1
    assert re.search(rf"^out.xlf:\d+: conflict: {ARTICLE} [0-9a-f]{{10}}: a person has changed", done.out, re.MULTILINE)
    assert f"    {plain}\n    kept: Annas Wort.\n    file: Agentur.\n" in done.out
    assert "0 translations taken into de, 1 conflict, " in done.out


# ------------------------------------------------------------ laws

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\x1a"), min_size=1, max_size=12)
PIECES = st.lists(
    st.sampled_from(["Wort ", "**fett**", "`a`", "[x](/y)", "{{ z }}", "<br>", "&amp; ", "*k*"]) | WORDS, min_size=1
).map("".join)
STATES = st.sampled_from([{"fuzzy": True}, {"fuzzy": False}, {"fuzzy": True, "previous": "Old."}])


@given(data=st.data())
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None, max_examples=15
)
def test_export_and_import_without_a_change_is_nothing(synced, data):
    def any_target(unit):
        target = data.draw(st.just("") | PIECES)
        return Unit(unit.source, target, unit.context, notes=unit.notes, **(data.draw(STATES) if target else {}))

    synced.change("de", ARTICLE, any_target)
    before = synced.bytes_of("locales")
    export(synced, ARTICLE)
    assert kinds(take(synced)) == []
    assert synced.bytes_of("locales") == before


@given(words=st.lists(st.text("äöüß abc,.é日本", min_size=1, max_size=9).filter(str.strip), min_size=8, max_size=8))
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None, max_examples=15
)
def test_what_the_agency_wrote_is_what_arrives(synced, words):
    synced.change("de", ARTICLE, lambda unit: replace(unit, target="", fuzzy=False, previous="", origin=None))
    text = export(synced, ARTICLE)
    parts = re.split(r"(<source>.*?</source>)", text, flags=re.DOTALL)
    for at in range(1, len(parts), 2):  # every source with its codes, and words before it
        inside = parts[at].removeprefix("<source>").removesuffix("</source>")
        inside = re.sub(r"</?mrk.*?>", "", inside)
        parts[at] += f"<target>{words[at % 8]} {inside}</target>"
    synced.write("out.xlf", "".join(parts).replace('state="initial"', 'state="translated"'))
    wanted = {one.key: one.target for one in xliff_read.read(synced.read("out.xlf").encode(), "out.xlf").units}
    taken = take(synced)
    assert {*kinds(taken)} <= {"taken", "fuzzy"}
    assert {unit.key: unit.target for unit in synced.catalog("de", ARTICLE).current} == wanted
