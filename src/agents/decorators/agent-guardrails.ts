import type { GuardrailFunctionOutput, InputGuardrail, OutputGuardrail, RunContext } from '@openai/agents';
import { ChatKitLogger } from '../../common/logging/chatkit-logger.js';
import type { AgentContext } from '../run/agent-context.js';
import type { DecoratedMethod } from './decorated-methods.js';
import type { GuardrailOptions } from './declaration.js';
import type { GuardrailVerdict } from './guardrail.decorators.js';

const logger = new ChatKitLogger('ChatKitGuardrail');

/** A guardrail of the input as the SDK runs it. */
export function inputGuardrail(
  { runInParallel = true }: GuardrailOptions,
  method: DecoratedMethod,
): InputGuardrail {
  return {
    name: method.where,
    runInParallel,
    execute: ({ input, context }) => judge(method, input, context),
  };
}

/** A guardrail of the output as the SDK runs it. */
export function outputGuardrail(method: DecoratedMethod): OutputGuardrail {
  return {
    name: method.where,
    execute: ({ agentOutput, context }) => judge(method, agentOutput, context),
  };
}

/** One that fails lets nothing through: the run fails with it. */
async function judge(
  method: DecoratedMethod,
  subject: unknown,
  run: RunContext,
): Promise<GuardrailFunctionOutput> {
  const context = run.context as AgentContext;
  try {
    const { tripwireTriggered, outputInfo } = (await method.call(subject, context)) as GuardrailVerdict;
    if (typeof tripwireTriggered !== 'boolean')
      throw new TypeError('a guardrail has to say if it has tripped');
    return { tripwireTriggered, outputInfo };
  } catch (error) {
    if (!context.requestContext.signal.aborted) {
      logger.error('a guardrail failed', { guardrail: method.where, error });
    }
    throw error;
  }
}
