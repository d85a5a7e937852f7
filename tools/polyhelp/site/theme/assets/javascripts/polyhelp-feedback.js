// Sends the answer to "was this helpful" without leaving the page, and thanks for it.
// Without it, or where the browser cannot send, the form goes the plain way.
(function () {
  "use strict";

  function send(event) {
    const form = event.currentTarget;
    const answer = new URLSearchParams(new FormData(form));
    const button = event.submitter;
    if (button && button.name) answer.set(button.name, button.value);
    if (answer.get("helpful") === "yes") for (const name of ["reason", "comment"]) answer.delete(name);
    if (!navigator.sendBeacon || !navigator.sendBeacon(form.action, answer)) return;
    event.preventDefault();
    const thanks = form.querySelector(".ph-feedback__thanks");
    form.querySelector(".ph-feedback__answers").remove();
    thanks.textContent = form.dataset.thanks;
    thanks.focus(); // the button that had it is gone
  }

  function start() {
    for (const form of document.querySelectorAll("form.ph-feedback")) form.addEventListener("submit", send);
  }

  if (window.document$) window.document$.subscribe(start); // the theme's: also after it has changed the page by itself
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
