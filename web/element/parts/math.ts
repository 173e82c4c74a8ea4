import { addStyles } from '../styles/sheet.js';
import css from '../styles/math.css?inline';

export { DrawnFormula } from '../markdown/drawn-formula.js';

addStyles(css);
