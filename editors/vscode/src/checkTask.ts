import * as vscode from "vscode";

/** The command that checks every workspace folder and fills the list of problems. */
export function registerCheckTask(program: () => string | undefined): vscode.Disposable {
  return vscode.commands.registerCommand("rubricator.checkCorpus", async () => {
    const server = program();
    if (server === undefined) {
      return;
    }
    for (const folder of vscode.workspace.workspaceFolders ?? []) {
      const check = new vscode.ProcessExecution(server, ["check", "--format", "concise", "."], {
        cwd: folder.uri.fsPath,
      });
      const kind = { type: "process" };
      const task = new vscode.Task(kind, folder, "check", "rubricator", check, "$rubricator");
      await vscode.tasks.executeTask(task);
    }
  });
}
