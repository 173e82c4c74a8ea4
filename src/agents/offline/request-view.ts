import type { ModelRequest } from '@openai/agents';
import type { DataBlock } from '../prompt/data-text.js';

/** A thing said earlier. */
export interface Said {
  readonly by: 'user' | 'assistant' | 'other';
  readonly text: string;
}

/** What a model can read out of a request, and nothing else. */
export interface RequestView {
  /** The user's last message. */
  readonly question: string;
  readonly organisation: ReadonlyMap<string, unknown>;
  readonly user: ReadonlyMap<string, unknown>;
  readonly page: ReadonlyMap<string, unknown>;
  /** Oldest first. */
  readonly said: readonly Said[];
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

function saidInInput(input: ModelRequest['input']): Said[] {
  if (typeof input === 'string') return [{ by: 'user', text: input }];
  return input.flatMap((item): Said[] => {
    if (!('role' in item) || item.role === 'system') return [];
    const { content } = item;
    if (typeof content === 'string') return [{ by: item.role, text: content }];
    const text = content.map((part) => ('text' in part ? part.text : '')).join('');
    return [{ by: item.role, text }];
  });
}

/** Reads a request as a model would: from its instructions and its input. */
export function viewRequest({ systemInstructions = '', input }: ModelRequest): RequestView {
  const inInput = saidInInput(input);
  const last = inInput.findLastIndex(({ by }) => by === 'user');
  return {
    question: inInput[last]?.text.trim() ?? '',
    organisation: new Map(blockLines(systemInstructions, 'organisation-data')),
    user: new Map(blockLines(systemInstructions, 'user-data')),
    page: new Map(blockLines(systemInstructions, 'page-data')),
    said: [
      ...blockLines(systemInstructions, 'conversation-data').map(saidInPrompt),
      ...inInput.slice(0, Math.max(0, last)),
    ],
  };
}
