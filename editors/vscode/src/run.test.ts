import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "./run";

const here = { program: process.execPath, cwd: process.cwd() };

test("lines are given as they are, the last one without its end too", async () => {
  const lines: string[] = [];
  const script = String.raw`process.stdout.write("a\u2028b\n\nc")`;
  const ended = await run({ ...here, args: ["-e", script], onLine: (line) => lines.push(line) });
  assert.deepEqual(lines, ["a\u2028b", "", "c"]);
  assert.deepEqual(ended, { status: 0, errors: "" });
});

test("the status and the errors are told", async () => {
  const ended = await run({ ...here, args: ["-e", "console.error('no such file'); process.exit(2)"] });
  assert.deepEqual(ended, { status: 2, errors: "no such file" });
});

test("what the reader of lines throws ends the run", async () => {
  const onLine = (): never => {
    throw new SyntaxError("no JSON");
  };
  await assert.rejects(run({ ...here, args: ["-e", "console.log('x')"], onLine }), SyntaxError);
});

test("a run is ended by its signal", async () => {
  const abort = new AbortController();
  const running = run({ ...here, args: ["-e", "setTimeout(() => {}, 60_000)"], signal: abort.signal });
  abort.abort();
  await assert.rejects(running, { name: "AbortError" });
});

test("a program that is not there is told", async () => {
  await assert.rejects(run({ ...here, program: "/no/where", args: [] }), { code: "ENOENT" });
});
