"""From a writer's edit to the published page, through pull requests, on real git."""

import pytest

from polyhelp.model import State

ARTICLE = "returns/refunds.md"


def test_a_sentence_from_the_writer_to_the_page(world, engine):
    say = engine.say
    engine.say = lambda text: say(text).replace(say("Gift card"), "Geschenkkarte")  # as the term base wants it
    # a writer has written: pull requests appear, one for each locale
    made = world.translate("de", "pt-BR")
    assert [(row["branch"], row["done"]) for row in made] == [("l10n/de", "opened"), ("l10n/pt-BR", "opened")]
    request = world.forge.pulls[made[0]["number"]]
    assert request["title"] == "Translations: Deutsch (de)"
    assert request["labels"][:2] == ["l10n", "l10n: de"]
    assert world.at("l10n/de").endswith("github-actions[bot] | Translations: Deutsch (de)")

    # the reviewer corrects one unit on the branch, and approves
    anna = world.clone("anna", "l10n/de")
    first, second = anna.catalog("de", ARTICLE).current[1:3]
    anna.edit("locales/de/returns/refunds.po", first.target, "Annas Wort.")
    edited = world.push(anna, "Besser", "l10n/de")
    done = world.approve(made[0]["number"], edited)
    assert done.status == 0, done.text
    assert done.json["decided"]["refused"] == []
    assert world.at("l10n/de").startswith(
        "anna-berg <21031067+anna-berg@users.noreply.github.com> | github-actions[bot] | Review by @anna-berg:"
    )

    # a second writer's edit meanwhile, in the very sentence, and the branch follows main
    world.write("content/returns/refunds.md", first.source, f"{first.source} Always.")
    again = world.translate("de")
    assert [(row["branch"], row["done"], row["number"]) for row in again] == [("l10n/de", "updated", made[0]["number"])]
    units = world.seen("l10n/de", ARTICLE)
    stale = units[f"{first.source} Always."]
    assert (stale.target, stale.fuzzy, stale.previous) == ("Annas Wort.", True, first.source)  # no lost word
    assert units[second.source].review.who == "@anna-berg"
    assert again[0]["units"] == 1  # what is accepted is not asked about again

    # squash: the record is in the catalogs, so that it survives
    world.squash("l10n/de")
    kept = world.ci.unit("de", ARTICLE, second.source)
    assert kept.state() is State.REVIEWED
    assert (kept.maker, kept.origin.maker) == ("mt/counting", "mt/counting")
    assert world.ci.unit("de", ARTICLE, f"{first.source} Always.").target == "Annas Wort."
    assert world.translate("de") == []  # all is said

    # publish builds; the stale sentence stands in the source language, and status tells
    built = world.ci.polyhelp("publish", "--engine", "none")
    assert built.status == 0, built.text
    page = world.ci.read("site/de/returns/refunds/index.html")
    assert second.target in page
    assert "Annas Wort." not in page
    told = world.ci.polyhelp("status", "--locale", "de", "--json").json["locales"][0]
    assert told["words"]["changed"] > 0


def test_the_reviewers_words_survive_between_fetch_and_open(world, request_):
    world.update()
    for command in (("requests", "fetch", "--locale", "de"), ("sync",)):
        assert world.ci.polyhelp(*command).status == 0
    anna = world.clone("anna", "l10n/de")
    first, second = anna.catalog("de", ARTICLE).current[1:3]
    anna.edit("locales/de/returns/refunds.po", first.target, "Annas Wort.")
    theirs = world.push(anna, "Besser", "l10n/de")
    world.ci.change("de", ARTICLE, lambda unit: unit.retargeted("Neu") if unit.key == second.key else unit)
    again = world.open("--locale", "de")
    assert (again[0]["done"], again[0]["number"]) == ("updated", request_)
    units = world.seen("l10n/de", ARTICLE)
    assert units[first.source].target == "Annas Wort."
    assert units[second.source].target == "Neu"
    assert theirs in world.git("rev-list", "l10n/de", at=world.bare)  # on top, not in its place


@pytest.mark.usefixtures("opened")
def test_without_fetch_the_branch_is_merged_unit_by_unit(world):
    anna = world.clone("anna", "l10n/de")
    first = anna.catalog("de", ARTICLE).current[1]
    anna.edit("locales/de/returns/refunds.po", first.target, "Annas Wort.")
    world.push(anna, "Besser", "l10n/de")
    world.update()  # a fresh checkout that knows of no branch
    assert world.ci.polyhelp("translate", "--engine", "counting", "--locale", "de").status == 0
    world.open("--locale", "de")
    assert world.seen("l10n/de", ARTICLE)[first.source].target == "Annas Wort."


def test_the_same_unit_changed_by_two_people_keeps_both_versions(world, request_):
    anna = world.clone("anna", "l10n/de")
    first = anna.catalog("de", ARTICLE).current[1]
    bo = world.clone("bo", "main")
    bo.write("locales/de/returns/refunds.po", anna.read("locales/de/returns/refunds.po"))
    anna.edit("locales/de/returns/refunds.po", first.target, "Annas Wort.")
    tip = world.push(anna, "Besser", "l10n/de")
    bo.edit("locales/de/returns/refunds.po", first.target, "Bos Wort.")
    world.push(bo, "Auch besser", "main")
    world.update()
    world.translate("de")
    unit = world.seen("l10n/de", ARTICLE)[first.source]
    assert (unit.target, unit.fuzzy) == ("Annas Wort.", True)
    assert 'theirs: "Bos Wort."' in unit.comments
    assert tip in world.git("rev-list", "l10n/de", at=world.bare)
    done = world.approve(request_, world.tip("l10n/de")).json["decided"]
    assert any("has two versions" in line for line in done["unread"])
    assert world.seen("l10n/de", ARTICLE)[first.source].fuzzy  # an approval of everything does not choose


def test_a_branch_that_nobody_deletes_after_a_squash_is_taken_up_again(world, request_):
    world.approve(request_, world.tip("l10n/de"))
    tip = world.tip("l10n/de")
    world.squash("l10n/de")
    world.git("update-ref", "refs/heads/l10n/de", tip, at=world.bare)
    first = world.ci.catalog("de", ARTICLE).current[1]
    world.write("content/returns/refunds.md", first.source, f"{first.source} Always.")
    again = world.translate("de")
    assert [(row["done"], row["units"]) for row in again] == [("opened", 1)]
    units = world.seen("l10n/de", ARTICLE)
    assert units[f"{first.source} Always."].by_machine  # of the new sentence
    reviewed = [unit for unit in units.values() if unit.review]
    assert len(reviewed) == len([unit for unit in units.values() if unit.target and not unit.fuzzy])
