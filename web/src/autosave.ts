// A draft is kept while it is written: 800 ms after the last key, and when the page is left.
import { find } from "./page";

interface Told { said?: string; bases?: Record<string, string>; clashes?: Record<string, string> }

const WAIT = 800;

function say(form: HTMLFormElement, words: string, failed: boolean): void {
  const line = find("[data-saved]", form);
  if (!line) return;
  line.textContent = words;
  line.toggleAttribute("data-not-saved", failed);
}

function show(form: HTMLFormElement, told: Told): void {
  for (const [name, base] of Object.entries(told.bases ?? {})) {
    const field = form.elements.namedItem(`base_${name}`);
    if (field instanceof HTMLInputElement) field.value = base;
    const box = document.getElementById(`clash-${name}`);
    if (box) box.hidden = true;
  }
  // Both texts are shown; sending the form decides, so its fingerprint stays what it was.
  for (const [name, theirs] of Object.entries(told.clashes ?? {})) {
    const box = document.getElementById(`clash-${name}`);
    const text = box && find(".report-theirs", box);
    if (!box || !text) continue;
    text.textContent = theirs;
    box.hidden = false;
  }
}

function bind(form: HTMLFormElement): void {
  let timer = 0;
  let running = false;
  let again = false;
  const save = async (): Promise<void> => {
    window.clearTimeout(timer);
    if (running) { again = true; return; }
    running = true;
    const sent = new FormData(form);
    try {
      const answer = await fetch(form.action, { method: "POST", body: sent, headers: { Accept: "application/json" } });
      const told = (await answer.json()) as Told;
      show(form, told);
      const clashes = told.clashes ?? {};
      say(form, told.said ?? "", !answer.ok || Object.keys(clashes).length > 0);
      if (answer.ok) for (const field of form.querySelectorAll("textarea")) {
        if (!(field.name in clashes) && field.value === sent.get(field.name)) field.defaultValue = field.value;
      }
    } catch {
      say(form, find("[data-saved]", form)?.dataset["failed"] ?? "", true);
    }
    running = false;
    if (again) { again = false; void save(); }
  };
  form.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void save(), WAIT);
  });
  form.addEventListener("submit", () => window.clearTimeout(timer));
}

export function bindAutosave(): void {
  document.querySelectorAll<HTMLFormElement>("form[data-autosave]").forEach(bind);
}
