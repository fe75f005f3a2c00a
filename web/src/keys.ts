// The keyboard: Ctrl/⌘+K anywhere; single keys only outside fields and only while they are switched on.
import { element, find, typing } from "./page";

interface Place { label: string; address: string }

function places(): Place[] {
  const links = document.querySelectorAll<HTMLAnchorElement>(".side a, .top-actions .ds-dropdown a");
  return [...links].map((link) => ({ label: (link.querySelector("span")?.textContent ?? link.textContent ?? "").trim(), address: link.href }));
}

function listPlaces(palette: HTMLElement, typed: string): void {
  const list = find("#palette-list", palette);
  const wanted = typed.trim().toLocaleLowerCase();
  list?.replaceChildren(...places().filter((place) => place.label.toLocaleLowerCase().includes(wanted)).map((place) => {
    const item = document.createElement("li");
    const link = element("a", "menu-link", place.label);
    link.href = place.address;
    item.append(link);
    return item;
  }));
}

function openPalette(): void {
  const palette = find<HTMLDialogElement>("#palette");
  if (!palette || palette.open) return;
  listPlaces(palette, "");
  palette.showModal();
}

function bindPalette(): void {
  const palette = find<HTMLDialogElement>("#palette");
  const input = palette?.querySelector("input");
  if (!palette || !input) return;
  input.addEventListener("input", () => listPlaces(palette, input.value));
  palette.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    const stops: HTMLElement[] = [input, ...palette.querySelectorAll<HTMLElement>("a")];
    const now = stops.indexOf(document.activeElement as HTMLElement);
    stops[(now + (event.key === "ArrowDown" ? 1 : -1) + stops.length) % stops.length]?.focus();
  });
}

// The menu of what can be begun: opened with its first entry chosen; arrows go on from there.
function openNew(): boolean {
  const menu = find("#new-menu");
  if (!menu) return false;
  menu.showPopover();
  menu.querySelector<HTMLElement>("a")?.focus();
  return true;
}

// The telephone rings: the note opens at once, in this project or asking for one.
function takeTheCall(): boolean {
  const note = find("#new-menu a[href$='/notes/new'], #new-menu a[href='/new/note']");
  note?.click();
  return note !== null;
}

function stepThrough(event: KeyboardEvent): void {
  const menu = event.target instanceof Element ? event.target.closest("#new-menu") : null;
  if (!menu || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
  event.preventDefault();
  const stops = [...menu.querySelectorAll<HTMLElement>("a")];
  const now = stops.indexOf(document.activeElement as HTMLElement);
  stops[(now + (event.key === "ArrowDown" ? 1 : -1) + stops.length) % stops.length]?.focus();
}

let prefix = 0;

function singleKey(event: KeyboardEvent): void {
  if (event.key === "/") find<HTMLInputElement>("[data-search]")?.focus();
  else if (event.key === "?") find<HTMLDialogElement>("#shortcuts")?.showModal();
  else if (event.key === "n") {
    if (!openNew()) return;
  } else if (event.key === "t" && Date.now() - prefix >= 1500) {
    if (!takeTheCall()) return;
  } else if (event.key === "g") { prefix = Date.now(); return; }
  else if (Date.now() - prefix < 1500) {
    const goal = find(`[data-go][data-key="${CSS.escape(event.key)}"]`)?.dataset["go"];
    if (!goal) return;
    location.assign(goal);
  } else return;
  event.preventDefault();
}

// What is edited in its place is left by Escape as a dialog is.
function leave(event: KeyboardEvent): void {
  if (event.key !== "Escape" || !(event.target instanceof Element)) return;
  event.target.closest("form")?.querySelector<HTMLElement>("[data-escape]")?.click();
}

export function bindKeys(): void {
  bindPalette();
  document.addEventListener("keydown", leave);
  document.addEventListener("keydown", stepThrough);
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      openPalette();
    } else if (!event.ctrlKey && !event.metaKey && !event.altKey && !typing(event.target)
      && document.body.dataset["shortcuts"] !== "off" && !find("dialog[open]")) singleKey(event);
  });
}
