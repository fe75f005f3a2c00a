// A board of cards: dragged with a pointer, moved with ] and [, or by the menu every card has.
// Whatever the way, the card's own form is sent, so that there is one path and it works without scripts.
import { find, typing } from "./page";

const columns = (board: Element): HTMLElement[] => [...board.querySelectorAll<HTMLElement>("[data-stage]")];

let refocus = "";

function move(card: HTMLElement, to: HTMLElement | undefined): void {
  const stage = to?.dataset["stage"];
  if (!stage || to.contains(card)) return;
  refocus = card.id;
  card.querySelector<HTMLButtonElement>(`form.board-move button[value="${stage}"]`)?.click();
}

function beside(card: HTMLElement, step: number): HTMLElement | undefined {
  const board = card.closest("[data-board]");
  if (!board) return undefined;
  const all = columns(board);
  return all[all.findIndex((column) => column.contains(card)) + step];
}

let dragged: HTMLElement | null = null;

function mark(column: Element | null): void {
  for (const other of document.querySelectorAll("[data-drop]")) if (other !== column) other.removeAttribute("data-drop");
  column?.setAttribute("data-drop", "");
}

const columnAt = (target: EventTarget | null): HTMLElement | null =>
  target instanceof Element ? target.closest<HTMLElement>("[data-board] [data-stage]") : null;

export function bindBoard(): void {
  document.addEventListener("dragstart", (event) => {
    dragged = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-card]") : null;
    dragged?.classList.add("is-dragged");
  });
  document.addEventListener("dragover", (event) => {
    const column = dragged ? columnAt(event.target) : null;
    if (column) event.preventDefault();
    if (dragged) mark(column);
  });
  document.addEventListener("drop", (event) => {
    const column = dragged ? columnAt(event.target) : null;
    if (!dragged || !column) return;
    event.preventDefault();
    move(dragged, column);
  });
  document.addEventListener("dragend", () => {
    dragged?.classList.remove("is-dragged");
    dragged = null;
    mark(null);
  });
  document.addEventListener("keydown", (event) => {
    // No question of Ctrl or Alt: many keyboards write [ and ] with both.
    if ((event.key !== "]" && event.key !== "[") || event.metaKey || typing(event.target)) return;
    if (document.body.dataset["shortcuts"] === "off") return;
    const card = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-card]") : null;
    if (!card) return;
    event.preventDefault();
    move(card, beside(card, event.key === "]" ? 1 : -1));
  });
  document.addEventListener("htmx:after:swap", () => {
    const card = refocus ? find(`#${refocus}`) : null;
    refocus = "";
    card?.querySelector<HTMLElement>("a")?.focus();
  });
}
