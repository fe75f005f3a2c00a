// The agenda: whose turn it is, and the minutes spent on it.
const SHOWN = new WeakMap<HTMLElement, { from: number; start: number }>();

export function tick(root: HTMLElement): void {
  const now = root.querySelector<HTMLElement>("#live-agenda [aria-current=step]")?.dataset["item"];
  for (const card of root.querySelectorAll<HTMLElement>(".live-item")) card.dataset["current"] = card.dataset["item"] === now ? "yes" : "no";
  for (const shown of root.querySelectorAll<HTMLElement>("[data-spent][data-running]")) {
    const spent = Number(shown.dataset["spent"]);
    let known = SHOWN.get(shown);
    if (!known || known.from !== spent) SHOWN.set(shown, known = { from: spent, start: Date.now() });
    const minutes = String(Math.floor((spent + (Date.now() - known.start) / 1000) / 60));
    if (shown.textContent !== minutes) shown.textContent = minutes;
  }
}

// Somebody put something on the agenda that has no place on this page yet.
export function sayWhatIsNew(root: HTMLElement): void {
  const note = root.querySelector<HTMLElement>("[data-news]");
  const listed = [...root.querySelectorAll<HTMLElement>("#live-agenda [data-item]")];
  if (note) note.hidden = listed.every((link) => document.getElementById(`item-${link.dataset["item"] ?? ""}`));
}
