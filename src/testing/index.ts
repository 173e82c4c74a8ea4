export { callOf, ScriptedModel, textOf, type ScriptedOutput } from './scripted-model.js';
export { describeStore, type OpenedStore } from './store-contract/describe-store.js';
