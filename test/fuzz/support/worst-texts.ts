/** What expressions that look for pairs, runs, words and ends may stumble over when it comes again and again. */
const UNITS = [
  'Bearer |**a |~~a |``` |```\n|< |<a |> |; |# |- |* |1. |[a]: b\n|=\n|-\n|- a\n|a\n|a\n\n| |\t|\n| \n|\r|é |a '.split(
    '|',
  ),
  '\u200B \uD800 \uE0001 ` `a & &# &amp < </ <!-- > { {{ {% " "a “ ‘ 【 【1 【1, 【1† 1 1_ 1. 1: e1 + = a= ,'.split(
    ' ',
  ),
  String.raw`-eyJ eyJ. sk- a@ a. www. www.a http:// https: :// / // ( [ ]( ![ []( [a](b * *a _ _a ~ $ $a $$ \( \[`.split(
    ' ',
  ),
  String.raw`\ en, ;q= % %2 ? # | |- a A 字`.split(' '),
].flat();

/** Texts of about that length, each with its name. */
export function worstTexts(length: number): readonly (readonly [name: string, text: string])[] {
  const filled = (unit: string): string => unit.repeat(Math.ceil(length / unit.length));
  const repeated = UNITS.map((unit) => [`${JSON.stringify(unit)} again and again`, filled(unit)] as const);
  const begun = [
    '<',
    'a',
    '"',
    '[',
    '【1',
    'charset=',
    'charset="',
    'q=1',
    '1',
    '{"type"',
    '\n',
    '$',
    '>',
  ].map((head) => [`${JSON.stringify(head)} and spaces`, `${head}${filled(' ')}!`] as const);
  const ended = ['\0', '!', '<', '"', 'é'].flatMap((tail) =>
    ['a', '1', '_', '/', '.', ' ', '\n'].map(
      (unit) =>
        [
          `${JSON.stringify(unit)} again and again, and ${JSON.stringify(tail)}`,
          `${filled(unit)}${tail}`,
        ] as const,
    ),
  );
  return [...repeated, ...begun, ...ended];
}
