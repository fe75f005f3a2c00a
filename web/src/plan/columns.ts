// The columns of the table: what each says about a row, and whether it can be typed in.
import type { Row } from "./outline";
import type { Speaker } from "./speaker";

export interface Column {
  key: string;
  width: number;
  edit?: boolean;
  tree?: boolean;
  right?: boolean;
  from: number; // pixels of window from which it is shown unless chosen otherwise
  say: (row: Row, speaker: Speaker) => string;
}

const CHOSEN = Infinity; // only shown when chosen

export const COLUMNS: Column[] = [
  { key: "number", width: 54, from: 0, say: (row) => row.number },
  { key: "name", width: 236, from: 0, edit: true, tree: true, say: (row) => row.name },
  { key: "duration", width: 76, from: 0, edit: true, right: true, say: (row, speaker) => speaker.duration(row) },
  { key: "start", width: 104, from: 0, edit: true, right: true, say: (row, speaker) => speaker.day(row.start) },
  { key: "finish", width: 88, from: 0, edit: true, right: true, say: (row, speaker) => speaker.day(row.finish) },
  { key: "percent", width: 70, from: 1600, edit: true, right: true, say: (row) => `${Math.round(row.percent)} %` },
  { key: "before", width: 104, from: 1700, edit: true, say: (row, speaker) => speaker.before(row) },
  { key: "responsible", width: 144, from: 1800, edit: true, say: (row) => row.responsible },
  { key: "deadline", width: 96, from: CHOSEN, edit: true, right: true, say: (row, speaker) => speaker.day(row.deadline) },
  { key: "constraint", width: 190, from: CHOSEN, edit: true, say: (row) => row.constraint },
  { key: "calendar", width: 130, from: CHOSEN, edit: true, say: (row) => row.calendar },
  { key: "slack", width: 76, from: CHOSEN, right: true, say: (row, speaker) => speaker.slack(row) },
  { key: "after", width: 104, from: CHOSEN, say: (row, speaker) => speaker.after(row) },
  { key: "base_finish", width: 104, from: CHOSEN, right: true, say: (row, speaker) => speaker.day(row.baseFinish) },
];

export const NARROWEST = 120, WIDEST = 640; // of the names

// The chosen columns in their order, or those a window of that width has room for; names as wide as they were made.
export function shownColumns(chosen: string[] | null, room: number, nameWidth: number | null): Column[] {
  const shown = COLUMNS.filter((column) => column.key === "name" || (chosen ? chosen.includes(column.key) : room >= column.from));
  return shown.map((column) => (column.tree && nameWidth ? { ...column, width: Math.max(NARROWEST, Math.min(WIDEST, nameWidth)) } : column));
}
