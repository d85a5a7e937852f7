/* Menus of links in the header (WAI-ARIA Authoring Practices, "Menu Button"), and labels that act as buttons. */
(() => {
  "use strict";

  const links = (menu) => [...menu.querySelectorAll('[role="menuitem"]')];

  function close(menu, focus) {
    const button = menu.querySelector("button");
    if (button.getAttribute("aria-expanded") !== "true") return;
    button.setAttribute("aria-expanded", "false");
    if (focus) button.focus();
  }

  function open(menu, at) {
    menu.querySelector("button").setAttribute("aria-expanded", "true");
    const all = links(menu);
    const current = all.findIndex((link) => link.hasAttribute("aria-current"));
    const chosen = all.at(at ?? Math.max(current, 0));
    if (chosen) chosen.focus();
  }

  /* The next name that starts with what was typed, after the one in focus. */
  function typed(all, here, letter) {
    const order = [...all.slice(here + 1), ...all.slice(0, here + 1)];
    return order.find((link) => link.textContent.trim().toLocaleLowerCase().startsWith(letter.toLocaleLowerCase()));
  }

  function target(all, here, event) {
    const steps = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: -1 };
    if (event.key in steps) return all.at(steps[event.key] % all.length);
    const letter = [...event.key].length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
    return letter ? typed(all, here, event.key) : undefined;
  }

  function pressed(menu, event) {
    const button = menu.querySelector("button");
    if (event.key === "Escape") {
      close(menu, true);
    } else if (event.target === button) {
      if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
      event.preventDefault();
      open(menu, event.key === "ArrowDown" ? 0 : -1);
    } else if (event.key !== "Enter" && event.key !== "Tab") {
      const all = links(menu);
      if (event.key === " ") {
        event.preventDefault();
        event.target.click();
        return;
      }
      const found = target(all, all.indexOf(event.target), event);
      if (found) {
        event.preventDefault();
        found.focus();
      }
    }
  }

  function prepare(menu) {
    const button = menu.querySelector("button");
    menu.setAttribute("data-ph-ready", "");
    for (const link of links(menu)) link.tabIndex = -1;
    button.addEventListener("click", () => {
      if (button.getAttribute("aria-expanded") === "true") close(menu, true);
      else open(menu);
    });
    /* Letters and arrows mean something else to the theme's own shortcuts. */
    menu.addEventListener("keydown", (event) => {
      const wasOpen = button.getAttribute("aria-expanded") === "true";
      pressed(menu, event);
      if (wasOpen && event.key !== "Tab") event.stopPropagation();
    });
    menu.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !menu.contains(event.relatedTarget)) close(menu, false);
    });
    document.addEventListener("pointerdown", (event) => {
      if (!menu.contains(event.target)) close(menu, false);
    });
  }

  /* The theme opens its navigation with a label, which no key reaches: a button takes its place. */
  function prepareDrawer(label) {
    const toggle = document.getElementById(label.htmlFor);
    const navigation = document.querySelector(".md-nav--primary");
    if (!toggle || !navigation) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = `${label.className} ph-drawer`;
    button.setAttribute("aria-label", navigation.getAttribute("aria-label") || "");
    button.append(...label.childNodes);
    label.replaceWith(button);
    const say = () => button.setAttribute("aria-expanded", String(toggle.checked));
    say();
    toggle.addEventListener("change", say);
    button.addEventListener("click", () => toggle.click());
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !toggle.checked) return;
      toggle.click();
      button.focus();
    });
  }

  document.querySelectorAll("[data-ph-menu]").forEach(prepare);
  document.querySelectorAll('label.md-header__button[for="__drawer"]').forEach(prepareDrawer);
})();
