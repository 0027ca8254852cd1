import * as path from "node:path";
import * as vscode from "vscode";
import type { Server } from "./server";
import { type Active, statusText } from "./statusText";
import { LANGUAGES } from "./texts";

/** The item in the status bar: how the server is, and how many findings the document has. */
export function registerStatus(server: Server): vscode.Disposable {
  const item = vscode.window.createStatusBarItem("rubricator.status", vscode.StatusBarAlignment.Right, 100);
  item.name = "Rubricator";
  item.command = "rubricator.menu";
  const update = (): void => {
    const { text, label } = statusText(server.state, activeDocument());
    item.text = text;
    item.tooltip = [label, server.version].filter(Boolean).join("\n");
    item.accessibilityInformation = { label: `Rubricator: ${label}`, role: "button" };
    item.backgroundColor =
      server.state === "failed" ? new vscode.ThemeColor("statusBarItem.errorBackground") : undefined;
  };
  update();
  item.show();
  return vscode.Disposable.from(
    item,
    server.onDidChangeState(update),
    vscode.window.onDidChangeActiveTextEditor(update),
    vscode.languages.onDidChangeDiagnostics(update),
  );
}

function activeDocument(): Active | undefined {
  const document = vscode.window.activeTextEditor?.document;
  if (document === undefined || !LANGUAGES.includes(document.languageId)) {
    return undefined;
  }
  // The problems of the check task are listed as well, under another source.
  const findings = vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === "rubricator");
  return { name: path.basename(document.uri.path), findings: findings.length };
}
