import type { InputGuardrailFunctionArgs } from '@openai/agents';
import type { AgentContext } from '../run/agent-context.js';
import { declare, type GuardrailOptions } from './declaration.js';

/** What a guardrail has found. */
export interface GuardrailVerdict {
  /** Whether the answer ends here: what was shown of it is taken back. */
  readonly tripwireTriggered: boolean;
  /** Details for the SDK; neither shown nor logged. */
  readonly outputInfo?: unknown;
}

/** What the model is asked, without its instructions. */
export type GuardrailInput = InputGuardrailFunctionArgs['input'];

type Verdict = GuardrailVerdict | Promise<GuardrailVerdict>;

/** Makes a method of a provider judge what the model is asked, before or while it answers. */
export function InputGuardrail(options: GuardrailOptions = {}) {
  return <M extends (input: GuardrailInput, context: AgentContext) => Verdict>(
    target: object,
    key: string | symbol,
    _descriptor: TypedPropertyDescriptor<M>,
  ): void => declare(target, key, { kind: 'input-guardrail', options });
}

/** Makes a method of a provider judge the finished text of an answer. */
export function OutputGuardrail() {
  return <M extends (output: string, context: AgentContext) => Verdict>(
    target: object,
    key: string | symbol,
    _descriptor: TypedPropertyDescriptor<M>,
  ): void => declare(target, key, { kind: 'output-guardrail' });
}
