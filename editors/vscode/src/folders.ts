import * as vscode from "vscode";

/** The workspace folders on this machine's disk, which the program can read. */
export function foldersOnDisk(): vscode.WorkspaceFolder[] {
  return (vscode.workspace.workspaceFolders ?? []).filter((folder) => folder.uri.scheme === "file");
}

/** The folder a command is for: the only one, or the one that the user picks. */
export async function pickFolder(placeHolder: string): Promise<vscode.Uri | undefined> {
  const folders = foldersOnDisk();
  if (folders.length === 0) {
    const picked = await vscode.window.showOpenDialog({
      canSelectFiles: false,
      canSelectFolders: true,
      openLabel: "Choose",
      title: placeHolder,
    });
    return picked?.[0];
  }
  if (folders.length === 1) {
    return folders[0]?.uri;
  }
  return (await vscode.window.showWorkspaceFolderPick({ placeHolder }))?.uri;
}
