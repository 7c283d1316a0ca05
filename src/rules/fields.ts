export { at, list, strings, text } from '../reference/fields';
