import type { AgentInputItem, ModelRequest } from '@openai/agents';
import { MENTIONS, QUOTED } from '../model-text/input-texts.js';
import type { DataBlock } from '../model-text/data-text.js';
import { attachedParts, contentText, isContext, outputText } from './input-view.js';

/** A thing said earlier. */
export interface Said {
  readonly by: 'user' | 'assistant' | 'other';
  readonly text: string;
}

/** What a tool gave, or the page in its place. */
export interface ToolResult {
  readonly tool: string;
  readonly output: string;
}

/** What a model can read out of a request, and nothing else. */
export interface RequestView {
  /** The user's last message. */
  readonly question: string;
  /** Names and types of what is attached to it. */
  readonly attachments: readonly string[];
  /** What it mentions, each as JSON. */
  readonly mentions: readonly string[];
  readonly quoted: string | undefined;
  /** Answers to a form that the question has led to, one to a line. */
  readonly answers: string | undefined;
  /** What the tools called for the question gave, oldest first. */
  readonly results: readonly ToolResult[];
  /** Names of the tools called for the question. */
  readonly called: ReadonlySet<string>;
  readonly organisation: ReadonlyMap<string, unknown>;
  readonly user: ReadonlyMap<string, unknown>;
  readonly page: ReadonlyMap<string, unknown>;
  /** Passages of documents, the best first. */
  readonly passages: readonly unknown[];
  /** Oldest first. */
  readonly said: readonly Said[];
  /** Whether tools may be called: not after the page or the user has answered a call. */
  mayCall(tools: readonly string[]): boolean;
}

type Line = readonly [name: string, value: unknown];

function parseLine(line: string): Line | undefined {
  const colon = line.indexOf(': ');
  if (colon === -1) return undefined;
  try {
    return [line.slice(0, colon), JSON.parse(line.slice(colon + 2))];
  } catch {
    return undefined;
  }
}

/** The lines of the last block of that name. */
function blockLines(instructions: string, name: DataBlock): Line[] {
  const lines = instructions.split('\n');
  const start = lines.lastIndexOf(`<${name}>`);
  const end = lines.indexOf(`</${name}>`, start);
  if (start === -1 || end === -1) return [];
  return lines
    .slice(start + 1, end)
    .map(parseLine)
    .filter((line) => line !== undefined);
}

function saidInPrompt([speaker, text]: Line): Said {
  const by = speaker === 'user' || speaker === 'assistant' ? speaker : 'other';
  return { by, text: String(text) };
}

function isQuestion(item: AgentInputItem): boolean {
  return 'role' in item && item.role === 'user' && !isContext(item);
}

function saidInInput(items: readonly AgentInputItem[]): Said[] {
  return items.flatMap((item): Said[] => {
    if (!('role' in item) || item.role === 'system' || isContext(item)) return [];
    return [{ by: item.role, text: contentText(item) }];
  });
}

/** The context that comes right before the question: what it quotes and mentions. */
function contextBefore(items: readonly AgentInputItem[], question: number): AgentInputItem[] {
  const start = items.slice(0, Math.max(0, question)).findLastIndex((item) => !isContext(item));
  return items.slice(start + 1, Math.max(0, question));
}

/** Reads a request as a model would: from its instructions and its input. */
export function viewRequest({ systemInstructions = '', input }: ModelRequest): RequestView {
  const items: AgentInputItem[] = typeof input === 'string' ? [{ role: 'user', content: input }] : input;
  const last = items.findLastIndex(isQuestion);
  const question = items[last];
  const context = contextBefore(items, last).map((item) => contentText(item));
  const since = items.slice(last + 1);
  const results = since.filter((item) => item.type === 'function_call_result');
  const form = since.map((item) => contentText(item)).findLast((text) => text.includes('<StructuredInput>'));
  const called = new Set(results.map(({ name }) => name));
  return {
    question: question === undefined ? '' : contentText(question).trim(),
    attachments: question === undefined ? [] : attachedParts(question),
    mentions: context
      .filter((text) => text.startsWith(MENTIONS))
      .flatMap((text) => text.slice(MENTIONS.length).split('\n').filter(Boolean)),
    quoted: context.findLast((text) => text.startsWith(QUOTED))?.slice(QUOTED.length),
    answers: form?.split('\n').slice(2, -1).join('\n'),
    results: results.map(({ name, output }) => ({ tool: name, output: outputText(output) })),
    called,
    organisation: new Map(blockLines(systemInstructions, 'organisation-data')),
    user: new Map(blockLines(systemInstructions, 'user-data')),
    page: new Map(blockLines(systemInstructions, 'page-data')),
    passages: blockLines(systemInstructions, 'documents-data').map(([, passage]) => passage),
    said: [
      ...blockLines(systemInstructions, 'conversation-data').map(saidInPrompt),
      ...saidInInput(items.slice(0, Math.max(0, last))),
    ],
    mayCall: (tools) => form === undefined && [...called].every((name) => tools.includes(name)),
  };
}
