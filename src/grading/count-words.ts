const cjk = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}`;
const wordPattern = new RegExp(
  String.raw`[${cjk}]|(?:(?![${cjk}])[\p{L}\p{N}])(?:(?![${cjk}])[\p{L}\p{N}\p{M}'’\u200c\u00ad-]|(?<=[\p{L}\p{N}])[.,:](?=\p{N}))*`,
  'gu',
);

/**
 * Words as a reader counts them: runs that hold a letter or a digit, numbers and claim ids whole, each sign of Chinese
 * or Japanese by itself, a web address as one.
 */
export const countWords = (text: string): number =>
  text.replace(/\bhttps?:\/\/\S+/gi, ' address ').match(wordPattern)?.length ?? 0;
