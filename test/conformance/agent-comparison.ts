import type { AgentScenario, ModelCall } from './agent-scenario.js';

type Json = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Workflow durations: those that a scenario wrote are kept, those that were measured are not compared. */
export class Durations {
  readonly #written = new Set<unknown>();

  constructor({ expect: _recorded, ...given }: AgentScenario) {
    this.#collect(given);
  }

  /** A whole number of seconds, not negative, becomes `<duration>`. */
  hide(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((inner) => this.hide(inner));
    if (!isObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [
        key,
        key === 'duration' && this.#isMeasured(inner) ? '<duration>' : this.hide(inner),
      ]),
    );
  }

  #isMeasured(value: unknown): boolean {
    return Number.isInteger(value) && Number(value) >= 0 && !this.#written.has(value);
  }

  #collect(value: unknown): void {
    if (Array.isArray(value)) for (const inner of value) this.#collect(inner);
    else if (isObject(value)) {
      if (Number.isInteger(value['duration'])) this.#written.add(value['duration']);
      for (const inner of Object.values(value)) this.#collect(inner);
    }
  }
}

interface Removal {
  type: 'thread.item.removed';
  item_id: string;
}

function isRemoval(event: object): event is Removal {
  return 'type' in event && event.type === 'thread.item.removed';
}

/** Removals that follow one another have no order: they come by when their item was first seen. */
export function inOrderOfAppearance(events: readonly object[]): object[] {
  const seen = new Map<string, number>();
  for (const event of events) {
    if (isRemoval(event)) continue;
    const { item, item_id: itemId } = event as { item?: { id: string }; item_id?: string };
    for (const id of [item?.id, itemId]) if (id !== undefined && !seen.has(id)) seen.set(id, seen.size);
  }
  const rank = ({ item_id: id }: Removal): number => seen.get(id) ?? seen.size;
  const ordered: object[] = [];
  let removals: Removal[] = [];
  const flush = (): void => {
    removals.sort((a, b) => rank(a) - rank(b) || (a.item_id < b.item_id ? -1 : 1));
    ordered.push(...removals);
    removals = [];
  };
  for (const event of events) {
    if (isRemoval(event)) removals.push(event);
    else {
      flush();
      ordered.push(event);
    }
  }
  flush();
  return ordered;
}

/** A call of the model without what two SDKs may spell differently, see agents/README.md. */
export function meaning(call: ModelCall): object {
  return { ...call, input: (call.input as Json[]).map(itemMeaning) };
}

function itemMeaning({ id: _id, status: _status, type = 'message', content, ...rest }: Json): Json {
  return {
    ...(type !== 'message' && { type }),
    ...rest,
    ...(content !== undefined && { content: contentMeaning(content) }),
    ...('arguments' in rest && { arguments: json(rest['arguments']) }),
    ...('output' in rest && { output: outputMeaning(rest['output']) }),
  };
}

function contentMeaning(content: unknown): unknown {
  if (typeof content === 'string') return [{ type: 'input_text', text: textMeaning(content) }];
  return (content as Json[]).map(partMeaning);
}

function partMeaning({ logprobs: _logprobs, annotations, ...part }: Json): Json {
  return {
    ...part,
    ...(Array.isArray(annotations) && annotations.length > 0 && { annotations }),
    ...(typeof part['text'] === 'string' && { text: textMeaning(part['text']) }),
  };
}

/** JSON within a text is compared as JSON: widgets, and what the extended converter writes. */
const WITH_JSON =
  /^(The following graphical UI widget [^]*? was displayed to the user:|<hidden>)([[{][^]*[\]}])(<\/hidden>)?$/;

function textMeaning(text: string): unknown {
  const [, before, inner, after] = WITH_JSON.exec(text) ?? [];
  return inner === undefined ? text : [before, json(inner), after];
}

const TOOL_FAILED = 'An error occurred while running the tool. Please try again.';

/**
 * What a tool has answered. The text that tells the model of a failed tool is the SDK's own: Python's is
 * one sentence, JavaScript's goes on with the error.
 */
function outputMeaning(output: unknown): unknown {
  if (typeof output !== 'string') return output;
  return output.startsWith(`${TOOL_FAILED} Error: `) ? TOOL_FAILED : json(output);
}

function json(text: unknown): unknown {
  try {
    return typeof text === 'string' ? (JSON.parse(text) as unknown) : text;
  } catch {
    return text;
  }
}

interface Delta {
  update?: { type: string; delta?: string };
}

/**
 * The recorded events without the one word that the reference still shows after an input guardrail has
 * tripped in the middle of a stream, just before it takes the message back: the JavaScript SDK looks at
 * its guardrails before it passes an event on, Python's afterwards.
 */
export function withoutHeldBack({ agent, turns }: AgentScenario, recorded: unknown[][]): unknown[][] {
  const trips = agent.input_guardrails?.some((guardrail) => guardrail.trips && guardrail.at === 'pause');
  const turn = turns[0];
  if (trips !== true || !Array.isArray(turn)) return recorded;
  const after = turn[turn.findIndex((event) => 'pause' in event) + 1];
  return recorded.map((events) => {
    const last = events.findIndex((event) => isRemoval(event as object)) - 1;
    const { update } = (events[last] ?? {}) as Delta;
    const isIt =
      update?.delta !== undefined && after !== undefined && Reflect.get(after, 'delta') === update.delta;
    return isIt ? events.toSpliced(last, 1) : events;
  });
}
