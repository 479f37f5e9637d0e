// The desk: the queue stays fresh, a melding opens beside it, and everything done is said to the bot.
import { alarms, piece, swap, talk } from "./staff.js";

const MINUTE = 60000;
const by = (id) => document.getElementById(id);
const queuePlace = by("queue-place");
const casePlace = by("case-place");
const field = by("opdracht");
const completions = by("completions");
const commands = [...completions.options].map((o) => [o.value, o.dataset.takes, o.textContent]);
const alarm = alarms();
let wanted = queuePlace.firstElementChild.dataset.wanted;
let offset = queuePlace.firstElementChild.dataset.offset ?? "0";
let number = casePlace.querySelector(".case")?.dataset.number ?? "";
let soon;

talk("werkplek", (melding) => {
  clearTimeout(soon);
  soon = setTimeout(() => {
    refreshQueue();
    if (number && (!melding || melding === number)) openCase(number, false);
  }, 150);
});

async function refreshQueue() {
  const html = await piece(`/werkplek/wachtrij?wanted=${wanted}&offset=${offset}`, (problem) => swap(queuePlace, problem));
  if (html === null) return;
  swap(queuePlace, html);
  queueShown();
}

function queueShown(first = false) {
  for (const row of queuePlace.querySelectorAll(".row")) {
    if (row.dataset.number === number) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
  }
  alarm([...queuePlace.querySelectorAll('.row[data-alarm]')].map((row) => row.dataset.number), first);
  complete();
}

async function openCase(wish, move = true) {
  const html = await piece(`/werkplek/meldingen/${wish}`, (problem) => swap(casePlace, problem));
  if (html === null) return;
  if (!move) return swap(casePlace, html);
  number = wish;
  casePlace.innerHTML = html;
  step("melding");
  queueShown();
  by("case-title")?.focus({ preventScroll: true });
}

function step(name) {
  document.body.dataset.step = name;
  for (const button of document.querySelectorAll(".steps__step")) {
    if (button.dataset.to === name) button.setAttribute("aria-current", "step");
    else button.removeAttribute("aria-current");
  }
  const scroller = by("scroll");
  scroller.scrollTop = scroller.scrollHeight;
}

// First the commands; once one is typed, that command with each number in sight.
function complete() {
  const [name] = field.value.split(" ");
  const chosen = commands.find(([command, takes]) => command.trim() === name && takes.startsWith("NR"));
  const numbers = [...new Set([number, ...[...queuePlace.querySelectorAll(".row")].map((row) => row.dataset.number)])].filter(Boolean);
  const options =
    chosen && field.value.includes(" ") ? numbers.map((nr) => [`${name} ${nr}${chosen[1] === "NR" ? "" : " "}`, chosen[2]]) : commands.map(([c, , what]) => [c, what]);
  completions.replaceChildren(...options.map(([value, label]) => new Option(label, value)));
}

const plain = (event) => !(event.ctrlKey || event.metaKey || event.shiftKey || event.button);

document.addEventListener("click", (event) => {
  const to = event.target.closest("[data-to]");
  if (to) return step(to.dataset.to);
  const link = event.target.closest("a");
  if (!link || !plain(event)) return;
  if (link.dataset.wanted) {
    event.preventDefault();
    wanted = link.dataset.wanted;
    offset = link.dataset.offset ?? "0";
    return refreshQueue();
  }
  const found = new URL(link.href).pathname.match(/^\/werkplek\/meldingen\/([A-Z]-\d{4}-\d+)$/);
  if (!found) return;
  event.preventDefault();
  history.pushState({ number: found[1] }, "", `/werkplek/meldingen/${found[1]}`);
  openCase(found[1]);
});
window.addEventListener("popstate", () => {
  const found = location.pathname.match(/meldingen\/(.+)$/);
  if (found) openCase(found[1]);
  else step("wachtrij");
});
field.addEventListener("input", complete);
// "pak 42" is meant as "/pak 42".
by("command").addEventListener("submit", () => {
  const name = `/${field.value.trim().split(" ")[0]}`;
  if (commands.some(([command]) => command.trim() === name)) field.value = `/${field.value.trim()}`;
});
setInterval(refreshQueue, MINUTE);
step(document.body.dataset.step);
queueShown(true);
