// Text survives an expired session: a form is kept when it is sent and put back after signing in again.
import { element, find, text } from "./page";

interface Draft { actor: string; fields: [string, string][] }

const KEPT = "input:not([type=hidden], [type=password], [type=file], [type=checkbox], [type=radio], [type=search]), textarea, select";
const key = (form: HTMLFormElement): string => `draft:${new URL(form.action, location.href).pathname}`;
const fields = (form: HTMLFormElement): HTMLInputElement[] => [...form.querySelectorAll<HTMLInputElement>(KEPT)];
const actor = (): string => document.body.dataset["actor"] ?? "";
const changed = (form: HTMLFormElement): boolean => fields(form).some((field) =>
  field instanceof HTMLInputElement || (field as Element) instanceof HTMLTextAreaElement
    ? field.value !== field.defaultValue : false);

export function saveDraft(form: HTMLFormElement | null): void {
  if (!form || form.method !== "post" || !actor()) return;
  const kept = fields(form).filter((field) => field.name && field.value).map((field): [string, string] => [field.name, field.value]);
  if (kept.length) sessionStorage.setItem(key(form), JSON.stringify({ actor: actor(), fields: kept } satisfies Draft));
}

function restore(form: HTMLFormElement): void {
  const stored = sessionStorage.getItem(key(form));
  if (!stored) return;
  sessionStorage.removeItem(key(form));
  const draft = JSON.parse(stored) as Draft;
  if (draft.actor !== actor()) return;
  const before = fields(form).map((field) => [field, field.value] as const);
  for (const [name, value] of draft.fields) {
    const field = fields(form).find((candidate) => candidate.name === name);
    if (field) field.value = value;
  }
  if (before.some(([field, value]) => field.value !== value)) form.prepend(note(before));
}

function note(before: (readonly [HTMLInputElement, string])[]): HTMLElement {
  const box = element("div", "draft-note", text("restored") + " ");
  const discard = element("button", "toast-undo", text("discard"));
  discard.type = "button";
  discard.addEventListener("click", () => {
    for (const [field, value] of before) field.value = value;
    box.remove();
  });
  box.append(discard);
  return box;
}

const drafts = (): string[] => Object.keys(sessionStorage).filter((name) => name.startsWith("draft:"));

function restoreAll(within: ParentNode): void {
  if (!sessionStorage.getItem("signed-out")) return;
  within.querySelectorAll<HTMLFormElement>("form[method=post]").forEach(restore);
  if (!drafts().length) sessionStorage.removeItem("signed-out");
}

// On a signed-out page the drafts wait. On any other page a form sent earlier has arrived, so they may go.
export function keepDrafts(): void {
  if ("signedOut" in document.body.dataset) return sessionStorage.setItem("signed-out", "yes");
  if (sessionStorage.getItem("signed-out")) restoreAll(document);
  else drafts().forEach((name) => sessionStorage.removeItem(name));
  let leaving = false;
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    leaving = !form.hasAttribute("hx-post");
    if (leaving) saveDraft(form);
  });
  document.addEventListener("htmx:after:swap", () => restoreAll(document));
  window.addEventListener("beforeunload", (event) => {
    const forms = [...document.querySelectorAll<HTMLFormElement>("main form[method=post], #modal form[method=post]")];
    if (!leaving && !find("[data-no-warning]") && forms.some(changed)) event.preventDefault();
  });
}
