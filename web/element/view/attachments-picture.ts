import { useEffect, useState } from 'preact/hooks';
import { judgeImage } from '../markdown/safe-url.js';
import type { Upload } from '../session/uploads.js';
import type { AttachmentInfo } from '../session/wire.js';
import { useView } from './context.js';

/** Types that every browser shows and that run nothing. */
const PICTURE = /^image\/(?:png|jpe?g|gif|webp|avif|bmp)$/;

/** Where the picture of an attachment is; undefined when it has none. Its address is the server's own. */
export function usePictureOf(attachment: AttachmentInfo | undefined): string | undefined {
  const { options } = useView();
  if (attachment?.type !== 'image' || !attachment.preview_url) return undefined;
  const { preview_url: preview } = attachment;
  const server = URL.parse(options.value.api.url, document.baseURI)?.href;
  const verdict = [document.baseURI, server]
    .map((base) => judgeImage(preview, undefined, base))
    .find(({ kind }) => kind !== 'refuse');
  return verdict && verdict.kind !== 'refuse' ? verdict.src : undefined;
}

/** The picture in a file of the composer, before any server has it; else what the server has. */
export function usePreview({ file, mimeType, attachment }: Upload): string | undefined {
  const [local, setLocal] = useState<string>();
  const stored = usePictureOf(attachment);
  useEffect(() => {
    if (!file || !PICTURE.test(mimeType)) return undefined;
    const made = URL.createObjectURL(file);
    setLocal(made);
    return () => URL.revokeObjectURL(made);
  }, [file, mimeType]);
  return local ?? stored;
}
