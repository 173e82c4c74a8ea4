export { createTranscriber } from '../transcription/index.js';
