import { addStyles } from '../styles/sheet.js';
import css from '../styles/chart.css?inline';

export { Chart } from '../widgets/chart/chart.js';

addStyles(css);
