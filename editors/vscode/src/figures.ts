/** A place where a text names a figure; lines and columns count from 1, columns in characters. */
export interface Mention {
  /** The path of the file, from the folder that was read. */
  path: string;
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
  text: string;
  /** What the form is to the figure: `preferred`, `accepted`, `variant` or a romanisation. */
  scheme: string;
}

export interface Figure {
  id: string;
  name: string;
  mentions: Mention[];
}

/** A line of `figures mentions --format jsonl`, as far as it is used here. */
interface MentionLine {
  path: string;
  start: { line: number; column: number };
  end: { line: number; column: number };
  text: string;
  figure: string | null;
  scheme: string | null;
}

/** Gathers the lines of `figures mentions` by figure; names that are nobody's are left out. */
export class Gathering {
  private readonly mentions = new Map<string, Mention[]>();

  add(line: string): void {
    const { path, start, end, text, figure, scheme } = JSON.parse(line) as MentionLine;
    if (figure === null) {
      return;
    }
    const mention: Mention = {
      path,
      line: start.line,
      column: start.column,
      endLine: end.line,
      endColumn: end.column,
      text,
      scheme: scheme ?? "preferred",
    };
    const known = this.mentions.get(figure);
    if (known === undefined) {
      this.mentions.set(figure, [mention]);
    } else {
      known.push(mention);
    }
  }

  /** The figures, the most often named first. */
  figures(names: ReadonlyMap<string, string>): Figure[] {
    const figures = [...this.mentions].map(([id, mentions]) => ({ id, name: names.get(id) ?? id, mentions }));
    return figures.sort((a, b) => b.mentions.length - a.mentions.length || a.name.localeCompare(b.name));
  }
}

/** The id and the preferred name in a line of `figures list --format jsonl`. */
export function readListed(line: string): [id: string, name: string] {
  const { id, name } = JSON.parse(line) as { id: string; name: string };
  return [id, name];
}
