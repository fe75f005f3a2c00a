// Rebuilds theme/tospann.css from designsystemet.config.json. Only needed when the configuration changes,
// so the command line tool is fetched for the occasion instead of being a dependency.
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const work = mkdtempSync(join(tmpdir(), "theme-"));
const cli = (...args) =>
  execFileSync("npx", ["--yes", "@digdir/designsystemet@1.15.0", ...args], { cwd: work, stdio: "inherit" });

copyFileSync(join(here, "designsystemet.config.json"), join(work, "designsystemet.config.json"));
cli("tokens", "create", "--config", "designsystemet.config.json");
cli("tokens", "build", "--tokens", "./design-tokens", "--out-dir", "./built");
copyFileSync(join(work, "built", "tospann.css"), join(here, "tospann.css"));
rmSync(work, { recursive: true });
