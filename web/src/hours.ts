// The weekly timesheet: sums that follow what is typed, arrows between the cells, half hours by thumb, and nothing
// lost where there is no network.
import { element, find } from "./page";

const form = find<HTMLFormElement>("[data-hours]");
const language = document.documentElement.lang;
const separator = language === "en" ? "." : ",";

const read = (cell: HTMLInputElement): number => {
  const clock = /^(\d{1,2}):([0-5]\d)$/.exec(cell.value.trim());
  if (clock) return Number(clock[1]) + Number(clock[2]) / 60;
  const plain = cell.value.replace(/[\s\u00a0\u202f]/g, "").replace("\u2212", "-").replace(",", ".");
  return Number.isFinite(Number(plain)) ? Number(plain) : 0;
};
const written = (hours: number): string => String(Math.round(hours * 100) / 100).replace(".", separator);

function bind(of: HTMLFormElement): void {
  const cells = [...of.querySelectorAll<HTMLInputElement>(".hours-cell")];
  const rows = [...of.querySelectorAll<HTMLTableRowElement>("tbody tr")];
  const stepOf = (cell: Element): string => cell.closest("td")?.dataset["step"] ?? "";

  // A locked line has text where others have fields; its hours count all the same.
  const hoursOf = (row: HTMLTableRowElement, step: string): number => {
    const place = find<HTMLTableCellElement>(`td[data-step="${step}"]`, row);
    const field = place && find<HTMLInputElement>("input", place);
    return field ? read(field) : Number((place?.textContent ?? "0").trim().replace(",", ".")) || 0;
  };
  const put = (selector: string, hours: number): void => {
    for (const one of of.querySelectorAll(selector)) one.textContent = written(hours);
  };
  const addUp = (): void => {
    let whole = 0;
    for (let step = 0; step < 7; step++) {
      const sum = rows.reduce((total, row) => total + hoursOf(row, String(step)), 0);
      put(`[data-day-sum="${step}"]`, sum);
      whole += sum;
    }
    put("[data-week-sum]", whole);
    for (const row of rows) {
      const sum = find("[data-row-sum]", row);
      if (sum) sum.textContent = written([0, 1, 2, 3, 4, 5, 6].reduce((total, step) => total + hoursOf(row, String(step)), 0));
    }
  };

  const move = (from: HTMLInputElement, along: number, down: number): void => {
    const row = from.closest("tr");
    const step = Number(stepOf(from)) + along;
    let place = row ? rows.indexOf(row) : -1;
    for (place += down; place >= 0 && place < rows.length; place += down || 1) {
      const next = find<HTMLInputElement>(`td[data-step="${step}"] .hours-cell`, rows[place]);
      if (next) { next.focus(); next.select(); return; }
      if (!down) return;
    }
  };
  const atEdge = (cell: HTMLInputElement, end: boolean): boolean =>
    cell.selectionStart === cell.selectionEnd ? cell.selectionEnd === (end ? cell.value.length : 0) : cell.selectionEnd! - cell.selectionStart! === cell.value.length;

  of.addEventListener("keydown", (event) => {
    const cell = event.target;
    if (!(cell instanceof HTMLInputElement) || !cell.matches(".hours-cell") || event.altKey || event.ctrlKey || event.metaKey) return;
    const moves: Record<string, () => boolean> = {
      ArrowUp: () => (move(cell, 0, -1), true),
      ArrowDown: () => (move(cell, 0, 1), true),
      Enter: () => (move(cell, 0, event.shiftKey ? -1 : 1), true),
      ArrowLeft: () => atEdge(cell, false) && (move(cell, -1, 0), true),
      ArrowRight: () => atEdge(cell, true) && (move(cell, 1, 0), true),
    };
    if (moves[event.key]?.()) event.preventDefault();
  });

  // What is typed stays on this device until the server has it: the version of the week tells when it does.
  const kept = `hours:${document.body.dataset["actor"] ?? ""}:${of.dataset["monday"] ?? ""}`;
  const version = find<HTMLInputElement>("[name=seen]", of)?.value ?? "";
  const note = find("[data-unsaved]", of);
  const changed = (): Record<string, string> => Object.fromEntries(cells.filter((cell) => cell.value !== cell.defaultValue).map((cell) => [cell.name, cell.value]));
  const tell = (): void => {
    if (!note) return;
    note.hidden = !Object.keys(changed()).length;
    note.textContent = (navigator.onLine ? of.dataset["unsaved"] : of.dataset["offline"]) ?? "";
  };
  const keep = (): void => {
    addUp();
    const values = changed();
    if (Object.keys(values).length) localStorage.setItem(kept, JSON.stringify({ version, values }));
    else localStorage.removeItem(kept);
    tell();
  };
  const restore = (): void => {
    const stored = JSON.parse(localStorage.getItem(kept) ?? "null") as { version: string; values: Record<string, string> } | null;
    if (stored?.version !== version) return localStorage.removeItem(kept);
    for (const cell of cells) cell.value = stored.values[cell.name] ?? cell.value;
    keep();
  };
  of.addEventListener("submit", (event) => {
    if (navigator.onLine) return;
    event.preventDefault();
    keep();
    if (note) note.hidden = false;
  });
  for (const when of ["online", "offline"]) window.addEventListener(when, tell);
  of.addEventListener("input", keep);
  of.addEventListener("focusin", (event) => {
    if (event.target instanceof HTMLInputElement && event.target.matches(".hours-cell")) event.target.select();
  });

  const stepper = (cell: HTMLInputElement, by: number): HTMLButtonElement => {
    const made = element("button", "ds-button hours-step", by < 0 ? "\u2212" : "+");
    made.type = "button";
    made.dataset["variant"] = "secondary";
    const words = of.dataset[by < 0 ? "less" : "more"] ?? "";
    made.setAttribute("aria-label", words.replace("%(what)s", cell.dataset["name"] ?? ""));
    made.addEventListener("click", () => {
      const hours = Math.min(24, Math.max(0, read(cell) + by));
      cell.value = hours ? written(hours) : "";
      keep();
    });
    return made;
  };
  for (const cell of cells) {
    cell.before(stepper(cell, -0.5));
    cell.after(stepper(cell, 0.5));
  }
  restore();
}

if (form) bind(form);
