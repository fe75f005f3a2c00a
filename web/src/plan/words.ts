// The editor's words and addresses stand in the page, so that it speaks every language.
import type { Unit } from "./wire";

export interface Words {
  columns: Record<string, string>;
  units: Record<Unit, string>;
  [name: string]: string | Record<string, string>;
}

export const fill = (pattern: string, values: Record<string, string | number>): string =>
  pattern.replace(/\{(\w+)\}/g, (_whole, name: string) => String(values[name] ?? ""));
