import { addStyles } from '../styles/sheet.js';
import css from '../styles/dictation.css?inline';

export { record } from '../host/microphone-recording.js';
export { RecordingBar } from '../view/recording-bar.js';

addStyles(css);
