import * as vscode from "vscode";
import { Binary } from "./binary";
import { registerCheckTask } from "./checkTask";
import { registerCreateConfiguration } from "./createConfiguration";
import { registerFiguresReport } from "./figuresReport";
import { registerFiguresView } from "./figuresView";
import { type Manifest, registerMenu } from "./menu";
import { Server } from "./server";
import { registerStatus } from "./status";
import { watchForTexts } from "./texts";

let server: Server | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const log = vscode.window.createOutputChannel("Rubricator");
  const binary = new Binary(context.extensionPath, log);
  const running = new Server(binary, log);
  server = running;
  context.subscriptions.push(
    log,
    running,
    registerStatus(running),
    registerCheckTask(binary),
    registerFiguresReport(binary, context.globalStorageUri, log),
    registerCreateConfiguration(binary, log),
    registerFiguresView(binary, log),
    registerMenu(context.extension.packageJSON as Manifest),
    watchForTexts(),
    vscode.commands.registerCommand("rubricator.showLog", () => log.show()),
    vscode.commands.registerCommand("rubricator.restart", () => running.restart()),
    vscode.workspace.onDidChangeConfiguration((change) => {
      // What the server is started with; it is told of the other settings while it runs.
      const started = ["rubricator.server", "rubricator.diagnosticMode"];
      if (started.some((section) => change.affectsConfiguration(section))) {
        void running.restart();
      }
    }),
  );
  await running.restart();
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}
