import type { Provider, Type } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { AgentExtensions } from '../agents/index.js';
import { ExtensionError } from '../common/discovery/extension-error.js';

/**
 * Sees to it, once all modules are known, that somewhere there is an agent for tools to extend: with a server
 * of one's own and without an ChatKitAgentsModule nobody would ever look for them.
 */
export function agentFor(tools: readonly Type<object>[]): Provider[] {
  if (tools.length === 0) return [];
  const check = (modules: ModuleRef): true => {
    if (hasAgent(modules)) return true;
    const missing = 'there is no agent to use it; give ChatKitModule `agents`, too';
    throw new ExtensionError(tools.map(({ name }) => `${name}: ${missing}`));
  };
  return [{ provide: Symbol('an agent for the tools'), inject: [ModuleRef], useFactory: check }];
}

function hasAgent(modules: ModuleRef): boolean {
  try {
    return modules.get(AgentExtensions, { strict: false }) !== undefined;
  } catch {
    return false;
  }
}
