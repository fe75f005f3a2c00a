// What others change meanwhile: the page asks now and then and shows anew the parts marked data-live="kinds".
import htmx from "htmx.org";
import { element, find, quietly, text } from "./page";

interface Changes { head: number; changed: Record<string, string[]>; cut: boolean }

const EVERY = 5_000;
const LONGEST = 60_000;
const regions = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>("[data-live][id]")];

function concerns(region: HTMLElement, found: Changes): boolean {
  const kinds = (region.dataset["live"] ?? "").split(" ");
  return found.cut || kinds.some((kind) => kind === "*" ? Object.keys(found.changed).length : kind in found.changed);
}

// Whoever types, has chosen rows or opened a menu there is asked first.
function isBusy(region: HTMLElement): boolean {
  const fields = [...region.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("input:not([type=hidden]), textarea")];
  return fields.some((field) => field instanceof HTMLInputElement && field.matches("[type=checkbox], [type=radio]")
    ? field.checked !== field.defaultChecked : field.value !== field.defaultValue || field === document.activeElement)
    || region.querySelector(":popover-open, dialog[open], .htmx-request") !== null || region.matches(".htmx-request");
}

// Somebody may have begun to type while the page was fetched: she is asked, unless she asked herself.
async function refresh(wanted: HTMLElement[], asked = false): Promise<void> {
  const answer = await quietly(location.pathname + location.search);
  if (!answer.ok) return;
  const page = await answer.text();
  for (const region of wanted) {
    if (!asked && isBusy(region)) {
      ask(region);
      continue;
    }
    region.previousElementSibling?.matches(".live-note") && region.previousElementSibling.remove();
    await htmx.swap({ text: page, target: region, sourceElement: region, select: `#${region.id}`, swap: "outerMorph ignoreTitle:true" });
  }
}

function ask(region: HTMLElement): void {
  if (region.previousElementSibling?.matches(".live-note")) return;
  const note = element("div", "live-note");
  const show = element("button", "ds-button", text("show"));
  Object.assign(show.dataset, { variant: "tertiary", size: "sm" });
  show.type = "button";
  show.addEventListener("click", () => void refresh([region], true));
  note.setAttribute("role", "status");
  note.append(element("span", "", text("changed")), show);
  region.before(note);
}

async function show(found: Changes): Promise<void> {
  const touched = regions().filter((region) => concerns(region, found));
  const free = touched.filter((region) => !isBusy(region) && !find("#modal > dialog[open]"));
  touched.filter((region) => !free.includes(region)).forEach(ask);
  if (free.length) await refresh(free);
}

export function followChanges(): void {
  let address = document.body.dataset["changes"];
  if (!address || !document.body.dataset["actor"]) return;
  // A meeting under way asks for itself, more often, and tells us what it hears.
  document.addEventListener("changes", (event) => void show((event as CustomEvent<Changes>).detail).catch(() => undefined));
  if (find("[data-meeting]")) return;
  const [path] = address.split("?");
  let failed = 0, timer = 0, asking = false;
  const later = (): void => {
    window.clearTimeout(timer);
    const pause = Math.min(LONGEST, EVERY * 2 ** failed) * (0.9 + Math.random() * 0.2);
    if (address) timer = window.setTimeout(() => void poll(), pause);
  };
  const poll = async (): Promise<void> => {
    if (document.hidden || asking || !address) return; // becoming visible begins again
    if (!regions().length) return later();
    asking = true;
    const answer = await quietly(address).catch(() => null);
    if (answer?.ok) {
      const found = await answer.json() as Changes;
      failed = 0;
      address = `${path}?since=${found.head}`;
      await show(found).catch(() => undefined);
    } else if (answer && [401, 403, 404].includes(answer.status)) address = undefined; // signed out, or no longer ours to see
    else failed += 1;
    asking = false;
    later();
  };
  document.addEventListener("visibilitychange", () => document.hidden ? window.clearTimeout(timer) : void poll());
  later();
}
