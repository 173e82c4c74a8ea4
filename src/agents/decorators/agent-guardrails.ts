import { Logger } from '@nestjs/common';
import type { GuardrailFunctionOutput, InputGuardrail, OutputGuardrail, RunContext } from '@openai/agents';
import type { AgentContext } from '../run/agent-context.js';
import { errorFacts } from '../run/error-facts.js';
import type { DecoratedMethod } from './decorated-methods.js';
import type { GuardrailOptions } from './declaration.js';
import type { GuardrailVerdict } from './guardrail.decorators.js';

const logger = new Logger('ChatKitGuardrail');

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
    const { correlationId, signal } = context.requestContext;
    if (!signal.aborted) {
      const guardrail = method.where;
      logger.error({ message: 'a guardrail failed', guardrail, ...errorFacts(error), correlationId });
    }
    throw error;
  }
}
