// The clock of the agenda: minutes spent on the item of the moment.
const SHOWN = new WeakMap<HTMLElement, { from: number; start: number }>();

export function tick(root: HTMLElement): void {
  for (const shown of root.querySelectorAll<HTMLElement>("[data-spent][data-running]")) {
    const spent = Number(shown.dataset["spent"]);
    let known = SHOWN.get(shown);
    if (!known || known.from !== spent) SHOWN.set(shown, known = { from: spent, start: Date.now() });
    const minutes = String(Math.floor((spent + (Date.now() - known.start) / 1000) / 60));
    if (shown.textContent !== minutes) shown.textContent = minutes;
  }
}
