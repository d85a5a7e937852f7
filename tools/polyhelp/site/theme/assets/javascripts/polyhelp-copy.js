// Makes the link in each heading a button that copies the heading's address, and says so.
// Without it, or where the browser gives no clipboard, the link leads to its own heading as before.
(function () {
  "use strict";
  const SHOWN = 2000;

  async function copy(button, said) {
    const address = new URL(button.dataset.phCopy, location.href).href;
    await navigator.clipboard.writeText(address);
    history.replaceState(history.state, "", address);
    said.textContent = "";
    button.dataset.said = said.dataset.copied;
    setTimeout(() => (said.textContent = said.dataset.copied), 50); // a text that comes into an empty place is announced
    setTimeout(() => delete button.dataset.said, SHOWN);
  }

  function start() {
    const said = document.querySelector(".ph-said[data-copied]");
    if (!said || !navigator.clipboard) return;
    for (const link of document.querySelectorAll("article a.headerlink")) {
      const button = document.createElement("button");
      for (const { name, value } of link.attributes) if (name !== "href") button.setAttribute(name, value);
      button.type = "button";
      button.dataset.phCopy = link.getAttribute("href");
      button.append(...link.childNodes);
      button.addEventListener("click", () => copy(button, said).catch(() => (location.hash = button.dataset.phCopy)));
      link.replaceWith(button);
    }
  }

  if (window.document$) window.document$.subscribe(start); // the theme's: also after it has changed the page by itself
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
