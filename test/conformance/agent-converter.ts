import {
  textPart,
  ThreadItemConverter,
  userInput,
  type InputPart,
  type UserMessageTag,
} from '../../src/agents/index.js';
import type { Attachment, HiddenContextItem } from '../../src/chatkit/core/index.js';

/** The hooks that the base class leaves to the integration. */
export class ExtendedConverter extends ThreadItemConverter {
  protected override attachmentToMessageContent({ name }: Attachment): InputPart {
    return textPart(`[attachment ${name}]`);
  }

  protected override tagToMessageContent({ text }: UserMessageTag): InputPart {
    return textPart(`<tag>${text}</tag>`);
  }

  protected override hiddenContextToInput({ content }: HiddenContextItem) {
    const text = typeof content === 'string' ? content : JSON.stringify(content);
    return userInput(textPart(`<hidden>${text}</hidden>`));
  }
}
