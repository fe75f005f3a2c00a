// The plan one works at: the cursor, the chosen rows, what is cut, and what is sent to the server.
import { type Column, shownColumns } from "./columns";
import { hopesOf } from "./hopes";
import { Office } from "./office";
import { EVERYTHING, Outline, type Row } from "./outline";
import type { Look } from "./painting";
import { Panes } from "./panes";
import { DAY, Scale, type Zoom, ZOOMS } from "./scale";
import { Speaker } from "./speaker";
import { keep, kept } from "./storage";
import { Telling } from "./telling";
import { type View, readView, writeView } from "./view";
import type { Operation, Sent, Wait } from "./wire";
import { fill, type Words } from "./words";

export class Workbench {
  readonly language: string;
  readonly look: Look = { current: 0, column: 1, chosen: new Set(), cut: new Set(), moved: null, hopes: new Map(), waits: new Map(), baseline: true, slack: false };
  readonly outline: Outline;
  readonly scale: Scale;
  readonly speaker: Speaker;
  readonly panes: Panes;
  readonly office: Office;
  readonly telling: Telling;
  readonly mayEdit: boolean;
  columns: Column[] = [];
  anchor = 0;
  calendars: string[] = [];
  people: string[] = [];
  changed: () => void = () => undefined; // the buttons show anew what can be done
  private readonly folded: string;
  private view: View;
  private isPlaced = false;

  constructor(readonly host: HTMLElement, words: Words) {
    this.language = document.documentElement.lang || "nb";
    this.mayEdit = host.dataset["editing"] !== "no";
    this.folded = `folded.${host.dataset["key"] ?? ""}`;
    this.outline = new Outline(new Set(kept<number[]>(this.folded, []).slice(0, 5000)));
    this.speaker = new Speaker(words, this.language, this.outline);
    this.scale = new Scale(this.language, this.speaker.word("week"));
    this.telling = new Telling(this.speaker, () => this.panes.grid.focus({ preventScroll: true }));
    this.view = readView(new URLSearchParams(location.search), { zoom: kept<Zoom>("zoom", "week"), columns: kept<string[] | null>("columns", null) });
    this.panes = new Panes(host, this.outline, this.scale, this.speaker, this.look);
    this.office = new Office(host.dataset["rows"] ?? "", host.dataset["operations"] ?? "", {
      plan: (sent, uids) => this.take(sent, uids),
      state: (said, count) => { this.telling.state(said, count); this.changed(); },
      refused: (why) => this.telling.refused(why),
      settled: () => this.hope(),
      isTyping: () => this.panes.isTyping,
      told: (sentence) => this.telling.say(sentence),
      ask: (because) => this.telling.ask(because),
      proposed: (answer) => this.telling.proposed(answer),
      drafted: (address) => { window.setTimeout(() => location.assign(address)); }, // once nothing waits to be sent any more
    });
    this.apply();
  }

  get current(): Row | undefined {
    return this.outline.get(this.look.current);
  }

  get onBar(): boolean {
    return this.look.column === this.columns.length;
  }

  // ---- what the server says ----

  private take(sent: Sent, uids: number[]): boolean {
    if (!this.outline.take(sent)) return false;
    this.speaker.hours = sent.hours;
    if (sent.waits) this.waitFor(sent.waits);
    this.calendars = sent.calendars;
    this.people = sent.people.filter(Boolean);
    this.panes.backdrop.days = {
      week: new Set(sent.off.week), days: new Set(sent.off.days), worked: new Set(sent.off.worked), today: sent.today, status: sent.status,
    };
    const shift = this.scale.cover(sent.start, sent.finish, this.panes.room);
    this.look.cut.clear();
    const fresh = uids.length ? this.outline.get(uids[uids.length - 1] as number) : undefined;
    if (fresh && fresh.line < 0) this.outline.reveal(fresh.uid);
    if (fresh) { // a new row: what is typed next is its name
      this.look.current = fresh.uid;
      this.look.column = this.columns.findIndex((column) => column.tree);
    }
    if (!this.current) this.look.current = this.outline.rows[0]?.uid ?? 0;
    for (const uid of this.look.chosen) if (!this.outline.get(uid)) this.look.chosen.delete(uid);
    this.panes.layout(this.columns);
    if (!this.isPlaced) this.place();
    else if (shift) this.panes.grid.scrollLeft += shift;
    if (fresh) this.panes.show(fresh, false);
    this.changed();
    this.host.dataset["revision"] = String(sent.revision);
    this.host.dispatchEvent(new CustomEvent("plan-drawn", { bubbles: true }));
    return true;
  }

  private waitFor(waits: Wait[]): void {
    this.look.waits.clear();
    for (const wait of waits) for (const uid of wait.uids) if (!this.look.waits.has(uid)) this.look.waits.set(uid, wait);
  }

  // The first look: what is going on now if the plan is under way, else its beginning.
  private place(): void {
    this.isPlaced = true;
    const { rows } = this.outline, today = this.panes.backdrop.days.today;
    const wanted = Number(new URLSearchParams(location.search).get("selected"));
    const asked = wanted ? this.outline.get(wanted) : undefined;
    const open = rows.find((row) => row.kind !== "summary" && row.percent < 100 && row.finish !== null);
    const isBegun = rows.some((row) => row.percent > 0 || (row.start !== null && row.start < today));
    const row = asked ?? (isBegun ? open : undefined) ?? rows[0];
    if (!row) return;
    this.outline.reveal(row.uid);
    this.panes.layout(this.columns);
    const from = row.start ?? today, isNow = !asked && isBegun;
    this.panes.grid.scrollLeft = Math.max(0, isNow ? this.scale.x(today) - this.panes.room / 3 : this.scale.x(from) - 60);
    this.panes.grid.scrollTop = Math.max(0, (row.line - 3) * 34);
    this.go(row.uid);
  }

  // ---- the cursor and the choice ----

  go(uid: number, column = this.look.column): void {
    this.look.current = uid;
    this.look.column = Math.max(0, Math.min(this.columns.length, column));
    const row = this.current;
    if (row) this.panes.show(row, this.onBar);
    this.redraw();
  }

  step(by: number, extend = false): void {
    const row = this.current, lines = this.outline.lines;
    const to = lines[Math.max(0, Math.min(lines.length - 1, (row?.line ?? 0) + by))];
    if (!to) return;
    if (extend) this.extend(to);
    else { this.look.chosen.clear(); this.anchor = to.uid; }
    this.go(to.uid);
  }

  extend(to: Row): void {
    const from = this.outline.get(this.anchor) ?? this.current ?? to;
    const [a, b] = from.line < to.line ? [from.line, to.line] : [to.line, from.line];
    this.look.chosen = new Set(this.outline.lines.slice(a, b + 1).map((row) => row.uid));
  }

  toggle(uid: number): void {
    if (!this.look.chosen.delete(uid)) this.look.chosen.add(uid);
    this.anchor = uid;
    this.redraw();
  }

  chooseAll(): void {
    this.look.chosen = new Set(this.outline.lines.map((row) => row.uid));
    this.redraw();
  }

  leaveAll(): void {
    this.look.chosen.clear();
    this.look.cut.clear();
    this.redraw();
  }

  // What an act is about: the chosen rows in the plan's order, or the row with the cursor.
  get subjects(): number[] {
    const chosen = this.look.chosen.size ? this.look.chosen : new Set([this.look.current]);
    return this.outline.rows.filter((row) => chosen.has(row.uid)).map((row) => row.uid);
  }

  fold(row: Row, open: boolean): void {
    this.outline.fold(row, open);
    this.folds();
  }

  foldAll(level: number): void {
    this.outline.foldAll(level);
    if (this.current && this.current.line < 0) this.look.current = this.outline.lines[0]?.uid ?? 0;
    this.folds();
  }

  private folds(): void {
    keep(this.folded, this.outline.shut.slice(0, 5000));
    this.panes.layout(this.columns);
  }

  // ---- what is done ----

  send(operation: Operation, uids: number[] = []): void {
    if (!this.mayEdit) return;
    this.office.submit(operation, uids.length ? uids : "uids" in operation ? operation.uids : "uid" in operation ? [operation.uid] : []);
    this.hope();
  }

  add(): void {
    this.send({ do: "add", after: this.look.current || null, name: this.speaker.word("fresh") });
  }

  cut(): void {
    this.look.cut = new Set(this.subjects);
    this.telling.say(fill(this.speaker.word("cut"), { n: this.look.cut.size }));
    this.redraw();
  }

  paste(): void {
    if (!this.look.cut.size) return;
    const uids = this.outline.rows.filter((row) => this.look.cut.has(row.uid)).map((row) => row.uid);
    this.send({ do: "place", uids, after: this.look.current || null });
  }

  // Rows copied in a spreadsheet: lines, with tabs between the cells.
  pasteText(text: string): void {
    if (text.trim()) this.send({ do: "paste", text: text.slice(0, 100_000), after: this.look.current || null });
  }

  // Rows that are dragged go after the one they are let go of at.
  dropAfter(row: Row): void {
    const uids = this.subjects;
    if (!uids.includes(row.uid)) this.send({ do: "place", uids, after: row.uid });
  }

  // A dialog about the row with the cursor.
  open(what: "task" | "whatif" | "why"): void {
    if (!this.look.current) return;
    const address = (this.host.dataset[what] ?? "").replace("/0/", `/${this.look.current}/`);
    if (!address) return; // a row of a draft has no page of its own
    void window.htmx.ajax("GET", address, { target: "#modal", source: this.host });
  }

  redraw(): void {
    this.panes.draw();
    this.changed();
  }

  private hope(): void {
    this.look.hopes = hopesOf(this.office.waiting, (uid) => this.outline.get(uid));
    this.redraw();
  }

  // ---- how it is shown ----

  get shown(): View {
    return this.view;
  }

  showAs(change: Partial<View>): void {
    const before = this.view;
    this.view = { ...before, ...change };
    keep("zoom", this.view.zoom);
    keep("columns", this.view.columns);
    history.replaceState(history.state, "", `?${writeView(this.view, location.search)}`);
    const middle = this.scale.minute(this.panes.grid.scrollLeft + 120);
    this.apply();
    this.panes.layout(this.columns);
    if (before.zoom !== this.view.zoom) this.panes.grid.scrollLeft = Math.max(0, this.scale.x(middle) - 120);
    if (change.filter) this.panes.grid.scrollTop = 0;
  }

  widen(width: number): void {
    keep("names", width);
    this.setColumns();
    this.panes.layout(this.columns);
  }

  get nameWidth(): number {
    return this.columns.find((column) => column.tree)?.width ?? 0;
  }

  seeToday(): void {
    this.panes.grid.scrollLeft = Math.max(0, this.scale.x(this.panes.backdrop.days.today - 21 * DAY));
  }

  private apply(): void {
    const { view } = this;
    this.scale.zoom = ZOOMS.includes(view.zoom) ? view.zoom : "week";
    this.look.baseline = view.baseline;
    this.look.slack = view.slack;
    const mine = view.filter.responsible === "me" ? this.host.dataset["me"] ?? "" : view.filter.responsible;
    this.outline.narrow({ ...EVERYTHING, ...view.filter, responsible: mine });
    this.setColumns();
  }

  private setColumns(): void {
    const key = this.columns[this.look.column]?.key ?? "name";
    this.columns = shownColumns(this.view.columns, window.innerWidth, kept<number | null>("names", null));
    const at = this.columns.findIndex((column) => column.key === key);
    this.look.column = at < 0 ? 1 : at;
  }
}
