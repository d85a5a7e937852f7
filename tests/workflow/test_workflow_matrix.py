"""Every page of the demo that has region data, in every region and locale that has it."""

from __future__ import annotations

import resource
import shutil
import sys
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

import html5lib
import markdown
import pytest
from mkdocs.utils import meta
from mkdocs.utils.yaml import yaml_load

from polyhelp.model import Locale
from polyhelp.text.words import word_count
from polyhelp.workflow.agreement import issues
from polyhelp.workflow.project import Project
from polyhelp.workflow.serving import per_region, served
from polyhelp.workflow.shown import shown
from polyhelp.workflow.staging import render

ROOT = Path(__file__).parents[2]
SETTINGS = Project.open(ROOT).settings
TAGS = [locale.tag for locale in (SETTINGS.source, *SETTINGS.targets)]
SHORTEST = 4  # words of a sentence that is no name
SEEN: set[str] = set()  # pages of several locales that are the same
MARKS = ("{{", "}}", "{%", "%}", "\ufffc", "Undefined")


def accept_everything(project):
    """Nobody has reviewed the demo: here every target of a page with region data counts as accepted."""
    for locale in project.settings.targets:
        for path in project.templates:
            catalog = project.catalog(locale, path)
            units = (
                unit.accepted("Matrix", "2026-11-22", project.data_digest(unit.source), tuple(project.regions))
                if unit.target and not unit.obsolete
                else unit
                for unit in catalog.units
            )
            project.save(replace(catalog, units=tuple(units)))


@pytest.fixture(scope="module")
def staged(tmp_path_factory):
    """The demo with all its translations, staged in a folder of its own; what it took is printed."""
    root = tmp_path_factory.mktemp("demo")
    for name in ("content", "locales", "glossary"):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "mkdocs.yml", root)
    start = time.process_time()
    accept_everything(Project.open(root))
    project = Project.open(root)
    result = render(project)
    seconds = time.process_time() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stderr.write(f"\n{len(result.pages)} pages in {seconds:.1f} s of processor time, peak {memory:.0f} MiB\n")
    return project, result


def pages(staged, tag):
    """The Markdown of the pages with region data in a locale, with their rows of the manifest."""
    project, result = staged
    own = set(project.templates)
    for page in result.pages:
        if page.locale == tag and page.article in own:
            yield page, (project.root / "build/docs" / tag / page.path).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def converter():
    settings = yaml_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    names, options = [], {}
    for one in settings["markdown_extensions"]:
        name, option = next(iter(one.items())) if isinstance(one, dict) else (one, None)
        names.append(name)
        options |= {name: option} if option else {}
    return markdown.Markdown(extensions=names, extension_configs=options)


def test_everything_is_rendered(staged):
    project, result = staged
    assert [str(problem) for problem in project.problems] == []
    rows = Counter(page.article for page in result.pages)
    locales = [Locale(tag) for tag in TAGS]
    served_ = sum(
        served(project, region, locale) == locale for region in project.regions.values() for locale in locales
    )
    for path in project.templates:
        assert rows[path] == len(TAGS) + (served_ if path in per_region(project) else 0), path


@pytest.mark.parametrize("tag", TAGS)
def test_no_mark_of_a_template_is_left(staged, tag):
    left = [(page.path, mark) for page, text in pages(staged, tag) for mark in MARKS if mark in text]
    assert left == []


@pytest.mark.parametrize("tag", TAGS[1:])
def test_no_source_sentence_stands_in_a_complete_page(staged, tag):
    """A page that every target of which customers may see has no sentence of the source's in it."""
    project, _ = staged
    locale = Locale(tag)
    english: dict[str, set[str]] = {}
    for path in project.templates:
        document = project.documents[path]
        see = shown(project, locale, document)
        keys = {segment.key for segment in document.segments}
        if see.original or see.partial or see.borrowed or keys - see.targets.keys():
            continue
        kept = {see.targets[key] for key in keys}
        english[path] = {
            key.source
            for key in keys
            if word_count(key.source) >= SHORTEST and "{" not in key.source and key.source not in kept
        }
    assert english.keys() == set(project.templates), "every page with region data is translated in full"
    found = [
        (page.path, sentence)
        for page, text in pages(staged, tag)
        if not page.original and not page.borrowed
        for sentence in english.get(page.article, ())
        if sentence in text
    ]
    assert found == []


@pytest.mark.parametrize("tag", TAGS)
def test_the_html_is_valid(staged, converter, tag):
    """Strict parsing of HTML5 finds nothing; each different text is looked at once."""
    wrong = []
    for page, text in pages(staged, tag):
        if text in SEEN:
            continue
        SEEN.add(text)
        body = converter.reset().convert(meta.get_data(text)[0])
        parser = html5lib.HTMLParser(strict=False)
        parser.parse(f"<!DOCTYPE html><html><head><title>x</title></head><body>{body}</body></html>")
        wrong += [(page.path, position, code, data) for position, code, data in parser.errors]
    assert wrong == []


@pytest.mark.parametrize("tag", TAGS)
def test_what_customers_see_agrees_with_the_data(staged, tag):
    project, _ = staged
    assert [issue.message for issue in issues(project, [Locale(tag)])] == []


@pytest.mark.parametrize("tag", TAGS[1:])
def test_what_translators_wrote_agrees_with_the_data(staged, tag):
    project, _ = staged
    assert [f"{issue.place}: {issue.message}" for issue in issues(project, [Locale(tag)], draft=True)] == []
