// The list of bubbles: adds what comes, once, and keeps the newest in sight for who was looking at it.

export class Log {
  // `staff`: buttons stay open for each melding; else one question is open at a time.
  constructor({ staff = false } = {}) {
    this.list = document.getElementById("bubbles");
    this.scroller = document.getElementById("scroll");
    this.template = document.getElementById("own");
    this.staff = staff;
    this.stuck = true;
    this.down(true);
    this.scroller.addEventListener("scroll", () => (this.stuck = this.near()));
    // A keyboard that opens, a phone that turns: who saw the newest still sees it.
    new ResizeObserver(() => this.down(this.stuck)).observe(this.scroller);
  }

  own(id, text, state) {
    const bubble = this.template.content.cloneNode(true).querySelector("li");
    bubble.dataset.message = id;
    bubble.querySelector(".bubble__text").textContent = text;
    bubble.querySelector(".bubble__state").textContent = state;
    if (!this.staff) this.hush("");
    this.list.append(bubble);
    this.down(true);
  }

  state(id, words) {
    const place = this.find(id)?.querySelector(".bubble__state");
    if (place) place.textContent = words;
  }

  find(id) {
    return id ? this.list.querySelector(`li[data-message="${CSS.escape(id)}"]`) : null;
  }

  // From the server, as HTML that is escaped there.
  place(data) {
    if (!data.html) return null;
    const holder = document.createElement("template");
    holder.innerHTML = data.html;
    const bubble = holder.content.querySelector("li");
    if (this.list.querySelector(`li[data-entry="${CSS.escape(bubble.dataset.entry)}"]`)) return null;
    const near = this.near();
    const before = this.find(data.message);
    if (before) {
      before.replaceWith(bubble);
      return bubble;
    }
    if (data.live || data.mine || this.staff) this.hush(data.melding, data.mine);
    this.list.append(bubble);
    if (near || data.mine) this.show(bubble);
    return bubble;
  }

  // Buttons of before are gone.
  hush(melding, mine = false) {
    if (this.staff && mine) return;
    for (const choices of this.list.querySelectorAll(".choices")) {
      if (!this.staff || choices.closest("li").dataset.melding === melding) choices.remove();
    }
  }

  near() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    return scrollHeight - scrollTop - clientHeight < 120;
  }

  // The newest, from its first words when it is longer than the window.
  show(bubble) {
    this.down(true);
    const above = this.scroller.getBoundingClientRect().top - bubble.getBoundingClientRect().top;
    if (above > 0) this.scroller.scrollTop -= above + 8;
  }

  down(wanted) {
    if (wanted) this.scroller.scrollTop = this.scroller.scrollHeight;
  }
}
