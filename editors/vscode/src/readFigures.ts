import type { Figure } from "./figures";
import { Gathering, readListed } from "./figures";
import { run } from "./run";

/** The figures of a folder, and what could not be read. */
export interface Reading {
  figures: Figure[];
  problem: string | undefined;
}

/** Asks the program who is named in a folder's texts. */
export async function readFigures(program: string, cwd: string, signal: AbortSignal): Promise<Reading> {
  const gathering = new Gathering();
  const args = ["figures", "mentions", "--format", "jsonl"];
  const [ended, names] = await Promise.all([
    run({ program, args, cwd, signal, onLine: (line) => gathering.add(line) }),
    readNames(program, cwd, signal),
  ]);
  // A file that cannot be read ends the run with a status, but the others are listed.
  return { figures: gathering.figures(names), problem: ended.status === 0 ? undefined : ended.errors };
}

async function readNames(program: string, cwd: string, signal: AbortSignal): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  const onLine = (line: string): void => {
    names.set(...readListed(line));
  };
  await run({ program, args: ["figures", "list", "--format", "jsonl"], cwd, signal, onLine });
  return names;
}
