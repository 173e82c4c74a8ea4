import type { ModelOption, ToolOption } from '@openai/chatkit';
import type { Options } from './options.js';
import { Store } from './store.js';

/** What the user has picked beside the text; both may be missing from the options by now. */
export interface ChoiceState {
  readonly toolId: string | null;
  readonly modelId: string | undefined;
}

/** What a message carries of it. */
export interface Chosen {
  readonly toolChoice?: { readonly id: string };
  readonly model?: string;
}

export function toolOf({ tools }: Options, { toolId }: ChoiceState): ToolOption | undefined {
  return tools.find(({ id }) => id === toolId);
}

/** The picked model, else the default one, else the first that can be picked. */
export function modelOf({ models }: Options, { modelId }: ChoiceState): ModelOption | undefined {
  const open = models.filter(({ disabled }) => disabled !== true);
  return open.find(({ id }) => id === modelId) ?? open.find((model) => model.default) ?? open[0];
}

/** The tool and the model picked for the next message. */
export class Choices {
  readonly state = new Store<ChoiceState>({ toolId: null, modelId: undefined });

  /** @param toolChanged told the picked tool whenever it becomes another one */
  constructor(
    private readonly options: Store<Options>,
    private readonly toolChanged: (toolId: string | null) => void,
  ) {}

  get chosen(): Chosen {
    const tool = toolOf(this.options.value, this.state.value);
    const model = modelOf(this.options.value, this.state.value);
    return { ...(tool ? { toolChoice: { id: tool.id } } : {}), ...(model ? { model: model.id } : {}) };
  }

  /** Picks a tool, or none; an id that the options do not have changes nothing. */
  pickTool(toolId: string | null): void {
    const known = toolId === null || this.options.value.tools.some(({ id }) => id === toolId);
    if (!known || this.state.value.toolId === toolId) return;
    this.state.update((state) => ({ ...state, toolId }));
    this.toolChanged(toolId);
  }

  /** Picks a model; one that is unknown or disabled changes nothing. */
  pickModel(modelId: string): void {
    const open = this.options.value.models.some(({ id, disabled }) => id === modelId && disabled !== true);
    if (open) this.state.update((state) => ({ ...state, modelId }));
  }

  /** A message was sent: a tool serves for one, unless it is persistent. */
  sent(): void {
    if (toolOf(this.options.value, this.state.value)?.persistent !== true) this.pickTool(null);
  }

  /** Lets go of a tool that new options no longer have. */
  review(): void {
    if (!toolOf(this.options.value, this.state.value)) this.pickTool(null);
  }
}
