import * as vscode from "vscode";
import { LanguageClient, type LanguageClientOptions, Trace } from "vscode-languageclient/node";
import { registerCheckTask } from "./checkTask";
import { isFile, locateServer } from "./serverLocation";

let client: LanguageClient | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const log = vscode.window.createOutputChannel("Rubricator");
  const program = (): string | undefined => findServer(context, log);
  context.subscriptions.push(
    log,
    vscode.commands.registerCommand("rubricator.showLog", () => log.show()),
    vscode.commands.registerCommand("rubricator.restart", async () => {
      await stop();
      await start(program(), log);
    }),
    registerCheckTask(program),
  );
  await start(program(), log);
}

export async function deactivate(): Promise<void> {
  await stop();
}

function findServer(context: vscode.ExtensionContext, log: vscode.OutputChannel): string | undefined {
  const configured = vscode.workspace.getConfiguration("rubricator").inspect<string>("server.path");
  const found = locateServer({
    // Only what the user set counts, whatever a workspace says.
    configured: configured?.globalValue ?? "",
    extension: context.extensionPath,
    searchPath: process.env["PATH"] ?? "",
    platform: process.platform,
    isFile,
  });
  if ("program" in found) {
    return found.program;
  }
  log.appendLine(found.problem);
  void vscode.window.showErrorMessage(found.problem, "Open Settings").then((choice) => {
    if (choice !== undefined) {
      void vscode.commands.executeCommand("workbench.action.openSettings", "rubricator.server.path");
    }
  });
  return undefined;
}

async function start(program: string | undefined, log: vscode.OutputChannel): Promise<void> {
  if (program === undefined) {
    return;
  }
  const languages = ["plaintext", "markdown", "html", "xml"];
  const options: LanguageClientOptions = {
    documentSelector: languages.flatMap((language) => [
      { scheme: "file", language },
      { scheme: "untitled", language },
    ]),
    outputChannel: log,
    initializationOptions: vscode.workspace.getConfiguration("rubricator"),
    synchronize: { configurationSection: "rubricator" },
  };
  client = new LanguageClient("rubricator", "Rubricator", { command: program, args: ["server"] }, options);
  const trace = vscode.workspace.getConfiguration("rubricator").get<string>("trace.server", "off");
  await client.setTrace(Trace.fromString(trace));
  await client.start();
}

async function stop(): Promise<void> {
  const running = client;
  client = undefined;
  await running?.stop();
}
