#!/usr/bin/env node
// Runs the program of this platform's package as if it had been called itself.
"use strict";

const { spawn } = require("node:child_process");
const fs = require("node:fs");

/** The status that the program itself uses when a run goes wrong: 1 would mean findings. */
const FAILED = 2;

function fail(message) {
  console.error(`rubricator: ${message}`);
  process.exit(FAILED);
}

function locate() {
  const platform = `${process.platform}-${process.arch}`;
  const program = process.platform === "win32" ? "rubricator.exe" : "rubricator";
  try {
    return require.resolve(`@rubricator/${platform}/${program}`);
  } catch {
    return fail(
      `the package @rubricator/${platform} is not installed. Either npm was told to leave out ` +
        "optional dependencies, or there is none for this system; then " +
        "“cargo install --git https://github.com/rubricator/rubricator” builds the program.",
    );
  }
}

/** Whether a Ctrl-C can have come from a terminal, which then sent it to the program as well. */
function hasTerminal() {
  if (process.platform === "win32") {
    return true;
  }
  try {
    fs.closeSync(fs.openSync("/dev/tty", "r"));
    return true;
  } catch {
    return false;
  }
}

const path = locate();
let program;

// Listened for before there is a program, which could otherwise outlive this process.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => {
    // To the program a second Ctrl-C means “at once”, so it must not get one twice.
    if (signal !== "SIGINT" || !hasTerminal()) {
      program.kill(signal);
    }
  });
}

program = spawn(path, process.argv.slice(2), { stdio: "inherit" });
program.on("error", (error) => fail(`${path} cannot be run: ${error.message}`));
program.on("exit", (status, signal) => {
  if (signal === null) {
    process.exit(status);
  }
  // Whoever waits for this process is to see the same end.
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
});
