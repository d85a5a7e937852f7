"""Who accepted a unit, in the comments of a PO file: also after other tools and people had a hand in them."""

import pytest

from polyhelp.locales import po_records
from polyhelp.model import Review, Second, Unit

ONE, OTHER = "0123456789abcdef", "fedcba9876543210"
ANNA = f"reviewed: Anna Berg 2026-11-22 {ONE}"
BO = f"seconded: Bo Ek 2026-11-23 {ONE}"
REVIEW = Review("Anna Berg", "2026-11-22", ONE, (), Second("Bo Ek", "2026-11-23", ONE))


@pytest.mark.parametrize("lines", [(ANNA, BO), (BO, ANNA), ("mine", ANNA, "mine, too", BO)])
def test_two_persons_yes(lines):
    _, review, rest = po_records.read(lines)
    assert review == REVIEW
    assert rest == tuple(line for line in lines if line.startswith("mine"))


def test_what_is_written_is_read():
    written = tuple(po_records.lines(Unit("a", "b", review=REVIEW)))
    assert written == (ANNA, BO)
    assert po_records.read(written) == (None, REVIEW, ())


def test_the_line_of_regions_belongs_to_the_review_before_it():
    _, review, rest = po_records.read((ANNA, "reviewed with: DE SE", BO))
    assert (review.regions, review.second, rest) == (("DE", "SE"), REVIEW.second, ())


def test_a_merge_of_lines_that_kept_both_yeses_to_the_same_makes_two():
    _, review, _ = po_records.read((f"reviewed: Bo Ek 2026-11-23 {ONE}", ANNA))
    assert review == REVIEW


@pytest.mark.parametrize("first", [f"reviewed: Bo Ek 2026-11-21 {OTHER}", f"reviewed: anna  BERG 2026-11-21 {ONE}"])
def test_a_yes_to_something_else_or_of_the_same_person_makes_none(first):
    _, review, _ = po_records.read((first, ANNA))
    assert review == Review("Anna Berg", "2026-11-22", ONE)


def test_a_second_yes_without_a_first_is_the_first():
    assert po_records.read((BO,))[1] == Review("Bo Ek", "2026-11-23", ONE)


@pytest.mark.parametrize("line", ["seconded: Bo 2026-11-23", f"seconded:Bo 2026-11-23 {ONE}", f"Seconded: B d {ONE}"])
def test_what_only_looks_like_a_record_is_a_comment(line):
    assert po_records.read((line,)) == (None, None, (line,))
