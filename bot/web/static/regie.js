// The phone of a regievoerder: the list stays fresh; on the page of one melding that melding does.
import { alarms, piece, swap, talk } from "./staff.js";

const MINUTE = 60000;
const cards = document.getElementById("cards-place");
const casePlace = document.getElementById("case-place");
const alarm = alarms();
let soon;

talk("regie", () => {
  clearTimeout(soon);
  soon = setTimeout(refresh, 150);
});

async function refresh() {
  const place = cards ?? casePlace;
  const html = await piece(cards ? "/regie/lijst" : location.pathname, (problem) => swap(place, problem));
  if (html === null) return;
  swap(place, html);
  shown();
}

function shown(first = false) {
  const waiting = cards?.querySelectorAll('.card[data-alarm]') ?? [];
  alarm([...waiting].map((card) => card.dataset.number), first);
}

setInterval(refresh, MINUTE);
shown(true);
