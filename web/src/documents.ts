// Files dropped anywhere on the page of documents, or chosen: sent one by one with their progress, folders and all.
import { csrf, element, find, text, why } from "./page";

interface Target { folder: string | null; name: string; taken: boolean; because: string }
interface Waiting { file: File; path: string }
type Choice = "version" | "both" | "skip";

const AT_ONCE = 3;
const shelf = find("[data-drop]");
const panel = find("[data-uploads]");

class Upload {
  private readonly row = element("li", "upload");
  private readonly bar = document.createElement("progress");
  private readonly said = element("span", "upload-said");
  private readonly buttons = element("span", "upload-buttons");
  private request: XMLHttpRequest | null = null;

  constructor(readonly file: File, readonly target: Target, path: string, list: Element) {
    this.bar.max = 100;
    this.bar.value = 0;
    this.bar.className = "progress";
    this.bar.setAttribute("aria-label", path);
    this.row.append(element("span", "upload-name", path), this.bar, this.said, this.buttons);
    list.append(this.row);
    this.say(target.because ? "failed" : "waiting", target.because);
  }

  say(word: string, more = ""): void {
    this.row.dataset["state"] = word;
    this.said.textContent = more ? `${panel?.dataset[camel(word)] ?? ""}: ${more}` : panel?.dataset[camel(word)] ?? "";
    this.buttons.replaceChildren();
  }

  // There is a document of this name: a new version of it, another name, or not at all; perhaps for all the rest.
  ask(): Promise<{ choice: Choice; all: boolean }> {
    this.row.dataset["state"] = "asked";
    this.said.textContent = panel?.dataset["wordTaken"] ?? "";
    return new Promise((resolve) => {
      const all = document.createElement("input");
      all.type = "checkbox";
      const label = element("label", "upload-all");
      label.append(all, panel?.dataset["wordAll"] ?? "");
      for (const [choice, word] of [["version", "wordNewVersion"], ["both", "wordBoth"], ["skip", "wordSkip"]] as const) {
        const button = small(panel?.dataset[word] ?? "");
        button.addEventListener("click", () => resolve({ choice, all: all.checked }));
        this.buttons.append(button);
      }
      this.buttons.append(label);
      this.buttons.querySelector("button")?.focus();
    });
  }

  send(address: string, choice: Choice | "", again: (upload: Upload) => void): Promise<boolean> {
    const where = new URL(address, location.href);
    if (this.target.folder) where.searchParams.set("folder", this.target.folder);
    if (choice) where.searchParams.set("taken", choice);
    this.say("sending");
    this.bar.value = 0;
    return new Promise((resolve) => {
      const request = this.request = new XMLHttpRequest();
      const fail = (more: string): void => {
        this.say("failed", more);
        const button = small(panel?.dataset["wordAgain"] ?? "");
        button.addEventListener("click", () => again(this));
        this.buttons.append(button);
        resolve(false);
      };
      request.open("POST", where);
      request.setRequestHeader("X-CSRFToken", csrf());
      request.setRequestHeader("HX-Request", "true");
      request.setRequestHeader("X-File-Name", encodeURIComponent(this.target.name));
      request.setRequestHeader("Content-Type", "application/octet-stream");
      request.upload.addEventListener("progress", (event) => {
        if (event.lengthComputable) this.bar.value = 100 * event.loaded / event.total;
      });
      request.addEventListener("load", () => {
        if (request.status >= 300) return fail(reason(request));
        this.bar.value = 100;
        this.say(request.status === 201 ? "done" : "version");
        resolve(true);
      });
      request.addEventListener("error", () => fail(panel?.dataset["wordOffline"] ?? text("offline")));
      request.addEventListener("abort", () => { this.say("stopped"); resolve(false); });
      request.send(this.file);
    });
  }

  stop(): void {
    if (this.row.dataset["state"] === "waiting") this.say("stopped");
    this.request?.abort();
  }
}

const camel = (word: string): string => `word${word[0]?.toUpperCase() ?? ""}${word.slice(1)}`;

function small(word: string): HTMLButtonElement {
  const made = element("button", "ds-button", word);
  Object.assign(made.dataset, { variant: "secondary", size: "sm" });
  made.type = "button";
  return made;
}

function reason(request: XMLHttpRequest): string {
  const told = JSON.parse(request.getResponseHeader("HX-Trigger") ?? "{}") as { toast?: { text?: string } };
  return told.toast?.text ?? String(request.status);
}

let running: Upload[] = [];
let stopped = false;

async function take(files: Waiting[], folder: string): Promise<void> {
  const list = panel?.querySelector("ul");
  if (!shelf || !panel || !list || !files.length) return;
  panel.hidden = false;
  stopped = false;
  buttons(true);
  const answer = await fetch(shelf.dataset["prepare"] ?? "", {
    method: "POST",
    headers: { "X-CSRFToken": csrf(), "HX-Request": "true", "Content-Type": "application/json" },
    body: JSON.stringify({ folder, paths: files.map((one) => one.path) }),
  }).catch(() => null);
  if (!answer?.ok) {
    sum(answer ? why(answer) : panel.dataset["wordOffline"] ?? "");
    buttons(false);
    return;
  }
  const { targets } = await answer.json() as { targets: Target[] };
  const uploads = targets.map((target, place) => {
    const one = files[place] as Waiting;
    return new Upload(one.file, target, one.path, list);
  });
  running.push(...uploads);
  await sendAll(uploads.filter((one) => !one.target.because));
}

async function sendAll(uploads: Upload[]): Promise<void> {
  const chosen = new Map<Upload, Choice | "">();
  let forAll: Choice | null = null;
  for (const one of uploads.filter((upload) => upload.target.taken)) {
    if (!forAll) {
      const { choice, all } = await one.ask();
      if (all) forAll = choice;
      chosen.set(one, choice);
    } else chosen.set(one, forAll);
    one.say(chosen.get(one) === "skip" ? "skipped" : "waiting");
  }
  const waiting = uploads.filter((one) => chosen.get(one) !== "skip");
  const total = waiting.length;
  let done = 0, next = 0;
  const address = shelf?.dataset["upload"] ?? "";
  const again = (upload: Upload): void => void upload.send(address, chosen.get(upload) ?? "", again).then((ok) => { if (ok) finished(); });
  const worker = async (): Promise<void> => {
    for (let one = waiting[next++]; one && !stopped; one = waiting[next++]) {
      if (await one.send(address, chosen.get(one) ?? "", again)) done += 1;
      sum(`${done} / ${total}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  if (done) finished();
  buttons(false);
}

const sum = (words: string): void => find("[data-uploads-sum]")?.replaceChildren(words);

function buttons(isSending: boolean): void {
  const stop = find("[data-uploads-stop]"), close = find("[data-uploads-close]");
  if (stop) stop.hidden = !isSending;
  if (close) close.hidden = isSending;
}

// The list shows what has come; the folders beside it may be new, so they are read again, too.
async function finished(): Promise<void> {
  const answer = await fetch(location.href, { headers: { Unattended: "1" } }).catch(() => null);
  if (!answer?.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of ["#register-rows", ".shelf-tree", ".folder-cards"]) {
    const now = find(part), then = fresh.querySelector(part);
    if (now && then) now.replaceWith(then);
  }
  window.dispatchEvent(new Event("documents-changed"));
}

async function walked(entry: FileSystemEntry, above: string): Promise<Waiting[]> {
  if (entry.isFile) {
    const file = await new Promise<File | null>((resolve) => (entry as FileSystemFileEntry).file(resolve, () => resolve(null)));
    return file && !file.name.startsWith(".") ? [{ file, path: above + file.name }] : [];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: Waiting[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve) => reader.readEntries(resolve, () => resolve([])));
    if (!some.length) return found;
    for (const one of some) found.push(...await walked(one, `${above}${entry.name}/`));
  }
}

async function dropped(event: DragEvent): Promise<Waiting[]> {
  const items = [...event.dataTransfer?.items ?? []].filter((item) => item.kind === "file");
  const entries = items.map((item) => item.webkitGetAsEntry());
  const files = [...event.dataTransfer?.files ?? []];
  if (!entries.some((entry) => entry?.isDirectory)) return files.map((file) => ({ file, path: file.name }));
  return (await Promise.all(entries.map((entry) => entry ? walked(entry, "") : []))).flat();
}

const brings = (event: DragEvent): boolean => [...event.dataTransfer?.types ?? []].includes("Files");

function aimed(event: DragEvent): HTMLElement | null {
  return event.target instanceof Element ? event.target.closest<HTMLElement>("[data-into]") : null;
}

function bindDrop(): void {
  const hint = find(".drop-hint");
  let inside = 0;
  const show = (on: boolean): void => { if (hint) hint.hidden = !on; if (!on) inside = 0; };
  const mark = (event: DragEvent | null): void => {
    for (const one of document.querySelectorAll(".is-aimed")) one.classList.remove("is-aimed");
    if (event) aimed(event)?.classList.add("is-aimed");
  };
  document.addEventListener("dragenter", (event) => { if (brings(event)) { inside += 1; show(true); } });
  document.addEventListener("dragleave", (event) => { if (brings(event) && --inside <= 0) { show(false); mark(null); } });
  document.addEventListener("dragover", (event) => { if (brings(event)) { event.preventDefault(); mark(event); } });
  document.addEventListener("drop", (event) => {
    if (!brings(event)) return;
    event.preventDefault();
    const into = aimed(event)?.dataset["into"] ?? shelf?.dataset["folder"] ?? "";
    show(false);
    mark(null);
    void dropped(event).then((files) => take(files, into));
  });
}

function bindChoosing(): void {
  const input = find<HTMLInputElement>("[data-files]");
  if (!input) return;
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-choose]") : null;
    if (!button) return;
    event.preventDefault();
    event.stopPropagation();
    input.click();
  }, true);
  input.addEventListener("change", () => {
    const files = [...input.files ?? []].map((file) => ({ file, path: file.name }));
    input.value = "";
    void take(files, shelf?.dataset["folder"] ?? "");
  });
}

function bindPanel(): void {
  find("[data-uploads-stop]")?.addEventListener("click", () => {
    stopped = true;
    for (const one of running) one.stop();
    buttons(false);
  });
  find("[data-uploads-close]")?.addEventListener("click", () => {
    if (!panel) return;
    panel.hidden = true;
    running = [];
    panel.querySelector("ul")?.replaceChildren();
  });
  window.addEventListener("beforeunload", (event) => {
    if (find(".upload[data-state=sending], .upload[data-state=waiting]") && !panel?.hidden) event.preventDefault();
  });
}

if (shelf && panel) {
  bindDrop();
  bindChoosing();
  bindPanel();
}
