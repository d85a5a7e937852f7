// What a query finds: Pagefind looks into the full text, and titles, headings and the names of the term base are
// looked at here. All words first; when too few pages have them all, pages with some of them, rare words counting more.
// A word that no page has is read as what it may have been meant to be: another form, a part of a word, a typing error.

const ENOUGH = 3; // pages that have all words
const KINDRED = 4; // how many words a misspelt or partial word may stand for
const NAMES = 6; // how many other names of what the query names are looked for
const LEAST = 0.05; // what a result counts beside the best one
const TITLE = 2; // what a title that has all words counts beside a text that has them
const MARKS = /([\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Hebrew}])\p{M}+/gu;
const LETTERS = { ß: "ss", ø: "o", æ: "ae", œ: "oe", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i", ة: "ه", ى: "ي" };
const UMLAUTS = { ae: "a", oe: "o", ue: "u" };
const JOINED = new Set(["ja", "km", "lo", "my", "th", "yue", "zh"]); // languages without spaces between words

/** Makes words comparable: no case, no accents, one script of kana and of Chinese. */
export function folder(language, characters = {}) {
  return (text) => {
    let plain = text.normalize("NFKD").toLowerCase().replace(MARKS, "$1");
    plain = plain.replace(/[\u064b-\u065f\u0670\u0640]|[\u0e47-\u0e4e]/g, ""); // Arabic vowels and hamza, Thai tones
    plain = plain.normalize("NFC").replace(/[ßøæœłđðþıةى]/g, (letter) => LETTERS[letter]);
    if (language === "de") plain = plain.replace(/ae|oe|ue/g, (pair) => UMLAUTS[pair]);
    if (language === "ja") plain = plain.replace(/[ァ-ヶ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60));
    return plain.replace(/./gu, (character) => characters[character] ?? character);
  };
}

/** Splits text into words, each once: as they are written, and folded. */
export function splitter(locale, fold) {
  const segmenter = globalThis.Intl?.Segmenter && new Intl.Segmenter(locale, { granularity: "word" });
  const article = locale.startsWith("ar") ? /^(?:[وفبك]?ال|لل)(?=.{3})/ : /^$/; // "the", "for the", joined to the word
  return (text) => {
    const found = segmenter
      ? [...segmenter.segment(text)].filter((part) => part.isWordLike).map((part) => part.segment)
      : text.match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
    const words = new Map(found.map((written) => [fold(written).replace(article, ""), written]));
    return [...words].map(([plain, written]) => ({ plain, written }));
  };
}

/** Every two neighbouring characters of a text without spaces, or the text itself when it is shorter. */
const pairs = (text) =>
  [...new Set([...text].map((one, at, all) => one + (all[at + 1] ?? "")).filter((pair) => [...pair].length > 1))];

/** Whether one word becomes the other by few errors: a letter wrong, missing, too much, or two swapped. */
export function near(one, other) {
  const allowed = Math.min(one.length, other.length) < 4 ? 0 : Math.max(one.length, other.length) < 8 ? 1 : 2;
  if (!allowed || Math.abs(one.length - other.length) > allowed) return false;
  let before = [];
  let last = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row++) {
    const line = [row];
    for (let column = 1; column <= other.length; column++) {
      const same = one[row - 1] === other[column - 1];
      line[column] = Math.min(last[column] + 1, line[column - 1] + 1, last[column - 1] + (same ? 0 : 1));
      if (row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]) {
        line[column] = Math.min(line[column], before[column - 2] + 1);
      }
    }
    [before, last] = [last, line];
  }
  return last[other.length] <= allowed;
}

/** How well a word that somebody typed fits a word that stands somewhere, both folded: from 0 to 1. */
export function fit(typed, word) {
  if (typed === word) return 1;
  const [short, long] = typed.length < word.length ? [typed, word] : [word, typed];
  if (short.length < 3) return 0;
  if (word.startsWith(typed)) return 0.85 + 0.15 * (typed.length / word.length);
  if (short.length >= 4 && long.startsWith(short)) return 0.7;
  if (short.length >= 4 && long.includes(short)) return 0.6;
  if (near(typed, word)) return 0.6;
  let shared = 0;
  while (shared < short.length && short[shared] === long[shared]) shared++;
  return shared >= 4 && shared >= 0.7 * short.length ? (0.6 * shared) / short.length : 0;
}

/** The best of what words fit a typed one. */
const best = (typed, words) => words.reduce((most, word) => Math.max(most, fit(typed, word)), 0);

/** Opens the index of a locale: gives a function from query and region to results, best first. */
export async function open(root, locale) {
  const base = new URL(`pagefind/${locale}/`, root);
  const [pagefind, known] = await Promise.all([
    import(new URL("pagefind.js", base).href),
    fetch(new URL("words.json", base)).then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status))),
  ]);
  await pagefind.options({ excerptLength: 24 });
  await pagefind.init();
  const index = new Index(pagefind, known, locale);
  return { known, find: (query, region) => index.find(query, region) };
}

class Index {
  constructor(pagefind, known, locale) {
    const language = locale.split("-")[0];
    this.pagefind = pagefind;
    this.joined = JOINED.has(language);
    this.paired = ["ja", "yue", "zh"].includes(language); // words are short, and where they end is anybody's guess
    this.fold = folder(language, known.characters);
    this.split = splitter(locale, this.fold);
    const words = (text) => this.split(text).map(({ plain }) => plain);
    this.pages = known.pages.map((page) => ({
      ...page,
      title: { shown: page.title, plain: this.fold(page.title), words: words(page.title) },
      headings: (page.headings ?? []).map((heading) => ({ plain: this.fold(heading), words: words(heading) })),
    }));
    this.byId = new Map(known.pages.map((page, at) => [page.id, this.pages[at]]));
    this.known = new Map(this.pages.map((page, at) => [page, known.pages[at]]));
    this.words = known.words.map((word) => ({ written: word, plain: this.fold(word) }));
    this.complete = known.complete;
    this.terms = known.terms.map((names) => names.map((name) => ({ name, plain: this.fold(name), words: words(name) })));
    this.regions = Object.entries(known.regions).map(([code, name]) => [code, words(name)]);
  }

  /** The results for a query: the page as words.json has it, its points, and a function that gives what to show. */
  async find(query, region) {
    const typed = this.split(query);
    if (!typed.length) return [];
    const shown = this.shown(this.named(typed) ?? region);
    const names = this.otherNames(query, typed);
    const points = new Map();
    const add = (page, score, result) => {
      if (!shown.has(page) || !score) return;
      const before = points.get(page);
      points.set(page, { score: (before?.score ?? 0) + score, result: before?.result ?? result });
    };
    this.inTitles(query, typed, names, [...shown], add);
    await this.inText(typed, names, shown, add);
    const found = [...points].map(([page, { score, result }]) => ({
      page: this.known.get(page),
      score,
      excerpt: async () => (result ? (await result.data()).excerpt : ""),
    }));
    found.sort((one, other) => other.score - one.score || (one.page.url < other.page.url ? -1 : 1));
    return found.filter(({ score }) => score >= LEAST * found[0].score);
  }

  /** The region that the query names: all words of its name, the longest name of several. */
  named(typed) {
    const said = new Set(typed.map(({ plain }) => plain));
    const found = this.regions.filter(([, words]) => words.length && words.every((word) => said.has(word)));
    return found.sort((one, other) => other[1].length - one[1].length)[0]?.[0];
  }

  /** The pages that a reader of this region is shown: the region's own, and no page that leads to regions beside it. */
  shown(region) {
    const own = new Set(this.pages.filter((page) => region && page.region === region).map((page) => page.article));
    return new Set(this.pages.filter((page) => (page.region ? page.region === region : !own.has(page.article))));
  }

  /** Other names of the concepts that the query names, with what they count: the preferred name most. */
  otherNames(query, typed) {
    const plain = this.fold(query);
    const says = (name) =>
      this.joined
        ? name.plain.length > 1 && plain.includes(name.plain)
        : name.words.every((word) => typed.some((one) => same(one.plain, word)));
    const concepts = this.terms.filter((names) => names.some(says));
    const found = concepts.flatMap((names) =>
      names.map((name, at) => ({ ...name, weight: at ? 0.25 : 0.7 })).filter((name) => !says(name)),
    );
    return found.sort((one, other) => other.weight - one.weight).slice(0, NAMES);
  }

  /** Points for titles and headings. */
  inTitles(query, typed, names, pages, add) {
    const parts = this.paired ? pairs(this.fold(query).replace(/\s+/g, "")) : [];
    const asked = [{ words: parts.length ? parts : typed.map(({ plain }) => plain), weight: 1 }, ...names];
    for (const { words, weight } of asked) {
      for (const word of words) {
        const fits = pages.map((page) => this.fitOf(word, page));
        const share = (TITLE * weight * rarity(pages.length, fits.filter((one) => one >= 0.5).length)) / words.length;
        pages.forEach((page, at) => add(page, fits[at] * share));
      }
    }
  }

  fitOf(word, { title, headings }) {
    const longer = 1 + 0.03 * title.words.length;
    return Math.max(this.fitIn(word, title) / longer, 0.5 * Math.max(0, ...headings.map((one) => this.fitIn(word, one))));
  }

  fitIn(word, { plain, words }) {
    return this.joined && word.length > 1 && plain.includes(word) ? 1 : best(word, words);
  }

  /** Points for the full text: all words first, then some of them when too few pages have all. */
  async inText(typed, names, shown, add) {
    const search = async (text) =>
      (await this.pagefind.search(text)).results.filter(({ id }) => shown.has(this.byId.get(id)));
    const credit = (results, weight) => {
      for (const result of results) add(this.byId.get(result.id), (weight * result.score) / results[0].score, result);
    };
    const alone = async (text, weight) => {
      const results = await search(text);
      credit(results, weight * rarity(shown.size, results.length));
      return results.length;
    };
    const readings = typed.map((word) => (this.knows(word.plain) ? [word.written] : this.kindred(word)));
    const whole = readings.every((texts) => texts.length) ? await search(readings.map(([text]) => text).join(" ")) : [];
    credit(whole, 1);
    const single = readings.length === 1 ? 1 : 0; // whose first reading has been looked for
    for (const texts of whole.length < ENOUGH ? readings : []) {
      for (const text of texts.slice(single)) await alone(text, (text === texts[0] ? 1 : 0.6) / readings.length);
    }
    for (const { name, weight } of names) await alone(name, weight);
  }

  /** Whether pages have the word or a form of it. Pagefind would take any word that begins like an unknown one. */
  knows(word) {
    if (this.joined || word.length < 4 || /\p{N}/u.test(word)) return true; // words.json has no such words
    return this.words.some(({ plain }) => fit(word, plain) >= 0.7);
  }

  /** What an unknown word may stand for, the likeliest first; itself when words.json does not have all words. */
  kindred(word) {
    const found = this.words.map(({ plain, written }) => ({ written, fit: fit(word.plain, plain) }));
    const likely = found.filter((one) => one.fit >= 0.5);
    likely.sort((one, other) => other.fit - one.fit || one.written.length - other.written.length);
    if (!likely.length && !this.complete) return [word.written];
    return likely.slice(0, KINDRED).map(({ written }) => written);
  }
}

/** What a word counts that so many of the pages have: 1 for one page, little for all, nothing for none. */
const rarity = (pages, found) => (found ? Math.log(1 + pages / found) / Math.log(1 + pages) : 0);

/** Whether a typed word is a word of a name, perhaps in another form. */
const same = (typed, word) => typed === word || (typed.length > 3 && word.length > 3 && fit(typed, word) >= 0.7);
