import type { Annotation, AssistantMessageContent } from '../chatkit/core/index.js';
import { CitationText, type CitedAt, type Shown } from './citation-text.js';
import { sourceOf } from './citation-source.js';
import type { Passage } from './retriever.js';

/** What can be shown next of a part. */
export interface NextOfPart {
  readonly text: string;
  readonly annotations: readonly Annotation[];
}

/** One part of a message whose markers become annotations, beside those that the model gives itself. */
export class CitedPart {
  readonly #text = new CitationText();
  /** Whose the annotations are that were shown, in their order. */
  readonly #shown: ('ours' | 'model')[] = [];

  constructor(private readonly passages: readonly Passage[]) {}

  /** How many annotations were shown. */
  get count(): number {
    return this.#shown.length;
  }

  push(delta: string): NextOfPart {
    return this.#next(this.#text.push(delta));
  }

  end(): NextOfPart {
    return this.#next(this.#text.end());
  }

  /** An annotation that the model gives itself, at its place in the text as it is shown. */
  annotated(annotation: Annotation): Annotation {
    this.#shown.push('model');
    return moved(annotation, this.#text);
  }

  /** The whole part as it was shown, from the whole part as the model gives it. */
  finished({ text, annotations, ...content }: AssistantMessageContent): AssistantMessageContent {
    const whole = new CitationText();
    const parts = [whole.push(text), whole.end()];
    const ours = parts.flatMap(({ cited }) => this.#annotations(cited));
    const theirs = annotations.map((annotation) => moved(annotation, whole));
    const inOrder = this.#shown.flatMap((whose) => (whose === 'ours' ? ours : theirs).shift() ?? []);
    return {
      ...content,
      text: parts.map((part) => part.text).join(''),
      annotations: [...inOrder, ...theirs, ...ours],
    };
  }

  #next({ text, cited }: Shown): NextOfPart {
    const annotations = this.#annotations(cited);
    for (const _ of annotations) this.#shown.push('ours');
    return { text, annotations };
  }

  /** Numbers that were never given cite nothing. */
  #annotations(cited: readonly CitedAt[]): Annotation[] {
    return cited.flatMap(({ number, index }) => {
      const passage = this.passages[number - 1];
      return passage === undefined ? [] : [{ type: 'annotation', source: sourceOf(passage), index }];
    });
  }
}

function moved(annotation: Annotation, text: CitationText): Annotation {
  const { index } = annotation;
  return index === undefined ? annotation : { ...annotation, index: text.placeOf(index) };
}
