// The npm packages, packed and installed as a new user would: RUBRICATOR is the program.
import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

const pack = fileURLToPath(new URL("../../npm/pack.js", import.meta.url));
const platform = `${process.platform}-${process.arch}`;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "rubricator-npm-"));
const program = path.join(folder, "node_modules", "@rubricator", platform, "rubricator");
const launcher = path.join(folder, "node_modules", ".bin", "rubricator");

function npm(cwd, ...args) {
  return execFileSync("npm", [...args, "--silent", "--offline", "--no-audit", "--no-fund"], {
    cwd,
    encoding: "utf8",
  }).trim();
}

function run(...args) {
  return spawnSync(launcher, args, { cwd: folder, encoding: "utf8" });
}

/** A program in the place of the real one, to see what reaches it and what becomes of its end. */
function replaceProgram(script) {
  fs.rmSync(program);
  fs.writeFileSync(program, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}

/** Starts the launcher without a terminal, and sends it a signal when the program has spoken. */
async function interrupted(signal) {
  const child = spawn(launcher, [], { detached: true, stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  child.stdout.setEncoding("utf8");
  child.stdout.on("data", (text) => {
    if (said === "") {
      child.kill(signal);
    }
    said += text;
  });
  const [status, by] = await new Promise((resolve) => {
    child.on("close", (...end) => resolve(end));
  });
  return { status, by, said };
}

before(() => {
  execFileSync("node", [pack, folder]);
  execFileSync("node", [pack, folder, platform, process.env.RUBRICATOR]);
  const archives = ["rubricator", platform].map((name) =>
    path.join(folder, npm(folder, "pack", `./${name}`)),
  );
  fs.writeFileSync(path.join(folder, "package.json"), "{}");
  npm(folder, "install", ...archives);
  fs.writeFileSync(path.join(folder, "right.txt"), "He said: “Good.” She went.\n");
  fs.writeFileSync(path.join(folder, "wrong.txt"), "He said: “Good. She went.\n\nNobody spoke.\n");
});

after(() => fs.rmSync(folder, { recursive: true }));

test("the version is the one in Cargo.toml", () => {
  const { version } = JSON.parse(
    fs.readFileSync(path.join(folder, "node_modules", "rubricator", "package.json"), "utf8"),
  );
  assert.equal(run("--version").stdout, `rubricator ${version}\n`);
});

test("the exit status is the program's", () => {
  assert.equal(run("check", "right.txt").status, 0);
  assert.equal(run("check", "wrong.txt").status, 1);
  assert.equal(run("check", "missing.txt").status, 2);
});

test("input goes through", () => {
  const names = "Trotskii\tTrotsky\n";
  const { stdout } = spawnSync(launcher, ["names", "compare"], { input: names, encoding: "utf8" });
  assert.match(stdout, /^variant\t/);
});

test("a closed pipe is no error", () => {
  const shell = `"$0" rule | head -n 1; echo "\${PIPESTATUS[0]}"`;
  const { stdout, stderr } = spawnSync("bash", ["-c", shell, launcher], { encoding: "utf8" });
  assert.equal(stderr, "");
  assert.match(stdout, /\n0\n$/);
});

test("signals reach the program, and its answer the caller", async () => {
  replaceProgram("trap 'echo ended; exit 7' INT TERM HUP\necho ready\nwhile :; do sleep 0.05; done");
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    const { status, said } = await interrupted(signal);
    assert.deepEqual([status, said], [7, "ready\nended\n"], signal);
  }
});

test("a program that a signal ends looks so from outside", async () => {
  replaceProgram("echo ready\nexec sleep 60");
  assert.equal((await interrupted("SIGTERM")).by, "SIGTERM");
  replaceProgram("kill -KILL $$");
  assert.equal(run().signal, "SIGKILL");
});

test("without the platform's package it says what to do", () => {
  fs.rmSync(path.dirname(program), { recursive: true });
  const { status, stderr } = run("--version");
  assert.equal(status, 2);
  assert.match(stderr, /^rubricator: the package @rubricator\/.* is not installed\. .*cargo install/);
});
