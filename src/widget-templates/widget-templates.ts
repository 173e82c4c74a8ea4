import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { AgentExtensions } from '../agents/decorators/agent-extensions.js';
import { ExtensionError } from '../common/discovery/extension-error.js';
import { WidgetTemplate } from './widget-template.js';

/** Loads `.widget` files at start, and sees to it that what their controls send is handled. */
@Injectable()
export class WidgetTemplates implements OnApplicationBootstrap {
  readonly #loaded: WidgetTemplate[] = [];

  constructor(private readonly extensions: AgentExtensions) {}

  /**
   * Reads a file, as {@link WidgetTemplate.fromFile}. Call it in the constructor of a provider: then a broken
   * file stops the start, and so does an action in it that no method handles.
   *
   * @throws WidgetTemplateError naming the file and what is wrong with it
   */
  load(file: string | URL): WidgetTemplate {
    const template = WidgetTemplate.fromFile(file);
    this.#loaded.push(template);
    return template;
  }

  /** @throws ExtensionError naming every file and action that nobody handles */
  onApplicationBootstrap(): void {
    const problems = this.#loaded.flatMap(({ source, actions }) =>
      actions
        .filter(({ type, sync }) => !this.extensions.actions.has(type, sync))
        .map(({ type, sync }) => {
          const kind = sync ? 'action without a stream' : 'action';
          return `${source}: nobody handles its ${kind} ${JSON.stringify(type)}`;
        }),
    );
    if (problems.length > 0) throw new ExtensionError(problems);
  }
}
