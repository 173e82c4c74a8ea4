import { InvalidRequestError } from '../errors.js';
import type { Answer } from './hooks.js';

const BASE64 = /^[A-Za-z0-9+/\s]*(?:=\s*){0,2}$/;

export const transcribe: Answer<'input.transcribe', 'transcribe'> = async (hooks, { params }, context) => {
  if (!BASE64.test(params.audio_base64)) {
    throw new InvalidRequestError('params.audio_base64: not base64', 'params.audio_base64');
  }
  const [mediaType = ''] = params.mime_type.split(';', 1);
  const data = Buffer.from(params.audio_base64, 'base64');
  return hooks.transcribe({ data, mimeType: params.mime_type, mediaType }, context);
};
