// <plan-editor>: the plan as a table and a chart, edited in place. The server schedules; this shows and asks.
import { element, find } from "../page";
import { Keyboard } from "./keyboard";
import { Pointer } from "./pointer";
import { Toolbar } from "./toolbar";
import { Workbench } from "./workbench";
import type { Words } from "./words";

// The page's own htmx; a second one would listen twice.
declare global { interface Window { htmx: {
  ajax(verb: string, path: string, how: { target: string; source: Element }): Promise<void>;
  swap(how: { text: string; target: Element; sourceElement: Element; select: string; swap: string }): Promise<void>;
} } }

const LOWEST = 352, BELOW = 24; // pixels

export class PlanEditor extends HTMLElement {
  connectedCallback(): void {
    const words = JSON.parse(find("#plan-words")?.textContent ?? "{}") as Words;
    const bench = new Workbench(this, words), { grid } = bench.panes;
    new Toolbar(bench, new Keyboard(bench));
    new Pointer(bench);
    let frame = 0;
    grid.addEventListener("scroll", () => {
      frame ||= requestAnimationFrame(() => { frame = 0; bench.panes.draw(); });
    }, { passive: true });
    new ResizeObserver(() => bench.panes.draw()).observe(grid);
    window.addEventListener("resize", () => this.fit());
    this.fit();
    this.addEventListener("plan-look", () => void bench.office.look()); // something was changed beside the chart
    bench.office.open().catch(() => grid.replaceWith(element("p", "plan-failed", bench.speaker.word("unreadable"))));
  }

  // As high as the window leaves room for, so that the page itself need not be scrolled.
  private fit(): void {
    const top = this.getBoundingClientRect().top + window.scrollY;
    this.style.height = `${Math.max(LOWEST, window.innerHeight - top - BELOW)}px`;
  }
}

customElements.define("plan-editor", PlanEditor);
