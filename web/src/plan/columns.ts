// The columns of the table: what each says about a row, and whether it can be typed in.
import type { Row } from "./outline";
import { DAY, dateOf } from "./scale";

export interface Column {
  key: string;
  width: number;
  edit?: boolean;
  tree?: boolean;
  right?: boolean;
  extra?: boolean; // shown only when chosen
  say: (row: Row, language: string) => string;
}

export function day(minute: number | null, language: string): string {
  if (minute === null) return "";
  const date = dateOf(Math.floor(minute / DAY));
  return new Intl.DateTimeFormat(language, { day: "2-digit", month: "2-digit", year: "2-digit", timeZone: "UTC" }).format(date);
}

export const COLUMNS: Column[] = [
  { key: "number", width: 54, say: (row) => row.number },
  { key: "name", width: 240, edit: true, tree: true, say: (row) => row.name },
  { key: "duration", width: 78, edit: true, right: true, say: (row) => row.shown },
  { key: "start", width: 98, edit: true, right: true, say: (row, language) => day(row.start, language) },
  { key: "finish", width: 88, edit: true, right: true, say: (row, language) => day(row.finish, language) },
  { key: "percent", width: 78, edit: true, right: true, say: (row) => `${Math.round(row.percent)} %` },
  { key: "before", width: 96, edit: true, extra: true, say: (row) => row.before },
  { key: "responsible", width: 144, edit: true, extra: true, say: (row) => row.responsible },
  { key: "slack", width: 76, right: true, extra: true, say: (row) => (row.slack === null ? "" : String(row.slack)) },
  { key: "deadline", width: 88, edit: true, right: true, extra: true, say: (row, language) => day(row.deadline, language) },
  { key: "base_finish", width: 96, right: true, extra: true, say: (row, language) => day(row.baseFinish, language) },
];

const WIDE = 1700; // pixels of window from which links and people have room beside the bars
const STORE = "tospann.plan.columns";

export function chosenColumns(): Column[] {
  const kept = localStorage.getItem(STORE);
  const keys = kept ? new Set(JSON.parse(kept) as string[]) : null;
  return COLUMNS.filter((column) => column.key === "name" || (keys ? keys.has(column.key) : !column.extra || (window.innerWidth >= WIDE && ["before", "responsible"].includes(column.key))));
}

export function chooseColumns(keys: string[]): void {
  localStorage.setItem(STORE, JSON.stringify(keys));
}
