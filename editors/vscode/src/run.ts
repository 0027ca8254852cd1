import { spawn } from "node:child_process";

/** How a run of the program ended. */
export interface Ended {
  /** The exit status; null if a signal ended it. */
  status: number | null;
  /** What it wrote to standard error. */
  errors: string;
}

export interface Run {
  program: string;
  args: string[];
  cwd: string;
  /** Ends the run early; `run` then rejects with an `AbortError`. */
  signal?: AbortSignal;
  /**
   * Takes each line of standard output as it comes: a large corpus has millions. What it throws
   * ends the run.
   */
  onLine?: (line: string) => void;
}

/** Runs the program to its end. Rejects if it cannot be started. */
export function run({ program, args, cwd, signal, onLine }: Run): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, signal, stdio: ["ignore", "pipe", "pipe"], windowsHide: true });
    let errors = "";
    let rest = "";
    const take = (line: string): void => {
      try {
        onLine?.(line);
      } catch (error) {
        reject(error);
        child.kill();
      }
    };
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => (errors += chunk));
    // `readline` would also break at U+2028, which may stand inside a line of JSON.
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      const lines = (rest + chunk).split("\n");
      rest = lines.pop() ?? "";
      lines.forEach(take);
    });
    child.on("error", reject);
    child.on("close", (status) => {
      if (rest !== "") {
        take(rest);
      }
      resolve({ status, errors: errors.trim() });
    });
  });
}
