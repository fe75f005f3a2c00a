// Builds everything the browser loads into the Python package: styles, behaviour, font, icons and the licence list.
import { build } from "esbuild";
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "../src/tospann/ui/static/ui/built");
const modules = join(here, "node_modules");
const readJson = (path) => JSON.parse(readFileSync(path, "utf8"));

// Two decimals are a hundredth of a pixel; icons drawn from one source lie side by side so that they compress.
const shorten = (path) => path.replace(/\d+\.\d{3,}/g, (number) => String(Number(Number(number).toFixed(2))));

function sprite() {
  const named = Object.entries(readJson(join(here, "icons.json"))).sort((a, b) => (a[1] < b[1] ? -1 : 1));
  const symbols = named.map(([name, source]) => {
    const svg = readFileSync(join(modules, "@navikt/aksel-icons/dist/svg", `${source}.svg`), "utf8");
    const shapes = svg.replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "").replace(/\n/g, "").replace(/fill="#[0-9a-fA-F]+"/g, 'fill="currentColor"');
    return `<symbol id="${name}" viewBox="0 0 24 24" fill="none">${shorten(shapes)}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("\n")}</svg>\n`;
}

// What ends up in the built files, with its licence; what only tests and builds stays with the developer.
const TOOLS = new Set(["axe-core", "esbuild", "typescript", "vitest", "@digdir/designsystemet-types"]);
function bundled() {
  const lock = readJson(join(here, "package-lock.json")).packages;
  const asked = Object.keys(lock[""].devDependencies).filter((name) => !TOOLS.has(name)), found = new Set();
  for (let name = asked.pop(); name; name = asked.pop()) {
    const entry = lock[`node_modules/${name}`];
    if (!entry || found.has(name)) continue;
    found.add(name);
    asked.push(...Object.keys(entry.dependencies ?? {}));
  }
  return [...found].sort().map((name) => {
    const path = `node_modules/${name}`, { version, license } = lock[path];
    const licence = ["LICENSE", "LICENSE.md", "LICENSE.txt", "license"].map((file) => join(here, path, file)).find(existsSync);
    return { name, version, licence: license, text: licence ? readFileSync(licence, "utf8") : "" };
  });
}

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const fonts = join(modules, "@fontsource-variable/inter/files");
copyFileSync(join(fonts, "inter-latin-wght-normal.woff2"), join(out, "inter-latin.woff2"));
copyFileSync(join(fonts, "inter-latin-ext-wght-normal.woff2"), join(out, "inter-latin-ext.woff2"));
copyFileSync(join(here, "favicon.svg"), join(out, "favicon.svg"));
writeFileSync(join(out, "icons.svg"), sprite());
writeFileSync(join(out, "third-party.json"), JSON.stringify(bundled(), null, 1) + "\n");

await build({
  absWorkingDir: here,
  entryPoints: [{ in: "src/app.ts", out: "app" }, { in: "src/documents.ts", out: "documents" }, { in: "src/meeting.ts", out: "meeting" }, { in: "styles/meeting.css", out: "meeting" }, { in: "src/hours.ts", out: "hours" }, { in: "styles/hours.css", out: "hours" }, { in: "src/filling.ts", out: "filling" }, { in: "styles/filling.css", out: "filling" }, { in: "src/seals.ts", out: "seals" }, { in: "src/plan.ts", out: "plan" }, { in: "styles/plan.css", out: "plan" }, { in: "styles/drawing.css", out: "drawing" }, { in: "styles/app.css", out: "app" }],
  outdir: out,
  bundle: true,
  minify: true,
  format: "esm",
  target: ["es2022", "chrome111", "firefox115", "safari16.4"],
  external: ["*.woff2"],
  legalComments: "none",
  logLevel: "warning",
});
