"""What a reviewer reads: units with their place, their terms and what they said before."""

from dataclasses import replace

import pytest

from polyhelp.errors import UsageError
from polyhelp.model import Locale
from polyhelp.review.report import Earlier
from polyhelp.workflow import reading
from polyhelp.workflow.project import Project
from polyhelp.workflow.review import queue

DE, AR = Locale("de"), Locale("ar")


@pytest.fixture
def translated(translated):
    """The small help center with a machine's targets, all in its first commit."""
    translated.commit_first()
    return translated


def cards(shop, locale=DE, since=""):
    project = Project.open(shop.root)
    return reading.cards(project, locale, queue(project, project.settings.targets), since)


def sources(shop):
    """A sentence of an article, in plain words, to be edited."""
    return next(
        card.row.unit.source for card in cards(shop)
        if card.row.path == "returns/refunds.md" and card.around.kind == "paragraph" and "]" not in card.row.unit.source
    )  # fmt: skip


def test_units_stand_in_their_place(translated):
    found = [card for card in cards(translated) if card.row.path == "returns/refunds.md" and card.around.kind]
    headings = [card for card in found if card.around.kind == "heading"]
    assert headings
    assert all(card.row.locale == DE for card in found)
    texts = [card for card in found if card.around.heading]
    assert texts
    assert any(card.around.before or card.around.after for card in texts)


def test_after_an_edit_the_source_is_shown_with_its_difference_and_only_that(translated):
    source = sources(translated)
    changed = source.replace(" ", " certainly ", 1)
    translated.edit("content/returns/refunds.md", source, changed)
    assert translated.polyhelp("sync").status == 0
    differing = [card for card in cards(translated) if card.earlier != Earlier()]
    assert [card.row.unit.source for card in differing] == [changed]
    assert differing[0].earlier == Earlier(source, "")
    assert "<ins>certainly </ins>" in str(differing[0].source) or "<ins> certainly</ins>" in str(differing[0].source)


def test_a_new_target_is_shown_with_its_difference_to_the_one_of_the_revision(translated):
    source = sources(translated)
    changed = source.replace(" ", " certainly ", 1)
    translated.edit("content/returns/refunds.md", source, changed)
    assert translated.polyhelp("sync").status == 0
    project = Project.open(translated.root)
    catalog = project.catalog(DE, "returns/refunds.md")
    old = next(unit.target for unit in catalog.current if unit.source == changed)
    new = {unit.key: replace(unit, target=f"Neu: {old}", previous="") for unit in catalog.current if unit.target == old}
    project.save(replace(catalog, units=tuple(new.get(unit.key, unit) for unit in catalog.units)))
    found = next(card for card in cards(translated, since="HEAD") if card.row.unit.source == changed)
    assert found.earlier == Earlier(source, old)


def test_a_revision_that_git_does_not_know_is_told_and_no_git_is_no_mistake(shop):
    assert shop.polyhelp("sync").status == 0
    assert shop.polyhelp("translate", "--engine", "pseudo").status == 0
    assert {card.earlier for card in cards(shop)} == {Earlier()}
    shop.commit_first()
    with pytest.raises(UsageError, match="nowhere"):
        cards(shop, since="nowhere")


def test_the_values_of_regions_stand_in_what_customers_will_read(shop):
    """One text for each way to say it, with the regions that say it so."""
    assert shop.polyhelp("sync").status == 0
    shop.change("de", "policies/returns.md", lambda unit: replace(unit, target=f"Ja: {unit.source}", origin=None))
    found = [card for card in cards(shop) if card.row.path == "policies/returns.md" and "{{" in card.row.unit.target]
    assert found
    for card in found:
        assert card.prints
        assert all(one.text.startswith("Ja: ") and "{{" not in one.text for one in card.prints)
        codes = [code for one in card.prints for code in one.regions]
        assert len(codes) == len(set(codes))
    assert any(len(card.prints) > 1 for card in found)
    assert "{{" in found[0].row.unit.target  # what is decided about is the target itself
    plain = [card for card in cards(shop) if "{" not in card.row.unit.target]
    assert not any(card.prints for card in plain)


def test_a_target_that_cannot_be_printed_is_shown_as_it_is(shop):
    assert shop.polyhelp("sync").status == 0
    shop.change("de", "policies/returns.md", lambda unit: replace(unit, target="{{ returns.none }}", origin=None))
    found = [card for card in cards(shop) if card.row.path == "policies/returns.md"]
    assert found
    assert not any(card.prints for card in found)


def test_terms_come_with_their_names(translated):
    terms = [term for card in cards(translated) for term in card.terms]
    assert terms
    assert all(term.names and term.text for term in terms)


def test_a_page_and_a_comment_for_every_locale(translated):
    project = Project.open(translated.root)
    rows = queue(project, project.settings.targets)
    for locale in project.settings.targets:
        mine = [row for row in rows if row.locale == locale]
        text = reading.report(project, locale, rows, desk=reading.Desk("Anna"))
        assert text.count('<section class="unit"') == len(mine)
        assert 'value="Anna"' in text
        assert reading.comment(project, locale, rows).startswith(f"{len(mine)} units")
    assert 'dir="rtl" class="target"' in reading.report(project, AR, rows)
