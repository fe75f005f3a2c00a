// The minutes of one item: sent while one types, joined on the server, never lost between here and there.
import { find, why } from "../page";
import { showKept } from "./kept";
import type { Part, Room, Told } from "./room";

interface Stored { client: string; sequence: number; heard: number; base: string; text: string }

const PAUSE = 200;
const LEAVE_AFTER = 4_000;
const plain = (text: string): string => text.replace(/\r\n?/g, "\n");

export class Minutes implements Part {
  readonly item: string;
  private readonly field: HTMLTextAreaElement;
  private readonly writes: HTMLElement | null;
  private readonly client = crypto.randomUUID();
  private sequence = 0;
  private heard = 0;
  private base: string;
  /** The server's place of what is shown here. */
  private seen: number;
  private sending = false;
  private timer = 0;
  private leaving = 0;
  private lockedUntil = 0;
  private refused = false;

  constructor(private readonly form: HTMLFormElement, private readonly room: Room) {
    const card = form.closest<HTMLElement>("[data-item]");
    this.item = card?.dataset["item"] ?? "";
    this.field = find<HTMLTextAreaElement>("textarea", form)!;
    this.writes = find(".live-writes", form);
    this.base = plain(this.field.defaultValue);
    this.seen = Number(this.field.dataset["sequence"]);
    find("[data-plain]", form)?.setAttribute("hidden", "");
    this.field.addEventListener("input", () => this.typed());
    this.field.addEventListener("blur", () => this.leave());
    this.field.addEventListener("beforeinput", (event) => { if (this.field.readOnly) event.preventDefault(); });
    form.addEventListener("submit", (event) => { event.preventDefault(); void this.send(); });
    if (document.activeElement === this.field) this.typed(); // written before this script was here
    else if (this.text !== this.base) this.field.value = this.base; // what a browser restores is older than ours
    void this.recover();
    this.grow();
  }

  private get text(): string {
    return plain(this.field.value);
  }

  private get store(): string {
    return `${this.room.key}:${this.item}:${this.client}`;
  }

  waiting(): number {
    if (this.text === this.base) return 0;
    const known = new Set(this.base.split("\n"));
    return Math.max(1, this.text.split("\n").filter((line) => line.trim() && !known.has(line)).length);
  }

  private typed(): void {
    this.keep();
    this.grow();
    this.room.say();
    window.clearTimeout(this.leaving);
    this.leaving = window.setTimeout(() => this.leave(), LEAVE_AFTER);
    if (!this.timer && !this.sending) this.timer = window.setTimeout(() => void this.send(), PAUSE);
  }

  // In the browser until the server has it: a page that is closed or reloaded goes on where it was.
  private keep(): void {
    if (this.text === this.base) return localStorage.removeItem(this.store);
    const stored: Stored = { client: this.client, sequence: this.sequence + 1, heard: this.heard, base: this.base, text: this.text };
    try { localStorage.setItem(this.store, JSON.stringify(stored)); } catch { /* no room: the page itself still has it */ }
  }

  async send(): Promise<void> {
    window.clearTimeout(this.timer);
    this.timer = 0;
    if (this.sending || this.refused || this.text === this.base) return;
    this.sending = true;
    const text = this.text;
    this.sequence += 1;
    const told = await this.deliver({ client: this.client, sequence: this.sequence, heard: this.heard, base: this.base, text });
    this.sending = false;
    if (told) {
      this.heard = this.sequence;
      this.base = text;
      this.keep();
      this.hear(told);
    }
    this.room.say();
    if (told && this.text !== this.base) this.timer = window.setTimeout(() => void this.send(), PAUSE);
  }

  private async deliver(stored: Stored): Promise<Told | null> {
    const fields = Object.fromEntries(Object.entries(stored).map(([name, value]) => [name, String(value)]));
    const answer = await this.room.post(this.form.action, fields);
    if (answer?.ok) return await answer.json() as Told;
    if (answer) {
      this.refused = true;
      this.room.refuse(why(answer));
    }
    return null;
  }

  // What an earlier page could not deliver; the same sequence twice counts once.
  private async recover(): Promise<void> {
    const prefix = `${this.room.key}:${this.item}:`;
    for (const name of Object.keys(localStorage).filter((key) => key.startsWith(prefix))) {
      const stored = JSON.parse(localStorage.getItem(name) ?? "{}") as Stored;
      const told = await this.deliver(stored);
      if (!told) continue;
      if (localStorage.getItem(name) === JSON.stringify(stored)) localStorage.removeItem(name);
      this.room.tell(told);
    }
  }

  private leave(): void {
    window.clearTimeout(this.leaving);
    if (!this.lockOwn || !this.form.dataset["leave"]) return;
    this.lockOwn = false;
    void this.send().then(() => this.room.post(this.form.dataset["leave"] ?? "", {}));
  }

  private lockOwn = false;
  private latest: Told | null = null;

  hear(told: Told): void {
    this.lockOwn = told.own;
    showKept(this.form.closest("[data-item]"), told, this.room);
    if (told.sequence < this.seen) return;
    this.seen = told.sequence;
    this.latest = told;
    this.lock(told);
    this.catchUp();
  }

  // Whoever has typed further first sends that; the answer to it holds everything.
  private catchUp(): void {
    if (!this.latest || this.text !== this.base || this.sending) return;
    if (this.latest.text !== this.text) this.replace(this.latest.text);
    this.base = this.latest.text;
    this.latest = null;
  }

  private lock(told: Told): void {
    this.lockedUntil = told.by && !told.own ? Date.parse(told.until) : 0;
    const said = this.lockedUntil ? this.room.word("writes", { name: told.by }) : "";
    if (this.writes && this.writes.textContent !== said) this.writes.textContent = said;
    this.watch(Date.now() + this.room.ahead);
  }

  // The soft lock ends by itself; who has typed already is never stopped.
  watch(now: number): void {
    this.catchUp();
    const held = this.lockedUntil > now;
    if (!held && this.lockedUntil) {
      this.lockedUntil = 0;
      if (this.writes) this.writes.textContent = "";
    }
    const stop = held && this.text === this.base;
    if (this.field.readOnly !== stop) this.field.readOnly = stop;
  }

  // New text with the caret where it was, counted from the nearer unchanged end.
  private replace(text: string): void {
    const before = this.field.value;
    const active = document.activeElement === this.field;
    const move = (at: number): number => before.slice(0, at) === text.slice(0, at) ? at : Math.max(0, text.length - (before.length - at));
    const [start, end] = [this.field.selectionStart, this.field.selectionEnd];
    this.field.value = text;
    if (active) this.field.setSelectionRange(move(start), move(end));
    this.grow();
  }

  private grow(): void {
    this.field.rows = Math.min(30, Math.max(4, this.field.value.split("\n").length + 1));
  }
}
