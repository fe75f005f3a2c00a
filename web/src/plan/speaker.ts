// How a row's values are written, in the reader's language.
import type { Outline, Row } from "./outline";
import { DAY, dateOf } from "./scale";
import type { Hours, Unit } from "./wire";
import type { Words } from "./words";

export class Speaker {
  hours: Hours = { day: 480, week: 2400, month: 20 };
  private readonly date: Intl.DateTimeFormat;
  private readonly amount: Intl.NumberFormat;
  private readonly isNorwegian: boolean;

  constructor(private readonly words: Words, language: string, private readonly outline: Outline) {
    this.isNorwegian = language.startsWith("n");
    const locale = this.isNorwegian ? "nb" : "en-GB";
    this.date = new Intl.DateTimeFormat(locale, { day: "2-digit", month: this.isNorwegian ? "2-digit" : "short", year: "2-digit", timeZone: "UTC" });
    this.amount = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  }

  word(name: string): string {
    const found = this.words[name];
    return typeof found === "string" ? found : "";
  }

  column(key: string): string {
    return this.words.columns[key] ?? key;
  }

  // 24.12.26 · 24 Dec 26
  day(minute: number | null): string {
    return minute === null ? "" : this.date.format(dateOf(Math.floor(minute / DAY))).replace("Sept", "Sep"); // three letters, as the others
  }

  // 5 d · 2,5 u · 3 ed?: as it is typed.
  duration(row: Pick<Row, "kind" | "duration" | "unit">): string {
    if (row.kind === "summary") return "";
    const elapsed = row.unit.startsWith("e"), unit = row.unit.replace(/^e|\?$/g, "") as Unit;
    const amount = this.amount.format(row.duration / this.minutesIn(unit, elapsed));
    return `${amount} ${elapsed ? "e" : ""}${this.words.units[unit]}${row.unit.endsWith("?") ? "?" : ""}`;
  }

  slack(row: Row): string {
    if (row.slack === null) return "";
    return `${this.amount.format(Math.round(row.slack / this.hours.day * 10) / 10)} ${this.words.units.d}`;
  }

  // 1.2; 1.4SS+2 d: what a row waits for, by the numbers people see.
  before(row: Row): string {
    return this.outline.before(row.uid).map((link) => {
      const kind = link.kind === "FS" && !link.lag ? "" : link.kind;
      return `${this.outline.get(link.from)?.number ?? "?"}${kind}${link.lag}`;
    }).join("; ");
  }

  after(row: Row): string {
    return this.outline.after(row.uid).map((link) => this.outline.get(link.to)?.number ?? "?").join("; ");
  }

  // What somebody has set that holds the dates; empty when nothing does.
  pinned(row: Row): string {
    if (row.isManual) return this.word(row.start === null ? "unplaced" : "by_hand");
    return row.percent > 0 ? "" : row.constraint;
  }

  private minutesIn(unit: Unit, elapsed: boolean): number {
    const { day, week, month } = this.hours;
    if (elapsed) return { m: 1, h: 60, d: DAY, w: 7 * DAY, mo: 30 * DAY }[unit];
    return { m: 1, h: 60, d: day, w: week, mo: month * day }[unit];
  }
}
