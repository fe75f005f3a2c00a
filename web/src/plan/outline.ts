// The rows of a plan in outline order: who lies under whom, what is folded, what a filter leaves.
import { added, type Link, readLinks, readRows, type Row, type Sent } from "./wire";

export type { Row } from "./wire";

export interface Filter { text: string; isCritical: boolean; isLate: boolean; isOpen: boolean; isMilestone: boolean; responsible: string }
export const EVERYTHING: Filter = { text: "", isCritical: false, isLate: false, isOpen: false, isMilestone: false, responsible: "" };

const BLOCK = 5; // lines of links are looked up in blocks of 2 ** 5 rows
const LONG = 16; // a link over more blocks than this is kept apart

export class Outline {
  rows: Row[] = [];
  lines: Row[] = [];
  revision = 0;
  filter: Filter = EVERYTHING;
  private byUid = new Map<number, Row>();
  private into = new Map<number, Link[]>();
  private outOf = new Map<number, Link[]>();
  private blocks = new Map<number, Link[]>();
  private long: Link[] = [];
  private today = 0;

  constructor(private folded: Set<number> = new Set()) {}

  // False when what was sent differs from another revision than the one that is here.
  take(sent: Sent): boolean {
    if (sent.base !== null && sent.base !== this.revision) return false;
    const rows = readRows(sent), links = readLinks(sent);
    this.revision = sent.revision;
    this.today = sent.today;
    if (sent.base === null) this.takeWhole(rows, links);
    else this.takeRest(rows, links, sent);
    return true;
  }

  private takeWhole(rows: Row[], links: Link[]): void {
    this.byUid.clear();
    this.into.clear();
    this.outOf.clear();
    this.rows = rows;
    for (const row of rows) this.byUid.set(row.uid, row);
    for (const link of links) this.tie(link);
    this.number();
    this.arrange();
  }

  // Most changes leave the outline as it is, and then most of the work.
  private takeRest(rows: Row[], links: Link[], { gone, order }: Sent): void {
    let isAnew = order !== null, isTiedAnew = false;
    const before = new Map<number, Link[]>();
    for (const link of links) put(before, link.to, link);
    for (const uid of gone) {
      this.untie(uid);
      this.byUid.delete(uid);
    }
    for (const row of rows) {
      const known = this.byUid.get(row.uid), bound = before.get(row.uid) ?? [];
      if (!areSame(bound, this.before(row.uid))) {
        this.untie(row.uid);
        for (const link of bound) this.tie(link);
        isTiedAnew = true;
      }
      if (!known) this.byUid.set(row.uid, row);
      else {
        isAnew ||= known.parent !== row.parent;
        const { level, number, place, children, line, match } = known;
        Object.assign(known, row, { level, number, place, children, line, match });
      }
    }
    if (order) this.rows = added(order).flatMap((uid) => this.byUid.get(uid) ?? []);
    if (isAnew) this.number();
    if (isAnew || this.isNarrowed) this.arrange();
    else if (isTiedAnew) this.index();
  }

  private tie(link: Link): void {
    put(this.into, link.to, link);
    put(this.outOf, link.from, link);
  }

  private untie(uid: number): void {
    for (const link of this.into.get(uid) ?? []) {
      const others = this.outOf.get(link.from)?.filter((other) => other !== link);
      if (others) this.outOf.set(link.from, others);
    }
    this.into.delete(uid);
  }

  get(uid: number): Row | undefined {
    return this.byUid.get(uid);
  }

  before(uid: number): Link[] {
    return this.into.get(uid) ?? [];
  }

  after(uid: number): Link[] {
    return this.outOf.get(uid) ?? [];
  }

  siblings(row: Row): number {
    return this.get(row.parent)?.children ?? this.tops;
  }

  isOpen(row: Row): boolean {
    return !this.folded.has(row.uid);
  }

  get shut(): number[] {
    return [...this.folded];
  }

  fold(row: Row, open: boolean): void {
    if (!row.children || this.isOpen(row) === open) return;
    if (open) this.folded.delete(row.uid);
    else this.folded.add(row.uid);
    this.arrange();
  }

  foldAll(level: number): void {
    this.folded = new Set(this.rows.filter((row) => row.children && row.level >= level).map((row) => row.uid));
    this.arrange();
  }

  // Open everything a row lies under.
  reveal(uid: number): void {
    for (let row = this.get(this.get(uid)?.parent ?? 0); row; row = this.get(row.parent)) this.folded.delete(row.uid);
    this.arrange();
  }

  narrow(filter: Filter): void {
    this.filter = filter;
    this.arrange();
  }

  get isNarrowed(): boolean {
    return Object.values(this.filter).some(Boolean);
  }

  // The links that may cross lines `first` to `last`.
  *crossing(first: number, last: number): Iterable<Link> {
    const seen = new Set<Link>(this.long);
    for (let block = first >> BLOCK; block <= last >> BLOCK; block++) for (const link of this.blocks.get(block) ?? []) seen.add(link);
    yield* seen;
  }

  private tops = 0;

  private number(): void {
    this.tops = 0;
    for (const row of this.rows) {
      const above = this.get(row.parent);
      row.children = 0;
      row.place = above ? ++above.children : ++this.tops;
      row.level = (above?.level ?? 0) + 1;
      row.number = above ? `${above.number}.${row.place}` : String(row.place);
    }
  }

  private matches(row: Row): boolean {
    const { text, isCritical, isLate, isOpen, isMilestone, responsible } = this.filter;
    if (text && !row.name.toLocaleLowerCase().includes(text) && row.number !== text) return false;
    if (isCritical && !row.isCritical) return false;
    if (isOpen && (row.percent >= 100 || row.kind === "summary")) return false;
    if (isMilestone && row.kind !== "milestone") return false;
    if (responsible && row.responsible !== responsible) return false;
    return !isLate || (row.finish !== null && row.finish < this.today && row.percent < 100 && row.kind !== "summary");
  }

  // A row is shown when it matches, or when something below it does; folding counts when nothing is narrowed.
  private arrange(): void {
    const isNarrowed = this.isNarrowed, wanted = new Set<Row>();
    if (isNarrowed) {
      for (const row of this.rows) {
        row.match = this.matches(row);
        for (let up: Row | undefined = row.match ? row : undefined; up && !wanted.has(up); up = this.get(up.parent)) wanted.add(up);
      }
    }
    this.lines = [];
    let hidden = Infinity;
    for (const row of this.rows) {
      if (!isNarrowed) row.match = true;
      if (row.level <= hidden) hidden = Infinity;
      const out = row.level > hidden || (isNarrowed && !wanted.has(row));
      row.line = out ? -1 : this.lines.push(row) - 1;
      if (!isNarrowed && hidden === Infinity && row.children && this.folded.has(row.uid)) hidden = row.level;
    }
    this.index();
  }

  private index(): void {
    this.blocks.clear();
    this.long = [];
    for (const links of this.into.values()) {
      for (const link of links) {
        const a = this.get(link.from)?.line ?? -1, b = this.get(link.to)?.line ?? -1;
        if (a < 0 || b < 0) continue;
        const low = Math.min(a, b) >> BLOCK, high = Math.max(a, b) >> BLOCK;
        if (high - low > LONG) this.long.push(link);
        else for (let block = low; block <= high; block++) put(this.blocks, block, link);
      }
    }
  }
}

const areSame = (some: Link[], others: Link[]): boolean =>
  some.length === others.length && some.every((link, i) => link.from === others[i]?.from && link.kind === others[i]?.kind && link.lag === others[i]?.lag);

function put<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const known = lists.get(key);
  if (known) known.push(value);
  else lists.set(key, [value]);
}
