"""The picture of a week: what stands in it, for eyes and for readers aloud."""

from xml.etree import ElementTree as ET

from polyhelp.site.hours_chart import WEEK, Band, Stretch, chart

SVG = "{http://www.w3.org/2000/svg}"
BAND = Band("DE", "de", "Europe/Berlin", (Stretch(480, 1020, 1), Stretch(1020, 1050, 0)), ((540, 1050),))


def boxes(text, **wanted):
    found = ET.fromstring(text).iter(f"{SVG}rect")  # noqa: S314 (our own text)
    return [box for box in found if all(box.get(name) == value for name, value in wanted.items())]


def words(text):
    return [node.text for node in ET.fromstring(text).iter() if node.tag in {f"{SVG}title", f"{SVG}desc"}]  # noqa: S314


def test_every_stretch_stands_where_its_hours_are_and_says_them():
    text = chart("Support hours", [BAND])
    (hatched, legend) = boxes(text, fill="url(#nobody)")
    assert (hatched.get("x"), hatched.get("width")) == (f"{170 + 17 * 5}", "2.5")
    assert "Monday 17:00 – Monday 17:30: nobody on duty for DE in de" in words(text)
    assert "Monday 08:00 – Monday 17:00: 1 on duty" in words(text)
    assert legend.get("width") == "24"


def test_it_is_named_described_and_tells_how_much_is_missing():
    text = chart("Support & hours", [BAND])
    assert words(text)[:2] == [
        "Support & hours",
        "Bands of a region and a language: 1. Hours with nobody on duty: 0.5.",
    ]
    root = ET.fromstring(text)  # noqa: S314
    assert (root.get("role"), root.get("aria-labelledby")) == ("img", "title told")


def test_a_whole_week_fits_and_more_bands_make_it_higher():
    always = Band("US", "en", "America/Denver", (Stretch(0, WEEK, 5),), ())
    text = chart("x", [always])
    (box,) = [box for box in boxes(text) if box.get("class") == "many" and box.get("width") == "840"]
    assert float(box.get("x")) + 840 <= float(ET.fromstring(text).get("width"))  # noqa: S314
    heights = [float(ET.fromstring(chart("x", [BAND] * count)).get("height")) for count in (1, 40)]  # noqa: S314
    assert heights[1] - heights[0] == 39 * 26


def test_names_cannot_break_the_picture_and_it_fetches_nothing():
    text = chart("<x>", [Band("<b>", "a&b", '"z"', (), ())])
    ET.fromstring(text)  # noqa: S314
    assert "href" not in text
    assert "url(" not in text.replace("url(#nobody)", "")
