import { defineElement } from './host/define.js';

defineElement();
