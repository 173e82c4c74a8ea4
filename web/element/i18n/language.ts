import type { FailureCode } from '../session/failure.js';
import type { ENGLISH } from './strings.js';

export type TextKey = keyof typeof ENGLISH;

/** A text that is another one for each kind of number that the language tells apart. */
export type Plural = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & { readonly other: string };

/** The names that stand in braces in a text. */
type Names<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;

type All<Union> = (Union extends unknown ? (of: Union) => void : never) extends (of: infer Every) => void
  ? Every
  : never;

/** A text in which each of the names stands in braces. */
type Naming<Name extends string> = [Name] extends [never]
  ? string
  : All<Name extends string ? `${string}{${Name}}${string}` : never>;

/** Every text of the element, with the same values in it as in English. */
export type Texts = {
  readonly [Key in TextKey]: (typeof ENGLISH)[Key] extends string
    ? Naming<Names<(typeof ENGLISH)[Key]>>
    : Plural;
};

/** What the element says in one language. */
export interface Language {
  readonly texts: Texts;
  readonly failures: Readonly<Record<FailureCode, string>>;
}
