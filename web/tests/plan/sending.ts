// What the server would send, made from rows that are easy to read.
import type { Sent } from "../../src/plan/wire";
import { KINDS, LINK_KINDS, type LinkKind } from "../../src/plan/wire";

export const ZERO = 20_000 * 1440; // 2024-10-04
export interface Told { uid: number; parent?: number; name?: string; kind?: "task" | "milestone" | "summary"; start?: number | null; length?: number; percent?: number; critical?: boolean; slack?: number | null; who?: string; before?: [number, LinkKind?, string?][] }

const steps = (values: number[]): number[] => values.map((value, i) => value - (values[i - 1] ?? 0));

export function sent(rows: Told[], more: Partial<Sent> = {}): Sent {
  const people = ["", ...new Set(rows.flatMap((row) => row.who ?? []))];
  const links = rows.flatMap((row) => (row.before ?? []).map(([from, kind, lag]) => ({ to: row.uid, from, kind: kind ?? "FS", lag: lag ?? "" })));
  return {
    revision: 1, base: null, zero: ZERO, start: ZERO, finish: ZERO + 100 * 1440, today: ZERO + 10 * 1440, status: null,
    hours: { day: 450, week: 2250, month: 20 }, people, calendars: [], gone: [], order: null, off: { week: [5, 6], days: [], worked: [] },
    rows: {
      uid: steps(rows.map((row) => row.uid)), parent: steps(rows.map((row) => row.parent ?? 0)),
      name: rows.map((row) => row.name ?? `Row ${row.uid}`), kind: rows.map((row) => KINDS.indexOf(row.kind ?? "task")),
      start: rows.map((row) => (row.start === undefined ? 0 : row.start)), length: rows.map((row) => row.length ?? 1440),
      duration: rows.map(() => 450), unit: [], percent: rows.map((row) => row.percent ?? 0),
      critical: rows.map((row) => (row.critical ? 1 : 0)), slack: rows.map((row) => row.slack ?? null),
      responsible: rows.map((row) => people.indexOf(row.who ?? "")), deadline: [], constraint: [], calendar: [], manual: [], idle: [],
      base_start: [], base_length: [], was_start: [], was_length: [], change: [],
    },
    links: [steps(links.map((link) => link.to)), links.map((link) => link.from - link.to), links.map((link) => LINK_KINDS.indexOf(link.kind)), links.map((link) => link.lag)],
    ...more,
  };
}

// 1 Phase (2 Dig, 3 Build (4 Walls, 5 Roof)), 6 Done
export const HOUSE: Told[] = [
  { uid: 1, name: "Phase", kind: "summary" },
  { uid: 2, parent: 1, name: "Dig", percent: 100, who: "Ola" },
  { uid: 3, parent: 1, name: "Build", kind: "summary", before: [[2]] },
  { uid: 4, parent: 3, name: "Walls", critical: true, who: "Kari", before: [[2, "SS", "+2 d"]] },
  { uid: 5, parent: 3, name: "Roof", before: [[4]], start: 30 * 1440 },
  { uid: 6, name: "Done", kind: "milestone", length: 0, start: 31 * 1440, before: [[3], [5, "FF"]] },
];
