import * as vscode from "vscode";
import { isFile, locateServer, type Location } from "./serverLocation";

/** The program `rubricator` on this machine. */
export class Binary {
  constructor(
    private readonly extensionPath: string,
    private readonly log: vscode.OutputChannel,
  ) {}

  locate(): Location {
    const configured = vscode.workspace.getConfiguration("rubricator").inspect<string>("server.path");
    return locateServer({
      // Only what the user set counts, whatever a workspace says.
      configured: configured?.globalValue ?? "",
      extension: this.extensionPath,
      searchPath: process.env["PATH"] ?? "",
      platform: process.platform,
      isFile,
    });
  }

  /** The program's path; where there is none, the user is told and may mend the setting. */
  require(): string | undefined {
    const found = this.locate();
    if ("program" in found) {
      return found.program;
    }
    this.log.appendLine(found.problem);
    void vscode.window.showErrorMessage(found.problem, "Open Settings").then((choice) => {
      if (choice !== undefined) {
        void vscode.commands.executeCommand("workbench.action.openSettings", "rubricator.server.path");
      }
    });
    return undefined;
  }
}
