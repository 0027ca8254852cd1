import { createHash } from "node:crypto";
import * as vscode from "vscode";
import type { Binary } from "./binary";
import { tellFailure } from "./failure";
import { pickFolder } from "./folders";
import { run } from "./run";

/** The command that writes the report of the figures and opens it in the browser. */
export function registerFiguresReport(
  binary: Binary,
  storage: vscode.Uri,
  log: vscode.OutputChannel,
): vscode.Disposable {
  return vscode.commands.registerCommand("rubricator.figuresReport", async () => {
    const program = binary.require();
    const folder = program && (await pickFolder("The folder whose figures are reported"));
    if (!program || !folder) {
      return;
    }
    await vscode.workspace.fs.createDirectory(storage);
    const report = vscode.Uri.joinPath(storage, reportName(folder));
    const args = ["figures", "report", report.fsPath];
    try {
      const location = vscode.ProgressLocation.Notification;
      const title = "Writing the report of the figures";
      const ended = await vscode.window.withProgress({ location, title, cancellable: true }, (_, token) => {
        const abort = new AbortController();
        token.onCancellationRequested(() => abort.abort());
        return run({ program, args, cwd: folder.fsPath, signal: abort.signal });
      });
      if (ended.status !== 0) {
        throw new Error(ended.errors);
      }
      await open(report);
    } catch (error) {
      if (error instanceof Error && error.name !== "AbortError") {
        await tellFailure("The report was not written.", error.message, log);
      }
    }
  });
}

/** One report a folder, so that an open page can be loaded again. */
function reportName(folder: vscode.Uri): string {
  const digest = createHash("sha256").update(folder.toString()).digest("hex");
  return `figures-${digest.slice(0, 12)}.html`;
}

async function open(report: vscode.Uri): Promise<void> {
  // A browser cannot open a file that lies on another machine.
  const isHere = vscode.env.remoteName === undefined;
  if (isHere && (await vscode.env.openExternal(report))) {
    return;
  }
  const copy = "Copy the Path";
  const choice = await vscode.window.showInformationMessage(`The report is in ${report.fsPath}`, copy, "Open as Text");
  if (choice === copy) {
    await vscode.env.clipboard.writeText(report.fsPath);
  } else if (choice !== undefined) {
    await vscode.window.showTextDocument(report);
  }
}
