// The choice of region: remembers it in this browser, suggests one, and puts the reader's own first where all stand.
// What it suggests comes from the browser's time zone and languages and from the page itself; it asks nobody.
// It never leads anyone away: a region's page opens only when somebody follows its link.
(function () {
  "use strict";
  const KEY = "polyhelp.region";

  function remembered() {
    try {
      return localStorage.getItem(KEY) || "";
    } catch {
      return ""; // a browser may keep nothing for a site
    }
  }

  function remember(code) {
    try {
      localStorage.setItem(KEY, code);
    } catch {
      // then the choice holds for this page
    }
  }

  /** The region that the browser's time zone lies in, else the first that its languages name; "" for none. */
  function suggestion(zones, codes) {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const lies = Object.keys(zones).find((code) => zones[code].split(" ").includes(zone));
    if (lies) return lies;
    const named = (navigator.languages || []).map((tag) => /-([A-Za-z]{2})\b/.exec(tag)?.[1].toUpperCase());
    return named.find((code) => codes.includes(code)) || "";
  }

  /** Puts the rows of a region first among their neighbors, with a word that says why. */
  function first(code, word) {
    for (const mark of document.querySelectorAll(".ph-yours")) mark.remove();
    for (const row of document.querySelectorAll("[data-ph-region]")) {
      const own = row.dataset.phRegion === code;
      row.classList.toggle("ph-own-region", own);
      if (!own) continue;
      row.parentElement.prepend(row);
      const mark = document.createElement("span");
      mark.className = "ph-yours";
      mark.textContent = word;
      (row.matches("tr") ? row.cells[0] : row).append(" ", mark);
    }
  }

  class Picker {
    constructor(root) {
      this.root = root;
      this.button = root.querySelector(".ph-region__button");
      this.panel = root.querySelector(".ph-region__panel");
      this.list = root.querySelector(".ph-region__list");
      this.said = root.querySelector(".ph-region__said");
      this.items = [...root.querySelectorAll("[data-region]")];
      const zones = JSON.parse(root.querySelector(".ph-region-zones").textContent);
      const codes = this.items.map((item) => item.dataset.region);
      this.suggested = suggestion(zones, codes);
      this.chosen = codes.includes(remembered()) ? remembered() : "";
      this.sort();
      this.listen();
      this.show();
    }

    name(code) {
      const item = this.items.find((one) => one.dataset.region === code);
      return item ? item.firstChild.textContent.trim() : "";
    }

    /** Names in the order of the reader's language, the chosen or suggested region before them. */
    sort() {
      const { compare } = new Intl.Collator(document.documentElement.lang);
      const front = this.chosen || this.suggested;
      const rank = (item) => (item.dataset.region === front ? 0 : 1);
      this.items.sort((a, b) => rank(a) - rank(b) || compare(this.name(a.dataset.region), this.name(b.dataset.region)));
      this.list.append(...this.items.map((item) => item.parentElement));
    }

    show() {
      const { yours, suggested, chosen } = this.root.dataset;
      const word = this.chosen ? yours : suggested;
      const front = this.chosen || this.suggested;
      for (const mark of this.list.querySelectorAll(".ph-region__mark")) mark.remove();
      for (const item of this.items) {
        if (item.dataset.region === this.chosen && item.matches("button")) item.setAttribute("aria-current", "true");
        else if (item.matches("button")) item.removeAttribute("aria-current");
        if (item.dataset.region !== front) continue;
        const mark = document.createElement("span");
        mark.className = "ph-region__mark";
        mark.textContent = word;
        item.append(" ", mark);
      }
      const name = this.name(this.root.dataset.here || this.chosen);
      if (name) {
        this.button.querySelector(".ph-region__name").textContent = name;
        this.button.setAttribute("aria-label", chosen.replace("{region}", name));
      }
      if (front) first(front, word);
    }

    choose(code) {
      this.chosen = code;
      remember(code);
      this.show();
      this.said.textContent = this.root.dataset.chosen.replace("{region}", this.name(code));
    }

    open(at) {
      this.panel.hidden = false;
      this.button.setAttribute("aria-expanded", "true");
      if (at) at.focus();
    }

    close(back) {
      if (this.panel.hidden) return;
      this.panel.hidden = true;
      this.button.setAttribute("aria-expanded", "false");
      if (back) this.button.focus();
    }

    listen() {
      this.button.addEventListener("click", () => (this.panel.hidden ? this.open() : this.close(true)));
      this.list.addEventListener("click", (event) => {
        const item = event.target.closest("[data-region]");
        if (!item) return;
        this.choose(item.dataset.region);
        if (item.matches("button")) this.close(true);
      });
      this.root.addEventListener("keydown", (event) => this.key(event));
      this.root.addEventListener("focusout", ({ relatedTarget }) => {
        if (relatedTarget && !this.root.contains(relatedTarget)) this.close(false);
      });
      document.addEventListener("click", ({ target }) => {
        if (!this.root.contains(target)) this.close(false);
      });
    }

    key(event) {
      const at = this.items.indexOf(document.activeElement);
      const last = this.items.length - 1;
      const goal = { ArrowDown: Math.min(at + 1, last), ArrowUp: Math.max(at - 1, 0), Home: 0, End: last }[event.key];
      if (event.key === "Escape" && !this.panel.hidden) {
        event.stopPropagation();
        this.close(true);
      } else if (goal !== undefined && (at >= 0 || event.key === "ArrowDown")) {
        event.preventDefault();
        this.open(this.items[goal]);
      }
    }
  }

  function start() {
    const root = document.querySelector(".ph-region");
    if (root && !root.dataset.ready) {
      root.dataset.ready = "yes";
      new Picker(root);
    }
  }

  if (window.document$) window.document$.subscribe(start); // the theme's: also after it has changed the page by itself
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
