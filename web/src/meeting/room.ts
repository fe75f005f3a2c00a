// The room: asks once a second what others typed, knows whether there is contact, and says what waits.
import { csrf, quietly } from "../page";
import { sayWhatIsNew, tick } from "./agenda";

export interface Kept { id: string; by: string; text: string }
export interface Told { id: string; sequence: number; text: string; by: string; own: boolean; until: string; kept: Kept[] }
interface News { sequence: number; items: Told[]; now: string; head: number; changed: Record<string, string[]>; cut: boolean }

// Something on the page that has words which the server may not have yet.
export interface Part {
  item: string;
  waiting(): number;
  send(): Promise<void>;
  hear?(told: Told): void;
  watch?(now: number): void;
}

const EVERY = 1_000;
const LIVELY = 800;
const STILL_LIVELY = 5_000;
const SHORTEST = 200;
const HIDDEN = 5_000;
const LONGEST = 15_000;
const PATIENCE = 8_000;

export class Room {
  private parts: Part[] = [];
  private since: number;
  private head: number;
  private failed = 0;
  private timer = 0;
  private asking = false;
  private asked = 0;
  private heard = 0;
  private over = "";
  /** How far the server's clock is ahead of ours, in milliseconds. */
  ahead = 0;

  constructor(readonly root: HTMLElement) {
    this.since = Number(root.dataset["since"]);
    this.head = Number(root.dataset["head"]);
  }

  get key(): string {
    return `live:${document.body.dataset["actor"] ?? ""}:${this.root.dataset["key"] ?? ""}`;
  }

  word(name: string, values: Record<string, string | number> = {}): string {
    return Object.entries(values).reduce((said, [key, value]) => said.replace(`{${key}}`, String(value)), this.root.dataset[name] ?? "");
  }

  add(part: Part): void {
    this.parts.push(part);
  }

  begin(): void {
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.soon(); });
    window.addEventListener("online", () => this.soon());
    this.root.addEventListener("submit", (event) => void this.submitted(event));
    window.setInterval(() => this.everySecond(), 1000);
    this.later();
  }

  private everySecond(): void {
    tick(this.root);
    sayWhatIsNew(this.root);
    this.parts.forEach((part) => part.watch?.(Date.now() + this.ahead));
  }

  // Posts something. null: no contact, it must wait. Otherwise the answer, whatever it says.
  async post(address: string, fields: Record<string, string>): Promise<Response | null> {
    const answer = await fetch(address, {
      method: "POST",
      body: new URLSearchParams(fields),
      headers: { Accept: "application/json", "HX-Request": "true", "X-CSRFToken": csrf() },
      signal: AbortSignal.timeout(PATIENCE),
    }).catch(() => null);
    // A server that is restarting, too busy or asks to sign in again is no refusal of the words.
    const waits = !answer || answer.status >= 500 || [401, 408, 429].includes(answer.status);
    if (waits) this.failed = Math.max(this.failed, 1);
    this.say();
    return waits ? null : answer;
  }

  // What waits, what is saved, or why nothing more is.
  say(): void {
    const status = this.root.querySelector<HTMLElement>("[data-status]");
    if (!status) return;
    const count = this.parts.reduce((sum, part) => sum + part.waiting(), 0);
    const held = this.failed > 0 && count > 0;
    const said = this.over || (held ? this.word(count === 1 ? "waitingOne" : "waiting", { n: count }) : count ? this.word("saving") : "");
    status.dataset["tone"] = this.over || held ? "warning" : "quiet";
    if (status.textContent !== said) status.textContent = said;
  }

  refuse(why: string): void {
    this.over = `${this.word("refused")} ${why}`.trim();
    this.say();
  }

  soon(): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.ask(), 30);
  }

  private later(): void {
    window.clearTimeout(this.timer);
    const pause = this.failed ? Math.min(LONGEST, EVERY * 2 ** (this.failed - 1)) : document.hidden ? HIDDEN : Date.now() - this.heard < STILL_LIVELY ? LIVELY : EVERY;
    // Counted from when it was asked, not from the answer: a slow one must not make the next late.
    this.timer = window.setTimeout(() => void this.ask(), Math.max(SHORTEST, this.asked + pause - Date.now()));
  }

  private async ask(): Promise<void> {
    if (document.hidden && !this.parts.some((part) => part.waiting())) return this.later();
    if (this.asking) return;
    this.asking = true;
    this.asked = Date.now();
    const answer = await quietly(`${this.root.dataset["state"]}?since=${this.since}&head=${this.head}`, { signal: AbortSignal.timeout(PATIENCE) }).catch(() => null);
    this.asking = false;
    if (!answer?.ok) {
      this.failed += 1;
      this.say();
      // Signed out, or no longer ours to see: asked again only when somebody comes back to the page.
      return answer && [401, 404].includes(answer.status) ? undefined : this.later();
    }
    const wasAway = this.failed > 0;
    this.failed = 0;
    this.hear(await answer.json() as News);
    if (wasAway) await Promise.all(this.parts.filter((part) => part.waiting()).map((part) => part.send()));
    this.say();
    this.later();
  }

  private hear(news: News): void {
    this.ahead = Date.parse(news.now) - Date.now();
    this.since = Math.max(this.since, news.sequence);
    if (news.items.length) this.heard = Date.now();
    for (const told of news.items) this.tell(told);
    if (news.head <= this.head) return;
    this.head = news.head;
    document.dispatchEvent(new CustomEvent("changes", { detail: news }));
  }

  tell(told: Told): void {
    for (const part of this.parts) if (part.item === told.id) part.hear?.(told);
  }

  // Ticks and photos without leaving the page; everything else of the room is an ordinary form.
  private async submitted(event: Event): Promise<void> {
    const form = event.target as HTMLFormElement;
    if (!form.matches("[data-tick]")) return;
    event.preventDefault();
    const box = form.querySelector("[role=checkbox]");
    box?.setAttribute("aria-checked", box.getAttribute("aria-checked") === "true" ? "false" : "true");
    await this.post(form.action, Object.fromEntries(new FormData(form)) as Record<string, string>);
    this.soon();
  }
}
