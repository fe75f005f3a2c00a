// Typing in a cell: the field stands in the cell; Enter goes down, Tab goes on, Escape leaves it as it was.
import { element } from "../page";

export type Left = "down" | "next" | "back" | "stay" | "away";

export function typeIn(
  cell: HTMLElement, label: string, value: string, first: string | undefined, options: string[],
  ended: (text: string | null, left: Left) => void,
): void {
  const field = element("input", "plan-field");
  field.type = "text";
  field.value = value;
  field.autocomplete = "off";
  field.setAttribute("aria-label", label);
  const list = options.length ? element("datalist", "") : null;
  if (list) {
    list.id = "plan-options";
    list.append(...options.map((option) => Object.assign(document.createElement("option"), { value: option })));
    field.setAttribute("list", list.id);
  }
  cell.classList.add("is-typed");
  cell.append(field);
  if (list) cell.append(list);
  field.focus();
  field.select();
  if (first !== undefined) field.value = first; // the letter that began it stands in the place of what was there
  let isOver = false;
  const end = (keeps: boolean, left: Left): void => {
    if (isOver) return;
    isOver = true; // removing the field makes it lose focus, which would end it twice
    const text = field.value.trim();
    cell.classList.remove("is-typed");
    field.remove();
    list?.remove();
    ended(keeps && text !== value ? text : null, left);
  };
  field.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.isComposing) return;
    if (event.key === "Enter") end(true, "down");
    else if (event.key === "Tab") end(true, event.shiftKey ? "back" : "next");
    else if (event.key === "Escape") end(false, "stay");
    else return;
    event.preventDefault();
  });
  field.addEventListener("pointerdown", (event) => event.stopPropagation());
  field.addEventListener("blur", () => end(true, "away"));
}
