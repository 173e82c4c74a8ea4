/**
 * Scripts whose words are not set apart by spaces (Chinese, Japanese, Thai, Lao, Khmer, Burmese) or whose particles
 * stand at a word without one (Korean, Arabic, Hebrew), with their punctuation: for a class of a regular expression.
 */
export const JOINED =
  '\\p{sc=Han}\\p{sc=Hira}\\p{sc=Kana}\\p{sc=Bopo}\\p{sc=Hang}\\p{sc=Yiii}\\p{sc=Thai}\\p{sc=Laoo}\\p{sc=Khmr}\\p{sc=Mymr}' +
  '\\p{sc=Arab}\\p{sc=Hebr}،؛؟\\u3000-\\u303F\\u309B\\u309C\\u30A0\\u30FB\\u30FC\\uFE30-\\uFE4F\\uFF01-\\uFF65\\uFFE0-\\uFFE6';

/** Punctuation beyond ASCII, but for what stands inside of names: hyphens and middle dots. */
export const FOREIGN_PUNCTUATION =
  '(?![!-~·‧・‐-–])[\\p{P}\\uFF01-\\uFF0F\\uFF1A-\\uFF20\\uFF3B-\\uFF40\\uFF5B-\\uFF65]';
