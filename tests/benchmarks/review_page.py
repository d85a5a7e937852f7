"""How soon a reviewer can begin: a page of many units, opened in Chromium from a file.

    python tests/benchmarks/review_page.py [--units 2000] [--runs 5] [--page FILE] [--json]

Per locale: seconds to write the page and its size; milliseconds until the browser has painted first, and until the
script is ready and the page is loaded (the median of cold profiles); frames while all of it is scrolled for five
seconds, three thousand pixels in each: how many took longer than 50 ms, and the longest; milliseconds from a key to the
next frame. The status is 1 when a page opens in more than a second.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).parents[1] / "site"))
from chromium import browser

from polyhelp.model import Locale, Place, QualityIssue, Severity, Unit
from polyhelp.review.ranking import Cause, Reason, Waiting
from polyhelp.review.report import Around, Card, Earlier, Print, Sheet, Term, report

MOST = 1000.0
EN = Locale("en")
SOURCES = (
    "You can send an order back within {{ returns.window | duration }}, **counted from the day** when it arrived.",
    "Open [your orders](../account/orders.md), choose the order, and select *Return items*.",
    "We refund the amount to the card that you paid with; your bank may need up to five working days.",
    "If the parcel is damaged, take photos of the box and of what is in it before you throw anything away.",
)
TARGETS = {
    "de": (
        "Sie können innerhalb von {{ returns.window | duration }} zurücksenden, **gezählt ab dem Tag** der Zustellung.",
        "Öffnen Sie [Ihre Bestellungen](../account/orders.md), wählen Sie die Bestellung, dann *Artikel zurücksenden*.",
        "Wir erstatten den Betrag auf die Karte, mit der Sie gezahlt haben; Ihre Bank braucht bis zu fünf Werktage.",
        "Ist das Paket beschädigt, fotografieren Sie den Karton und den Inhalt, bevor Sie etwas wegwerfen.",
    ),
    "ar": (
        "يمكنك إرجاع الطلب خلال {{ returns.window | duration }}، **تُحسب من يوم** وصوله.",
        "افتح [طلباتك](../account/orders.md)، واختر الطلب، ثم حدد *إرجاع العناصر*.",
        "نعيد المبلغ إلى البطاقة التي دفعت بها؛ وقد يحتاج مصرفك إلى خمسة أيام عمل.",
        "إذا كان الطرد تالفًا فالتقط صورًا للصندوق ولما بداخله قبل أن ترمي أي شيء.",
    ),
}  # fmt: skip
REGIONS = {"DE": "14 Tagen", "AT": "30 Tagen", "CH": "60 Tagen"}
FRAMES = """() => new Promise(done => {
  const began = performance.now(), frames = [];
  let last = began;
  const step = (now) => {
    frames.push(now - last);
    last = now;
    scrollTo(0, (now - began) * 3);
    if (now - began < 5000) requestAnimationFrame(step); else done(frames);
  };
  requestAnimationFrame(step);
})"""
KEY = """() => new Promise(done => {
  const began = performance.now();
  document.dispatchEvent(new KeyboardEvent("keydown", { key: "a", bubbles: true }));
  requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)));
})"""
TIMES = """() => ({
  paint: performance.getEntriesByName("first-contentful-paint")[0].startTime,
  ready: performance.getEntriesByName("ready")[0].startTime,
  load: performance.getEntriesByType("navigation")[0].loadEventEnd,
})"""


def cards(tag: str, number: int) -> Iterator[Card]:
    """Units as a translation run leaves them: half are changed, a quarter have an issue or values of regions."""
    locale, texts = Locale(tag), TARGETS[tag]
    for at in range(number):
        source, target = (f"{text} ({at})" for text in (SOURCES[at % 4], texts[at % 4]))
        unit = Unit(source, target, fuzzy=True, notes=("paragraph",))
        place = Place(f"locales/{tag}/a.po", at)
        issues = (QualityIssue("numbers", Severity.ERROR, "A number is missing.", place, locale, mark=f"({at})"),)
        why = (Reason(Cause.MACHINE, "machine translation"), Reason(Cause.SOURCE_CHANGED, "source changed"))
        row = Waiting(locale, f"help/{at // 20}.md", f"{at:010x}", unit, why, 18, at % 7, issues if at % 4 == 0 else ())
        earlier = Earlier(source.replace("the", "your"), target.replace(" ", "  ", 1)) if at % 2 else Earlier()
        around = Around("paragraph", texts[0][:30], texts[1][:80], texts[2][:80])
        named = "{{ returns.window | duration }}"
        prints = [Print((code,), target.replace(named, days)) for code, days in REGIONS.items() if named in target]
        yield Card(row, (Term(4, 7, source[4:7], (target[:5],)),), earlier, around, prints=tuple(prints))


@dataclass(frozen=True)
class Measured:
    locale: str
    units: int
    written: float
    mb: float
    paint: float
    ready: float
    load: float
    slow_frames: int
    frames: int
    longest: float
    key: float


def measure(tag: str, number: int, runs: int, file: Path) -> Measured:
    """Write a page and open it ``runs`` times."""
    sheet = Sheet("Tern Outdoor", EN, Locale(tag), tuple(cards(tag, number)), "Anna Berg")
    began = time.perf_counter()
    file.write_text(report(sheet), encoding="utf-8")
    written = time.perf_counter() - began
    times: list[dict[str, float]] = []
    frames: list[float] = []
    keys: list[float] = []
    with browser() as chromium:
        for run in range(runs):
            page: Any = chromium.new_page(viewport={"width": 1280, "height": 800})
            page.goto(file.as_uri())
            page.locator("html[data-ready]").wait_for(state="attached")
            times.append(page.evaluate(TIMES))
            if run == 0:
                page.locator(".unit:empty").first.wait_for(state="detached")  # all cards are in the page
                page.keyboard.press("j")
                keys = [page.evaluate(KEY) for _ in range(10)]
                frames = page.evaluate(FRAMES)
            page.close()
    middle = {name: statistics.median(one[name] for one in times) for name in times[0]}
    slow = sum(frame > 50 for frame in frames)
    size, key = file.stat().st_size / 1e6, statistics.median(keys)
    return Measured(
        tag, number, written, size, **middle, slow_frames=slow, frames=len(frames), longest=max(frames), key=key
    )


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--units", type=int, default=2000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--page", type=Path, help="keep the last page here")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = arguments.page or Path(folder) / "review.html"
        found = [measure(tag, arguments.units, arguments.runs, file) for tag in TARGETS]
    if arguments.json:
        sys.stdout.write(json.dumps([asdict(one) for one in found], indent=1) + "\n")
    else:
        for one in found:
            sys.stdout.write(
                f"{one.locale}: {one.units:,} units, {one.mb:.1f} MB written in {one.written:.1f} s; "
                f"first paint {one.paint:.0f} ms, ready {one.ready:.0f} ms, loaded {one.load:.0f} ms; "
                f"scrolling: {one.slow_frames} of {one.frames} frames over 50 ms, longest {one.longest:.0f} ms; "
                f"a key {one.key:.0f} ms\n"
            )
    return 0 if all(max(one.paint, one.ready, one.load) <= MOST for one in found) else 1


if __name__ == "__main__":
    sys.exit(main())
