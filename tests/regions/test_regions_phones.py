from html import unescape

import pytest
from markdown import markdown

from polyhelp.errors import RegionError
from polyhelp.model import Locale, Region
from polyhelp.regions.filters.formats import Formats
from polyhelp.regions.render import region_values, render


@pytest.mark.parametrize(
    ("number", "region", "text"),
    [
        ("+46195550142", "SE", "019-555 01 42"),
        ("+46 19 555 01 42", "DE", "+46 19 555 01 42"),
        ("+46 19 555 01 42", "", "+46 19 555 01 42"),
        ("+1 212 555 0142", "US-CA", "(212) 555-0142"),
        ("+1 212 555 0142", "CA", "(212) 555-0142"),
        ("+1 212 555 0142", "GB", "+1 212-555-0142"),
        ("+81 3 5555 0142", "JP", "03-5555-0142"),
        ("+44 20 7946 0018", "GB-NIR", "020 7946 0018"),
    ],
)
def test_a_number_as_it_is_dialed_there(number, region, text):
    assert Formats(Locale("en"), region).phone(number) == text


def test_a_link_always_has_the_whole_number():
    for region in ("SE", "DE", ""):
        assert Formats(Locale("en"), region).phone("+46 19 555 01 42", "uri") == "tel:+46195550142"
    assert Formats(Locale("ar"), "AE").phone("+46 19 555 01 42", "uri") == "tel:+46195550142"
    assert Formats(Locale("en"), "SE").phone("+46 19 555 01 42 ext. 7", form="uri") == "tel:+46195550142;ext=7"


def test_what_is_no_number():
    here = Formats(Locale("en"), "SE")
    for value in ("019-555 01 42", "+46", "call us", "", None, 46195550142, ("+46195550142",), "+" + "9" * 5000):
        with pytest.raises(RegionError, match=r"phone needs an international number such as '\+46"):
            here.phone(value)
        with pytest.raises(RegionError, match="phone needs an international number"):
            here.phone(value, "uri")
    with pytest.raises(RegionError) as caught:
        here.phone("+46195550142", "link")
    assert caught.value.hint == "write phone('text') or phone('uri')"


def test_a_number_and_its_link_on_a_page():
    region = Region("SE", {"support": {"phone": "+46 19 555 01 42"}})
    here = Formats(Locale("sv"), "DE")
    template = "[{{ support.phone | phone }}]({{ support.phone | phone('uri') }})\n\n{{ support.phone | phone }}\n"
    page = render(template, "support.md", region_values(region, here), here)
    html = unescape(markdown(page))
    assert html == '<p><a href="tel:+46195550142">+46 19 555 01 42</a></p>\n<p>+46 19 555 01 42</p>'
