import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { programTarget } from "./programTarget.mjs";

/** Bytes with numbers at places, each of `[place, bytes]`. */
function head(...parts) {
  const bytes = Buffer.alloc(256);
  for (const [place, part] of parts) {
    Buffer.from(part).copy(bytes, place);
  }
  return bytes;
}

test("each system's programs are told apart", () => {
  const elf = [0, [0x7f, 0x45, 0x4c, 0x46]];
  assert.equal(programTarget(head(elf, [18, [0x3e]])), "linux-x64");
  assert.equal(programTarget(head(elf, [18, [0xb7]])), "linux-arm64");
  const machO = [0, [0xcf, 0xfa, 0xed, 0xfe]];
  assert.equal(programTarget(head(machO, [4, [0x0c, 0, 0, 1]])), "darwin-arm64");
  const pe = [0, [0x4d, 0x5a]];
  assert.equal(programTarget(head(pe, [60, [128]], [132, [0x64, 0x86]])), "win32-x64");
});

test("what is no program has no target", () => {
  assert.equal(programTarget(Buffer.from("#!/bin/sh\nexec rubricator\n")), undefined);
  assert.equal(programTarget(Buffer.alloc(0)), undefined);
});

test("the program that runs this test is for this machine", () => {
  assert.equal(programTarget(readFileSync(process.execPath)), `${process.platform}-${process.arch}`);
});
