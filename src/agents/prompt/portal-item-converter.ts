import type {
  AssistantMessageItem,
  Attachment,
  GeneratedImageItem,
  HiddenContextItem,
  UserMessageItem,
  WidgetItem,
} from '../../chatkit/core/index.js';
import { inputItems, textPart, userInput, type Converted, type InputPart } from '../convert/input-items.js';
import { ThreadItemConverter, type UserMessageTag } from '../convert/thread-item-converter.js';
import { NO_FILES, type AttachedFiles } from './attached-files.js';
import { messageText } from '../../model-text/data-text.js';
import { attachmentText } from './item-text.js';

/** Longest text of one message or tool output that is given to the model. */
const MAX_TEXT = 100_000;
/** Longest description of something the user mentioned. */
const MAX_TAG = 4000;

/**
 * As the ThreadItemConverter, for threads of any content: no text can pass for one of the prompt's blocks
 * or be endless, nothing empty is sent, and attachments and mentions are told by what is known of them.
 */
export class PortalItemConverter extends ThreadItemConverter {
  /** @param files content of attachments; the others are told by name */
  constructor(private readonly files: AttachedFiles = NO_FILES) {
    super();
  }

  protected override text(text: string): string {
    return messageText(text, MAX_TEXT);
  }

  protected override attachmentToMessageContent(attachment: Attachment): InputPart {
    return this.files.parts.get(attachment.id) ?? textPart(this.text(attachmentText(attachment)));
  }

  protected override tagToMessageContent({ text: name, group, id, data }: UserMessageTag): InputPart {
    return textPart(messageText(JSON.stringify({ name, group, id, data }), MAX_TAG));
  }

  /** What the message refers to first, the message itself last. */
  protected override async userMessageToInput(item: UserMessageItem): Promise<Converted> {
    const [said, ...context] = inputItems(await super.userMessageToInput(item, true));
    if (said === undefined || !('content' in said) || !Array.isArray(said.content)) return context;
    const content = (said.content as InputPart[]).filter(
      (part) => part.type !== 'input_text' || part.text !== '',
    );
    return content.length === 0 ? context : [...context, userInput(...content)];
  }

  protected override assistantMessageToInput(item: AssistantMessageItem): Converted | Promise<Converted> {
    const content = item.content.filter(({ text }) => text.trim() !== '');
    return content.length === 0 ? undefined : super.assistantMessageToInput({ ...item, content });
  }

  /** Its copy text where it has one: that is written to be read. */
  protected override widgetToInput(item: WidgetItem): Converted | Promise<Converted> {
    if (!item.copy_text) return super.widgetToInput(item);
    return userInput(textPart(`The following was displayed to the user:\n${this.text(item.copy_text)}`));
  }

  protected override hiddenContextToInput(item: HiddenContextItem): Converted | Promise<Converted> {
    const { content } = item;
    if (content === undefined || content === '') return undefined;
    return super.hiddenContextToInput({
      ...item,
      content: typeof content === 'string' ? content : JSON.stringify(content),
    });
  }

  /** An image that has no address of its own is only mentioned: it would be sent with every request. */
  protected override generatedImageToInput(item: GeneratedImageItem): Converted | Promise<Converted> {
    if (item.image === undefined || /^https?:/i.test(item.image.url))
      return super.generatedImageToInput(item);
    return userInput(textPart('A generated image was displayed to the user.'));
  }
}
