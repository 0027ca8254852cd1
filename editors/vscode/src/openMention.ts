import * as vscode from "vscode";
import type { MentionNode } from "./figuresTree";
import { utf16Column } from "./utf16Column";

/** The command behind a mention in the tree: shows its place, with the name selected. */
export function registerOpenMention(): vscode.Disposable {
  return vscode.commands.registerCommand("rubricator.openMention", async ({ folder, mention }: MentionNode) => {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, mention.path));
    const position = (line: number, column: number): vscode.Position => {
      // The text may have become shorter since the tree was filled.
      const row = document.lineAt(Math.min(line, document.lineCount) - 1);
      return new vscode.Position(row.lineNumber, utf16Column(row.text, column));
    };
    const selection = new vscode.Range(
      position(mention.line, mention.column),
      position(mention.endLine, mention.endColumn),
    );
    await vscode.window.showTextDocument(document, { selection, preserveFocus: true, preview: true });
  });
}
