"""mkdocs.yml: what is read, and what a person is told about every mistake in it."""

from textwrap import dedent

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from polyhelp.config import FILE, SeverityRule, find_root, load
from polyhelp.errors import ConfigError, Place
from polyhelp.model import Level, Locale, Severity

EN, DE = Locale("en"), Locale("de")
PLUGINS = """
plugins:
  - search
  - polyhelp: {}
  - i18n:
      docs_structure: folder
      languages:
        - {locale: en, name: English, default: true}
        - {locale: de, name: Deutsch}
"""


@pytest.fixture
def root(tmp_path):
    (tmp_path / "content").mkdir()
    return tmp_path


@pytest.fixture
def read(root):
    def put(text):
        data = text if isinstance(text, bytes) else dedent(text).removeprefix("\n").encode()
        (root / FILE).write_bytes(data)
        return load(root)

    return put


@pytest.fixture
def told(read):
    """Every mistake of a configuration, as the user reads them."""

    def mistakes(text):
        with pytest.raises(ConfigError) as caught:
            read(text)
        return list(caught.value.mistakes)

    return mistakes


def block(text):
    """A configuration with these lines in the polyhelp block."""
    return PLUGINS.replace("polyhelp: {}\n", "polyhelp:\n" + "".join(f"      {line}\n" for line in text.splitlines()))


def languages(*lines):
    """A configuration with these languages, from line 6 on."""
    entries = "\n".join(f"        - {line}" for line in lines)
    return f"plugins:\n  - polyhelp: {{}}\n  - i18n:\n      docs_structure: folder\n      languages:\n{entries}\n"


# ------------------------------------------------------------ what is read


def test_an_empty_block_is_a_whole_configuration(read):
    found = read(PLUGINS)
    assert (found.source, found.targets) == (EN, (DE,))
    assert found.names == {EN: "English", DE: "Deutsch"}
    assert (found.content.as_posix(), found.site_name, found.nav_titles) == ("content", "", ())
    assert (found.engine, found.minimum_coverage, found.severities) == (("auto",), 80, {})
    assert found.dialect.prose_keys == {"title", "description", "summary", "label"}


@pytest.mark.parametrize("entry", ["- polyhelp\n", "- polyhelp:\n", "- 'polyhelp': {}\n"])
def test_a_block_without_settings_may_be_written_in_any_way(read, entry):
    assert read(PLUGINS.replace("- polyhelp: {}\n", entry)) == read(PLUGINS)


def test_plugins_may_be_a_mapping(read):
    mapping = """
        plugins:
          search:
          polyhelp: {engine: none}
          i18n:
            docs_structure: folder
            languages: [{locale: en, default: true}, {locale: de}]
    """
    found = read(mapping)
    assert (found.engine, found.source, found.targets) == (("none",), EN, (DE,))
    assert found.names == {EN: "en", DE: "de"}


def test_every_key_of_the_block_is_read(read):
    found = read(
        block(
            "engine: pseudo\npublish: {faq/**: translated}\nfront_matter: [title]\n"
            "checks: {untranslated: off, numbers: error}\nminimum_coverage: 0"
        )
    )
    assert (found.engine, found.minimum_coverage) == (("pseudo",), 0)
    assert found.severities == {"untranslated": (SeverityRule(None),), "numbers": (SeverityRule(Severity.ERROR),)}
    assert found.dialect.prose_keys == {"title"}


def test_titles_of_the_navigation_come_in_order_and_once(read):
    nav = """
        nav:
          - Home: index.md
          - faq.md
          - Orders:
              - Home: orders/index.md
              - Place an order: orders/place.md
              - orders/track.md
              - Deep: [{Deeper: a.md}]
          - 2026: year.md
    """
    assert read(dedent(nav) + PLUGINS).nav_titles == ("Home", "Orders", "Place an order", "Deep", "Deeper", "2026")


def test_languages_that_are_not_built_are_left_out(read):
    found = read(
        languages("{locale: de, build: false}", "{locale: en, default: true}", "{locale: 'null', name: Old site}")
    )
    assert (found.source, found.targets) == (EN, ())


def test_other_keys_of_a_language_are_the_plugins_own(read):
    assert read(languages("{locale: en, default: true, site_name: X, theme: {language: en}}")).source == EN


# ------------------------------------------------------------ what may be published


@pytest.mark.parametrize(
    ("publish", "levels"),
    [
        ("", {"a.md": "machine", "faq/a.md": "machine", "policies/a.md": "reviewed", "policies/de/a.md": "reviewed"}),
        ("publish: translated", {"a.md": "translated", "policies/a.md": "translated"}),
        (
            "publish: {faq/**: translated}",
            {"faq/a.md": "translated", "faq/b/c.md": "translated", "a.md": "machine", "policies/a.md": "reviewed"},
        ),
        ("publish: {'**': translated}", {"a.md": "translated", "policies/a.md": "translated"}),
        (
            "publish:\n  policies/index.md: machine\n  policies/**: translated\n  legal-*.md: reviewed",
            {
                "policies/index.md": "machine",
                "policies/a.md": "translated",
                "legal-a.md": "reviewed",
                "b.md": "machine",
            },
        ),
        ("publish: {FAQ/**: reviewed}", {"faq/a.md": "machine"}),
        ("publish: {}", {"a.md": "machine", "policies/a.md": "reviewed"}),
    ],
)
def test_the_first_matching_rule_counts_and_policies_stay_closed_unless_named(read, publish, levels):
    found = read(block(publish) if publish else PLUGINS)
    assert {path: found.level(path) for path in levels} == {path: Level(level) for path, level in levels.items()}


# ------------------------------------------------------------ tags


TAGGED = """
    site_name: !ENV [PH_SITE, "Help"]
    site_url: !ENV PH_URL
    markdown_extensions:
      - pymdownx.emoji:
          emoji_index: !!python/name:material.extensions.emoji.twemoji
          emoji_generator: !!python/name:material.extensions.emoji.to_svg
      - toc:
          slugify: !!python/object/apply:pymdownx.slugs.slugify {kwds: {case: lower}}
    extra:
      relative: !relative $config_dir
"""


def test_tags_of_mkdocs_do_not_disturb(read, monkeypatch):
    monkeypatch.delenv("PH_SITE", raising=False)
    found = read(dedent(TAGGED) + PLUGINS)
    assert found.site_name == "Help"
    assert found.dialect.slugify("Größe & Co", "-") == "größe--co"
    monkeypatch.setenv("PH_SITE", "Kestrel & Pine")
    assert read(dedent(TAGGED) + PLUGINS).site_name == "Kestrel & Pine"


def test_settings_may_come_from_the_environment_as_in_mkdocs(read, monkeypatch, root):
    (root / "pages").mkdir()
    monkeypatch.setenv("PH_ENGINE", "none")
    monkeypatch.setenv("PH_COVERAGE", "55")
    text = "docs_dir: !ENV [PH_DOCS, pages]" + block(
        "engine: !ENV [PH_OTHER, PH_ENGINE, auto]\nminimum_coverage: !ENV PH_COVERAGE"
    )
    found = read(text)
    assert (found.engine, found.minimum_coverage, found.content.as_posix()) == (("none",), 55, "pages")


def test_a_variable_that_is_not_set_is_a_mistake_with_its_line(told):
    assert told(block("engine: !ENV PH_NOT_SET")) == [
        "plugins.polyhelp.engine (line 4): must be an engine's name or a list of names, not None"
    ]


@pytest.mark.parametrize(
    ("extensions", "slug"),
    [
        ("[toc]", "groe-co"),
        ("[{toc: {permalink: true}}]", "groe-co"),
        ("{toc: {slugify: !!python/object/apply:pymdownx.slugs.slugify {kwds: {case: lower}}}}", "größe--co"),
        ("[{toc: {slugify: !!python/object/apply:pymdownx.slugs.slugify {}}}]", "Größe--Co"),
        ("[toc: ]", "groe-co"),
        ("7", "groe-co"),
    ],
)
def test_the_slugs_are_those_of_the_toc_extension(read, extensions, slug):
    found = read(f"markdown_extensions: {extensions}\n{PLUGINS}")
    assert found.dialect.slugify("Größe & Co", "-") == slug


# ------------------------------------------------------------ mistakes


def test_every_mistake_is_told_at_once_with_key_path_line_and_intention(told):
    mistakes = told(
        """
        site_name: Help
        docs_dir: articles
        plugins:
          - polyhelp:
              engin: deepl
              engine: deeple
              publish:
                policies/returns.md: review
                faq.d/**: machine
              front_matter: title
              checks:
                numbres: error
                links: fatal
              minimum_coverage: 101
          - i18n:
              docs_structure: suffix
              languages:
                - locale: en
                  default: true
                - locale: pt_br
                - locale: deutsch
                - locale: en
                - name: No tag
                - fr
        """
    )
    levels = "'machine', 'translated' or 'reviewed'; did you mean 'reviewed'?"
    tags = "'de', 'pt-BR' or 'zh-Hant-TW'"
    assert mistakes == [
        f"plugins.polyhelp.publish.policies/returns.md (line 8): 'review' must be {levels}",
        "plugins.polyhelp.front_matter (line 10): input should be a valid list, not 'title'",
        "plugins.polyhelp.checks.links (line 13): 'fatal' must be 'error', 'warning', 'info' or 'off'",
        "plugins.polyhelp.minimum_coverage (line 14): input should be less than or equal to 100, not 101",
        "plugins.polyhelp.engin (line 5): unknown key; did you mean 'engine'?",
        "plugins.polyhelp.engine (line 6): unknown engine 'deeple'; did you mean 'deepl'?",
        "plugins.polyhelp.checks.numbres (line 12): unknown check 'numbres'; did you mean 'numbers'?",
        "plugins.i18n.docs_structure (line 16): must be 'folder': polyhelp stages one folder per locale",
        "plugins.i18n.languages[4].locale (line 23): is missing",
        "plugins.i18n.languages[5] (line 24): must be a mapping of settings, not 'fr'",
        "plugins.i18n.languages[1].locale (line 20): write 'pt-BR', not 'pt_br'",
        f"plugins.i18n.languages[2].locale (line 21): 'deutsch' is not a language tag such as {tags}",
        "plugins.i18n.languages[3].locale (line 22): 'en' is listed twice",
        "docs_dir (line 2): there is no folder 'articles' for the articles: create it",
    ]


def test_the_message_of_one_mistake(read):
    with pytest.raises(ConfigError) as caught:
        read(block("engine: deepL"))
    assert str(caught.value) == (
        "mkdocs.yml: the configuration has a mistake:\n"
        "  plugins.polyhelp.engine (line 4): unknown engine 'deepL'; did you mean 'deepl'?"
    )


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("colour: red", "colour (line 4): unknown key; known are: "),
        (
            "publish: review",
            "publish (line 4): 'review' must be 'machine', 'translated' or 'reviewed'; did you mean",
        ),
        ("publish: [a]", "publish (line 4): input should be a valid dictionary, not ['a']"),
        ("engine: 5", "engine (line 4): must be an engine's name or a list of names, not 5"),
        ("engine: xyz", "engine (line 4): unknown engine 'xyz'; known are: "),
        ("front_matter: [title, [a]]", "front_matter[1] (line 4): input should be a valid string, not ['a']"),
        ("checks: {xyz: error}", "checks.xyz (line 4): unknown check 'xyz'; known are: "),
        ("minimum_coverage: 80%", "minimum_coverage (line 4): input should be a valid integer, unable to parse"),
        ("minimum_coverage: -1", "minimum_coverage (line 4): input should be greater than or equal to 0, not -1"),
        ("engine: !!python/name:os.system", "engine (line 4): unknown engine '"),
        ("- engine: none", " (line 3): must be a mapping of settings, not [{'engine': 'none'}]"),
        ("engine none", " (line 3): must be a mapping of settings, not 'engine none'"),
    ],
)
def test_mistakes_in_the_block(told, text, mistake):
    (found,) = told(block(text))
    path = "plugins.polyhelp" + ("" if mistake.startswith(" ") else ".")
    assert found.startswith(path + mistake)


def test_a_rule_that_is_never_reached_is_told(told):
    """It is the one that should have kept pages back."""
    (mistake,) = told(block("publish:\n  '**': machine\n  policies/**: reviewed"))
    path, _, rest = mistake.partition(": ")
    assert path == "plugins.polyhelp.publish.policies/** (line 6)"
    assert rest == "is never reached: put it above '**', the first matching pattern counts"


@pytest.mark.parametrize(
    ("lines", "mistakes"),
    [
        (["{locale: en}", "{locale: de}"], ["languages (line 5): exactly one language must have 'default: true'"]),
        (
            ["{locale: en, default: true}", "{locale: de, default: true}"],
            ["languages (line 5): exactly one language must have 'default: true'"],
        ),
        (
            ["{locale: en, default: true, build: false}"],
            ["languages (line 5): exactly one language must have 'default: true'"],
        ),
        (["{locale: en, default: true}", "{locale: en}"], ["languages[1].locale (line 7): 'en' is listed twice"]),
        (
            ["{locale: pt-BR, default: true}", "{locale: pt_BR}"],
            [
                "languages[1].locale (line 7): write 'pt-BR', not 'pt_BR'",
                "languages[1].locale (line 7): 'pt-BR' is listed twice",
            ],
        ),
        (
            ["{locale: english}", "{locale: de}"],
            [
                "languages[0].locale (line 6): 'english' is not a language tag",
                "languages (line 5): exactly one language must have 'default: true'",
            ],
        ),
        (["{locale: en, default: perhaps}"], ["languages[0].default (line 6): input should be a valid boolean"]),
        (["{locale: 7, default: true}"], ["languages[0].locale (line 6): input should be a valid string, not 7"]),
    ],
)
def test_mistakes_in_the_languages(told, lines, mistakes):
    found = told(languages(*lines))
    assert len(found) == len(mistakes)
    for one, mistake in zip(found, mistakes, strict=True):
        assert one.startswith(f"plugins.i18n.{mistake}")


@pytest.mark.parametrize("entries", ["[]", "en", "7", ""])
def test_a_list_of_languages_that_is_none(told, entries):
    text = f"plugins: [polyhelp, i18n: {{docs_structure: folder, languages: {entries}}}]\n"
    assert told(text) == ["plugins.i18n.languages (line 1): the list of locales is missing"]


@pytest.mark.parametrize("i18n", ["i18n", "i18n:", "i18n: folder"])
def test_an_i18n_plugin_without_languages(told, i18n):
    (mistake,) = told(f"plugins:\n  - polyhelp\n  - {i18n}\n")
    assert mistake.endswith("the list of locales is missing")


@pytest.mark.parametrize("given", ["", "plugins:\n", "plugins: []\n", "plugins: search\n", "plugins: 7\n"])
def test_no_plugins_at_all(told, given):
    assert [mistake.partition(": ")[2] for mistake in told(f"site_name: Help\n{given}")] == [
        "'polyhelp' is missing: add it to the list",
        "'i18n' is missing: add it to the list",
    ]


def test_a_missing_plugin_is_one_mistake(told):
    assert told("plugins:\n  - polyhelp: {}\n") == ["plugins (line 1): 'i18n' is missing: add it to the list"]


@pytest.mark.parametrize("nav", ["7", "index.md", "{Home: index.md}", "[[a]]", "[null]"])
def test_a_navigation_that_only_mkdocs_can_complain_about(read, nav):
    assert read(f"nav: {nav}\n{PLUGINS}").nav_titles == ()


@pytest.mark.parametrize(
    ("given", "mistake"),
    [
        ("articles", "there is no folder 'articles' for the articles: create it"),
        ("../content", "'../content' leads out of the project"),
        ("content/../../x", "'content/../../x' leads out of the project"),
        ("/srv/content", "'/srv/content' leads out of the project"),
        ("mkdocs.yml", "there is no folder 'mkdocs.yml' for the articles: create it"),
    ],
)
def test_docs_dir_that_is_no_folder_of_the_project(told, given, mistake):
    assert told(f"docs_dir: {given}\n{PLUGINS}") == [f"docs_dir (line 1): {mistake}"]


def test_without_a_content_folder(told, root):
    (root / "content").rmdir()
    assert told(PLUGINS) == ["docs_dir (line 1): there is no folder 'content' for the articles: create it"]


# ------------------------------------------------------------ files that cannot be read


@pytest.mark.parametrize(
    ("data", "line", "mistake"),
    [
        ("site_name: Größe\nplugins:\n".encode("latin-1"), 1, "byte 13 is not UTF-8"),
        (b"a: 1\nb: \xff\n", 2, "byte 8 is not UTF-8"),
        (b"\xff\xfea\0:\0", 1, "byte 0 is not UTF-8"),
        (b"a: [1\n", 2, "YAML: expected ',' or ']', but got '<stream end>'"),
        (b"a: 1\n\tb: 2\n", 2, "YAML: found character '\\t' that cannot start any token"),
        (b"a: b: c\n", 1, "YAML: mapping values are not allowed here"),
        (b"a: 1\nb: 2\na: 3\n", 3, 'YAML: found duplicate key "a" with value "3" (original value: "1")'),
        (b"a: *nope\n", 1, "YAML: found undefined alias 'nope'"),
        (b"a: 1\n---\nb: 2\n", 2, "YAML: but found another document"),
        (b"a: \x01\n", 0, "YAML: unacceptable character #x0001: special characters are not allowed"),
        (b"a: 2026-13-01\n", 0, "YAML: month must be in 1..12"),
        (b"a: !!int x\n", 0, "YAML: invalid literal for int() with base 10: 'x'"),
        (b"a: " + b"[" * 900, 0, "YAML: maximum recursion depth exceeded"),
        (b"", 0, "the file holds no settings"),
        (b"# only a comment\n", 0, "the file holds no settings"),
        (b"- a\n- b\n", 0, "the file holds no settings"),
        (b"plugins\n", 0, "the file holds no settings"),
    ],
)
def test_a_file_that_is_no_configuration(read, data, line, mistake):
    with pytest.raises(ConfigError) as caught:
        read(data)
    assert caught.value.place == Place(FILE, line)
    assert caught.value.mistakes[0].startswith(mistake)
    assert "\n" not in caught.value.mistakes[0]


def test_a_byte_order_mark_and_windows_line_ends_are_read(read):
    windows = b"\xef\xbb\xbf" + PLUGINS.removeprefix("\n").replace("\n", "\r\n").encode()
    assert read(windows) == read(PLUGINS)


def test_a_file_that_is_not_there(root):
    with pytest.raises(ConfigError) as caught:
        load(root)
    assert caught.value.mistakes == ("cannot read: No such file or directory",)


def test_a_folder_in_place_of_the_file(root):
    (root / FILE).mkdir()
    with pytest.raises(ConfigError) as caught:
        load(root)
    assert caught.value.mistakes == ("cannot read: Is a directory",)


values = st.recursive(
    st.sampled_from(["en", "7", "true", "null", "''", "x y", "!ENV X", "!!python/name:a.b", "2026-01-01"]),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda one: f"[{', '.join(one)}]")
        | st.dictionaries(
            st.sampled_from(
                ["locale", "default", "languages", "docs_structure", "toc", "slugify", "publish", "checks", "'**'"]
            ),
            inner,
            max_size=3,
        ).map(lambda one: "{" + ", ".join(f"{key}: {value}" for key, value in one.items()) + "}")
    ),
    max_leaves=6,
)


@given(
    st.dictionaries(st.sampled_from(["nav", "docs_dir", "site_name", "markdown_extensions"]), values), values, values
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_configuration_is_settings_or_a_list_of_mistakes(root, rest, ours, theirs):
    lines = [f"{key}: {value}" for key, value in rest.items()]
    (root / FILE).write_text("\n".join([*lines, f"plugins: [polyhelp: {ours}, i18n: {theirs}]"]))
    try:
        assert load(root).source.tag
    except ConfigError as caught:
        told = caught.mistakes
        assert told
        assert all(mistake and "\n" not in mistake for mistake in told)


# ------------------------------------------------------------ where it is


def test_the_nearest_configuration_at_or_above_a_folder(tmp_path):
    (tmp_path / FILE).touch()
    below = tmp_path / "content" / "orders"
    below.mkdir(parents=True)
    assert find_root(below) == find_root(tmp_path) == tmp_path
    (below / FILE).touch()
    assert find_root(below) == below


def test_a_folder_called_like_the_file_is_none(tmp_path):
    (tmp_path / FILE).touch()
    (tmp_path / "a" / FILE).mkdir(parents=True)
    assert find_root(tmp_path / "a") == tmp_path


def test_no_configuration_anywhere(tmp_path):
    with pytest.raises(ConfigError) as caught:
        find_root(tmp_path)
    assert str(caught.value) == (
        "the configuration has a mistake:\n"
        f"  there is no mkdocs.yml in {tmp_path} or above it\n"
        "  run polyhelp inside a help center, name one with --root, or make one: polyhelp init DIR"
    )
