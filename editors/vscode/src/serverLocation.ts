import * as fs from "node:fs";
import * as path from "node:path";

/** What decides where the server is. */
export interface Surroundings {
  /** The machine's setting; empty where there is none. */
  configured: string;
  /** The folder of the extension. */
  extension: string;
  /** The value of `PATH`. */
  searchPath: string;
  platform: NodeJS.Platform;
  isFile(candidate: string): boolean;
}

/** Where the server was found, or what to tell the user. */
export type Location = { program: string } | { problem: string };

/**
 * The server by the setting, then the one that comes with the extension, then the one on the
 * `PATH`. A setting that leads nowhere is a mistake to show, not to work around.
 */
export function locateServer(around: Surroundings): Location {
  const name = around.platform === "win32" ? "rubricator.exe" : "rubricator";
  if (around.configured !== "") {
    return around.isFile(around.configured)
      ? { program: around.configured }
      : { problem: `rubricator.server.path names no file: ${around.configured}` };
  }
  const bundled = path.join(around.extension, "server", name);
  const separator = around.platform === "win32" ? ";" : ":";
  // A relative entry of the PATH would be a place in the workspace.
  const folders = around.searchPath.split(separator).filter((folder) => path.isAbsolute(folder));
  const candidates = [bundled, ...folders.map((folder) => path.join(folder, name))];
  const program = candidates.find((candidate) => around.isFile(candidate));
  return program === undefined
    ? { problem: "The program rubricator was not found: install it, or set rubricator.server.path." }
    : { program };
}

export function isFile(candidate: string): boolean {
  try {
    return fs.statSync(candidate).isFile();
  } catch {
    return false;
  }
}
