"""What a browser asks for when a reader opens a page: little, nothing that is not there, and of nobody else."""

import pytest
from chromium import browser, missing
from site_server import serve

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing())
MOST_REQUESTS = 20
MOST_BYTES = 150_000  # compressed
PAGES = ("", "returns/refunds/", "policies/de/returns/", "ar/", "ar/contact/", "de/policies/us/returns/")


@pytest.fixture(scope="module")
def served(tmp_path_factory, new_shop):
    shop = new_shop(tmp_path_factory.mktemp("asked") / "shop")
    assert shop.polyhelp("sync").status == 0
    assert shop.polyhelp("translate", "--engine", "pseudo").status == 0
    shop.build()
    with serve(shop.file("site")) as site:
        yield site


@pytest.fixture(scope="module")
def chromium():
    with browser() as running:
        yield running


class Visit:
    """A first visit to a page, with all that was asked for and all that was complained of."""

    def __init__(self, chromium, served, path):
        self.asked, self.said = [], []
        before = len(served.answers)
        context = chromium.new_context()
        self.tab = context.new_page()
        self.tab.on("request", lambda request: self.asked.append(request.url))
        self.tab.on("console", lambda message: self.said.append(message.text) if message.type == "error" else None)
        self.tab.on("pageerror", lambda error: self.said.append(str(error)))
        self.tab.goto(served.url + path, wait_until="networkidle")
        self.answers = served.answers[before:]


@pytest.mark.parametrize("path", PAGES)
def test_a_first_visit_asks_for_little_and_nobody_else(chromium, served, path):
    visit = Visit(chromium, served, path)
    assert [url for url in visit.asked if not url.startswith((served.url, "data:"))] == []
    assert visit.said == []
    assert {answer.status for answer in visit.answers} == {200}
    assert len(visit.answers) <= MOST_REQUESTS
    assert sum(answer.size for answer in visit.answers) <= MOST_BYTES
    assert not any("pagefind" in answer.path for answer in visit.answers)  # search is loaded when it is used


def test_search_asks_nobody_else_either(chromium, served):
    visit = Visit(chromium, served, "de/")
    visit.tab.keyboard.press("/")
    visit.tab.locator(".ph-search-query").fill("Ŕéḟûñđš")
    visit.tab.locator(".ph-search-results a").first.wait_for()
    assert [url for url in visit.asked if not url.startswith((served.url, "data:"))] == []
    assert any("pagefind/de/" in url for url in visit.asked)
    assert visit.said == []
