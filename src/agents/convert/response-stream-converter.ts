import type { OpenAI } from 'openai';
import type { Annotation } from '../../chatkit/core/index.js';

type Citation = OpenAI.Responses.ResponseOutputText;
type CitationOf<Type> = Extract<Citation['annotations'][number], { type: Type }>;
/** A place in a file that the model was given. */
export type FileCitation = CitationOf<'file_citation'>;
/** A place in a file that a tool of the provider made. */
export type ContainerFileCitation = CitationOf<'container_file_citation'>;
/** A place on the web. */
export type UrlCitation = CitationOf<'url_citation'>;

type Awaitable<T> = T | Promise<T>;

function isWebAddress(value: unknown): value is string {
  return typeof value === 'string' && /^https?:\/\//i.test(value) && URL.canParse(value);
}

function offset(value: unknown): Pick<Annotation, 'index'> {
  return Number.isInteger(value) ? { index: value as number } : {};
}

function file(filename: unknown, index: unknown): Annotation | undefined {
  if (typeof filename !== 'string' || filename === '') return undefined;
  return { type: 'annotation', source: { type: 'file', title: filename, filename }, ...offset(index) };
}

/**
 * How parts of a model's stream become what ChatKit shows. Extend it, for instance to keep generated
 * images in a file store. Follows `ResponseStreamConverter` of the reference.
 */
export class ResponseStreamConverter {
  readonly #partialImages: number;

  /** @param options.partialImages how many previews an image has; without it their progress stays 0 */
  constructor({ partialImages = 0 }: { partialImages?: number | undefined } = {}) {
    this.#partialImages = partialImages;
  }

  /**
   * The address at which a client finds an image.
   *
   * @param _imageId the same for all previews of an image
   * @param _previewIndex counts previews from 0; undefined for the finished image
   */
  base64ImageToUrl(_imageId: string, base64: string, _previewIndex?: number): Awaitable<string> {
    return `data:image/png;base64,${base64}`;
  }

  /** How far an image has come with that preview, from 0 to 1. */
  partialImageIndexToProgress(previewIndex: number): number {
    return this.#partialImages > 0 ? Math.min(1, previewIndex / this.#partialImages) : 0;
  }

  /** Undefined, which drops the citation, when the file has no name. */
  fileCitationToAnnotation({ filename, index }: FileCitation): Awaitable<Annotation | undefined> {
    return file(filename, index);
  }

  /** Undefined when the file has no name. */
  containerFileCitationToAnnotation({
    filename,
    end_index: end,
  }: ContainerFileCitation): Awaitable<Annotation | undefined> {
    return file(filename, end);
  }

  /** Undefined when the address is none of the web. */
  urlCitationToAnnotation({ url, title, end_index: end }: UrlCitation): Awaitable<Annotation | undefined> {
    if (!isWebAddress(url)) return undefined;
    const name = typeof title === 'string' ? title : url;
    return { type: 'annotation', source: { type: 'url', title: name, url }, ...offset(end) };
  }
}

/** A citation of the Responses API as an annotation; undefined for kinds that have no counterpart. */
export async function toAnnotation(
  given: unknown,
  converter: ResponseStreamConverter,
): Promise<Annotation | undefined> {
  if (typeof given !== 'object' || given === null) return undefined;
  const citation = given as Citation['annotations'][number];
  switch (citation.type) {
    case 'url_citation':
      return converter.urlCitationToAnnotation(citation);
    case 'file_citation':
      return converter.fileCitationToAnnotation(citation);
    case 'container_file_citation':
      return converter.containerFileCitationToAnnotation(citation);
    default:
      return undefined;
  }
}
