// What a person said, kept until the server has it. In order, and never twice: the id is the person's message for ever.

const RETRY = 3000;

export const newId = () =>
  crypto.randomUUID?.() ?? Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");

export class Outbox {
  // `told(message, state, detail)`: state is "waiting", "received", "refused" or "expired".
  constructor(address, name, told) {
    this.address = address;
    this.name = name;
    this.told = told;
    this.spare = [];
    this.busy = false;
    window.addEventListener("online", () => this.flush());
  }

  waiting() {
    try {
      return JSON.parse(localStorage.getItem(this.name) ?? "[]");
    } catch {
      return this.spare;
    }
  }

  say(message) {
    const said = { id: newId(), ...message };
    this.#keep([...this.waiting(), said]);
    this.flush();
    return said;
  }

  async flush() {
    if (this.busy) return;
    this.busy = true;
    try {
      for (let first; (first = this.waiting()[0]); ) {
        const [state, detail] = await this.#post(first);
        const done = state === "received" || state === "refused";
        if (done) this.#keep(this.waiting().filter((message) => message.id !== first.id));
        this.told(first, state, detail);
        if (done) continue;
        if (state === "waiting") setTimeout(() => this.flush(), RETRY);
        break;
      }
    } finally {
      this.busy = false;
    }
  }

  #keep(messages) {
    this.spare = messages;
    try {
      if (messages.length) localStorage.setItem(this.name, JSON.stringify(messages));
      else localStorage.removeItem(this.name);
    } catch {
      // No storage here: it lives as long as the page does.
    }
  }

  async #post(message) {
    return outcome(() =>
      fetch(this.address, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(message) }),
    );
  }
}

export async function outcome(send) {
  let answer;
  try {
    answer = await send();
  } catch {
    return ["waiting", ""];
  }
  if (answer.status === 202) return ["received", ""];
  const problem = await answer.json().catch(() => ({}));
  if (answer.status === 401) return ["expired", problem.detail ?? ""];
  return [answer.status >= 500 ? "waiting" : "refused", problem.detail ?? ""];
}
