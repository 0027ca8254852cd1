import assert from "node:assert/strict";
import { test } from "node:test";
import { statusText } from "./statusText";

test("a running server counts the findings of the active text", () => {
  const text = (findings: number): string => statusText("running", { name: "thaw.txt", findings }).text;
  assert.deepEqual([0, 1, 2].map(text), [
    "$(check) Rubricator: 0",
    "$(warning) Rubricator: 1",
    "$(warning) Rubricator: 2",
  ]);
  assert.equal(statusText("running", { name: "thaw.txt", findings: 1 }).label, "1 finding in thaw.txt");
});

test("a server that does not run counts nothing", () => {
  const active = { name: "thaw.txt", findings: 2 };
  for (const state of ["starting", "stopped", "failed"] as const) {
    assert.ok(!/\d/.test(statusText(state, active).text), state);
  }
});
