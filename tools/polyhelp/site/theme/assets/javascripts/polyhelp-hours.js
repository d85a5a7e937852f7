// Says in every <div class="ph-hours"> whether somebody is on duty now, on the reader's clock.
// It reads the page's <script class="ph-hours-data"> and asks nobody. Without it the page lacks nothing.
(function () {
  "use strict";
  const MINUTE = 60000;
  const QUARTER = 15 * MINUTE; // the clocks of no zone change at another time of an hour in UTC
  const AHEAD = 15 * 24 * 60 * MINUTE;
  const clocks = new Map();
  let timer = 0;

  /** What the clocks of a zone show: date, weekday from 0 for Monday, minute of the day, and how far they are off UTC. */
  function shown(zone, time) {
    if (!clocks.has(zone)) {
      const digits = { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" };
      clocks.set(zone, new Intl.DateTimeFormat("en-u-ca-gregory-nu-latn", { timeZone: zone, hourCycle: "h23", ...digits }));
    }
    const part = {};
    for (const { type, value } of clocks.get(zone).formatToParts(time)) part[type] = value;
    const day = Date.UTC(part.year, part.month - 1, part.day);
    const minute = part.hour * 60 + Number(part.minute);
    return {
      date: `${part.year}-${part.month}-${part.day}`,
      weekday: (new Date(day).getUTCDay() + 6) % 7,
      minute,
      offset: day + minute * MINUTE - time,
    };
  }

  /** Whether a team works at a time, and for how many minutes its clocks can only say so. */
  function look(team, time) {
    const now = shown(team.zone, time);
    const works = !team.off.includes(now.date);
    let open = false;
    let left = 1440 - now.minute;
    for (const [weekday, opens, closes] of team.hours) {
      if (weekday !== now.weekday) continue;
      open = open || (works && opens <= now.minute && now.minute < closes);
      for (const bound of [opens, closes]) if (bound > now.minute) left = Math.min(left, bound - now.minute);
    }
    return { open, left };
  }

  const isOpen = (teams, time) => teams.some((team) => look(team, time).open);

  /** When that changes next; null when it does not within two weeks. */
  function change(teams, from) {
    const before = isOpen(teams, from);
    for (let time = from; time - from < AHEAD; ) {
      let next = time + Math.min(...teams.map((team) => look(team, time).left)) * MINUTE;
      const here = time;
      const there = next;
      if (teams.some(({ zone }) => shown(zone, here).offset !== shown(zone, there).offset)) {
        next = Math.min(next, (Math.floor(time / QUARTER) + 1) * QUARTER);
      }
      time = next;
      if (isOpen(teams, time) !== before) return time;
    }
    return null;
  }

  /** A time as the reader says it: with the weekday unless it is today, with the date too from a week on. */
  function said(time, now, locale) {
    const write = (style) => new Intl.DateTimeFormat(locale, { calendar: "gregory", numberingSystem: "latn", ...style }).format(time);
    const days = Math.round((new Date(time).setHours(12) - new Date(now).setHours(12)) / (1440 * MINUTE));
    const words = [write({ timeStyle: "short" })];
    if (days) words.unshift(write(days > 6 ? { weekday: "long", day: "numeric", month: "long" } : { weekday: "long" }));
    return "\u2068" + words.join(" ") + "\u2069"; // isolated in right-to-left text
  }

  function sentence(region, words, open, until, now) {
    if (until === null) return open ? words.always : "";
    const time = said(until, now, region.format);
    const word = open ? words.open : words.closed;
    return word.includes("{time}") ? word.replace("{time}", time) : `${word} ${time}`;
  }

  function show(place, data) {
    const region = data.regions[place.getAttribute("data-code")];
    const now = Math.floor(Date.now() / MINUTE) * MINUTE;
    let state = "";
    let text = "";
    if (region && now >= Date.parse(region.since) && now < Date.parse(region.until)) {
      const open = isOpen(region.teams, now);
      text = sentence(region, data.words, open, change(region.teams, now), now);
      state = text && (open ? "open" : "closed");
    }
    place.setAttribute("data-state", state);
    if (place.textContent !== text) place.textContent = text; // what has not changed is not announced again
  }

  function start() {
    clearTimeout(timer);
    const block = document.querySelector("script.ph-hours-data");
    const places = document.querySelectorAll(".ph-hours[data-code]");
    if (!block || !places.length) return;
    const data = JSON.parse(block.textContent);
    const tick = () => {
      places.forEach((place) => show(place, data));
      timer = setTimeout(tick, MINUTE - (Date.now() % MINUTE) + 20);
    };
    tick();
  }

  if (window.document$) window.document$.subscribe(start); // the theme's: also after it has changed the page by itself
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
