import attachments from './attachments.css?inline';
import base from './base.css?inline';
import composer from './composer.css?inline';
import controls from './controls.css?inline';
import history from './history.css?inline';
import items from './items.css?inline';
import log from './log.css?inline';
import markdown from './markdown.css?inline';
import popup from './popup.css?inline';
import start from './start.css?inline';
import tokens from './tokens.css?inline';
import widgetButtons from './widget-buttons.css?inline';
import widgetTexts from './widget-texts.css?inline';
import widgets from './widgets.css?inline';

const styles = [
  tokens,
  base,
  controls,
  start,
  log,
  items,
  markdown,
  composer,
  popup,
  attachments,
  history,
  widgets,
  widgetButtons,
  widgetTexts,
];

let sheet: CSSStyleSheet | undefined;

/** The one style sheet that every element of the page shares. */
export function createStyles(): CSSStyleSheet {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(styles.join('\n'));
  }
  return sheet;
}

/** Adds the styles of a part that was loaded later, to the elements that are there and those to come. */
export function addStyles(css: string): void {
  styles.push(css);
  sheet?.replaceSync(styles.join('\n'));
}
