// Filling in a template: every field is kept while one types, and what others write appears.
import { csrf, find } from "./page";

interface Told {
  said?: string;
  numbers?: Record<string, number>;
  joined?: Record<string, string | null>;
  clashes?: Record<string, string>;
  problems?: Record<string, string>;
  sequence?: number;
  percent?: number;
  wanting?: string;
}
interface News { sequence: number; fields: Record<string, string | null>; numbers: Record<string, number>; by: string[]; percent: number; state: string }

const WAIT = 700;
const ASK_AGAIN = 5_000;
type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const page = find<HTMLElement>("[data-filling]");
const line = find<HTMLElement>("[data-saved]");
let sequence = Number(page?.dataset["sequence"] ?? 0);
const waiting = new Set<HTMLElement>();
let timer = 0;
let sending = false;

const holder = (address: string): HTMLElement | null => document.getElementById(`field-${address}`);
const controls = (field: HTMLElement): Control[] =>
  [...field.querySelectorAll<Control>("input[name], textarea[name], select[name]")].filter((one) => !one.closest("template, noscript"));

function say(words: string, failed = false): void {
  if (!line) return;
  line.textContent = words;
  line.toggleAttribute("data-not-saved", failed);
}

function note(field: HTMLElement): void {
  waiting.add(field);
  window.clearTimeout(timer);
  timer = window.setTimeout(() => void save(), WAIT);
}

function setNumber(field: HTMLElement, number: number): void {
  const seen = field.querySelector<HTMLInputElement>('input[name^="n:"]');
  if (seen) seen.value = String(number);
}

// A simple field takes the text that now stands; a table is drawn anew by the server.
function put(field: HTMLElement, value: string | null): boolean {
  const simple = field.querySelector<Control>('[name^="v:"]');
  if (value === null || !simple || field.querySelector("[data-rows]")) return false;
  if (simple instanceof HTMLSelectElement) {
    const found = [...simple.options].find((one) => one.text === value || one.value === value);
    simple.value = found ? found.value : "";
  } else simple.value = value;
  return true;
}

function show(told: Told): void {
  for (const [address, number] of Object.entries(told.numbers ?? {})) {
    const field = holder(address);
    if (!field) continue;
    setNumber(field, number);
    const box = find("[data-clash]", field);
    if (box) box.hidden = true;
  }
  for (const [address, value] of Object.entries(told.joined ?? {})) {
    const field = holder(address);
    if (field && !waiting.has(field) && !put(field, value)) stale(field);
  }
  for (const [address, theirs] of Object.entries(told.clashes ?? {})) {
    const field = holder(address);
    const box = field && find("[data-clash]", field);
    const words = box && find(".blank-theirs", box);
    if (!box || !words) continue;
    words.textContent = theirs;
    box.hidden = false;
  }
  for (const [address, problem] of Object.entries(told.problems ?? {})) {
    const field = holder(address);
    const box = field && find("[data-wrong]", field);
    if (box) { box.textContent = problem; box.hidden = !problem; }
  }
  progress(told.percent, told.wanting);
  sequence = Math.max(sequence, told.sequence ?? 0);
}

function progress(percent?: number, wanting?: string): void {
  const shown = find("[data-percent]");
  if (shown && percent !== undefined) shown.textContent = String(percent);
  const bar = find<HTMLProgressElement>(".blank-progress progress");
  if (bar && percent !== undefined) bar.value = percent;
  const words = find("[data-wanting]");
  if (words && wanting) words.textContent = wanting;
}

// Others changed a table while this page has an older one: say so where it stands.
function stale(field: HTMLElement): void {
  field.dataset["stale"] = "";
}

async function save(): Promise<void> {
  window.clearTimeout(timer);
  if (sending || !waiting.size) return;
  sending = true;
  const first = [...waiting][0]!;
  const form = first.closest("form")!;
  const fields = [...waiting].filter((one) => one.closest("form") === form);
  const sent = new FormData();
  sent.set("csrfmiddlewaretoken", find<HTMLInputElement>("input[name=csrfmiddlewaretoken]", form)?.value ?? csrf());
  for (const field of fields) {
    waiting.delete(field);
    for (const one of controls(field)) if (one.type !== "file") sent.append(one.name, one.value);
  }
  try {
    const answer = await fetch(form.action, { method: "POST", body: sent, headers: { Accept: "application/json" } });
    const told = (await answer.json()) as Told;
    show(told);
    say(told.said ?? "", !answer.ok || Object.keys(told.clashes ?? {}).length > 0);
    if (answer.ok) for (const field of fields) if (!waiting.has(field)) settle(field, sent);
  } catch {
    fields.forEach((field) => waiting.add(field));
    say(page?.dataset["failed"] ?? "", true);
    timer = window.setTimeout(() => void save(), ASK_AGAIN);
  }
  sending = false;
  if (waiting.size) { window.clearTimeout(timer); timer = window.setTimeout(() => void save(), line?.hasAttribute("data-not-saved") ? ASK_AGAIN : WAIT); }
}

// What the server has is no longer unsaved: leaving the page asks nothing.
function settle(field: HTMLElement, sent: FormData): void {
  for (const one of controls(field)) {
    if (one instanceof HTMLSelectElement || one.type === "hidden" || one.type === "file") continue;
    if (sent.getAll(one.name).includes(one.value)) one.defaultValue = one.value;
  }
}

const fresh = (): string => `n${Date.now().toString(36)}${Math.floor(Math.random() * 1296).toString(36)}`;

function addRow(field: HTMLElement): void {
  const rows = find("[data-rows]", field);
  const pattern = rows && find<HTMLTemplateElement>("template", rows);
  if (!rows || !pattern) return;
  const made = document.createElement("div");
  made.innerHTML = pattern.innerHTML.replaceAll("ROWID", fresh());
  const row = made.firstElementChild!;
  rows.insertBefore(row, find("noscript", rows) ?? pattern);
  row.querySelector<Control>("input:not([type=hidden]), textarea, select")?.focus();
}

function move(row: Element, back: boolean): void {
  const other = back ? row.previousElementSibling : row.nextElementSibling;
  if (!other?.matches("[data-row]")) return;
  if (back) other.before(row); else other.after(row);
}

function act(button: HTMLElement): void {
  const field = button.closest<HTMLElement>("[data-field]");
  if (!field) return;
  const row = button.closest("[data-row]");
  switch (button.dataset["do"]) {
    case "add": addRow(field); return;
    case "up": case "down":
      if (row) move(row, button.dataset["do"] === "up");
      button.focus();
      break;
    case "remove": {
      const next = row?.nextElementSibling?.matches("[data-row]") ? row.nextElementSibling : row?.previousElementSibling;
      row?.remove();
      (next?.querySelector<HTMLElement>("[data-do=remove]") ?? field.querySelector<HTMLElement>("[data-do=add]"))?.focus();
      break;
    }
    case "drop": button.closest("li")?.remove(); break;
    case "use": {
      const offered = button.closest("details");
      const words = offered && find("blockquote", offered)?.textContent;
      if (words) put(field, words);
      offered?.remove();
      field.querySelector<Control>('[name^="v:"]')?.focus();
      break;
    }
  }
  note(field);
}

async function ask(): Promise<void> {
  if (document.hidden || !page) return;
  try {
    const answer = await fetch(`${page.dataset["news"]}?since=${sequence}`, { headers: { Accept: "application/json", Unattended: "1" } });
    if (!answer.ok) return;
    const news = (await answer.json()) as News;
    if (news.state !== "draft") { window.location.reload(); return; }
    if (news.sequence <= sequence) return;
    for (const [address, value] of Object.entries(news.fields)) {
      const field = holder(address);
      if (!field || waiting.has(field) || field.contains(document.activeElement)) continue;
      if (put(field, value)) setNumber(field, news.numbers[address] ?? 0);
      else stale(field);
    }
    sequence = news.sequence;
    progress(news.percent);
    if (news.by.length) say((page.dataset["by"] ?? "").replace("NAMES", news.by.join(", ")));
  } catch { /* the next time */ }
}

if (page) {
  document.querySelectorAll<HTMLElement>("[data-do=use]").forEach((one) => { one.hidden = false; });
  page.addEventListener("input", (event) => {
    const field = (event.target as Element).closest<HTMLElement>("[data-field]");
    if (field && (event.target as HTMLInputElement).type !== "file") note(field);
  });
  page.addEventListener("change", (event) => {
    const box = event.target as HTMLInputElement;
    if (box.type === "file" && box.files?.length) box.form?.requestSubmit();
    else { const field = box.closest<HTMLElement>("[data-field]"); if (field) note(field); }
  });
  page.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-do]");
    if (button) act(button);
  });
  document.addEventListener("visibilitychange", () => { if (document.hidden) void save(); });
  window.addEventListener("beforeunload", (event) => { if (waiting.size || sending) { void save(); event.preventDefault(); } });
  window.setInterval(() => void ask(), ASK_AGAIN);
}
