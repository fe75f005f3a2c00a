// What is drawn: the table on the left, the bars on the right, in one scroller with rows that are used again.
import { element } from "../page";
import type { Column } from "./columns";
import { drawLinks } from "./links";
import type { Outline, Row } from "./outline";
import { type Scale, weekday } from "./scale";
import type { Words } from "./words";

export const ROW = 34;
export const HEAD = 52;
const SPARE = 6;
const SVG = "http://www.w3.org/2000/svg";

interface Slot { line: HTMLElement; cells: HTMLElement[]; lane: HTMLElement; bar: HTMLElement; done: HTMLElement; base: HTMLElement; ghost: HTMLElement; label: HTMLElement; row: Row | null; drawn: string }

export interface Look {
  current: number; // uid of the row with the cursor
  column: number;
  chosen: Set<number>;
  cut: Set<number>;
  moved: { uid: number; start: number; finish: number } | null; // a bar being dragged
  waiting: Set<number>; // rows whose change is on its way to the server
  baseline: boolean;
}

const svg = (tag: string, className: string): SVGElement => {
  const made = document.createElementNS(SVG, tag);
  made.setAttribute("class", className);
  return made;
};

export class Panes {
  readonly grid = element("div", "plan-scroll");
  readonly bars = element("div", "plan-bars");
  readonly rows = element("div", "plan-rows");
  readonly draft = svg("path", "plan-link is-new");
  private readonly sizer = element("div", "plan-sizer");
  private readonly head = element("div", "plan-head");
  private readonly titles = element("div", "plan-titles");
  private readonly axis = element("div", "plan-axis");
  private readonly canvas = svg("svg", "plan-canvas");
  private readonly off = svg("path", "plan-off");
  private readonly plain = svg("path", "plan-link");
  private readonly critical = svg("path", "plan-link is-critical");
  private readonly now = svg("path", "plan-today");
  private readonly status = svg("path", "plan-status-date");
  private slots: Slot[] = [];
  private axisAt = "";
  private columns: Column[] = [];
  private left = 0;

  constructor(
    host: HTMLElement, private readonly outline: Outline, private readonly scale: Scale,
    private readonly words: Words, private readonly language: string, readonly look: Look,
  ) {
    this.grid.setAttribute("role", "treegrid");
    this.grid.tabIndex = 0;
    this.grid.setAttribute("aria-label", String(this.words["label"]));
    this.grid.setAttribute("aria-multiselectable", "true");
    this.head.setAttribute("role", "row");
    this.head.setAttribute("aria-rowindex", "1");
    this.titles.setAttribute("role", "presentation");
    this.axis.setAttribute("role", "columnheader");
    this.axis.setAttribute("aria-label", String(this.words["axis"]));
    this.rows.setAttribute("role", "rowgroup");
    for (const part of [this.bars, this.canvas]) part.setAttribute("aria-hidden", "true");
    this.head.append(this.titles, this.axis);
    this.canvas.append(this.off, this.status, this.now, this.plain, this.critical, this.draft);
    this.sizer.append(this.head, this.canvas, this.bars, this.rows);
    this.grid.append(this.sizer);
    host.append(this.grid);
  }

  get width(): number {
    return this.left;
  }

  get first(): number {
    return Math.max(0, Math.floor(this.grid.scrollTop / ROW) - SPARE);
  }

  // Columns, zoom or rows have changed: everything is measured anew.
  layout(columns: Column[]): void {
    if (columns !== this.columns) this.setColumns(columns);
    const height = this.outline.lines.length * ROW;
    this.sizer.style.width = `${this.left + this.scale.width}px`;
    this.sizer.style.height = `${HEAD + height}px`;
    this.grid.setAttribute("aria-rowcount", String(this.outline.lines.length + 1));
    this.axisAt = "";
    this.draw(true);
  }

  draw(anew = false): void {
    const first = this.first, last = Math.min(this.outline.lines.length - 1, Math.ceil((this.grid.scrollTop + this.grid.clientHeight) / ROW) + SPARE);
    while (this.slots.length < Math.min(last - first + 1, this.outline.lines.length)) this.addSlot();
    const used = new Set<Slot>();
    for (let line = first; line <= last; line++) {
      const slot = this.slots[line % this.slots.length], row = this.outline.lines[line];
      if (!slot || !row) continue;
      used.add(slot);
      if (anew || slot.row !== row) this.paint(slot, row);
      else if (slot.drawn !== this.stamp(row)) this.paint(slot, row);
    }
    for (const slot of this.slots) if (!used.has(slot)) { slot.line.hidden = slot.lane.hidden = true; slot.row = null; }
    this.drawAxis();
    this.drawCanvas(first, last);
    this.point();
  }

  slotOf(uid: number): Slot | undefined {
    return this.slots.find((slot) => slot.row?.uid === uid);
  }

  cell(uid: number, column: number): HTMLElement | undefined {
    return this.slotOf(uid)?.cells[column];
  }

  // Scroll so that a row, and its bar when the cursor is there, can be seen.
  show(row: Row, bar: boolean): void {
    const y = row.line * ROW, view = this.grid;
    if (y < view.scrollTop) view.scrollTop = y;
    else if (y + ROW + HEAD > view.scrollTop + view.clientHeight - 16) view.scrollTop = y + ROW + HEAD - view.clientHeight + 16;
    if (!bar || row.start === null) return;
    const x = this.scale.x(row.start), room = view.clientWidth - this.left;
    if (x < view.scrollLeft || x > view.scrollLeft + room - 40) view.scrollLeft = Math.max(0, x - 80);
  }

  rowAt(clientY: number): Row | undefined {
    const top = this.bars.getBoundingClientRect().top;
    return this.outline.lines[Math.floor((clientY - top) / ROW)];
  }

  place(uid: number): { row: Row; y: number } | null {
    const row = this.outline.get(uid);
    return row && row.line >= 0 ? { row, y: row.line * ROW + ROW / 2 } : null;
  }

  private setColumns(columns: Column[]): void {
    this.columns = columns;
    this.left = columns.reduce((sum, column) => sum + column.width, 0);
    this.grid.style.setProperty("--plan-left", `${this.left}px`);
    this.grid.setAttribute("aria-colcount", String(columns.length + 1));
    this.axis.setAttribute("aria-colindex", String(columns.length + 1));
    this.titles.replaceChildren(...columns.map((column, at) => {
      const title = element("div", column.right ? "plan-title is-right" : "plan-title", this.words.columns[column.key] ?? column.key);
      title.setAttribute("role", "columnheader");
      title.setAttribute("aria-colindex", String(at + 1));
      title.style.width = `${column.width}px`;
      return title;
    }));
    for (const slot of this.slots) { slot.line.remove(); slot.lane.remove(); }
    this.slots = [];
  }

  private addSlot(): void {
    const line = element("div", "plan-row"), lane = element("div", "plan-lane"), bar = element("div", "plan-bar");
    const done = element("span", "plan-done"), base = element("div", "plan-base"), ghost = element("div", "plan-ghost"), label = element("span", "plan-label");
    line.setAttribute("role", "row");
    const cells = this.columns.map((column, at) => {
      const cell = element("div", column.right ? "plan-cell is-right" : "plan-cell");
      cell.setAttribute("role", "gridcell");
      cell.setAttribute("aria-colindex", String(at + 1));
      cell.dataset["column"] = String(at);
      cell.style.width = `${column.width}px`;
      return cell;
    });
    // The bar's own cell is there for those who cannot see the drawing.
    const said = element("div", "plan-cell ds-sr-only");
    said.setAttribute("role", "gridcell");
    said.setAttribute("aria-colindex", String(this.columns.length + 1));
    line.append(...cells, said);
    for (const grip of ["to", "dot"]) bar.append(element("span", `plan-grip is-${grip}`));
    bar.prepend(done);
    lane.append(ghost, base, bar, label);
    this.rows.append(line);
    this.bars.append(lane);
    this.slots.push({ line, cells: [...cells, said], lane, bar, done, base, ghost, label, row: null, drawn: "" });
    for (const slot of this.slots) slot.row = null; // which row goes where depends on their number
  }

  private stamp(row: Row): string {
    const { look } = this, moved = look.moved?.uid === row.uid ? `${look.moved.start}-${look.moved.finish}` : "";
    const own = look.current === row.uid ? look.column : "";
    return `${own}|${look.chosen.has(row.uid)}|${look.cut.has(row.uid)}|${look.waiting.has(row.uid)}|${moved}`;
  }

  private paint(slot: Slot, row: Row): void {
    slot.row = row;
    slot.drawn = this.stamp(row);
    const y = `translateY(${row.line * ROW}px)`;
    for (const part of [slot.line, slot.lane]) {
      part.hidden = false;
      part.style.transform = y;
      part.dataset["uid"] = String(row.uid);
      part.dataset["kind"] = row.kind;
      part.classList.toggle("is-critical", row.isCritical);
      part.classList.toggle("is-current", this.look.current === row.uid);
      part.dataset["change"] = row.change;
      part.classList.toggle("is-dim", !row.match || !row.isActive);
    }
    this.paintLine(slot, row);
    this.paintBar(slot, row);
  }

  private paintLine(slot: Slot, row: Row): void {
    const { line, cells } = slot, siblings = row.parent === null ? undefined : this.outline.get(row.parent)?.children;
    line.id = `plan-row-${row.uid}`;
    line.setAttribute("aria-rowindex", String(row.line + 2));
    line.setAttribute("aria-level", String(row.level));
    line.setAttribute("aria-posinset", String(row.place));
    line.setAttribute("aria-setsize", String(siblings ?? -1));
    line.setAttribute("aria-selected", String(this.look.chosen.has(row.uid)));
    if (row.children) line.setAttribute("aria-expanded", String(this.outline.isOpen(row)));
    else line.removeAttribute("aria-expanded");
    line.classList.toggle("is-cut", this.look.cut.has(row.uid));
    line.classList.toggle("is-waiting", this.look.waiting.has(row.uid));
    this.columns.forEach((column, at) => {
      const cell = cells[at];
      if (!cell) return;
      cell.id = `plan-cell-${row.uid}-${at}`;
      cell.classList.toggle("is-here", this.look.current === row.uid && this.look.column === at);
      if (column.tree) this.paintName(cell, row);
      else cell.textContent = column.say(row, this.language);
      if (column.key === "start" && row.pinned) this.pin(cell, row);
    });
    const said = cells[this.columns.length];
    if (said) {
      said.id = `plan-cell-${row.uid}-${this.columns.length}`;
      said.textContent = this.sentence(row);
    }
  }

  private paintName(cell: HTMLElement, row: Row): void {
    const space = element("span", "plan-space");
    space.style.width = `${(row.level - 1) * 16}px`;
    const fold = element("span", row.children ? `plan-fold ${this.outline.isOpen(row) ? "is-open" : "is-shut"}` : "plan-fold");
    const name = element("span", row.kind === "summary" ? "plan-name is-summary" : "plan-name", row.name || String(this.words["nameless"]));
    cell.replaceChildren(space, fold, name);
    cell.title = row.name;
  }

  private pin(cell: HTMLElement, row: Row): void {
    const mark = element("span", "plan-pin");
    mark.title = row.pinned;
    const said = element("span", "ds-sr-only", row.pinned);
    mark.append(said);
    cell.prepend(mark);
  }

  private sentence(row: Row): string {
    const parts = [`${this.columns.find((column) => column.key === "start")?.say(row, this.language) ?? ""} – ${this.columns.find((column) => column.key === "finish")?.say(row, this.language) ?? ""}`];
    if (row.isCritical) parts.push(String(this.words["critical"]));
    if (row.change) parts.push(String(this.words[row.change] ?? ""));
    return parts.join(", ");
  }

  private paintBar(slot: Slot, row: Row): void {
    const { bar, base, ghost, label, lane } = slot, moved = this.look.moved?.uid === row.uid ? this.look.moved : null;
    const start = moved?.start ?? row.start, finish = moved?.finish ?? row.finish;
    bar.hidden = label.hidden = start === null || finish === null;
    lane.classList.toggle("is-barred", this.look.current === row.uid && this.look.column === this.columns.length);
    base.hidden = !this.look.baseline || row.baseStart === null || row.baseFinish === null;
    if (!base.hidden) this.span(base, row.baseStart as number, row.baseFinish as number);
    ghost.hidden = row.wasStart === null || row.wasFinish === null;
    if (!ghost.hidden) this.span(ghost, row.wasStart as number, row.wasFinish as number);
    if (start === null || finish === null) return;
    this.span(bar, start, finish);
    slot.done.style.width = `${row.percent}%`;
    const right = this.scale.x(finish) + (row.kind === "milestone" ? 14 : 10);
    label.style.transform = `translateX(${right}px)`;
    label.textContent = row.kind === "milestone" ? `${row.name} ${this.columns.find((column) => column.key === "finish")?.say(row, this.language) ?? ""}` : row.responsible || (row.kind === "summary" ? row.name : "");
  }

  private span(part: HTMLElement, start: number, finish: number): void {
    part.style.transform = `translateX(${this.scale.x(start)}px)`;
    part.style.width = `${Math.max(this.scale.x(finish) - this.scale.x(start), 3)}px`;
  }

  // Only the part of the axis that can be seen has labels; it is drawn anew when one leaves that part.
  private drawAxis(): void {
    const room = this.grid.clientWidth, at = Math.floor(this.grid.scrollLeft / 400), key = `${at}|${this.scale.zoom}|${room}`;
    if (key === this.axisAt) return;
    this.axisAt = key;
    const from = this.scale.first + Math.max(0, (at * 400 - 400)) / this.scale.perDay;
    const to = Math.min(this.scale.first + this.scale.days, from + (room + 1600) / this.scale.perDay);
    const put = (className: string) => (tick: { x: number; text: string }): HTMLElement => {
      const mark = element("span", className, tick.text);
      mark.style.transform = `translateX(${Math.max(0, tick.x)}px)`;
      return mark;
    };
    this.axis.replaceChildren(...this.scale.upper(from, to).map(put("plan-upper")), ...this.scale.lower(from, to).map(put("plan-lower")));
  }

  private drawCanvas(first: number, last: number): void {
    const top = first * ROW, height = Math.max(0, last - first + 1) * ROW, left = this.grid.scrollLeft, room = this.grid.clientWidth;
    this.canvas.style.width = `${this.scale.width}px`;
    this.canvas.style.height = `${this.outline.lines.length * ROW}px`;
    this.off.setAttribute("d", this.daysOff(left - 200, left + room + 200, top, height));
    const [plain, critical] = drawLinks(this.outline.crossing(first, last), (uid) => this.place(uid), this.scale);
    this.plain.setAttribute("d", plain);
    this.critical.setAttribute("d", critical);
    this.line(this.now, this.days.today, top, height);
    this.line(this.status, this.days.status, top, height);
  }

  days: { week: Set<number>; days: Set<number>; worked: Set<number>; today: number; status: number | null } =
    { week: new Set([5, 6]), days: new Set(), worked: new Set(), today: 0, status: null };

  private daysOff(from: number, to: number, top: number, height: number): string {
    if (this.scale.perDay < 3) return "";
    const width = this.scale.perDay, parts: string[] = [];
    const last = Math.min(this.scale.days, Math.ceil(to / width));
    for (let i = Math.max(0, Math.floor(from / width)); i < last; i++) {
      const day = this.scale.first + i;
      const isOff = this.days.days.has(day) || (this.days.week.has(weekday(day)) && !this.days.worked.has(day));
      if (isOff) parts.push(`M${i * width} ${top}h${width}v${height}h${-width}z`);
    }
    return parts.join("");
  }

  private line(path: SVGElement, minute: number | null, top: number, height: number): void {
    path.setAttribute("d", minute === null ? "" : `M${this.scale.x(minute)} ${top}v${height}`);
  }

  // Where the cursor is, for a screen reader; not while its row is scrolled away.
  private point(): void {
    const here = `plan-cell-${this.look.current}-${this.look.column}`;
    if (this.slotOf(this.look.current)) this.grid.setAttribute("aria-activedescendant", here);
    else this.grid.removeAttribute("aria-activedescendant");
  }
}
