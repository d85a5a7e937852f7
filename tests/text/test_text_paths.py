"""Path patterns."""

from __future__ import annotations

import pytest

from polyhelp.text.paths import matches


@pytest.mark.parametrize(
    ("path", "pattern", "expected"),
    [
        ("policies/returns.md", "policies/**", True),
        ("policies/de/returns.md", "policies/**", True),
        ("policies.md", "policies/**", False),
        ("returns/refunds.md", "**", True),
        ("faq.md", "*.md", True),
        ("policies/returns.md", "*.md", False),
        ("faq.md", "**/faq.md", True),
        ("a/b/faq.md", "**/faq.md", True),
        ("a/b/xfaq.md", "**/faq.md", False),
        ("a/b.md", "?/b.md", True),
        ("a+b.md", "a+b.md", True),
    ],
)
def test_a_star_stays_in_its_folder_and_two_go_through(path, pattern, expected):
    assert matches(path, pattern) is expected
