// The time axis: from minutes to pixels, and what its two lines say.
export const DAY = 1440;
export type Zoom = "day" | "week" | "month" | "quarter";
export const ZOOMS: Zoom[] = ["day", "week", "month", "quarter"];
const WIDTH: Record<Zoom, number> = { day: 36, week: 12, month: 4, quarter: 1.4 };

export interface Tick { x: number; text: string }

export class Scale {
  zoom: Zoom = "week";
  first = 0; // the day the axis begins on, counted from 1970-01-01
  days = 1;

  constructor(private readonly language: string, private readonly week: string) {}

  // Some air on both sides, whole weeks, at least as much as there is room for. How many pixels everything moved by.
  cover(start: number, finish: number, room = 0): number {
    const was = this.first, from = Math.floor(start / DAY) - 14, to = Math.ceil(finish / DAY) + 60;
    this.first = from - weekday(from);
    this.days = Math.max(to - this.first, 120, Math.ceil(room / this.perDay));
    return was ? (was - this.first) * this.perDay : 0;
  }

  get perDay(): number {
    return WIDTH[this.zoom];
  }

  get width(): number {
    return this.days * this.perDay;
  }

  x(minute: number): number {
    return (minute / DAY - this.first) * this.perDay;
  }

  minute(x: number): number {
    return Math.round((x / this.perDay + this.first) * DAY);
  }

  // Whole days while dragging; an hour where a day is wide enough to show one.
  snap(minutes: number): number {
    const step = this.zoom === "day" ? 60 : DAY;
    return Math.round(minutes / step) * step;
  }

  upper(from: number, to: number): Tick[] {
    if (this.zoom === "day") return this.weeks(from, to, true);
    return this.steps(from, to, this.zoom === "week" ? "month" : "year");
  }

  lower(from: number, to: number): Tick[] {
    if (this.zoom === "day") return this.everyDay(from, to);
    if (this.zoom === "week") return this.weeks(from, to, false);
    return this.steps(from, to, this.zoom === "month" ? "shortMonth" : "quarter");
  }

  private everyDay(from: number, to: number): Tick[] {
    const ticks: Tick[] = [];
    for (let day = Math.floor(from); day <= to; day++) ticks.push({ x: (day - this.first) * this.perDay, text: String(dateOf(day).getUTCDate()) });
    return ticks;
  }

  private weeks(from: number, to: number, long: boolean): Tick[] {
    const month = new Intl.DateTimeFormat(this.language, { month: "short", year: "numeric", timeZone: "UTC" });
    const ticks: Tick[] = [];
    for (let day = Math.floor(from) - weekday(Math.floor(from)); day <= to; day += 7) {
      const number = weekNumber(day);
      ticks.push({ x: (day - this.first) * this.perDay, text: long ? `${this.week} ${number} · ${month.format(dateOf(day))}` : String(number) });
    }
    return ticks;
  }

  private steps(from: number, to: number, what: "month" | "year" | "shortMonth" | "quarter"): Tick[] {
    const months = what === "year" ? 12 : what === "quarter" ? 3 : 1;
    const text = new Intl.DateTimeFormat(this.language, {
      ...(what === "year" ? { year: "numeric" } : { month: "short" }),
      ...(what === "month" ? { year: "numeric" } : {}), timeZone: "UTC",
    });
    const date = dateOf(Math.floor(from));
    date.setUTCDate(1);
    date.setUTCMonth(date.getUTCMonth() - (date.getUTCMonth() % months));
    const ticks: Tick[] = [];
    for (; dayOf(date) <= to; date.setUTCMonth(date.getUTCMonth() + months)) {
      const label = what === "quarter" ? `${quarterLetter(this.language)}${date.getUTCMonth() / 3 + 1}` : text.format(date);
      ticks.push({ x: (dayOf(date) - this.first) * this.perDay, text: label });
    }
    return ticks;
  }
}

const quarterLetter = (language: string): string => (language.startsWith("n") ? "K" : "Q");
export const dateOf = (day: number): Date => new Date(day * DAY * 60_000);
const dayOf = (date: Date): number => Math.floor(date.getTime() / 60_000 / DAY);

// Monday is 0; 1970-01-01 was a Thursday.
export const weekday = (day: number): number => (((day + 3) % 7) + 7) % 7;

// ISO 8601: the week that holds the year's first Thursday is number one.
export function weekNumber(day: number): number {
  const thursday = day - weekday(day) + 3;
  const first = dayOf(new Date(Date.UTC(dateOf(thursday).getUTCFullYear(), 0, 1)));
  return Math.floor((thursday - first) / 7) + 1;
}
