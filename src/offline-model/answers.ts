import { carried } from './carried.js';
import { plain } from './plain.js';
import { quotedPassage } from './passages.js';
import { counting, longAnswer } from './samples.js';
import type { RequestView } from './request-view.js';
import { cut } from '../chatkit/core/cut.js';

const OFFLINE = 'I am offline: no language model is configured, so I can only tell what the portal gave me.';
const ABILITIES = [
  '- who you are (“Who am I?”)',
  '- what is on your screen (“Summarise this page”)',
  '- what you said before (“What did I ask?”)',
  '- something long to watch (“Count to 200”, “Write a long answer”)',
].join('\n');
const MAX_RESULT = 4000;
const MAX_RESULT_LINES = 20;

function text(values: ReadonlyMap<string, unknown>, name: string): string | undefined {
  const value = values.get(name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function list(values: ReadonlyMap<string, unknown>, name: string): string[] {
  const value = values.get(name);
  return Array.isArray(value) ? value.map(String) : [];
}

function whoAmI({ user, organisation }: RequestView): string {
  const name = text(user, 'name');
  const known: [string, string | undefined][] = [
    ['Organisation', text(organisation, 'name') ?? text(organisation, 'id')],
    ['Email', text(user, 'email')],
    ['Roles', list(user, 'roles').join(', ') || undefined],
    ['Id', text(user, 'id')],
  ];
  const lines = known.flatMap(([label, value]) =>
    value === undefined ? [] : [`- ${label}: ${plain(value)}`],
  );
  return [name === undefined ? 'You are signed in:' : `You are **${plain(name)}**.`, lines.join('\n')].join(
    '\n\n',
  );
}

function aboutPage({ page }: RequestView): string {
  if (page.size === 0) return 'The portal told me nothing about the page on your screen.';
  const title = text(page, 'title');
  const selection = text(page, 'selection');
  const headings = list(page, 'headings');
  const address = text(page, 'url') ?? text(page, 'path');
  const parts = [
    title === undefined
      ? 'You are looking at a page without a title.'
      : `You are looking at **${plain(title)}**.`,
    text(page, 'description') && plain(text(page, 'description') ?? ''),
    headings.length > 0 &&
      `It has these parts:\n\n${headings.map((entry) => `- ${plain(entry)}`).join('\n')}`,
    selection && `You have selected: “${plain(selection)}”`,
    address && `Its address is ${plain(address)}`,
  ];
  return parts.filter(Boolean).join('\n\n');
}

function saidBefore({ said }: RequestView): string {
  const mine = said.filter(({ by }) => by === 'user').map((entry) => `- ${plain(entry.text)}`);
  if (mine.length === 0) return 'You have said nothing before this in our conversation.';
  return `Before this, you said:\n\n${mine.join('\n')}`;
}

/** What the tools gave, and what the user answered in a form. */
function outcome({ results, answers }: RequestView): string[] {
  const given = results.map(
    ({ tool, output }) => `I called **${plain(tool)}**. It gave:\n\n${quotation(output)}`,
  );
  return answers === undefined
    ? given
    : [...given, `You answered:\n\n${answers.split('\n').map(answered).join('\n')}`];
}

function answered(line: string): string {
  return `- ${plain(line.replace(/^- /, ''))}`;
}

function quotation(output: string): string {
  const lines = cut(output, MAX_RESULT).split('\n').slice(0, MAX_RESULT_LINES);
  return lines.map((line) => `> ${plain(line)}`).join('\n>\n');
}

const REFUSE = /\b(?:please|must|should) refuse\b|\brefuse (?:this|to|me|it)\b/i;

/** A refusal, where one is asked for. */
export function refusalOf({ question }: RequestView): string | undefined {
  return REFUSE.test(question) ? 'I refuse to answer this, as I was asked to.' : undefined;
}

function fallback(view: RequestView): string {
  const { question, page } = view;
  const title = text(page, 'title');
  const seen = title === undefined ? '' : ` You are looking at **${plain(title)}**.`;
  const said = `You wrote: “${plain(question)}”.${seen}`;
  return carried(view).length > 0 ? said : `${said}\n\nWhat I can tell you:\n\n${ABILITIES}`;
}

function greeting({ user }: RequestView): string {
  const name = text(user, 'name');
  return `Hello${name === undefined ? '' : `, ${plain(name)}`}! Ask me about:\n\n${ABILITIES}`;
}

/** Asked for alone; the first that fits is the whole answer. */
const WHOLE: readonly (readonly [RegExp, (view: RequestView, match: RegExpMatchArray) => string])[] = [
  [/\bcount (?:up )?(?:from (?:1|one) )?to (\d{1,6})\b/i, (_, match) => counting(Number(match[1]))],
  [
    /\blong (?:\w+ ){0,2}(?:answer|text|story|reply|message)\b|\bmarkdown\b/i,
    ({ page }) => longAnswer(text(page, 'title')),
  ],
];

/** What a question can be about, several at once. */
const TOPICS: readonly (readonly [RegExp, (view: RequestView) => string])[] = [
  [
    /\bwho am i\b|\bwho i am\b|\bmy (?:name|e-?mail|roles?|organi[sz]ation|company|profile|account)\b/i,
    whoAmI,
  ],
  [
    /\b(?:did|have) (?:i|we) (?:just )?(?:say|said|ask|asked|tell|told|talk|talked|discuss|discussed|write|wrote)\b|\bi (?:said|asked)\b|\bearlier\b|\bpreviously\b|\bmy (?:last|previous|first) (?:message|question)\b/i,
    saidBefore,
  ],
  [
    /\bpage\b|\bscreen\b|\bsummari[sz]e\b|\bsummary\b|\bwhere am i\b|\bselect(?:ed|ion)\b|\barticle\b|\bheadings?\b/i,
    aboutPage,
  ],
];

const GREETING = /^(?:hi|hello|hey|good (?:morning|afternoon|evening))\b/i;

/** Markdown that answers the request, saying that no model does. */
export function answer(view: RequestView): string {
  return [OFFLINE, ...told(view), ...carried(view)].join('\n\n');
}

/** The first paragraph of it, and that no model does. */
export function briefAnswer(view: RequestView): string {
  const [first = ''] = told(view).join('\n\n').split('\n\n', 1);
  return `Offline, in brief: ${first}`;
}

function told(view: RequestView): string[] {
  const parts = outcome(view);
  return parts.length > 0 ? parts : [content(view)];
}

function content(view: RequestView): string {
  for (const [pattern, make] of WHOLE) {
    const match = pattern.exec(view.question);
    if (match !== null) return make(view, match);
  }
  const parts = TOPICS.filter(([pattern]) => pattern.test(view.question)).map(([, make]) => make(view));
  if (parts.length > 0) return parts.join('\n\n');
  return GREETING.test(view.question) ? greeting(view) : (quotedPassage(view) ?? fallback(view));
}
