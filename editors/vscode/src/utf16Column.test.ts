import assert from "node:assert/strict";
import { test } from "node:test";
import { utf16Column } from "./utf16Column";

test("a character beyond the basic plane is two units", () => {
  assert.equal(utf16Column("𝕬 Trotsky", 1), 0);
  assert.equal(utf16Column("𝕬 Trotsky", 3), 3);
});

test("a column behind the end is the end", () => {
  assert.equal(utf16Column("abc", 9), 3);
  assert.equal(utf16Column("", 1), 0);
});
