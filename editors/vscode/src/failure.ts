import * as vscode from "vscode";

/** Tells the user what went wrong; the log has all of it. */
export async function tellFailure(what: string, why: string, log: vscode.OutputChannel): Promise<void> {
  log.appendLine(`${what}\n${why}`);
  const [first] = why.split("\n");
  const choice = await vscode.window.showErrorMessage(`${what} ${first}`.trim(), "Show the Log");
  if (choice !== undefined) {
    log.show();
  }
}
