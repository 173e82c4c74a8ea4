import { Injectable, Optional, type OnModuleInit } from '@nestjs/common';
import type { FunctionTool, InputGuardrail, OutputGuardrail } from '@openai/agents';
import { AgentsConfig } from '../../config/agents.config.js';
import type { AgentContext } from '../run/agent-context.js';
import { Observers } from '../../common/observer/observers.js';
import { AgentActions } from './agent-actions.js';
import { inputGuardrail, outputGuardrail } from './agent-guardrails.js';
import { agentTool } from './agent-tool.js';
import { DecoratedMethods, type DecoratedMethod } from './decorated-methods.js';
import { ExtensionError } from '../../common/discovery/extension-error.js';
import type { ToolOptions } from './declaration.js';

/** What the application's providers add to the agent and to the protocol; complete once it has started. */
@Injectable()
export class AgentExtensions implements OnModuleInit {
  /** Handlers of actions, for the `actions` of a ChatKitServer. */
  readonly actions = new AgentActions();
  readonly #tools = new Map<string, FunctionTool<AgentContext>>();
  readonly #toolsFrom = new Map<string, DecoratedMethod>();
  readonly #inputGuardrails: InputGuardrail[] = [];
  readonly #outputGuardrails: OutputGuardrail[] = [];

  constructor(
    private readonly methods: DecoratedMethods,
    private readonly limits: AgentsConfig,
    @Optional() private readonly observers?: Observers,
  ) {}

  /** @throws ExtensionError naming every declaration that cannot be served */
  onModuleInit(): void {
    const problems: string[] = [];
    for (const method of this.methods.find()) {
      try {
        if (method.problem !== undefined) throw new Error(method.problem);
        this.#add(method);
      } catch (error) {
        problems.push(`${method.where}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    if (problems.length > 0) throw new ExtensionError(problems);
  }

  get tools(): FunctionTool<AgentContext>[] {
    return [...this.#tools.values()];
  }

  get inputGuardrails(): InputGuardrail[] {
    return [...this.#inputGuardrails];
  }

  get outputGuardrails(): OutputGuardrail[] {
    return [...this.#outputGuardrails];
  }

  #add(method: DecoratedMethod): void {
    const { declaration } = method;
    switch (declaration.kind) {
      case 'tool':
        return this.#addTool(declaration.options, method);
      case 'action':
        return this.actions.add(declaration, method);
      case 'input-guardrail':
        this.#inputGuardrails.push(inputGuardrail(declaration.options, method));
        return;
      case 'output-guardrail':
        this.#outputGuardrails.push(outputGuardrail(method));
    }
  }

  #addTool(options: ToolOptions, method: DecoratedMethod): void {
    const other = this.#toolsFrom.get(options.name);
    if (other !== undefined) throw new Error(`the tool ${options.name} is ${other.where} already`);
    this.#tools.set(options.name, agentTool(options, method, this.limits, this.observers));
    this.#toolsFrom.set(options.name, method);
  }
}
