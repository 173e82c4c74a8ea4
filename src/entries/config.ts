export { chatKitNamespaces } from '../config/namespaces.js';
