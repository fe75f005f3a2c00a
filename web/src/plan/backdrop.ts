// What lies behind the bars: the axis, the days nobody works, today, the status date and the links.
import { element } from "../page";
import { drawLinks, type Place } from "./links";
import { DAY, type Scale, type Tick, weekday } from "./scale";
import type { Link } from "./wire";

const SVG = "http://www.w3.org/2000/svg";
const PERIOD = 90; // pixels the name of a month or week needs
const NARROW = 3; // pixels a day; below it days off would be a grey haze

export interface Days { week: Set<number>; days: Set<number>; worked: Set<number>; today: number; status: number | null }
export interface Window { first: number; last: number; rowHeight: number; left: number; room: number; height: number }

const svg = (tag: string, className: string): SVGElement => {
  const made = document.createElementNS(SVG, tag);
  made.setAttribute("class", className);
  return made;
};

export class Backdrop {
  readonly axis = element("div", "plan-axis");
  readonly canvas = svg("svg", "plan-canvas");
  readonly draft = svg("path", "plan-link is-new");
  days: Days = { week: new Set([5, 6]), days: new Set(), worked: new Set(), today: 0, status: null };
  private readonly off = svg("path", "plan-off");
  private readonly plain = svg("path", "plan-link");
  private readonly critical = svg("path", "plan-link is-critical");
  private readonly now = svg("path", "plan-today");
  private readonly status = svg("path", "plan-status-date");
  private readonly period = element("span", "plan-upper is-period");
  private upper: Tick[] = [];
  private axisAt = "";

  constructor(private readonly scale: Scale) {
    this.canvas.setAttribute("aria-hidden", "true");
    this.canvas.append(this.off, this.status, this.now, this.plain, this.critical, this.draft);
  }

  forget(): void {
    this.axisAt = "";
  }

  draw(seen: Window, links: Iterable<Link>, place: (uid: number) => Place | null): void {
    this.drawAxis(seen);
    this.drawPeriod(seen.left);
    const { first, last, rowHeight, left, room } = seen;
    const top = first * rowHeight, height = Math.max(0, last - first + 1) * rowHeight;
    this.canvas.style.width = `${this.scale.width}px`;
    this.canvas.style.height = `${seen.height}px`;
    this.off.setAttribute("d", this.daysOff(left - 200, left + room + 200, top, height));
    const [plain, critical] = drawLinks(links, place, this.scale);
    this.plain.setAttribute("d", plain);
    this.critical.setAttribute("d", critical);
    this.line(this.now, this.days.today, top, height);
    this.line(this.status, this.days.status, top, height);
  }

  isOff(day: number): boolean {
    return this.days.days.has(day) || (this.days.week.has(weekday(day)) && !this.days.worked.has(day));
  }

  // The minute some working days after another, for drawing only: the server counts exactly.
  later(minute: number, days: number): number {
    let day = Math.floor(minute / DAY), left = days;
    const rest = minute - day * DAY;
    for (let step = 0; left >= 1 && step < 4000; step++) if (!this.isOff(++day)) left -= 1;
    while (left > 0 && this.isOff(day)) day += 1;
    return day * DAY + rest + left * DAY;
  }

  // Only the part of the axis that can be seen has labels; it is drawn anew when one leaves that part.
  private drawAxis({ left, room }: Window): void {
    const at = Math.floor(left / 400), key = `${at}|${this.scale.zoom}|${room}|${this.scale.first}`;
    if (key === this.axisAt) return;
    this.axisAt = key;
    const from = this.scale.first + Math.max(0, (at * 400 - 400)) / this.scale.perDay;
    const to = Math.min(this.scale.first + this.scale.days, from + (room + 1600) / this.scale.perDay);
    const put = (className: string) => (tick: { x: number; text: string }): HTMLElement => {
      const mark = element("span", className, tick.text);
      mark.style.transform = `translateX(${Math.max(0, tick.x)}px)`;
      return mark;
    };
    this.upper = this.scale.upper(from, to);
    this.axis.replaceChildren(...this.upper.map(put("plan-upper")), ...this.scale.lower(from, to).map(put("plan-lower")), this.period);
  }

  // The month or year one is in stays in sight while its own beginning is scrolled away.
  private drawPeriod(left: number): void {
    const begun = this.upper.filter((tick) => tick.x <= left), next = this.upper[begun.length];
    this.period.hidden = !begun.length || (next !== undefined && next.x - left < PERIOD);
    this.period.textContent = begun.at(-1)?.text ?? "";
    this.period.style.transform = `translateX(${left}px)`;
  }

  private daysOff(from: number, to: number, top: number, height: number): string {
    if (this.scale.perDay < NARROW) return "";
    const width = this.scale.perDay, parts: string[] = [];
    const last = Math.min(this.scale.days, Math.ceil(to / width));
    for (let i = Math.max(0, Math.floor(from / width)); i < last; i++) {
      if (this.isOff(this.scale.first + i)) parts.push(`M${i * width} ${top}h${width}v${height}h${-width}z`);
    }
    return parts.join("");
  }

  private line(path: SVGElement, minute: number | null, top: number, height: number): void {
    path.setAttribute("d", minute === null ? "" : `M${this.scale.x(minute)} ${top}v${height}`);
  }
}
