/** The editor's column, in UTF-16 units from 0, of a column in characters from 1. */
export function utf16Column(line: string, column: number): number {
  let units = 0;
  let left = column - 1;
  for (const character of line) {
    if (left <= 0) {
      break;
    }
    units += character.length;
    left -= 1;
  }
  return units;
}
