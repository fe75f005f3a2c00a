// Small questions to the page.
export const find = <E extends Element = HTMLElement>(selector: string, within: ParentNode = document): E | null =>
  within.querySelector<E>(selector);

// Words live in <template id="texts" data-…>, so the script speaks every language.
export const text = (key: string): string => find<HTMLTemplateElement>("#texts")?.dataset[key] ?? "";

export const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));

export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K, className: string, content = "",
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = content;
  return made;
}

export const csrf = (): string => {
  const headers = document.body.getAttribute("hx-headers:inherited") ?? "{}";
  return (JSON.parse(headers) as Record<string, string>)["X-CSRFToken"] ?? "";
};

// A request the page makes by itself: it tells so, and it keeps nobody signed in.
export const quietly = (address: string, init: RequestInit = {}): Promise<Response> =>
  fetch(address, { ...init, headers: { "HX-Request": "true", Unattended: "1", ...init.headers } });

// Why the server refused something, in its own words.
export function why(answer: Response): string {
  const told = JSON.parse(answer.headers.get("HX-Trigger") ?? "{}") as { toast?: { text?: string } };
  return told.toast?.text ?? "";
}
