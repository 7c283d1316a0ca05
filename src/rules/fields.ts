export { along, at, list, strings, text } from '../reference/fields';
