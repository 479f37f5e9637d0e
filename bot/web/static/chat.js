// The chat of a melder.
import { listen } from "./stream.js";
import { newId, outcome, Outbox } from "./outbox.js";
import { Log } from "./log.js";

const STATES = { waiting: "wacht op verbinding", received: "ontvangen", refused: "niet verzonden", expired: "wacht op u" };
const PATIENCE = 25000; // of "bezig met lezen…"
const by = (id) => document.getElementById(id);
const [text, notice, reading, editing, chosen] = ["tekst", "notice", "reading", "editing", "chosen"].map(by);
const log = new Log();
let edited = "";
let readingTimer;

const outbox = new Outbox("/chat/messages", "meldpunt-chat", (message, state, detail) => {
  log.state(message.kind === "edit" ? message.message : message.id, STATES[state] + (detail && state === "refused" ? `: ${detail}` : ""));
  if (state === "received" && message.kind !== "edit") showReading();
  if (state === "waiting") tell("Geen verbinding. Uw bericht staat klaar en gaat weg zodra het weer kan.");
  if (state === "expired") tell(detail, ["Herlaad", () => location.reload()]);
  if (state === "received") tell("");
});

function tell(words, action) {
  notice.hidden = !words;
  notice.textContent = words;
  if (!action) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "link-button";
  button.textContent = action[0];
  button.addEventListener("click", action[1]);
  notice.append(" ", button);
}

function showReading(on = true) {
  clearTimeout(readingTimer);
  reading.hidden = !on;
  if (!on) return;
  log.down(log.near());
  readingTimer = setTimeout(() => showReading(false), PATIENCE);
}

function say(message, shown) {
  const said = outbox.say(message);
  log.own(said.id, shown, navigator.onLine ? "verzonden" : STATES.waiting);
}

function submit() {
  const words = text.value.trim();
  if (!words) return text.focus();
  if (edited) {
    outbox.say({ kind: "edit", message: edited, text: words });
    const old = log.find(edited)?.querySelector(".bubble__text");
    if (old) old.textContent = words;
    log.state(edited, "verzonden");
  } else {
    say({ kind: "text", text: words }, words);
  }
  text.value = "";
  edit("");
}

function edit(id) {
  edited = id;
  editing.hidden = !id;
  if (id) text.value = log.find(id).querySelector(".bubble__text").textContent;
  text.focus();
}

function shareLocation() {
  if (!navigator.geolocation) return tell("Uw apparaat kan geen locatie delen. Schrijf de straat of postcode.");
  tell("Wij vragen uw apparaat om de locatie…");
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      tell("");
      say({ kind: "location", latitude: coords.latitude, longitude: coords.longitude }, "Locatie gedeeld");
    },
    () => tell("De locatie delen lukte niet. Schrijf de straat of postcode, dat is genoeg."),
    { enableHighAccuracy: true, timeout: 15000 },
  );
}

async function upload(file, id = newId()) {
  const form = new FormData();
  form.append("id", id);
  form.append("file", file, file.name);
  if (!log.find(id)) log.own(id, `Bestand: ${file.name}`, "wordt verzonden");
  const [state, detail] = await outcome(() => fetch("/chat/files", { method: "POST", body: form }));
  log.state(id, state === "received" ? STATES.received : STATES.refused);
  if (state === "received") return showReading();
  tell(detail || "Het bestand kwam niet aan.", state === "waiting" ? ["Probeer opnieuw", () => (tell(""), upload(file, id))] : null);
}

by("composer").addEventListener("submit", (event) => {
  event.preventDefault();
  submit();
});
text.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && edited) edit((text.value = ""));
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  submit();
});
by("no-edit").addEventListener("click", () => edit((text.value = "")));
by("location").addEventListener("click", shareLocation);
by("file").addEventListener("click", () => chosen.click());
chosen.addEventListener("change", () => {
  for (const file of chosen.files) upload(file);
  chosen.value = "";
});
log.list.addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  if (!button) return;
  if ("edit" in button.dataset) return edit(button.closest("li").dataset.message);
  if ("location" in button.dataset) return shareLocation();
  if (button.dataset.command) return say({ kind: "text", text: button.dataset.command }, button.dataset.command);
  if (!button.dataset.action) return;
  const label = button.textContent.trim();
  say({ kind: "choice", action: button.dataset.action, label }, label);
  text.focus({ preventScroll: true });
});
window.addEventListener("offline", () => tell("Geen verbinding. U kunt gewoon verder schrijven."));
window.addEventListener("message", (event) => {
  if (event.origin !== location.origin || event.source !== window.parent || window.parent === window) return;
  if (typeof event.data?.voorbeeld !== "string") return;
  text.value = event.data.voorbeeld;
  submit();
});

for (const message of outbox.waiting()) {
  if (message.kind !== "edit" && !message.text?.startsWith("/start") && !log.find(message.id)) {
    log.own(message.id, message.text ?? message.label ?? "Locatie gedeeld", STATES.waiting);
  }
}
listen("/chat/events", document.body.dataset.since, {
  bericht(data) {
    log.place(data);
    if (!data.mine && data.html) showReading(false);
  },
  state: (open) => (open ? (tell(""), outbox.flush()) : tell("Geen verbinding met het meldpunt. Uw berichten blijven bewaard.")),
});
// The greeting, once for each conversation: the fixed id makes a second one the same one.
if ("empty" in document.body.dataset) outbox.say({ id: "begin", kind: "text", text: "/start" });
else outbox.flush();
