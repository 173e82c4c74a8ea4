import { parts } from '../parts/parts.js';
import type { StartRecording } from '../session/dictation.js';

const FORMATS = ['audio/webm;codecs=opus', 'audio/mp4', 'audio/ogg;codecs=opus'];

/** Records the microphone; undefined where the page or the browser cannot. */
export function microphone(): StartRecording | undefined {
  if (typeof MediaRecorder === 'undefined') return undefined;
  // Pages without a secure context have no media devices, whatever the types say.
  const { mediaDevices } = navigator as { mediaDevices?: MediaDevices };
  const mimeType = FORMATS.find((format) => MediaRecorder.isTypeSupported(format));
  if (!mediaDevices || mimeType === undefined) return undefined;
  return async () => {
    const part = await parts.dictation.get();
    if (!part) throw new Error('The part that records could not be loaded');
    return part.record(await mediaDevices.getUserMedia({ audio: true }), mimeType);
  };
}
