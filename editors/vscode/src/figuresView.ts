import * as vscode from "vscode";
import type { Binary } from "./binary";
import { FiguresTree } from "./figuresTree";
import { registerOpenMention } from "./openMention";
import { LANGUAGES } from "./texts";

/** One save of many files, or of one file many times, is answered once. */
const QUIET_MILLISECONDS = 1000;

/** The view of the figures, filled again by its button and after a save. */
export function registerFiguresView(binary: Binary, log: vscode.OutputChannel): vscode.Disposable {
  const tree = new FiguresTree(binary, (problem) => {
    view.message = problem?.split("\n")[0];
    if (problem !== undefined) {
      log.appendLine(problem);
    }
  });
  const view = vscode.window.createTreeView("rubricator.figures", { treeDataProvider: tree, showCollapseAll: true });
  let timer: NodeJS.Timeout | undefined;
  const refreshSoon = (document: vscode.TextDocument): void => {
    if (isOfCorpus(document) && refreshesOnSave()) {
      clearTimeout(timer);
      timer = setTimeout(() => tree.refresh(), QUIET_MILLISECONDS);
    }
  };
  return vscode.Disposable.from(
    view,
    tree,
    registerOpenMention(),
    vscode.commands.registerCommand("rubricator.refreshFigures", () => tree.refresh()),
    vscode.workspace.onDidSaveTextDocument(refreshSoon),
    vscode.workspace.onDidChangeWorkspaceFolders(() => tree.refresh()),
    vscode.workspace.onDidChangeConfiguration((change) => {
      // Another program may be found, or one at last.
      if (change.affectsConfiguration("rubricator.server")) {
        tree.refresh();
      }
    }),
    { dispose: () => clearTimeout(timer) },
  );
}

/** A text, the configuration or an authority; the latter two need not have a language here. */
function isOfCorpus({ languageId, uri }: vscode.TextDocument): boolean {
  const isInWorkspace = vscode.workspace.getWorkspaceFolder(uri) !== undefined;
  return isInWorkspace && (LANGUAGES.includes(languageId) || uri.path.endsWith(".toml"));
}

function refreshesOnSave(): boolean {
  return vscode.workspace.getConfiguration("rubricator").get("figures.refreshOnSave", true);
}
