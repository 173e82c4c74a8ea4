export { Table } from '../widgets/tables.js';
export { Transition } from '../widgets/transition.js';
