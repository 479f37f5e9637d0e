// What is new, as it happens. The browser comes back by itself; when it gives up, we come back for it.

const PATIENCE = 5000; // a short break is no news

export function listen(address, since, on) {
  let last = since;
  let wait = 1000;
  let source;
  let grumble;

  const state = (open) => {
    clearTimeout(grumble);
    if (open) on.state?.(true);
    else grumble = setTimeout(() => on.state?.(false), PATIENCE);
  };
  const open = () => {
    source?.close();
    source = new EventSource(`${address}?na=${last}`);
    source.addEventListener("open", () => {
      wait = 1000;
      state(true);
    });
    source.addEventListener("bericht", (event) => {
      last = event.lastEventId || last;
      on.bericht(JSON.parse(event.data));
    });
    source.addEventListener("wachtrij", () => on.wachtrij?.());
    source.addEventListener("error", () => {
      state(false);
      if (source.readyState !== EventSource.CLOSED) return;
      setTimeout(open, wait);
      wait = Math.min(wait * 2, 30000);
    });
  };
  window.addEventListener("online", open);
  window.addEventListener("pagehide", () => source.close());
  window.addEventListener("pageshow", (event) => event.persisted && open());
  open();
}
