// A stand-in for a browser: one page with places for support hours, at one time, in the zone of TZ.
// stdin: {script, data, places: [code], now: [ISO time]}; stdout: per time, [state, text] of each place.
const fs = require("fs");
const { script, data, places, now } = JSON.parse(fs.readFileSync(0, "utf-8"));
const elements = places.map((code) => ({
  attributes: { "data-code": code },
  textContent: "",
  writes: 0,
  getAttribute(name) { return this.attributes[name]; },
  setAttribute(name, value) { this.attributes[name] = value; },
}));
let clock = 0;
let tick = null;
Date.now = () => clock;
global.window = {};
global.document = {
  readyState: "complete",
  querySelector: () => (data ? { textContent: JSON.stringify(data) } : null),
  querySelectorAll: () => elements,
};
global.setTimeout = (run) => { tick = run; return 1; };
global.clearTimeout = () => {};
const shown = now.map((time, number) => {
  clock = Date.parse(time);
  if (number === 0) eval(script); else tick();
  return elements.map((one) => [one.attributes["data-state"], one.textContent.replace(/[\u2068\u2069\u202f\u00a0]/g, (c) => (c > "\u2060" ? "" : " "))]);
});
process.stdout.write(JSON.stringify(shown));
