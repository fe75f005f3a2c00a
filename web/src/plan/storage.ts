// What this browser remembers about how somebody looks at plans; nothing is lost when it may not.
const PREFIX = "tospann.plan.";

export function kept<T>(key: string, otherwise: T): T {
  try {
    const found = localStorage.getItem(PREFIX + key);
    return found === null ? otherwise : (JSON.parse(found) as T);
  } catch {
    return otherwise;
  }
}

export function keep(key: string, value: unknown): void {
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify(value));
  } catch { /* full, or forbidden */ }
}
