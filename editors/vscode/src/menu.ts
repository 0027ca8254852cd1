import * as vscode from "vscode";

const COMMANDS = [
  "rubricator.checkCorpus",
  "rubricator.figuresReport",
  "rubricator.createConfiguration",
  "rubricator.showLog",
  "rubricator.restart",
];

/** The command behind the status item: a choice among the others. */
export function registerMenu(manifest: Manifest): vscode.Disposable {
  const titles = new Map(manifest.contributes.commands.map(({ command, title }) => [command, title]));
  const items = COMMANDS.map((command) => ({ label: titles.get(command) ?? command, command }));
  return vscode.commands.registerCommand("rubricator.menu", async () => {
    const choice = await vscode.window.showQuickPick(items, { title: "Rubricator" });
    if (choice !== undefined) {
      await vscode.commands.executeCommand(choice.command);
    }
  });
}

/** The part of `package.json` that holds the titles of the commands. */
export interface Manifest {
  contributes: { commands: { command: string; title: string }[] };
}
