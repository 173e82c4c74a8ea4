import type { OpenAI } from 'openai';
import { textOf } from '../convert/text-of.js';

type Piece = OpenAI.ChatCompletionChunk.Choice.Delta.ToolCall;

/** A call of a function as far as it has come. */
interface Call {
  /** The index that is its alone. */
  readonly index: number;
  id: string | undefined;
  name: string;
  args: string;
}

/** What a piece says, whatever its provider makes of the fields. */
interface Said {
  readonly id: string | undefined;
  readonly name: string;
  readonly args: string;
}

/**
 * Puts the pieces of one answer's calls in order. Providers differ: some give each call the same index, or none,
 * some repeat the name or change the id in each piece, some leave ids out.
 */
export class CallPieces {
  #count = 0;
  /** The call that the last piece at an index belonged to. */
  readonly #open = new Map<unknown, Call>();
  readonly #known = new Map<string, Call>();

  /** The piece at the index of its call, with no more of the name than is new. */
  next(piece: Piece): Piece {
    const said = saidBy(piece);
    const call = this.#call(piece.index, said);
    const name = added(call.name, said.name);
    call.name += name;
    call.args += said.args;
    call.id ??= said.id;
    return {
      ...piece,
      index: call.index,
      ...(said.id !== undefined && { id: said.id }),
      function: { ...piece.function, name, arguments: said.args },
    };
  }

  #call(given: unknown, said: Said): Call {
    const key = `${String(given)} ${said.id}`;
    const known = (said.id === undefined ? undefined : this.#known.get(key)) ?? this.#open.get(given);
    const call =
      known === undefined || beginsAnother(known, said)
        ? { index: this.#count++, id: said.id, name: '', args: '' }
        : known;
    this.#open.set(given, call);
    if (said.id !== undefined) this.#known.set(key, call);
    return call;
  }
}

/** Only a piece with a name begins a call. */
function beginsAnother(call: Call, { id, name, args }: Said): boolean {
  if (name === '') return false;
  if (id !== undefined && call.id !== undefined && id !== call.id) return true;
  if (call.args === '') return false;
  return name !== call.name || (args !== '' && isWhole(call.args));
}

/** Whether the arguments are complete; a provider that has none yet may begin with an empty object. */
function isWhole(args: string): boolean {
  try {
    return Object.keys(JSON.parse(args) as object).length > 0;
  } catch {
    return false;
  }
}

/** What a name grows by: it may come in pieces, again, or longer each time. */
function added(name: string, given: string): string {
  return given.startsWith(name) ? given.slice(name.length) : given;
}

function saidBy({ id, function: called }: { readonly id?: unknown; readonly function?: unknown }): Said {
  const { name, arguments: args } = (called ?? {}) as {
    readonly name?: unknown;
    readonly arguments?: unknown;
  };
  return { id: idOf(id), name: textOf(name), args: argumentsOf(args) };
}

function idOf(given: unknown): string | undefined {
  if (typeof given === 'number') return String(given);
  return typeof given === 'string' && given !== '' ? given : undefined;
}

/** The arguments as JSON; some providers give the object itself. */
export function argumentsOf(given: unknown): string {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return textOf(given);
  return JSON.stringify(given);
}
