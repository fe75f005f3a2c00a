// The glue of every page: dialogs, toasts, drafts, dates and keyboard. All words come from the page itself.
import "@digdir/designsystemet-web/dialog";
import "@digdir/designsystemet-web/invokers";
import "@digdir/designsystemet-web/popover";
import "@digdir/designsystemet-web/tooltip";
import "@digdir/designsystemet-web/fieldset";
import "@digdir/designsystemet-web/readonly";
import "@digdir/designsystemet-web/ds-error-summary";
import "@digdir/designsystemet-web/ds-field";
import "@digdir/designsystemet-web/ds-suggestion";
import "@digdir/designsystemet-web/ds-tabs";
import htmx from "htmx.org";
import { bindBoard } from "./board";
import { bindAutosave } from "./autosave";
import { bindDates } from "./dates";
import { keepDrafts, saveDraft } from "./drafts";
import { bindKeys } from "./keys";
import { followChanges } from "./live";
import { bindNew } from "./new";
import { find, text } from "./page";
import { showToast, type Toast } from "./toasts";

Object.assign(window, { dsWarnings: false, htmx });

type Answered = CustomEvent<{ ctx?: { response?: { status: number } } }>;

let opener: HTMLElement | null = null;

function openDialog(): void {
  const dialog = find<HTMLDialogElement>("#modal > dialog:not([open])");
  if (!dialog) return;
  const active = document.activeElement;
  // A form that comes back with errors replaces its own dialog; the opener stays the first one's.
  if (active instanceof HTMLElement && active !== document.body && !active.closest("#modal")) opener = active;
  dialog.showModal();
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (opener?.isConnected) opener.focus();
  }, { once: true });
}

// A toggle shows its new state at once and goes back when the server refuses.
function revert(source: EventTarget | null): void {
  const holder = source instanceof Element ? source.closest("[data-optimistic]") : null;
  const box = holder?.querySelector<HTMLInputElement>("input[type=checkbox]");
  if (!holder || !box) return;
  box.checked = !box.checked;
  holder.classList.toggle("done", box.checked);
}

document.addEventListener("htmx:after:swap", openDialog);
document.addEventListener("toast", (event) => showToast((event as CustomEvent<Toast>).detail));
document.addEventListener("close-dialog", () => find<HTMLDialogElement>("#modal > dialog[open]")?.close());
document.addEventListener("htmx:response:error", (event) => {
  const status = (event as Answered).detail.ctx?.response?.status ?? 0;
  revert(event.target);
  if (status === 401 && event.target instanceof Element) saveDraft(event.target.closest("form"));
});
document.addEventListener("htmx:error", (event) => {
  revert(event.target);
  showToast({ text: text("offline"), tone: "danger" });
});

// How many filters are in force, on the button that folds them away.
document.addEventListener("change", (event) => {
  const folded = event.target instanceof HTMLSelectElement ? event.target.closest(".filters-more") : null;
  const count = folded?.previousElementSibling?.querySelector<HTMLElement>("[data-fold-count]");
  if (!folded || !count) return;
  const chosen = [...folded.querySelectorAll("select")].filter((select) => select.value).length;
  count.hidden = chosen === 0;
  count.textContent = String(chosen);
});

document.addEventListener("change", (event) => {
  if (!(event.target instanceof HTMLInputElement)) return;
  const input = event.target;
  input.closest("[data-optimistic]")?.classList.toggle("done", input.checked);
  if (input.matches("[data-scheme]")) {
    document.documentElement.dataset["colorScheme"] = input.value;
    remember("color_scheme", input.value);
  }
  if (input.matches("[data-shortcut-switch]")) {
    document.body.dataset["shortcuts"] = input.checked ? "on" : "off";
    remember("shortcuts", document.body.dataset["shortcuts"]);
  }
  if (input.matches("[data-select-all]")) selectAll(input);
  if (input.matches("[data-select-all], [data-select]")) countSelected(input);
});

document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element)) return;
  if (event.target.closest("[data-close]")) event.target.closest("dialog")?.close();
  const fold = event.target.closest("[data-fold]");
  fold?.setAttribute("aria-expanded", fold.getAttribute("aria-expanded") === "true" ? "false" : "true");
  const printer = event.target.closest("[data-print]");
  if (printer) window.print();
});

function remember(name: string, value: string): void {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `tospann_${name}=${value}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
}

function selectAll(input: HTMLInputElement): void {
  const boxes = input.closest("[data-picking]")?.querySelectorAll<HTMLInputElement>("[data-select]") ?? [];
  for (const box of boxes) box.checked = input.checked;
}

function countSelected(input: HTMLInputElement): void {
  const rows = input.closest("[data-picking]");
  const bar = rows?.querySelector<HTMLElement>("[data-bulk]");
  if (!rows || !bar) return;
  const count = rows.querySelectorAll("[data-select]:checked").length;
  bar.hidden = count === 0;
  const shown = bar.querySelector("[data-bulk-count]");
  if (shown) shown.textContent = String(count);
}

for (const data of document.querySelectorAll(".toast-data")) showToast(JSON.parse(data.textContent ?? "{}") as Toast);
keepDrafts();
// The tab one is on is in sight, also where the others do not fit.
for (const tab of document.querySelectorAll<HTMLElement>(".tabs [aria-current]")) {
  const bar = tab.closest<HTMLElement>(".tabs");
  if (bar && tab.getBoundingClientRect().right > bar.getBoundingClientRect().right) bar.scrollLeft = tab.offsetLeft - bar.offsetLeft - 32;
}
bindKeys();
bindNew();
bindAutosave();
bindDates();
bindBoard();
followChanges();
// htmx would begin in a task of its own, after the page counts as loaded: a click or key in between would leave the page.
htmx.process(document.body);
