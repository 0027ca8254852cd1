import * as vscode from "vscode";
import type { Binary } from "./binary";
import { tellFailure } from "./failure";
import { pickFolder } from "./folders";
import { run } from "./run";

/** The command that writes a starter `rubricator.toml` and opens it; one that is there stays. */
export function registerCreateConfiguration(binary: Binary, log: vscode.OutputChannel): vscode.Disposable {
  return vscode.commands.registerCommand("rubricator.createConfiguration", async () => {
    const program = binary.require();
    const folder = program && (await pickFolder("The folder that rubricator.toml is written to"));
    if (!program || !folder) {
      return;
    }
    try {
      const ended = await run({ program, args: ["init"], cwd: folder.fsPath });
      if (ended.status !== 0) {
        throw new Error(ended.errors);
      }
      await vscode.window.showTextDocument(vscode.Uri.joinPath(folder, "rubricator.toml"));
    } catch (error) {
      await tellFailure("The configuration was not written.", String(error), log);
    }
  });
}
