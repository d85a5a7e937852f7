"""How fast the translation memory is built and asked.

    python tests/benchmarks/memory_speed.py [--units 1000000] [--queries 2000] [--json]

The units are made up from a seed, always the same: sentences as help centers have them, put together from clauses and
lists of words, one in five with codes, one in four with numbers. No two are equal, and many are alike, as in life.
Nothing is read from the network. The file is made in a temporary folder and removed.
Times are processor time of one core, so that a busy machine measures the same.

Fuzzy queries are sentences of the memory with one to three words changed, dropped or added; "new" ones come from
sentences that the memory does not have. Recall says how often the best match is as good as the best of all sources,
found by comparing with every one of them (``--checked`` queries).
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from rapidfuzz import fuzz, process

from polyhelp.memory import Pair, Query, Store, lookup
from polyhelp.memory.forms import form, without_numbers
from polyhelp.model import Locale

GERMAN = Locale("de")
LISTS = {
    "actor": "customer|driver|member|seller|buyer|guest|admin|courier|neighbor|agent|colleague|manager"
    "|reviewer|supplier"
    "|student|teacher|developer|tenant|recipient|sender|subscriber|owner|visitor|operator|clerk|warehouse team",
    "thing": "parcel|refund|invoice|receipt|order|voucher|gift card|label|coupon|subscription|account|password|address"
    "|delivery|shipment|replacement|warranty|payment|deposit|discount|basket|wish list|message|notification|profile"
    "|picture|battery|charger|cable|adapter|manual|filter|lamp|chair|table|mattress|bicycle|helmet|jacket|shoe|watch"
    "|phone|tablet|printer|router|camera|speaker|keyboard|monitor|license|report|document|contract|booking|ticket"
    "|schedule|calendar|playlist|recipe|sensor|thermostat|vacuum cleaner|coffee machine|dishwasher|blender|kettle",
    "quality": "damaged|missing|late|wrong|new|old|empty|heavy|small|broken|sealed|opened|unpaid|expired|blocked"
    "|duplicate|shared|private|public|temporary|permanent|faulty|refurbished|customized|perishable|fragile|oversized",
    "act": "open|check|send|print|cancel|change|confirm|remove|add|scan|upload|download|copy|sign|return"
    "|exchange|repair"
    "|replace|track|report|rename|archive|restore|reset|renew|pause|review|approve|export|import|sort|measure|clean",
    "place": "app|website|store|settings|inbox|order history|help page|pick-up point|post office|warehouse|dashboard"
    "|start page|payment page|address book|service desk|parcel locker|notification center|billing page|member area",
    "button": "Save|Continue|Return an item|Cancel order|Start over|Send code|Add address|Print label|Confirm|Retry"
    "|Show details|Change plan|Upload photo|Remove card|Track parcel|Contact us|Apply|Next step|Edit profile|Log out",
    "time": "today|tomorrow|within {n} days|after {n} hours|before the end of the month|in the morning|at night"
    "|every {n} weeks|for {n} minutes|during the sale|on weekdays|by {n}:00|at least {n} days in advance|once a year",
    "reason": "the seal is broken|the amount is above {n} euros|you live on an island|the store was closed"
    "|the payment failed twice|nobody was at home|the label cannot be read|your bank asks for it|the stock has run out"
    "|the product was on sale|the address was incomplete|you paid with a gift card|the parcel weighs over {n} kg"
    "|the warranty has ended|customs holds it back|the form was not signed|the serial number is missing",
    "brand": "Ternway|Loomba|Orvane|Quillet|Fennick|Marrow|Sablot|Tindra|Velmar|Wistow|Yarrix|Zephlo|Brindle"
    "|Corvus|Dunmore"
    "|Elbrook|Farrow|Glimpse|Harbin|Isendal|Jorvik|Kestrel|Lunaro|Mistral|Nordwin|Opaline|Pemberly|Quarzo|Rowan|Solace",
}  # fmt: skip
WORDS = {name: words.split("|") for name, words in LISTS.items()}
CLAUSES = (
    "{act} the {quality} {thing} in the {place}",
    "the {actor} will {act} your {thing} {time}",
    "press **{button}** to {act} the {thing}",
    "go to [{place}](../{place}.md) and {act} your {thing}",
    "you can {act} a {quality} {thing} {time}",
    "we {act} each {thing} from {brand} {time}",
    "your {brand} {thing} must not be {quality}",
    "please {act} it together with the {thing}",
    "the {place} shows which {thing} is {quality}",
    "a {actor} may ask you to {act} the {brand} {thing}",
    "enter `{brand}-{n}` as the number of the {thing}",
    "choose {button} and wait until the {actor} can {act} it",
    "there is no fee for the {thing} that you {act} {time}",
    "our {place} keeps a copy of the {quality} {thing}",
)
JOINS = ("If {reason}, ", "When {reason}, ", "Because {reason}, ", "Before you {act} the {thing}, ", "")
TAILS = ("", "", "", ", unless {reason}", ", even if {reason}", ", and then {act} the {thing}", " ({time})")


def sentence(random_: random.Random) -> str:
    """One sentence of a help center."""
    text = random_.choice(JOINS) + random_.choice(CLAUSES) + random_.choice(TAILS) + "."
    while "{" in text:
        before, _, rest = text.partition("{")
        name, _, after = rest.partition("}")
        word = str(random_.randint(1, 90)) if name == "n" else random_.choice(WORDS[name])
        text = f"{before}{word}{after}"
    return text[0].upper() + text[1:]


def sentences(count: int, seed: int = 1) -> Iterator[str]:
    """``count`` different sentences."""
    random_ = random.Random(seed)  # noqa: S311
    seen: set[int] = set()
    while len(seen) < count:
        text = sentence(random_)
        if hash(text) not in seen:
            seen.add(hash(text))
            yield text


def edited(text: str, random_: random.Random) -> str:
    """``text`` with one to three words changed, dropped or added."""
    words = text.split(" ")
    for _ in range(random_.randint(1, 3)):
        at = random_.randrange(len(words))
        other = random_.choice(random_.choice(list(WORDS.values()))).split(" ")[0].replace("{n}", "7")
        words[at : at + random_.choice((0, 1, 1))] = random_.choice(([other], [other], []))
        words = words or [other]
    return " ".join(words)


def timed(work: Callable[[str], object], texts: list[str]) -> dict[str, float]:
    """Milliseconds of processor time per text: median, 95th percentile and worst."""
    spent = []
    for text in texts:
        start = time.process_time()
        work(text)
        spent.append((time.process_time() - start) * 1000)
    return {
        "median": statistics.median(spent),
        "p95": statistics.quantiles(spent, n=20)[-1],
        "worst": max(spent),
    }


def recall(store: Store, texts: list[str], sources: list[str]) -> float:
    """How often the best match is as similar as the best of all sources, among queries that have one from 75 on."""
    forms = [without_numbers(form(source)) for source in sources]
    good = wanted = 0
    for text in texts:
        compared = without_numbers(form(text))
        best = process.extractOne(compared, forms, scorer=fuzz.ratio, score_cutoff=75)
        if best is None:
            continue
        wanted += 1
        found = lookup(store, Query(text, GERMAN), limit=3)
        ratios = [fuzz.ratio(compared, without_numbers(form(match.pair.source))) for match in found]
        good += any(ratio >= best[1] - 1 for ratio in ratios)
    return good / wanted if wanted else 1.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--units", type=int, default=1_000_000)
    parser.add_argument("--queries", type=int, default=2_000)
    parser.add_argument("--checked", type=int, default=100)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    random_ = random.Random(2)  # noqa: S311
    sources = list(sentences(given.units))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "memory.sqlite"
        with Store(file, file.name) as store:
            start = time.process_time()
            with store.writing():
                for book in range(0, len(sources), 200):
                    store.put(
                        f"page-{book}.po",
                        "0" * 16,
                        (Pair(text, f"Auf Deutsch: {text}", GERMAN, path=f"page-{book}.md", date="2026-11-01")
                         for text in sources[book : book + 200]),
                    )  # fmt: skip
            built = time.process_time() - start
        with Store(file, file.name) as store:
            known = random_.sample(sources, min(given.queries, len(sources)))
            changed = [edited(text, random_) for text in random_.sample(sources, min(given.queries, len(sources)))]
            texts = set(sources)
            new = [text for text in sentences(given.queries, seed=3) if text not in texts]
            start = time.process_time()
            with store.writing():
                store.put("page-0.po", "1" * 16, [Pair(text, "Neu", GERMAN) for text in changed[:20]])
            again = (time.process_time() - start) * 1000
            figures = {
                "units": given.units,
                "build seconds": built,
                "units per second": given.units / built,
                "megabytes": file.stat().st_size / 1e6,
                "bytes per unit": file.stat().st_size / given.units,
                "one catalog again, ms": again,
                "exact, ms": timed(lambda text: lookup(store, Query(text, GERMAN)), known),
                "exact only, not there, ms": timed(lambda text: lookup(store, Query(text, GERMAN), 100), changed[20:]),
                "fuzzy, ms": timed(lambda text: lookup(store, Query(text, GERMAN)), changed[20:]),
                "fuzzy from 50, ms": timed(lambda text: lookup(store, Query(text, GERMAN), 50), changed[20:]),
                "new, ms": timed(lambda text: lookup(store, Query(text, GERMAN)), new),
                "recall, edited": recall(store, changed[20 : 20 + given.checked], sources),
                "recall, new": recall(store, new[: given.checked], sources),
                "peak memory, MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            }
    if given.json:
        print(json.dumps(figures, indent=2))  # noqa: T201
        return
    for name, value in figures.items():
        shown = ", ".join(f"{part} {number:.3f}" for part, number in value.items()) if isinstance(value, dict) else None
        print(f"{name:28} {shown or f'{value:,.2f}'}")  # noqa: T201


if __name__ == "__main__":
    main()
