const MAX_COUNT = 1000;
const PER_LINE = 10;

/** The numbers from 1 to `last` (at most 1,000), ten to a line. */
export function counting(last: number): string {
  const numbers = Array.from({ length: Math.min(Math.max(last, 1), MAX_COUNT) }, (_, index) => index + 1);
  const lines: string[] = [];
  for (let start = 0; start < numbers.length; start += PER_LINE) {
    lines.push(numbers.slice(start, start + PER_LINE).join(', '));
  }
  return lines.join(',\n');
}

const SECTIONS: readonly string[] = [
  `## How an answer reaches you

1. The portal sends your message together with **who you are** and *what is on your screen*.
2. The server checks your sign-in and looks up what was said before.
3. The answer comes back word by word and is stored when it is complete.`,
  `## The same as code

\`\`\`ts
for await (const event of answer) {
  if (event.type === 'thread.item.updated') show(event.update);
}
\`\`\``,
  `## What you can do meanwhile

| While the answer grows | Afterwards |
| --- | --- |
| stop it | ask it again |
| scroll through it | copy it |
| open another page | find it in the history |`,
  `## What it is good for

- A long answer shows whether the view follows the text without jumping.
- A list, a table and a block of code show whether Markdown holds together while it is incomplete.
- The button that stops an answer has something to stop.

> Nothing of this was thought up by a model: the text is always the same.`,
];

/** A long answer with headings, lists, a block of code and a table. */
export function longAnswer(subject: string | undefined): string {
  const title = subject === undefined ? '# A long answer' : `# A long answer, beside “${subject}”`;
  const filler = Array.from(
    { length: 6 },
    (_, index) =>
      `Paragraph ${index + 1} only takes up room. It is here so that the answer is long enough to watch it ` +
      `grow, to read along, to change your mind and to stop it before it is over.`,
  );
  return [title, ...SECTIONS, '## And some more text', ...filler].join('\n\n');
}
