// The buttons, filters and choices round the chart.
import { find } from "../page";
import { writeIn } from "./cells";
import type { Keyboard } from "./keyboard";
import { EVERYTHING } from "./outline";
import type { Zoom } from "./scale";
import { writeView } from "./view";
import { fill } from "./words";
import type { Workbench } from "./workbench";

type OnRows = "chain" | "unlink" | "indent" | "outdent" | "up" | "down" | "remove";
const ON_ROWS = new Set<string>(["chain", "unlink", "indent", "outdent", "up", "down", "remove"]);
const FLAGS = { critical: "isCritical", late: "isLate", open: "isOpen", milestones: "isMilestone" } as const;

export class Toolbar {
  constructor(private readonly bench: Workbench, private readonly keyboard: Keyboard) {
    bench.changed = () => this.enable();
    document.addEventListener("click", (event) => {
      const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-plan]") : null;
      if (button) this.press(button.dataset["plan"] ?? "");
    });
    document.addEventListener("change", (event) => { if (event.target instanceof HTMLElement) this.change(event.target); });
    document.addEventListener("input", (event) => {
      if (event.target instanceof HTMLInputElement && event.target.matches("[data-plan-search]")) this.narrow();
    });
    this.show();
  }

  private press(name: string): void {
    const { bench } = this;
    const acts: Record<string, () => void> = {
      add: () => { bench.add(); bench.panes.grid.focus({ preventScroll: true }); }, undo: () => bench.office.undo(), redo: () => bench.office.redo(),
      cut: () => bench.cut(), paste: () => bench.paste(), details: () => bench.open("task"), whatif: () => bench.open("whatif"), why: () => bench.open("why"),
      edit: () => writeIn(bench), today: () => bench.seeToday(),
      move: () => { bench.go(bench.look.current, bench.columns.length); bench.panes.grid.focus(); this.keyboard.beginMove(); },
      foldall: () => bench.foldAll(1), openall: () => bench.foldAll(Infinity), reset: () => this.reset(),
      keys: () => find<HTMLDialogElement>("#plan-keys")?.showModal(),
    };
    if (acts[name]) acts[name]();
    else if (ON_ROWS.has(name)) bench.send({ do: name as OnRows, uids: bench.subjects });
    if (name !== "keys") document.querySelectorAll<HTMLElement>(".plan-menu:popover-open").forEach((menu) => menu.hidePopover());
  }

  private change(field: HTMLElement): void {
    const { bench } = this;
    if (field.matches("[data-plan-filter]")) this.narrow();
    if (!(field instanceof HTMLInputElement)) return;
    if (field.matches("[data-plan-zoom]")) bench.showAs({ zoom: field.value as Zoom });
    else if (field.matches("[data-plan-column]")) bench.showAs({ columns: this.checked("[data-plan-column]") });
    else if (field.matches("[data-plan-baseline]")) bench.showAs({ baseline: field.checked });
    else if (field.matches("[data-plan-slack]")) bench.showAs({ slack: field.checked });
    else if (field.matches("[data-plan-status]")) bench.send({ do: "status", text: field.value });
    this.save();
  }

  private checked(selector: string): string[] {
    return [...document.querySelectorAll<HTMLInputElement>(`${selector}:checked`)].map((box) => box.value);
  }

  private narrow(): void {
    const { bench } = this, on = new Set(this.checked("[data-plan-filter]"));
    const filter = { ...EVERYTHING, text: find<HTMLInputElement>("[data-plan-search]")?.value.trim().toLocaleLowerCase() ?? "" };
    for (const [key, name] of Object.entries(FLAGS)) filter[name] = on.has(key);
    filter.responsible = find<HTMLSelectElement>("select[data-plan-filter]")?.value ?? "";
    bench.showAs({ filter });
    bench.telling.say(fill(bench.speaker.word("count"), { n: bench.outline.lines.filter((row) => row.match).length }));
    this.found();
    this.save();
  }

  private reset(): void {
    this.bench.showAs({ filter: EVERYTHING });
    this.show();
  }

  // How many filters narrow the plan, and whether anything is left.
  private found(): void {
    const { bench } = this, { filter } = bench.shown;
    const empty = find("#plan-nothing"), number = Object.entries(filter).filter(([key, value]) => key !== "text" && value).length;
    if (empty) empty.hidden = bench.outline.lines.length > 0 || !bench.outline.rows.length;
    for (const mark of document.querySelectorAll<HTMLElement>("[data-plan-count]")) {
      mark.hidden = !number;
      mark.textContent = String(number);
    }
  }

  // The controls show how the plan is looked at.
  private show(): void {
    const { bench } = this, { shown, columns } = bench;
    const check = (selector: string, is: (box: HTMLInputElement) => boolean): void => {
      for (const box of document.querySelectorAll<HTMLInputElement>(selector)) box.checked = is(box);
    };
    check("[data-plan-zoom]", (box) => box.value === bench.scale.zoom);
    check("[data-plan-column]", (box) => columns.some((column) => column.key === box.value));
    check("[data-plan-baseline]", () => shown.baseline);
    check("[data-plan-slack]", () => shown.slack);
    check("input[data-plan-filter]", (box) => box.value in FLAGS && shown.filter[FLAGS[box.value as keyof typeof FLAGS]]);
    const search = find<HTMLInputElement>("[data-plan-search]"), who = find<HTMLSelectElement>("select[data-plan-filter]");
    if (search) search.value = shown.filter.text;
    if (who) who.value = shown.filter.responsible;
    this.found();
    this.save();
  }

  // A view is saved as the address one is at.
  private save(): void {
    for (const field of document.querySelectorAll<HTMLInputElement>("[data-plan-query]")) field.value = writeView(this.bench.shown);
  }

  private enable(): void {
    const { bench } = this;
    const enable = (name: string, may: boolean): void => {
      for (const button of document.querySelectorAll<HTMLButtonElement>(`[data-plan="${name}"]`)) button.disabled = !may;
    };
    const some = bench.outline.rows.length > 0, chosen = bench.look.chosen.size;
    for (const name of ["indent", "outdent", "up", "down", "remove", "details", "whatif", "why", "edit", "move", "cut", "unlink"]) enable(name, some);
    enable("chain", chosen > 1);
    enable("paste", bench.look.cut.size > 0);
    enable("undo", bench.office.mayUndo);
    enable("redo", bench.office.mayRedo);
    const day = find<HTMLInputElement>("[data-plan-status]");
    if (day && day !== document.activeElement) day.value = bench.speaker.day(bench.panes.backdrop.days.status);
    const place = find("#plan-chosen");
    if (place) place.textContent = chosen > 1 ? fill(bench.speaker.word("chosen"), { n: chosen }) : "";
    this.found();
  }
}
