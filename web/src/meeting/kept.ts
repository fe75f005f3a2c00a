// What somebody typed that could not be joined: shown beside, one click to put it in.
import { element, find } from "../page";
import type { Room, Told } from "./room";

function button(label: string, variant: string, act: () => void): HTMLButtonElement {
  const made = element("button", "ds-button", label);
  made.type = "button";
  made.dataset["variant"] = variant;
  made.addEventListener("click", act);
  return made;
}

export function showKept(card: HTMLElement | null, told: Told, room: Room): void {
  const holder = card && find("[data-kept]", card);
  if (!holder) return;
  const shown = told.kept.map((kept) => `${kept.id}:${kept.text}`).join("\n");
  if (holder.dataset["shown"] === shown) return;
  holder.dataset["shown"] = shown;
  holder.replaceChildren(...told.kept.map((kept) => {
    const box = element("div", "live-beside");
    const address = (holder.dataset["address"] ?? "").replace(/0{8}-0{4}-0{4}-0{4}-0{12}/, kept.id);
    const settle = (what: string) => (): void => void room.post(address, { what }).then(() => room.soon());
    const buttons = element("div", "live-buttons");
    buttons.append(button(room.word("join"), "secondary", settle("join")), button(room.word("drop"), "tertiary", settle("drop")));
    box.append(element("p", "", room.word("beside", { name: kept.by })), element("blockquote", "", kept.text), buttons);
    return box;
  }));
}
