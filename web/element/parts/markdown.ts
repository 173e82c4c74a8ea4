export { MarkdownDocument } from '../markdown/document.js';
export { plainText } from '../markdown/plain.js';
