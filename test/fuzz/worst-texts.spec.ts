import { readCursor as readAuditCursor } from '../../src/audit/audit-cursor.js';
import { readCursor } from '../../src/admin/feedback/feedback-cursor.js';
import { Redaction } from '../../src/mcp/redaction.js';
import { ToolArguments } from '../../src/offline-model/tool-arguments.js';
import { cleanLine, messageText } from '../../src/model-text/data-text.js';
import { CitationText } from '../../src/retrieval/citation-text.js';
import { titleFromModel } from '../../src/agents/titles/title-text.js';
import { preferredLanguage } from '../../src/auth/http/locale.js';
import { returnPath } from '../../src/auth/session/return-path.js';
import { datetime, integer, number } from '../../src/chatkit/core/wire/primitives.js';
import { isJson } from '../../src/chatkit/http/content-type.js';
import { redact } from '../../src/common/logging/redact.js';
import { ScriptedModel } from '../../src/testing/scripted-model.js';
import { GrowingMarkdown } from '../../web/element/markdown/blocks.js';
import { placeMarks } from '../../web/element/markdown/citations.js';
import { decodeEntities } from '../../web/element/markdown/entities.js';
import { plainText } from '../../web/element/markdown/plain.js';
import { judgeImage, safeLink } from '../../web/element/markdown/safe-url.js';
import type { Source } from '../../web/element/session/wire.js';
import { Chat, collect, contextOf } from '../agents/support/chat.js';
import { expectInProportion } from './support/in-proportion.js';
import { SignalSeal } from '../../src/store/signals/signal-seal.js';
import { isLong } from './support/runs.js';
import { worstTexts } from './support/worst-texts.js';

/** What grows with the square of a length shows where a text is as long as this, too. */
const LONG = isLong ? 100_000 : 30_000;
/** Growing Markdown takes more for each character. */
const LONG_MARKDOWN = isLong ? 20_000 : 8_000;
const SHORTER = 4;

const source: Source = { type: 'url', url: 'https://portal.test/', title: 'Portal' };
const redaction = new Redaction();
for (const secret of ['eyJhbGciOi.eyJzdWIi.c2ln', 'aaaaaaaaaaaaaaaaaaaa!', '          ', '(((((((((('])
  redaction.add(secret);

/** A request that has the text wherever a member can write. */
function saying(text: string): object {
  const tag = { type: 'input_tag', id: 't', text: text.slice(0, 10_000), data: { text }, group: 'g' };
  const content = [{ type: 'input_text', text }, tag];
  const input = { content, attachments: [], quoted_text: text, inference_options: {} };
  return { type: 'threads.create', params: { input } };
}

const READERS: Readonly<Record<string, (text: string) => unknown>> = {
  'a text for the prompt': (text) => messageText(text, LONG),
  'a line for the prompt': (text) => cleanLine(text, LONG),
  'a log line': (text) => redact({ path: text, error: new TypeError(text) }),
  'the place of an error': (text) => redact(new Error(text)),
  'a title by the model': titleFromModel,
  'an answer with citations': (text) => new CitationText().push(text),
  'arguments for a tool': (text) =>
    new ToolArguments(text).of({ properties: { a: { type: 'string' }, b: { type: 'number' } } }),
  'a text with secrets': (text) => [redaction.text(text), redaction.pending(text)],
  'a content type': (text) => isJson(`application/json;${text}`),
  languages: preferredLanguage,
  'a path to return to': (text) => returnPath(`/${text}`, 'https://portal.test'),
  'numbers and times': (text) => [number, integer, datetime].map((schema) => schema.safeParse(text)),
  'a cursor': (text) => {
    try {
      return readCursor(text);
    } catch {
      return undefined;
    }
  },
  'a cursor of the audit log': (text) => {
    try {
      return readAuditCursor(text);
    } catch {
      return undefined;
    }
  },
  'a sealed signal': (text) => new SignalSeal(Buffer.alloc(32), 1, 1).open('answers', text, 1),
  'marks of sources': (text) =>
    placeMarks(
      text,
      Array.from({ length: 1000 }, (_, at) => ({ index: at * 250, source })),
      [source],
    ),
  'characters by name': decodeEntities,
  addresses: (text) => [safeLink(text), judgeImage(text, ['portal.test'], 'https://portal.test')],
};

/** Reads each worst text, and sees to it that reading takes no longer than its length explains. */
async function readAll(length: number, read: (text: string) => unknown): Promise<void> {
  const shorter = worstTexts(length / SHORTER);
  for (const [at, [name, text]] of worstTexts(length).entries()) {
    await expectInProportion(name, read, text, shorter[at]?.[1] ?? '');
  }
}

describe('The worst texts of their length', () => {
  it.each(Object.entries(READERS))('are read as %s in time', (_as, read) => readAll(LONG, read));

  it('are taken as a message, its tag, its quote and the page it is written on', async () => {
    const chat = new Chat(new ScriptedModel({}));
    await readAll(LONG, async (text) => {
      const metadata = { pageContext: { title: text, url: text, headings: text, selection: text } };
      const events = await collect(chat.stream(saying(text), contextOf({ metadata })));
      expect(events.filter(({ type }) => type === 'error')).toEqual([]);
      expect(events.length).toBeGreaterThan(3);
    });
  });

  it('are split into Markdown, while they come and once they are there', () =>
    readAll(LONG_MARKDOWN, (text) => {
      const growing = new GrowingMarkdown();
      growing.read(text.slice(0, text.length / 2), false);
      growing.read(text, true);
    }));

  it.each(['_a', '1_', '*a', '[](', '\\(', '$a', '`a', '&#', 'a@', 'www.', 'a\n\n', '**a '])(
    'are split into Markdown in time where they are %j again and again',
    (unit) => {
      const text = unit.repeat(LONG / unit.length);
      return expectInProportion(unit, plainText, text, text.slice(0, LONG / SHORTER));
    },
  );
});
