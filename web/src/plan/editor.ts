// <plan-editor>: the plan as a table and a chart, edited in place. The server schedules; this shows and asks.
import { element, find } from "../page";
import { showToast } from "../toasts";
import { chooseColumns, chosenColumns, type Column, COLUMNS } from "./columns";
import { beginDrag } from "./dragging";
import { Office, type Said } from "./office";
import { Outline, type Row } from "./outline";
import { type Look, Panes } from "./panes";
import { DAY, Scale, type Zoom, ZOOMS } from "./scale";
import { typeIn, type Left } from "./typing";
import type { Answer, Operation, Whole } from "./wire";
import { fill, type Words } from "./words";

// The page's own htmx; a second one would listen twice.
declare global { interface Window { htmx: { ajax(verb: string, path: string, how: { target: string; source: Element }): Promise<void> } } }

const STEP = 20; // rows of Page Up and Page Down

export class PlanEditor extends HTMLElement {
  private words: Words = { columns: {} };
  private language = "nb";
  private readonly look: Look = { current: 0, column: 1, chosen: new Set(), cut: new Set(), moved: null, waiting: new Set(), baseline: true };
  private outline!: Outline;
  private scale!: Scale;
  private panes!: Panes;
  private office!: Office;
  private columns: Column[] = [];
  private moving: { start: number; finish: number } | null = null; // a bar being moved by the keyboard
  private frame = 0;
  private isPlaced = false;
  private anchor = 0;
  private editing = "";

  connectedCallback(): void {
    this.words = JSON.parse(find("#plan-words")?.textContent ?? "{}") as Words;
    this.language = document.documentElement.lang || "nb";
    this.editing = this.dataset["editing"] ?? "no";
    this.outline = new Outline(`tospann.plan.${this.dataset["key"] ?? ""}`);
    this.scale = new Scale(this.language, this.word("week"));
    const kept = localStorage.getItem("tospann.plan.zoom") as Zoom | null;
    if (kept && ZOOMS.includes(kept)) this.scale.zoom = kept;
    this.columns = chosenColumns();
    this.panes = new Panes(this, this.outline, this.scale, this.words, this.language, this.look);
    this.office = new Office(this.dataset["rows"] ?? "", this.dataset["operations"] ?? "", {
      plan: (whole, uids) => this.take(whole, uids),
      state: (said, count) => this.state(said, count),
      refused: (why) => showToast({ text: why || this.word("failed"), tone: "danger" }),
      settled: () => this.settled(),
      told: (sentence) => this.say(sentence),
      ask: (because) => this.ask(because),
      proposed: (answer) => this.proposed(answer),
    });
    this.listen();
    this.show();
    this.office.open().catch(() => this.panes.grid.replaceWith(element("p", "plan-failed", this.word("unreadable"))));
  }

  private word(name: string): string {
    const found = this.words[name];
    return typeof found === "string" ? found : "";
  }

  private get current(): Row | undefined {
    return this.outline.get(this.look.current);
  }

  private get onBar(): boolean {
    return this.look.column === this.columns.length;
  }

  private take(whole: Whole, uids: number[]): void {
    this.outline.load(whole);
    this.panes.days = {
      week: new Set(whole.off.week), days: new Set(whole.off.days), worked: new Set(whole.off.worked),
      today: whole.today, status: whole.status,
    };
    this.scale.cover(whole.start, whole.finish);
    this.look.waiting = this.office.waiting;
    this.look.cut.clear();
    const fresh = uids.length ? this.outline.get(uids[uids.length - 1] as number) : undefined;
    if (fresh && fresh.line < 0) this.outline.reveal(fresh.uid);
    if (fresh) this.look.current = fresh.uid;
    if (!this.current) this.look.current = this.outline.rows[0]?.uid ?? 0;
    this.look.chosen = new Set([...this.look.chosen].filter((uid) => this.outline.get(uid)));
    this.panes.layout(this.columns);
    if (!this.isPlaced) this.place();
    if (fresh) this.panes.show(fresh, false);
    this.tools();
    this.dataset["revision"] = String(whole.revision);
    this.dispatchEvent(new CustomEvent("plan-drawn", { bubbles: true }));
  }

  // The first look: today if the plan is under way, else its beginning.
  private place(): void {
    this.isPlaced = true;
    const rows = this.outline.rows, today = this.panes.days.today;
    const starts = rows.flatMap((row) => (row.start === null ? [] : [row.start])), first = Math.min(...(starts.length ? starts : [today]));
    const finishes = rows.flatMap((row) => (row.finish === null ? [] : [row.finish])), last = Math.max(...(finishes.length ? finishes : [today]));
    const at = today > first && today < last ? today - 21 * DAY : first - 7 * DAY;
    this.panes.grid.scrollLeft = Math.max(0, this.scale.x(at));
    const wanted = Number(new URLSearchParams(location.search).get("selected"));
    if (wanted && this.outline.get(wanted)) {
      this.outline.reveal(wanted);
      this.panes.layout(this.columns);
      this.go(wanted);
    }
  }

  private listen(): void {
    const { grid } = this.panes;
    grid.addEventListener("scroll", () => {
      this.frame ||= requestAnimationFrame(() => { this.frame = 0; this.panes.draw(); });
    }, { passive: true });
    new ResizeObserver(() => this.panes.draw()).observe(grid);
    grid.addEventListener("keydown", (event) => this.key(event));
    grid.addEventListener("pointerdown", (event) => this.press(event));
    grid.addEventListener("dblclick", (event) => {
      if (event.target instanceof Element && event.target.closest(".plan-row")) this.type();
      else if (event.target instanceof Element && event.target.closest(".plan-bar")) this.open("task");
    });
    document.addEventListener("click", (event) => {
      const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-plan]") : null;
      if (button) this.tool(button.dataset["plan"] ?? "");
    });
    document.addEventListener("change", (event) => { if (event.target instanceof HTMLElement) this.changed(event.target); });
    document.addEventListener("input", (event) => {
      if (event.target instanceof HTMLInputElement && event.target.matches("[data-plan-search]")) this.narrow();
    });
  }

  // ---- the cursor and the choice ----

  private go(uid: number, column = this.look.column): void {
    this.look.current = uid;
    this.look.column = Math.max(0, Math.min(this.columns.length, column));
    const row = this.current;
    if (row) this.panes.show(row, this.onBar);
    this.panes.draw();
    this.tools();
  }

  private step(by: number, extend = false): void {
    const row = this.current, lines = this.outline.lines;
    const to = lines[Math.max(0, Math.min(lines.length - 1, (row?.line ?? 0) + by))];
    if (!to) return;
    if (extend) this.extend(to);
    else { this.look.chosen.clear(); this.anchor = to.uid; }
    this.go(to.uid);
  }

  private extend(to: Row): void {
    const from = this.outline.get(this.anchor) ?? this.current ?? to;
    const [a, b] = from.line < to.line ? [from.line, to.line] : [to.line, from.line];
    this.look.chosen = new Set(this.outline.lines.slice(a, b + 1).map((row) => row.uid));
  }

  // What an act is about: the chosen rows in the plan's order, or the row with the cursor.
  private get subjects(): number[] {
    const chosen = this.look.chosen.size ? this.look.chosen : new Set([this.look.current]);
    return this.outline.rows.filter((row) => chosen.has(row.uid)).map((row) => row.uid);
  }

  private fold(row: Row, open: boolean): void {
    this.outline.fold(row, open);
    this.panes.layout(this.columns);
  }

  // ---- keys ----

  private key(event: KeyboardEvent): void {
    if (event.target instanceof HTMLInputElement || event.isComposing) return;
    const used = this.moving ? this.moveKey(event) : this.chord(event) || this.walk(event) || this.act(event);
    if (!used) return;
    event.preventDefault();
    event.stopPropagation(); // the page's own keys would hear the letters that begin a cell
  }

  private chord(event: KeyboardEvent): boolean {
    const key = event.key.toLowerCase();
    if (event.altKey && event.shiftKey) {
      const ways: Record<string, "indent" | "outdent" | "up" | "down"> = { arrowright: "indent", arrowleft: "outdent", arrowup: "up", arrowdown: "down" };
      const way = ways[key];
      if (way) this.send({ do: way, uids: this.subjects });
      return way !== undefined;
    }
    if (!event.ctrlKey && !event.metaKey) return false;
    const acts: Record<string, () => void> = {
      z: () => (event.shiftKey ? this.office.redo() : this.office.undo()), y: () => this.office.redo(),
      x: () => this.cut(), v: () => this.paste(), a: () => this.chooseAll(), enter: () => this.add(),
    };
    acts[key]?.();
    return key in acts;
  }

  private walk(event: KeyboardEvent): boolean {
    const row = this.current, column = this.look.column, extend = event.shiftKey;
    const isTree = this.columns[column]?.tree === true, ends = event.ctrlKey || event.metaKey;
    switch (event.key) {
      case "ArrowDown": this.step(1, extend); break;
      case "ArrowUp": this.step(-1, extend); break;
      case "PageDown": this.step(STEP, extend); break;
      case "PageUp": this.step(-STEP, extend); break;
      case "Home": if (ends) this.step(-Infinity); else this.go(this.look.current, 0); break;
      case "End": if (ends) this.step(Infinity); else this.go(this.look.current, this.columns.length); break;
      case "ArrowRight":
        if (isTree && row?.children && !this.outline.isOpen(row)) this.fold(row, true);
        else this.go(this.look.current, column + 1);
        break;
      case "ArrowLeft":
        if (isTree && row?.children && this.outline.isOpen(row)) this.fold(row, false);
        else this.go(this.look.current, column - 1);
        break;
      default: return false;
    }
    return true;
  }

  private act(event: KeyboardEvent): boolean {
    if (event.altKey || event.ctrlKey || event.metaKey) return false;
    switch (event.key) {
      case "Enter": case "F2": if (this.onBar) this.beginMove(); else this.type(); return true;
      case " ": this.toggleChoice(); return true;
      case "Escape": this.look.chosen.clear(); this.look.cut.clear(); this.panes.draw(true); return true;
      case "Insert": this.add(); return true;
      case "Delete": this.send({ do: "remove", uids: this.subjects }); return true;
    }
    if (event.key.length !== 1 || this.onBar || !this.columns[this.look.column]?.edit) return false;
    this.type(event.key);
    return true;
  }

  private toggleChoice(): void {
    const { chosen, current } = this.look;
    if (!chosen.delete(current)) chosen.add(current);
    this.anchor = current;
    this.panes.draw(true);
    this.tools();
  }

  private chooseAll(): void {
    this.look.chosen = new Set(this.outline.lines.map((row) => row.uid));
    this.panes.draw(true);
    this.tools();
  }

  // ---- moving a bar by the keyboard ----

  private beginMove(): void {
    const row = this.current;
    if (!row || row.start === null || row.finish === null || row.kind === "summary" || this.editing === "no") return;
    this.moving = { start: row.start, finish: row.finish };
    this.look.moved = { uid: row.uid, ...this.moving };
    this.say(this.word("move_help"));
  }

  private moveKey(event: KeyboardEvent): boolean {
    const row = this.current, moved = this.look.moved, was = this.moving;
    if (!row || !moved || !was) return false;
    const step = event.key === "ArrowRight" ? DAY : event.key === "ArrowLeft" ? -DAY : 0;
    if (step) {
      if (!event.shiftKey) moved.start += step;
      moved.finish = Math.max(moved.start, moved.finish + step);
      this.say(`${COLUMNS[3]?.say({ ...row, start: moved.start }, this.language)} – ${COLUMNS[4]?.say({ ...row, finish: moved.finish }, this.language)}`);
      this.look.moved = { ...moved };
    } else if (event.key === "Enter" || event.key === "Escape") {
      this.moving = this.look.moved = null;
      if (event.key === "Escape") this.say(this.word("cancelled"));
      else if (moved.start !== was.start) this.send({ do: "move", uid: row.uid, start: moved.start });
      else if (moved.finish !== was.finish) this.send({ do: "resize", uid: row.uid, finish: moved.finish });
    }
    this.panes.draw();
    return true;
  }

  // ---- the pointer ----

  private press(event: PointerEvent): void {
    if (event.button !== 0 || !(event.target instanceof Element)) return;
    const part = event.target.closest<HTMLElement>(".plan-row, .plan-lane"), row = this.outline.get(Number(part?.dataset["uid"]));
    if (!part || !row || event.target.closest("input")) return;
    const cell = event.target.closest<HTMLElement>("[data-column]"), bar = event.target.closest<HTMLElement>(".plan-bar");
    if (event.shiftKey) this.extend(row);
    else if (event.ctrlKey || event.metaKey) {
      if (!this.look.chosen.size) this.look.chosen.add(this.look.current);
      if (!this.look.chosen.delete(row.uid)) this.look.chosen.add(row.uid);
    } else { this.look.chosen.clear(); this.anchor = row.uid; }
    const column = part.classList.contains("plan-lane") ? this.columns.length : Number(cell?.dataset["column"] ?? this.look.column);
    this.look.current = row.uid;
    this.look.column = column;
    if (event.target.closest(".plan-fold") && row.children) this.fold(row, !this.outline.isOpen(row));
    this.panes.draw();
    this.tools();
    if (!bar || row.kind === "summary" || this.editing === "no") return;
    event.preventDefault();
    this.panes.grid.focus({ preventScroll: true });
    beginDrag(event, row, bar, this.panes, this.scale, {
      moved: (one, start) => this.send({ do: "move", uid: one.uid, start }),
      resized: (one, finish) => this.send({ do: "resize", uid: one.uid, finish }),
      linked: (from, to) => this.send({ do: "link", from: from.uid, to: to.uid, kind: "FS" }),
    });
  }

  // ---- typing ----

  private type(first?: string): void {
    const row = this.current, column = this.columns[this.look.column];
    const cell = row && this.panes.cell(row.uid, this.look.column);
    if (!row || !column?.edit || !cell || this.editing === "no") return;
    const was = column.key === "percent" ? String(Math.round(row.percent)) : column.say(row, this.language);
    const people = column.key === "responsible" ? (this.words.columns["people"] ?? "").split("\n").filter(Boolean) : [];
    typeIn(cell, `${this.words.columns[column.key] ?? ""}: ${row.name}`, first === undefined ? was : "", people, (text, left) => {
      if (left !== "away") this.panes.grid.focus({ preventScroll: true });
      this.panes.draw(true);
      if (text !== null && text !== was) this.send({ do: "cell", uid: row.uid, field: column.key, text }, [row.uid]);
      this.leave(left);
    });
    const field = cell.querySelector("input");
    if (first !== undefined && field) field.value = first;
  }

  private leave(left: Left): void {
    if (left === "down") this.step(1);
    else if (left === "next") this.go(this.look.current, this.look.column + 1);
    else if (left === "back") this.go(this.look.current, this.look.column - 1);
  }

  // ---- what the buttons do ----

  private tool(name: string): void {
    const acts: Record<string, () => void> = {
      add: () => this.add(), undo: () => this.office.undo(), redo: () => this.office.redo(),
      cut: () => this.cut(), paste: () => this.paste(), details: () => this.open("task"), whatif: () => this.open("whatif"),
      edit: () => this.type(), move: () => { this.go(this.look.current, this.columns.length); this.panes.grid.focus(); this.beginMove(); },
      today: () => { this.panes.grid.scrollLeft = Math.max(0, this.scale.x(this.panes.days.today - 21 * DAY)); },
      foldall: () => { this.outline.foldAll(1); this.panes.layout(this.columns); },
      openall: () => { this.outline.foldAll(Infinity); this.panes.layout(this.columns); },
    };
    if (acts[name]) acts[name]();
    else if (name === "chain" || name === "unlink" || name === "indent" || name === "outdent" || name === "up" || name === "down" || name === "remove") this.send({ do: name, uids: this.subjects });
  }

  private changed(field: HTMLElement): void {
    if (field instanceof HTMLInputElement && field.matches("[data-plan-zoom]")) this.zoom(field.value as Zoom);
    else if (field instanceof HTMLInputElement && field.matches("[data-plan-column]")) this.recolumn();
    else if (field instanceof HTMLInputElement && field.matches("[data-plan-baseline]")) { this.look.baseline = field.checked; this.panes.draw(true); }
    else if (field.matches("[data-plan-filter]")) this.narrow();
  }

  private zoom(zoom: Zoom): void {
    const middle = this.scale.minute(this.panes.grid.scrollLeft + 120);
    this.scale.zoom = zoom;
    localStorage.setItem("tospann.plan.zoom", zoom);
    this.panes.layout(this.columns);
    this.panes.grid.scrollLeft = Math.max(0, this.scale.x(middle) - 120);
  }

  private recolumn(): void {
    chooseColumns([...document.querySelectorAll<HTMLInputElement>("[data-plan-column]:checked")].map((box) => box.value));
    this.columns = chosenColumns();
    this.look.column = 1;
    this.panes.layout(this.columns);
  }

  private narrow(): void {
    const checked = (name: string): boolean => find<HTMLInputElement>(`[data-plan-filter="${name}"]`)?.checked ?? false;
    const text = find<HTMLInputElement>("[data-plan-search]")?.value.trim().toLocaleLowerCase() ?? "";
    this.outline.narrow({ text, isCritical: checked("critical"), isLate: checked("late"), responsible: checked("mine") ? this.dataset["me"] ?? "" : "" });
    this.panes.grid.scrollTop = 0;
    this.panes.layout(this.columns);
    const empty = find("#plan-nothing");
    if (empty) empty.hidden = this.outline.lines.length > 0 || !this.outline.rows.length;
    this.say(fill(this.word("count"), { n: this.outline.lines.filter((row) => row.match).length }));
  }

  private add(): void {
    this.send({ do: "add", after: this.look.current || null, name: this.word("fresh") });
  }

  private cut(): void {
    this.look.cut = new Set(this.subjects);
    this.say(fill(this.word("cut"), { n: this.look.cut.size }));
    this.panes.draw(true);
  }

  private paste(): void {
    if (!this.look.cut.size) return;
    const uids = this.outline.rows.filter((row) => this.look.cut.has(row.uid)).map((row) => row.uid);
    this.send({ do: "place", uids, after: this.look.current || null });
  }

  // A dialog about the row with the cursor.
  private open(what: "task" | "whatif"): void {
    if (!this.look.current) return;
    const address = (this.dataset[what] ?? "").replace("/0/", `/${this.look.current}/`);
    void window.htmx.ajax("GET", address, { target: "#modal", source: this });
  }

  private send(operation: Operation, uids: number[] = []): void {
    if (this.editing === "no") return;
    this.office.submit(operation, uids.length ? uids : "uids" in operation ? operation.uids : "uid" in operation ? [operation.uid] : []);
    this.look.waiting = this.office.waiting;
    this.panes.draw();
  }

  // The controls show what was chosen before.
  private show(): void {
    const zoom = find<HTMLInputElement>(`[data-plan-zoom][value="${this.scale.zoom}"]`);
    if (zoom) zoom.checked = true;
    for (const box of document.querySelectorAll<HTMLInputElement>("[data-plan-column]")) box.checked = this.columns.some((column) => column.key === box.value);
  }

  // ---- what is said ----

  private tools(): void {
    const enable = (name: string, may: boolean): void => {
      for (const button of document.querySelectorAll<HTMLButtonElement>(`[data-plan="${name}"]`)) button.disabled = !may;
    };
    const rows = this.subjects.length > 0 && this.outline.rows.length > 0;
    for (const name of ["indent", "outdent", "up", "down", "remove", "details", "whatif", "edit", "move", "cut"]) enable(name, rows);
    enable("chain", this.look.chosen.size > 1);
    enable("unlink", rows);
    enable("paste", this.look.cut.size > 0);
    enable("undo", this.office.mayUndo);
    enable("redo", this.office.mayRedo);
  }

  private state(said: Said, count: number): void {
    const place = find("#plan-state");
    if (!place) return;
    const time = new Intl.DateTimeFormat(this.language, { hour: "2-digit", minute: "2-digit" }).format(new Date());
    place.textContent = fill(this.word(said), { time, n: count });
    place.dataset["tone"] = said === "offline" || said === "stale" ? "warning" : "";
    this.tools();
  }

  private settled(): void {
    this.look.waiting = this.office.waiting;
    this.panes.draw();
  }

  private say(sentence: string): void {
    const place = find("#plan-live");
    if (place) place.textContent = sentence;
  }

  private ask(because: string): Promise<boolean> {
    const dialog = find<HTMLDialogElement>("#plan-ask");
    if (!dialog) return Promise.resolve(false);
    const why = dialog.querySelector("[data-because]");
    if (why) why.textContent = because;
    dialog.returnValue = "";
    dialog.showModal();
    return new Promise((answer) => dialog.addEventListener("close", () => {
      this.panes.grid.focus({ preventScroll: true });
      answer(dialog.returnValue === "propose");
    }, { once: true }));
  }

  private proposed(answer: Answer): void {
    showToast({ text: fill(this.word("proposed"), { case: answer.case ?? "", because: answer.because ?? "" }), tone: "info" });
  }
}

customElements.define("plan-editor", PlanEditor);
