// What the server sends: one array for each field, so that ten thousand rows stay small; afterwards only the rows
// that changed. A column whose values are all the usual one is left empty.
export type Kind = "task" | "milestone" | "summary";
export type LinkKind = "FS" | "SS" | "FF" | "SF";
export type Unit = "m" | "h" | "d" | "w" | "mo";
export const KINDS: Kind[] = ["task", "milestone", "summary"];
export const LINK_KINDS: LinkKind[] = ["FS", "SS", "FF", "SF"];

// Times are minutes after `zero` on the project's own clock, durations minutes of working time.
export interface Columns {
  uid: number[]; // each as the difference from the one before
  parent: number[]; // likewise; 0 is nobody
  name: string[];
  kind: number[];
  start: (number | null)[];
  length: (number | null)[]; // from start to finish
  duration: number[];
  unit: string[]; // "d", elapsed days "ed", estimated "d?"
  percent: number[];
  critical: (0 | 1)[];
  slack: (number | null)[];
  responsible: number[]; // place among the people, 0 for nobody
  deadline: (number | null)[];
  constraint: string[];
  calendar: string[];
  manual: (0 | 1)[];
  idle: (0 | 1)[];
  base_start: (number | null)[];
  base_length: (number | null)[];
  was_start: (number | null)[]; // in a draft: where the plan has it now
  was_length: (number | null)[];
  change: ("" | "new" | "changed")[];
}

export interface Link { from: number; to: number; kind: LinkKind; lag: string }

// A decision that rows wait for, until when it is needed.
export interface Wait { uids: number[]; at: number; text: string; address: string }

export interface Hours { day: number; week: number; month: number } // working minutes; days in a month

// The whole plan when `base` is null, else what differs from that revision.
export interface Sent {
  revision: number;
  base: number | null;
  zero: number;
  start: number;
  finish: number;
  today: number;
  status: number | null;
  hours: Hours;
  people: string[];
  calendars: string[];
  rows: Columns;
  links: [to: number[], from: number[], kind: number[], lag: string[]]; // of the rows sent: all that they wait for
  gone: number[];
  order: number[] | null; // differences, when rows were added, removed or moved
  off: { week: number[]; days: number[]; worked: number[] };
  waits?: Wait[]; // only with the whole plan, or what differs from what was open
  steps?: { undo: boolean; redo: boolean }; // of a draft, which the server takes back itself
}

export interface Fact {
  uid: number;
  parent: number; // 0: on the highest level
  name: string;
  kind: Kind;
  start: number | null;
  finish: number | null;
  duration: number;
  unit: string;
  percent: number;
  isCritical: boolean;
  slack: number | null;
  responsible: string;
  deadline: number | null;
  constraint: string;
  calendar: string;
  isManual: boolean;
  isActive: boolean;
  baseStart: number | null;
  baseFinish: number | null;
  wasStart: number | null;
  wasFinish: number | null;
  change: "" | "new" | "changed";
}

export interface Answer {
  outcome: "done" | "ask" | "proposed" | "drafted" | "nothing";
  because?: string;
  case?: string;
  address?: string;
  said?: string;
  undo?: unknown[] | null;
  uids?: number[];
  plan?: Sent;
}

// What a person does in the editor; the server makes it into edits of the plan.
export type Operation =
  | { do: "cell"; uid: number; field: string; text: string }
  | { do: "move"; uid: number; start: number }
  | { do: "resize"; uid: number; finish: number }
  | { do: "link"; from: number; to: number; kind: LinkKind }
  | { do: "unlink"; uids: number[] }
  | { do: "chain"; uids: number[] }
  | { do: "indent" | "outdent" | "up" | "down" | "remove"; uids: number[] }
  | { do: "add"; after: number | null; name: string }
  | { do: "place"; uids: number[]; after: number | null }
  | { do: "paste"; text: string; after: number | null }
  | { do: "status"; text: string }
  | { do: "edits"; edits: unknown[] }
  | { do: "undo" | "redo" };

export function added(differences: number[]): number[] {
  let sum = 0;
  return differences.map((one) => (sum += one));
}

// A fact, and what its place in the outline makes of it.
export interface Row extends Fact {
  level: number;
  number: string;
  place: number; // among those under the same row
  children: number;
  line: number; // where it is shown, -1 when it is not
  match: boolean;
}

export function readRows(sent: Sent): Row[] {
  const { rows, zero, people } = sent, uids = added(rows.uid), parents = added(rows.parent);
  const at = (minute: number | null | undefined): number | null => (minute === null || minute === undefined ? null : minute + zero);
  const end = (start: number | null, length: number | null | undefined): number | null => (start === null || length === null || length === undefined ? null : start + length);
  return uids.map((uid, i): Row => {
    const start = at(rows.start[i]), baseStart = at(rows.base_start[i]), wasStart = at(rows.was_start[i]);
    return {
      uid, start, baseStart, wasStart,
      parent: parents[i] ?? 0,
      name: rows.name[i] ?? "",
      kind: KINDS[rows.kind[i] ?? 0] ?? "task",
      finish: end(start, rows.length[i] ?? 0),
      duration: rows.duration[i] ?? 0,
      unit: rows.unit[i] ?? "d",
      percent: rows.percent[i] ?? 0,
      isCritical: rows.critical[i] === 1,
      slack: rows.slack[i] ?? null,
      responsible: people[rows.responsible[i] ?? 0] ?? "",
      deadline: at(rows.deadline[i]),
      constraint: rows.constraint[i] ?? "",
      calendar: rows.calendar[i] ?? "",
      isManual: rows.manual[i] === 1,
      isActive: rows.idle[i] !== 1,
      baseFinish: end(baseStart, rows.base_length[i]),
      wasFinish: end(wasStart, rows.was_length[i]),
      change: rows.change[i] ?? "",
      level: 1, number: "", place: 1, children: 0, line: -1, match: true,
    };
  });
}

export function readLinks(sent: Sent): Link[] {
  const [to, from, kind, lag] = sent.links, ends = added(to);
  return ends.map((uid, i) => ({ to: uid, from: uid + (from[i] ?? 0), kind: LINK_KINDS[kind[i] ?? 0] ?? "FS", lag: lag[i] ?? "" }));
}
