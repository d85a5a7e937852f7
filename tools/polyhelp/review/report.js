"use strict";
// Decisions: made here, kept in this browser under the unit and what was seen of it, given back as a file.
// It begins a moment after the page is loaded: before that, Chromium now and then gives a page that is opened from a file
// a storage that is empty and forgets.
addEventListener("load", () => setTimeout(() => {
  const byId = (id) => document.getElementById(id);
  const { format, title, locale, token, units, later } = JSON.parse(byId("data").textContent);
  const sections = [...document.querySelectorAll(".unit")];
  const verdicts = { accept: "accepted", edit: "edited", reject: "rejected" };
  const kept = keeper();
  const decided = new Map(); // number of the unit -> { verdict, target, reason }
  const sent = new Set(); // numbers of units whose decision the server has taken
  let now = -1;
  // Cards that are not in the page yet, written by polyhelp as the others are: the only HTML that is ever put in.
  const own = { createHTML: (html) => html };
  const policy = window.trustedTypes?.createPolicy("polyhelp", own) ?? own;
  let lacking = units.length - later.length;

  // ---------------------------------------------------------------- what the browser keeps

  function keeper() {
    const prefix = `polyhelp review ${title} ${locale} `;
    const memory = new Map();
    let store = null;
    try {
      store = window.localStorage;
      store.getItem(prefix);
    } catch {
      store = null;
    }
    return {
      get(name) {
        try {
          return store ? store.getItem(prefix + name) : memory.get(name) ?? null;
        } catch {
          return null;
        }
      },
      set(name, value) {
        memory.set(name, value);
        try {
          if (!store) throw new Error("no store");
          if (value === null) store.removeItem(prefix + name);
          else store.setItem(prefix + name, value);
        } catch {
          tell("This browser keeps nothing: download the decisions before you close the page.");
        }
      },
    };
  }

  const nameOf = (n) => units[n].slice(0, 3).join(" ");

  function remembered(n) {
    let one = null;
    try {
      one = JSON.parse(kept.get(nameOf(n)));
    } catch {
      return null;
    }
    if (!one || !Object.hasOwn(verdicts, one.verdict)) return null;
    const text = (value) => (typeof value === "string" ? value : "");
    const sound = one.verdict === "edit" ? text(one.target).trim() !== "" : units[n][3] !== "";
    return sound ? { verdict: one.verdict, target: text(one.target), reason: text(one.reason) } : null;
  }

  // ---------------------------------------------------------------- what the page shows

  function tell(text) {
    byId("told").textContent = text;
  }

  function fill(n) {
    const at = n - (units.length - later.length);
    if (at < 0 || later[at] === null) return;
    sections[n].innerHTML = policy.createHTML(later[at]);
    later[at] = null;
    draw(n);
  }

  function fillMore(deadline) {
    do fill(lacking++);
    while (lacking < units.length && deadline.timeRemaining() > 2);
    if (lacking < units.length) whenIdle(fillMore);
  }

  function whenIdle(work) {
    if (window.requestIdleCallback) requestIdleCallback(work);
    else setTimeout(() => work({ timeRemaining: () => 0 }), 20);
  }

  function draw(n) {
    const section = sections[n];
    const one = decided.get(n);
    if (one) section.dataset.verdict = one.verdict;
    else delete section.dataset.verdict;
    if (!section.firstElementChild) return;
    for (const button of section.querySelectorAll(":scope > .do button")) {
      button.setAttribute("aria-pressed", String(one?.verdict === button.dataset.do));
    }
    const more = one ? (one.verdict === "edit" ? one.target : one.reason) : "";
    section.querySelector(".said").textContent = one ? verdicts[one.verdict] + (more ? `: ${more}` : "") : "";
  }

  function count() {
    byId("bar").value = decided.size;
    byId("progress").textContent = `${decided.size.toLocaleString("en")} of ${units.length.toLocaleString("en")} decided`;
  }

  function decide(n, one) {
    if (one) decided.set(n, one);
    else decided.delete(n);
    kept.set(nameOf(n), one ? JSON.stringify(one) : null);
    close(n);
    draw(n);
    count();
  }

  const hidden = (n) => sections[n].offsetParent === null && getComputedStyle(sections[n]).display === "none";

  function go(n, focus = true) {
    if (n < 0 || n >= sections.length) return;
    fill(n);
    sections[now]?.classList.remove("now");
    now = n;
    sections[n].classList.add("now");
    if (focus) {
      sections[n].focus({ preventScroll: true });
      sections[n].scrollIntoView({ block: "start" });
    }
  }

  function step(by, wanted = () => true) {
    for (let n = now + by; n >= 0 && n < sections.length; n += by) {
      if (wanted(n) && !hidden(n)) return go(n);
    }
    return undefined;
  }

  // ---------------------------------------------------------------- forms

  const formOf = (n) => sections[n].querySelector(":scope > form");

  function close(n) {
    formOf(n)?.remove();
  }

  function open(n, kind) {
    close(n);
    const form = byId(kind).content.cloneNode(true).firstElementChild;
    const field = form.querySelector("textarea, input");
    const one = decided.get(n);
    field.value = kind === "edit" ? (one?.verdict === "edit" ? one.target : units[n][3]) : one?.reason ?? "";
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (kind === "reject") decide(n, { verdict: "reject", target: "", reason: field.value.trim() });
      else if (!edited(n, form, field)) return;
      sections[n].focus({ preventScroll: true });
      step(1);
    });
    form.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        event.stopPropagation();
        cancel(n);
      } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        form.requestSubmit();
      }
    });
    form.querySelector("[data-do=cancel]").addEventListener("click", () => cancel(n));
    sections[n].append(form);
    field.focus();
  }

  function edited(n, form, field) {
    if (!field.value.trim()) {
      form.querySelector(".problem").textContent = "A translation cannot be empty. Reject it instead.";
      field.focus();
      return false;
    }
    const same = field.value === units[n][3];
    decide(n, same ? { verdict: "accept", target: "", reason: "" } : { verdict: "edit", target: field.value, reason: "" });
    return true;
  }

  function cancel(n) {
    close(n);
    sections[n].focus({ preventScroll: true });
  }

  function act(n, what) {
    if (sent.has(n)) return undefined;
    if (what === "undo") return decide(n, null);
    if (what !== "edit" && !units[n][3]) return undefined;
    if (what === "accept") {
      decide(n, { verdict: "accept", target: "", reason: "" });
      return step(1);
    }
    return open(n, what);
  }

  // ---------------------------------------------------------------- the file of decisions

  function file() {
    const reviewer = byId("name").value.trim().replace(/\s+/g, " ");
    if (!reviewer) {
      tell("Write your name first: it is kept beside what you decide.");
      byId("name").focus();
      return "";
    }
    const mine = [...decided].filter(([n]) => !sent.has(n)).sort(([one], [other]) => one - other);
    if (!mine.length) {
      tell(sent.size ? "All that is decided is written." : "Nothing is decided yet.");
      return "";
    }
    const day = new Date();
    const made = [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((part) => String(part).padStart(2, "0"));
    const decisions = mine.map(([n, { verdict, target, reason }]) => {
      const [path, id, seen] = units[n];
      const more = verdict === "edit" ? { target } : reason ? { reason } : {};
      return { locale, path, id, seen, verdict, ...more };
    });
    return `${JSON.stringify({ format, reviewer, made: made.join("-"), decisions }, null, 2)}\n`;
  }

  function save() {
    const text = file();
    if (!text) return;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.download = "decisions.json";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    tell("decisions.json is with your downloads.");
  }

  async function copy() {
    const text = file();
    if (!text) return;
    try {
      await navigator.clipboard.writeText(text);
      tell("The decisions are copied.");
    } catch {
      byId("json").value = text;
      byId("text").showModal();
      byId("json").select();
    }
  }

  async function send() {
    const text = file();
    if (!text) return;
    try {
      const headers = { "Content-Type": "application/json", "X-Polyhelp-Token": token };
      const answer = await fetch("/decisions", { method: "POST", headers, body: text });
      const said = await answer.json();
      if (answer.ok) written(said);
      else tell(`Nothing was written: ${said.message ?? answer.status}`);
    } catch {
      tell("The desk does not answer. Is polyhelp review serve still running? The decisions are kept here.");
    }
  }

  function written(said) {
    const refused = new Map((said.refused ?? []).map((one) => [one.id, one.why]));
    let done = 0;
    for (const n of [...decided.keys()].filter((n) => !sent.has(n))) {
      const why = refused.get(units[n][1]);
      const word = verdicts[decided.get(n).verdict];
      if (why === undefined) {
        done += 1;
        sent.add(n);
        kept.set(nameOf(n), null);
        for (const button of sections[n].querySelectorAll(":scope > .do button")) button.disabled = true;
      }
      sections[n].querySelector(".said").textContent = why === undefined ? `${word} and written` : `not written: ${why}`;
    }
    tell(`${done} written${refused.size ? `, ${refused.size} refused` : ""}. Load the page again to see what is left.`);
  }

  // ---------------------------------------------------------------- hands

  const keys = {
    j: () => step(1),
    k: () => step(-1),
    n: () => step(1, (n) => !decided.has(n)),
    a: () => now >= 0 && act(now, "accept"),
    e: () => now >= 0 && act(now, "edit"),
    r: () => now >= 0 && act(now, "reject"),
    u: () => now >= 0 && act(now, "undo"),
    "?": () => byId("keys").showModal(),
  };

  document.addEventListener("keydown", (event) => {
    const { target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || !byId("shortcuts").checked) return;
    if (target.closest("textarea, input:not([type=checkbox]), select, dialog") || !Object.hasOwn(keys, event.key)) return;
    event.preventDefault();
    keys[event.key]();
  });

  byId("units").addEventListener("click", (event) => {
    const section = event.target.closest(".unit");
    if (!section) return;
    const n = sections.indexOf(section);
    go(n, false);
    const button = event.target.closest(".unit > .do button");
    if (!button) return;
    if (button.getAttribute("aria-pressed") === "true" && button.dataset.do !== "edit") act(n, "undo");
    else act(n, button.dataset.do);
  });

  byId("units").addEventListener("focusin", (event) => {
    const section = event.target.closest(".unit");
    if (section) go(sections.indexOf(section), false);
  });

  function setting(id, event, apply) {
    const field = byId(id);
    const value = field.type === "checkbox" ? "checked" : "value";
    const known = kept.get(`- ${id}`);
    if (known !== null) field[value] = value === "checked" ? known === "true" : known;
    apply(field[value]);
    field.addEventListener(event, () => {
      kept.set(`- ${id}`, String(field[value]));
      apply(field[value]);
    });
  }

  setting("name", "input", () => {});
  setting("pages", "change", (on) => document.body.classList.toggle("hide-pages", !on));
  setting("shortcuts", "change", () => {});
  byId("show").addEventListener("change", (event) => {
    for (const which of ["open", "done"]) document.body.classList.toggle(`only-${which}`, event.target.value === which);
  });
  byId("save").addEventListener("click", save);
  byId("copy").addEventListener("click", copy);
  byId("send")?.addEventListener("click", send);
  byId("help").addEventListener("click", () => byId("keys").showModal());

  for (let n = 0; n < units.length; n += 1) {
    const one = remembered(n);
    if (one) {
      decided.set(n, one);
      draw(n);
    }
  }
  count();
  byId("units").addEventListener("contentvisibilityautostatechange", (event) => {
    if (!event.skipped) fill(sections.indexOf(event.target));
  }, true);
  if (lacking < units.length) whenIdle(fillMore);
  performance.mark("ready");
  document.documentElement.dataset.ready = "";
}, 50));
