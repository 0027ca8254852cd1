// Makes a package of the extension.
//
//   npm run package                          without a program: the user's own is started
//   npm run package -- --target linux-x64    with the program that lies in server/
//
// Other arguments go to `vsce package`.

import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { programTarget } from "./programTarget.mjs";

const extension = join(import.meta.dirname, "..");

/** The program for the target; ends with a message if it is missing or another machine's. */
function checkProgram(target) {
  const name = target.startsWith("win32-") ? "rubricator.exe" : "rubricator";
  const program = join(extension, "server", name);
  if (!existsSync(program)) {
    fail(`put the program for ${target} at server/${name} first`);
  }
  const found = programTarget(readFileSync(program));
  // Alpine's programs have the form of any Linux's.
  if (found !== target.replace(/^alpine-/, "linux-")) {
    fail(`server/${name} is for ${found ?? "no system that is known here"}, not for ${target}`);
  }
  chmodSync(program, 0o755);
  return `server/${name}`;
}

function fail(message) {
  console.error(message);
  process.exit(1);
}

const { values, tokens } = parseArgs({
  options: { target: { type: "string", short: "t" }, out: { type: "string", short: "o" } },
  strict: false,
  tokens: true,
});
const { target, out = target ? `rubricator-${target}.vsix` : "rubricator.vsix" } = values;
const others = tokens
  .filter(({ kind, name }) => kind === "positional" || (kind === "option" && name !== "target" && name !== "out"))
  .map(({ value, rawName }) => rawName ?? value);

const work = mkdtempSync(join(tmpdir(), "rubricator-package-"));
try {
  // Only the package for a target may hold a program, and only its own.
  const ignored = readFileSync(join(extension, ".vscodeignore"), "utf8");
  const ignoreFile = join(work, "vscodeignore");
  writeFileSync(ignoreFile, target ? `${ignored}!${checkProgram(target)}\n` : ignored);
  const args = ["package", "--no-dependencies", "--skip-license", "--ignoreFile", ignoreFile, "--out", out];
  const vsce = join(extension, "node_modules/@vscode/vsce/vsce");
  const all = [vsce, ...args, ...(target ? ["--target", target] : []), ...others];
  execFileSync(process.execPath, all, { cwd: extension, stdio: "inherit" });
} finally {
  rmSync(work, { recursive: true, force: true });
}
