import assert from "node:assert/strict";
import { test } from "node:test";
import { Gathering, readListed } from "./figures";

function line(path: string, row: number, text: string, figure: string | null, scheme: string | null): string {
  const start = { line: row, column: 3, offset: 40 };
  const end = { line: row, column: 3 + text.length, offset: 40 + text.length };
  return JSON.stringify({ path, start, end, text, figure, scheme });
}

test("mentions are gathered by figure, the most often named first", () => {
  const gathering = new Gathering();
  gathering.add(line("a.txt", 2, "Trotskii", "trotsky", "ala-lc"));
  gathering.add(line("a.txt", 4, "Khrushchev", "khrushchev", "preferred"));
  gathering.add(line("b.txt", 1, "Khrushchev", "khrushchev", "preferred"));
  const figures = gathering.figures(new Map([["khrushchev", "Nikita Khrushchev"]]));
  assert.deepEqual(
    figures.map(({ name, mentions }) => [name, mentions.length]),
    [
      ["Nikita Khrushchev", 2],
      ["trotsky", 1],
    ],
  );
  assert.deepEqual(figures[1]?.mentions, [
    { path: "a.txt", line: 2, column: 3, endLine: 2, endColumn: 11, text: "Trotskii", scheme: "ala-lc" },
  ]);
});

test("a name that is nobody's is left out", () => {
  const gathering = new Gathering();
  gathering.add(line("a.txt", 2, "Nobody", null, null));
  assert.deepEqual(gathering.figures(new Map()), []);
});

test("names are read from the list of figures", () => {
  assert.deepEqual(readListed('{"id":"trotsky","name":"Leon Trotsky"}'), ["trotsky", "Leon Trotsky"]);
});
