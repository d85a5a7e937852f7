/* For hosts that know one page for addresses that do not exist: show the one in the language of the address. */
(() => {
  "use strict";

  const here = document.currentScript;
  const base = here.dataset.base;
  if (!location.pathname.startsWith(base)) return;
  const first = decodeURI(location.pathname.slice(base.length).split("/", 1)[0]).toLowerCase();
  const folder = here.dataset.folders.split(" ").find((name) => name.toLowerCase() === first);
  if (!folder) return;

  /* Written in its place, so that the address stays what the reader asked for. */
  async function show() {
    const answer = await fetch(`${base}${folder}/404.html`);
    const text = await answer.text();
    if (!text.includes("data-ph-not-found")) return;
    document.open();
    document.write(text);
    document.close();
  }

  show().catch(() => {});
})();
