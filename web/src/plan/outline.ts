// The rows of a plan in outline order: who lies under whom, what is folded, what a filter leaves.
import type { Columns, Kind, Link, Whole } from "./wire";

export interface Row {
  uid: number;
  parent: number | null;
  name: string;
  kind: Kind;
  start: number | null;
  finish: number | null;
  duration: number;
  shown: string;
  percent: number;
  isCritical: boolean;
  slack: number | null;
  before: string;
  responsible: string;
  deadline: number | null;
  pinned: string;
  isManual: boolean;
  isActive: boolean;
  baseStart: number | null;
  baseFinish: number | null;
  wasStart: number | null;
  wasFinish: number | null;
  change: "" | "new" | "changed";
  at: number;
  level: number;
  number: string;
  place: number;
  children: number;
  line: number;
  match: boolean;
}

export interface Filter { text: string; isCritical: boolean; isLate: boolean; responsible: string }

const BLOCK = 5; // lines of links are looked up in blocks of 2 ** 5 rows
const LONG = 16; // a link over more blocks than this is kept apart

export class Outline {
  rows: Row[] = [];
  lines: Row[] = [];
  links: Link[] = [];
  filter: Filter = { text: "", isCritical: false, isLate: false, responsible: "" };
  private byUid = new Map<number, Row>();
  private folded: Set<number>;
  private blocks = new Map<number, Link[]>();
  private long: Link[] = [];
  private today = 0;

  constructor(private readonly store: string) {
    this.folded = new Set(JSON.parse(sessionStorage.getItem(store) ?? "[]") as number[]);
  }

  load(whole: Whole): void {
    this.rows = read(whole.rows);
    this.byUid = new Map(this.rows.map((row) => [row.uid, row]));
    const [from, to, kind] = whole.links;
    this.links = from.map((uid, i) => ({ from: uid, to: to[i] as number, kind: kind[i] ?? "FS" }));
    this.today = whole.today;
    this.arrange();
  }

  get(uid: number): Row | undefined {
    return this.byUid.get(uid);
  }

  isOpen(row: Row): boolean {
    return !this.folded.has(row.uid);
  }

  fold(row: Row, open: boolean): void {
    if (!row.children || this.isOpen(row) === open) return;
    if (open) this.folded.delete(row.uid);
    else this.folded.add(row.uid);
    this.keep();
    this.arrange();
  }

  foldAll(level: number): void {
    this.folded = new Set(this.rows.filter((row) => row.children && row.level >= level).map((row) => row.uid));
    this.keep();
    this.arrange();
  }

  // Open everything a row lies under.
  reveal(uid: number): void {
    for (let row = this.get(this.get(uid)?.parent ?? 0); row; row = this.get(row.parent ?? 0)) this.folded.delete(row.uid);
    this.keep();
    this.arrange();
  }

  narrow(filter: Filter): void {
    this.filter = filter;
    this.arrange();
  }

  get isNarrowed(): boolean {
    const { text, isCritical, isLate, responsible } = this.filter;
    return Boolean(text || isCritical || isLate || responsible);
  }

  // The links that may cross lines `first` to `last`.
  *crossing(first: number, last: number): Iterable<Link> {
    const seen = new Set<Link>(this.long);
    for (let block = first >> BLOCK; block <= last >> BLOCK; block++) for (const link of this.blocks.get(block) ?? []) seen.add(link);
    yield* seen;
  }

  private keep(): void {
    sessionStorage.setItem(this.store, JSON.stringify([...this.folded].slice(0, 5000)));
  }

  private matches(row: Row): boolean {
    const { text, isCritical, isLate, responsible } = this.filter;
    if (text && !row.name.toLocaleLowerCase().includes(text)) return false;
    if (isCritical && !row.isCritical) return false;
    if (responsible && row.responsible !== responsible) return false;
    return !isLate || (row.finish !== null && row.finish < this.today && row.percent < 100 && row.kind !== "summary");
  }

  // A row is shown when it matches, or when something below it does; folding counts when nothing is narrowed.
  private arrange(): void {
    const wanted = new Set<Row>();
    if (this.isNarrowed) {
      for (const row of this.rows) {
        row.match = this.matches(row);
        for (let up: Row | undefined = row.match ? row : undefined; up && !wanted.has(up); up = this.get(up.parent ?? 0)) wanted.add(up);
      }
    }
    this.lines = [];
    let hidden = Infinity;
    for (const row of this.rows) {
      if (!this.isNarrowed) row.match = true;
      if (row.level <= hidden) hidden = Infinity;
      const out = row.level > hidden || (this.isNarrowed && !wanted.has(row));
      row.line = out ? -1 : this.lines.push(row) - 1;
      if (!this.isNarrowed && hidden === Infinity && this.folded.has(row.uid) && row.children) hidden = row.level;
    }
    this.index();
  }

  private index(): void {
    this.blocks.clear();
    this.long = [];
    for (const link of this.links) {
      const a = this.get(link.from)?.line ?? -1, b = this.get(link.to)?.line ?? -1;
      if (a < 0 || b < 0) continue;
      const low = Math.min(a, b) >> BLOCK, high = Math.max(a, b) >> BLOCK;
      if (high - low > LONG) { this.long.push(link); continue; }
      for (let block = low; block <= high; block++) {
        const known = this.blocks.get(block);
        if (known) known.push(link);
        else this.blocks.set(block, [link]);
      }
    }
  }
}

function read(columns: Columns): Row[] {
  const levels = new Map<number, Row>();
  const counts = new Map<number | null, number>();
  return columns.uid.map((uid, at) => {
    const parent = columns.parent[at] ?? null;
    const above = parent === null ? undefined : levels.get(parent);
    const place = (counts.get(parent) ?? 0) + 1;
    counts.set(parent, place);
    if (above) above.children = place;
    const row: Row = {
      uid, parent, at, place, children: 0, line: -1, match: true,
      level: (above?.level ?? 0) + 1,
      number: above ? `${above.number}.${place}` : String(place),
      name: columns.name[at] ?? "",
      kind: columns.kind[at] ?? "task",
      start: columns.start[at] ?? null,
      finish: columns.finish[at] ?? null,
      duration: columns.duration[at] ?? 0,
      shown: columns.shown[at] ?? "",
      percent: columns.percent[at] ?? 0,
      isCritical: columns.critical[at] === 1,
      slack: columns.slack[at] ?? null,
      before: columns.before[at] ?? "",
      responsible: columns.responsible[at] ?? "",
      deadline: columns.deadline[at] ?? null,
      pinned: columns.pinned[at] ?? "",
      isManual: columns.manual[at] === 1,
      isActive: columns.active[at] !== 0,
      baseStart: columns.base_start[at] ?? null,
      baseFinish: columns.base_finish[at] ?? null,
      wasStart: columns.was_start?.[at] ?? null,
      wasFinish: columns.was_finish?.[at] ?? null,
      change: columns.change?.[at] ?? "",
    };
    levels.set(uid, row);
    return row;
  });
}
