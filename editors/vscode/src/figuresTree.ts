import * as path from "node:path";
import * as vscode from "vscode";
import type { Binary } from "./binary";
import type { Figure, Mention } from "./figures";
import { foldersOnDisk } from "./folders";
import { readFigures } from "./readFigures";

interface FigureNode {
  kind: "figure";
  folder: vscode.WorkspaceFolder;
  figure: Figure;
}

export interface MentionNode {
  kind: "mention";
  folder: vscode.WorkspaceFolder;
  figure: Figure;
  mention: Mention;
}

type Node = FigureNode | MentionNode;

/** The figures and, below each, its mentions. Read when first shown, and after each refresh. */
export class FiguresTree implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;
  private reading: Promise<Node[]> | undefined;
  private shown: Node[] = [];
  private abort = new AbortController();

  /** `onProblem` is given what went wrong, or undefined when all is well. */
  constructor(
    private readonly binary: Binary,
    private readonly onProblem: (problem: string | undefined) => void,
  ) {}

  /** The editor asks again only if the view is visible, so a hidden one costs nothing. */
  refresh(): void {
    this.abort.abort();
    this.abort = new AbortController();
    this.reading = undefined;
    this.changed.fire();
  }

  dispose(): void {
    this.abort.abort();
    this.changed.dispose();
  }

  getChildren(node?: Node): Node[] | Promise<Node[]> {
    if (node === undefined) {
      this.reading ??= this.read(this.abort.signal);
      return this.reading;
    }
    const { folder, figure } = node;
    return node.kind === "figure"
      ? figure.mentions.map((mention) => ({ kind: "mention", folder, figure, mention }))
      : [];
  }

  getTreeItem(node: Node): vscode.TreeItem {
    return node.kind === "figure" ? figureItem(node) : mentionItem(node);
  }

  private async read(signal: AbortSignal): Promise<Node[]> {
    try {
      const found = this.binary.locate();
      if ("problem" in found) {
        throw new Error(found.problem);
      }
      const folders = foldersOnDisk();
      const readings = await Promise.all(
        folders.map((folder) => readFigures(found.program, folder.uri.fsPath, signal)),
      );
      const problems = readings.flatMap(({ problem }) => problem ?? []);
      this.onProblem(problems.length > 0 ? problems.join("\n") : undefined);
      this.shown = folders.flatMap((folder, index) =>
        (readings[index]?.figures ?? []).map((figure): Node => ({ kind: "figure", folder, figure })),
      );
    } catch (error) {
      // After a refresh the next reading has the word; until then what is shown stays.
      if (!signal.aborted) {
        this.shown = [];
        this.onProblem(error instanceof Error ? error.message : String(error));
      }
    }
    return this.shown;
  }
}

function figureItem({ folder, figure }: FigureNode): vscode.TreeItem {
  const item = new vscode.TreeItem(figure.name, vscode.TreeItemCollapsibleState.Collapsed);
  const count = figure.mentions.length;
  const counted = count === 1 ? "1 mention" : `${count} mentions`;
  item.id = `${folder.uri.toString()}#${figure.id}`;
  item.iconPath = new vscode.ThemeIcon("person");
  item.description = foldersOnDisk().length > 1 ? `${count} · ${folder.name}` : `${count}`;
  item.tooltip = `${figure.name} (${figure.id}): ${counted}`;
  item.accessibilityInformation = { label: `${figure.name}, ${counted}` };
  return item;
}

function mentionItem(node: MentionNode): vscode.TreeItem {
  const { folder, figure, mention } = node;
  const place = `${mention.path}:${mention.line}`;
  const item = new vscode.TreeItem(mention.text);
  item.id = `${folder.uri.toString()}#${figure.id}#${place}:${mention.column}`;
  // A form that is not the corpus's own is what one looks for in this list.
  const isOwn = mention.scheme === "preferred" || mention.scheme === "accepted";
  item.description = isOwn ? place : `${place} · ${mention.scheme}`;
  item.tooltip = `${mention.text} (${mention.scheme})\n${path.join(folder.uri.fsPath, mention.path)}:${mention.line}`;
  item.command = { command: "rubricator.openMention", title: "Open the Mention", arguments: [node] };
  return item;
}
