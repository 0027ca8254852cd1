import * as vscode from "vscode";

/** The languages of the texts that the server reads. */
export const LANGUAGES = ["plaintext", "markdown", "html", "xml"];

/** The authority: what the texts say of whom is shown there, too. */
export const FIGURES_FILES = "**/figures.toml";

/** The files of these languages, by the ends of names that the program knows. */
export const TEXT_FILES = "**/*.{txt,md,markdown,html,htm,xhtml,xml,tei}";

/** Holds the context key `rubricator.hasTexts`, on which the view of figures depends. */
export function watchForTexts(): vscode.Disposable {
  const key = "rubricator.hasTexts";
  let hasTexts = false;
  const look = async (): Promise<void> => {
    const found = await vscode.workspace.findFiles(TEXT_FILES, "**/node_modules/**", 1);
    hasTexts = found.length > 0;
    await vscode.commands.executeCommand("setContext", key, hasTexts);
  };
  const watcher = vscode.workspace.createFileSystemWatcher(TEXT_FILES, false, true, true);
  void look();
  return vscode.Disposable.from(
    watcher,
    watcher.onDidCreate(() => (hasTexts ? undefined : look())),
    vscode.workspace.onDidChangeWorkspaceFolders(look),
  );
}
