// What werkplek and regie share: saying things to the bot, its answers, and the alarm.
import { listen } from "./stream.js";
import { Outbox } from "./outbox.js";
import { Log } from "./log.js";

const STATES = { waiting: "wacht op verbinding", received: "ontvangen", refused: "niet verzonden", expired: "niet ingelogd" };
const by = (id) => document.getElementById(id);

export function talk(room, changed) {
  const log = new Log({ staff: true });
  const notice = by("notice");
  const tell = (words) => {
    notice.hidden = !words;
    notice.textContent = words;
    log.down(log.near());
  };
  const outbox = new Outbox(`/${room}/messages`, `meldpunt-${room}`, (message, state, detail) => {
    log.state(message.id, STATES[state]);
    tell({ waiting: "Geen verbinding. Dit gaat weg zodra het weer kan.", received: "" }[state] ?? detail);
  });
  const say = (message, shown) => {
    const said = outbox.say(message);
    log.own(said.id, shown, "verzonden");
  };
  const command = (words) => say({ kind: "text", text: words }, words);

  document.addEventListener("click", ({ target }) => {
    const typed = target.closest("button[data-command]");
    if (typed) return command(typed.dataset.command);
    const button = target.closest("button[data-action]");
    if (!button) return;
    const label = button.textContent.trim();
    say({ kind: "choice", action: button.dataset.action, label }, label);
    button.disabled = true; // until the page shows how it is now
    setTimeout(() => (button.disabled = false), 4000);
  });
  document.addEventListener("submit", (event) => {
    event.preventDefault();
    const field = event.target.elements.text;
    const words = field.value.trim();
    if (!words) return;
    command([event.target.dataset.command, words].filter(Boolean).join(" "));
    if (field.tagName !== "SELECT") field.value = "";
  });
  listen(`/${room}/events`, document.body.dataset.since, {
    bericht(data) {
      log.place(data);
      if (!data.mine && data.html) changed(data.melding);
    },
    wachtrij: () => changed(""),
    state: (open) => (open ? (tell(""), outbox.flush()) : tell("Geen verbinding met het meldpunt.")),
  });
  outbox.flush();
  return { command, log };
}

// A piece of a page. Null when it did not come; `onProblem` shows why.
export async function piece(address, onProblem) {
  try {
    const answer = await fetch(address, { headers: { "X-Fragment": "1" } });
    const html = await answer.text();
    if (answer.ok) return html;
    if (answer.status === 401 || answer.status === 404 || answer.status === 403) onProblem?.(html);
  } catch {
    // The stream tells about the connection.
  }
  return null;
}

// Put new HTML in a place without losing what a person was doing there.
export function swap(place, html) {
  const active = place.contains(document.activeElement) ? handle(document.activeElement) : null;
  const scrolls = [place, ...place.querySelectorAll("*")].filter((e) => e.scrollTop).map((e) => [e === place ? "" : `.${e.classList[0]}`, e.scrollTop]);
  const typed = [...place.querySelectorAll("textarea, input, select")].map((e) => [e.id, e.value, e.selectionStart, e.selectionEnd]);
  const open = [...place.querySelectorAll("details")].map((e) => e.open);
  place.innerHTML = html;
  place.querySelectorAll("details").forEach((e, i) => (e.open = open[i] ?? e.open));
  for (const [id, value, start, end] of typed) {
    const field = id && place.querySelector(`#${CSS.escape(id)}`);
    if (!field || field.tagName === "SELECT") continue;
    field.value = value;
    if (start !== null && field.setSelectionRange) field.setSelectionRange(start, end);
  }
  for (const [selector, top] of scrolls) {
    const scroller = selector ? place.querySelector(selector) : place;
    if (scroller) scroller.scrollTop = top;
  }
  if (active) place.querySelector(active)?.focus({ preventScroll: true });
}

function handle(element) {
  if (element.id) return `#${CSS.escape(element.id)}`;
  for (const name of ["number", "wanted", "action"]) {
    if (element.dataset[name]) return `[data-${name}="${CSS.escape(element.dataset[name])}"]`;
  }
  return "summary";
}

// Title and sound for what is acute and new here. Sound can be switched off, and that is remembered.
export function alarms() {
  const button = by("sound");
  const title = document.title;
  const known = new Set();
  let audio;
  let flashing;
  let mute = remembered() === "uit";

  const show = () => {
    button.textContent = mute ? "Geluid uit" : "Geluid aan";
    button.setAttribute("aria-pressed", String(!mute));
  };
  const calm = () => {
    clearInterval(flashing);
    document.title = title;
  };
  button.addEventListener("click", () => {
    mute = !mute;
    remember(mute ? "uit" : "aan");
    show();
    if (!mute) beep((audio ??= new AudioContext()));
  });
  // A browser lets a page sound only after a person touched it.
  document.addEventListener("pointerdown", () => (audio ??= new AudioContext()).resume(), { once: true });
  window.addEventListener("focus", calm);
  document.addEventListener("pointerdown", calm);
  document.addEventListener("keydown", calm);
  show();
  return (numbers, first = false) => {
    const fresh = numbers.filter((number) => !known.has(number));
    fresh.forEach((number) => known.add(number));
    if (first || !fresh.length) return;
    by("alarm").textContent = `Kijk nu: ${fresh.join(", ")}`;
    clearInterval(flashing);
    flashing = setInterval(() => (document.title = document.title === title ? `● KIJK NU ${fresh[0]}` : title), 1000);
    if (!mute && audio) beep(audio);
  };
}

function beep(audio) {
  for (const [start, pitch] of [[0, 660], [0.25, 880], [0.5, 660]]) {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.2, audio.currentTime + start);
    volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + start + 0.22);
    tone.connect(volume).connect(audio.destination);
    tone.start(audio.currentTime + start);
    tone.stop(audio.currentTime + start + 0.24);
  }
}

function remembered() {
  try {
    return localStorage.getItem("meldpunt-geluid");
  } catch {
    return null;
  }
}

function remember(value) {
  try {
    localStorage.setItem("meldpunt-geluid", value);
  } catch {
    // Then it is remembered as long as the page is open.
  }
}
