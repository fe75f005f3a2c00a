// What the server sends: one array for each field, so that ten thousand rows stay small.
export type Kind = "task" | "milestone" | "summary";
export type LinkKind = "FS" | "SS" | "FF" | "SF";

// Times are minutes since 1970-01-01 on the project's own clock; durations are minutes of working time.
export interface Columns {
  uid: number[];
  parent: (number | null)[];
  name: string[];
  kind: Kind[];
  start: (number | null)[];
  finish: (number | null)[];
  duration: number[];
  shown: string[];
  percent: number[];
  critical: (0 | 1)[];
  slack: (number | null)[];
  before: string[];
  responsible: string[];
  deadline: (number | null)[];
  pinned: string[];
  manual: (0 | 1)[];
  active: (0 | 1)[];
  base_start: (number | null)[];
  base_finish: (number | null)[];
  was_start?: (number | null)[]; // in a draft: where the plan has it now
  was_finish?: (number | null)[];
  change?: ("" | "new" | "changed")[];
}

export interface Link { from: number; to: number; kind: LinkKind }

export interface Whole {
  revision: number;
  start: number;
  finish: number;
  today: number;
  status: number | null;
  rows: Columns;
  links: [from: number[], to: number[], kind: LinkKind[]];
  off: { week: number[]; days: number[]; worked: number[] };
  steps?: { undo: boolean; redo: boolean }; // of a draft, which the server takes back itself
}

export interface Answer {
  outcome: "done" | "ask" | "proposed" | "nothing";
  because?: string;
  case?: string;
  address?: string;
  said?: string;
  undo?: unknown[] | null;
  uids?: number[];
  plan?: Whole;
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
  | { do: "edits"; edits: unknown[] }
  | { do: "undo" | "redo" };
