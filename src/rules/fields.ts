export { along, at, isMap, list, strings, text } from '../reference/fields';
