import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { InstanceWrapper } from '@nestjs/core/injector/instance-wrapper.js';

type NestModule = NonNullable<InstanceWrapper['host']>;

/**
 * What the application has for this assistant. An application may have several: what stands in a module that
 * imports the module of an assistant, directly or through others, belongs to it, and to no assistant beside it;
 * what stands in any other module is there for all.
 */
@Injectable()
export class OwnProviders {
  constructor(private readonly discovery: DiscoveryService) {}

  /** The module of this assistant. */
  get #home(): NestModule | undefined {
    return this.discovery.getProviders().find(({ instance }) => instance === this)?.host;
  }

  providers(): InstanceWrapper[] {
    return this.discovery.getProviders().filter(this.#isOwn());
  }

  controllers(): InstanceWrapper[] {
    return this.discovery.getControllers().filter(this.#isOwn());
  }

  #isOwn(): (wrapper: InstanceWrapper) => boolean {
    const home = this.#home;
    const known = new Map<NestModule, boolean>();
    return ({ host }) => {
      if (home === undefined || host === undefined) return true;
      const own = known.get(host) ?? belongs(host, home);
      known.set(host, own);
      return own;
    };
  }
}

function belongs(host: NestModule, home: NestModule): boolean {
  const assistants = reached(host, home.metatype);
  return assistants.size === 0 || assistants.has(home);
}

/** The assistants' modules that a module imports. What is global is imported by all, and says nothing. */
function reached(from: NestModule, assistant: NestModule['metatype']): ReadonlySet<NestModule> {
  const found = new Set<NestModule>();
  const seen = new Set([from]);
  // grows while it is walked through
  for (const module of seen) {
    if (module.metatype === assistant) found.add(module);
    else for (const next of module.imports) if (!next.isGlobal) seen.add(next);
  }
  return found;
}
