export { createTranscriber } from './openai-transcriber.js';
