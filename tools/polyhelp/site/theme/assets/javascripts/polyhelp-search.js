// The search dialog: opens with "/" or the button, and loads the locale's index then. It sends nothing anywhere.
(function () {
  "use strict";
  const dialog = document.querySelector("dialog.ph-search");
  if (!dialog || !dialog.showModal) return;
  const said = dialog.dataset;
  const [form, input, status, list, more] = ["form", "query", "status", "results", "more"].map((name) =>
    dialog.querySelector(`.ph-search-${name}`),
  );
  const root = new URL(said.root, document.baseURI);
  const MOST = 8;
  const PAUSE = 120;
  let engine = null; // a promise once loading has begun
  let timer = 0;
  let asked = 0;
  let chosen = -1;

  const load = () => {
    const script = new URL("assets/javascripts/polyhelp-search-engine.js", root);
    engine ??= import(script.href).then((module) => module.open(root, said.locale));
    engine.catch(() => (engine = null)); // another try when the reader types on
    return engine;
  };

  function region() {
    try {
      return localStorage.getItem("polyhelp.region") || undefined;
    } catch {
      return undefined; // a browser that keeps nothing
    }
  }

  function element(name, className, ...inside) {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...inside);
    return made;
  }

  /** A text with <mark> around what was found, as nodes; any other markup in it stays text. */
  function marked(excerpt) {
    const parsed = new DOMParser().parseFromString(excerpt, "text/html").body;
    return [...parsed.childNodes].map((node) =>
      node.nodeName === "MARK" ? element("mark", "", node.textContent) : document.createTextNode(node.textContent),
    );
  }

  function link(page, className) {
    const made = element("a", className);
    made.href = new URL(page.url, root).href;
    return made;
  }

  function option({ page, text }, number) {
    const made = link(page, "ph-search-result");
    made.id = `ph-search-result-${number}`;
    made.setAttribute("role", "option");
    made.setAttribute("aria-selected", "false");
    made.tabIndex = -1;
    if (page.section) made.append(element("span", "ph-search-section", page.section));
    made.append(element("span", "ph-search-title", page.title));
    made.append(element("span", "ph-search-text", ...text));
    return made;
  }

  function choose(number) {
    const options = [...list.children];
    chosen = options.length ? (number + options.length) % options.length : -1;
    options.forEach((one, at) => one.setAttribute("aria-selected", String(at === chosen)));
    if (chosen < 0) input.removeAttribute("aria-activedescendant");
    else {
      input.setAttribute("aria-activedescendant", options[chosen].id);
      options[chosen].scrollIntoView({ block: "nearest" });
    }
  }

  /** What to show of a result. Of a page that leads to its regions it is its subject: the words stand on theirs. */
  async function told({ page, excerpt }) {
    const found = page.leads ? "" : await excerpt();
    return { page, text: found ? marked(found) : [page.about ?? ""] };
  }

  function show(shown) {
    list.replaceChildren(...shown.map(option));
    list.hidden = !shown.length;
    input.setAttribute("aria-expanded", String(shown.length > 0));
    chosen = -1;
    input.removeAttribute("aria-activedescendant");
  }

  /** Popular articles and the way to people: before anything is typed, and when nothing was found. */
  function offer(known) {
    const byUrl = new Map(known.pages.map((page) => [page.url, page]));
    const links = (urls) => urls.map((url) => byUrl.get(url)).filter(Boolean).map((page) => {
      const made = link(page, "");
      made.append(page.title);
      return made;
    });
    const popular = links(known.popular);
    const contact = links([known.contact]);
    const parts = [];
    if (popular.length) {
      const items = popular.map((one) => element("li", "", one));
      parts.push(element("p", "ph-search-label", said.popular), element("ul", "", ...items));
    }
    if (contact.length) parts.push(element("p", "ph-search-contact", said.contact, " ", contact[0]));
    more.replaceChildren(...parts);
  }

  async function look() {
    const query = input.value.trim();
    const turn = ++asked;
    try {
      if (!said.ready) status.textContent = said.loading;
      const { known, find } = await load();
      const results = query ? await find(query, region()) : [];
      const shown = await Promise.all(results.slice(0, MOST).map(told));
      if (turn !== asked) return;
      said.ready = "true";
      show(shown);
      if (shown.length) more.replaceChildren();
      else offer(known);
      const count = said.count.replace("{count}", new Intl.NumberFormat(said.locale).format(shown.length));
      status.textContent = !query ? "" : shown.length ? count : said.none.replace("{query}", () => query);
      dialog.dispatchEvent(new CustomEvent("ph-search-done", { detail: { query, found: shown.length } }));
    } catch {
      if (turn !== asked) return;
      show([]);
      status.textContent = said.failed;
    }
  }

  function start(query) {
    if (!dialog.open) dialog.showModal();
    if (query !== undefined) input.value = query;
    input.focus();
    input.select();
    look();
  }

  const typing = (target) => target.closest?.("input, textarea, select, [contenteditable]");
  document.addEventListener("keydown", (event) => {
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (event.key !== "/" || !plain || event.isComposing || dialog.open || typing(event.target)) return;
    event.preventDefault();
    start();
  });
  document.addEventListener("click", (event) => {
    const opener = event.target.closest?.("[data-ph-search]");
    if (!opener || opener.localName === "form") return;
    event.preventDefault();
    start();
  });
  document.addEventListener("submit", (event) => {
    const place = event.target.closest("form[data-ph-search]");
    if (!place) return;
    event.preventDefault();
    start(new FormData(place).get("q") ?? "");
  });

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return; // an input method has the keys
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !list.children.length) return;
    event.preventDefault();
    choose(chosen < 0 && step < 0 ? -1 : chosen + step);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    (list.children[Math.max(chosen, 0)] ?? null)?.click();
  });
  dialog.querySelector(".ph-search-close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing) return;
    event.preventDefault(); // in a field for searches, browsers only empty it
    event.stopPropagation();
    dialog.close();
  });
  dialog.addEventListener("click", (event) => {
    const { left, right, top, bottom } = dialog.getBoundingClientRect();
    const outside = event.clientX < left || event.clientX > right || event.clientY < top || event.clientY > bottom;
    if (event.target === dialog && outside) dialog.close();
    else if (event.target.closest("a")) dialog.close(); // also where it leads to the page that is open
  });

  const wanted = new URLSearchParams(location.search).get("q");
  if (wanted) start(wanted);
})();
