/** Letters of the pictures are 12.5 units high; of their width this is the mean, in system fonts. */
const LETTER = 7;

/** Cuts a text that would not fit in `width` units. */
export const cut = (text: string, width: number): string => {
  const letters = Array.from(text);
  const most = Math.floor(width / LETTER);
  return letters.length <= most
    ? text
    : `${letters
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`;
};

/** A text in lines that fit in `width` units, broken between words; what does not fit in `most` lines is cut. */
export const linesOf = (text: string, width: number, most: number): string[] => {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word;
    const fits = lines.length > 0 && longer.length * LETTER <= width;
    if (fits || lines.length === most) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.map((line) => cut(line, width));
};
