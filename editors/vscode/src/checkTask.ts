import * as vscode from "vscode";
import type { Binary } from "./binary";
import { foldersOnDisk } from "./folders";

const TYPE = "rubricator";

/** A task of `tasks.json` with the type `rubricator`. */
interface CheckDefinition extends vscode.TaskDefinition {
  /** What `rubricator check` is given besides the format. */
  args?: string[];
}

/** With findings the program's status is 1, which the editor would show as a failure to start. */
const USUAL_ARGS = ["--fail-on", "never"];

/** The task that checks a workspace folder, and the command that runs it for each of them. */
export function registerCheckTask(binary: Binary): vscode.Disposable {
  const provider: vscode.TaskProvider = {
    provideTasks: () => {
      const found = binary.locate();
      return "program" in found ? checks(found.program) : [];
    },
    resolveTask: ({ definition, scope }) => {
      const found = binary.locate();
      const isFolder = typeof scope === "object";
      return "program" in found && isFolder ? checkTask(found.program, scope, definition) : undefined;
    },
  };
  return vscode.Disposable.from(
    vscode.tasks.registerTaskProvider(TYPE, provider),
    vscode.commands.registerCommand("rubricator.checkCorpus", () => checkCorpus(binary)),
  );
}

async function checkCorpus(binary: Binary): Promise<void> {
  // The palette hides the command in these two cases; the menu and the walkthrough do not.
  if (!vscode.workspace.isTrusted) {
    void vscode.window.showInformationMessage("The editor runs tasks only in a folder that you trust.");
    return;
  }
  if (foldersOnDisk().length === 0) {
    void vscode.window.showInformationMessage("Open the folder that holds the texts, then check it.");
    return;
  }
  const program = binary.require();
  for (const task of program === undefined ? [] : checks(program)) {
    await vscode.tasks.executeTask(task);
  }
}

function checks(program: string): vscode.Task[] {
  return foldersOnDisk().map((folder) => checkTask(program, folder, { type: TYPE }));
}

function checkTask(program: string, folder: vscode.WorkspaceFolder, definition: CheckDefinition): vscode.Task {
  const args = ["check", "--format", "concise", "--no-progress", ...(definition.args ?? USUAL_ARGS)];
  const execution = new vscode.ProcessExecution(program, args, { cwd: folder.uri.fsPath });
  // What the server shows of all files is not to be listed twice.
  const mode = vscode.workspace.getConfiguration("rubricator", folder).get("diagnosticMode");
  const matchers = mode === "workspace" ? [] : ["$rubricator"];
  const task = new vscode.Task(definition, folder, "check", "rubricator", execution, matchers);
  task.detail = `rubricator ${args.join(" ")}`;
  // The findings go to the list of problems; the terminal comes up if there is another trouble.
  task.presentationOptions = { reveal: vscode.TaskRevealKind.Silent, clear: true };
  return task;
}
