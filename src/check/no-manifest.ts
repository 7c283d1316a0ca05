import { at, isMap } from '../rules/fields';
import { RELEVANT_WORDS } from '../rules/relevant';
import { meansAnObject } from '../rules/set-object';

/**
 * What keeps a document from being a manifest although it means to be one. Nothing: it is one, if perhaps one with fields of wrong types, which
 * is what a rule is for; or it is something else altogether, such as the values of a chart.
 *
 * @param seen The items of Lists that were looked at: those that a program makes may hold themselves, or one list a thousand times.
 */
export function manifestFault(document: unknown, seen?: Set<unknown>): string | undefined {
  if (Array.isArray(document)) {
    return document.some((item) => isOfField(at(item, 'kind')))
      ? 'is a list of manifests, but must be a List object, or one document each'
      : undefined;
  }
  const kind = at(document, 'kind');
  const apiVersion = at(document, 'apiVersion');
  if (isText(kind) && isText(apiVersion)) return kind.toLowerCase() === 'list' ? listFault(document, kind, seen) : undefined;
  if (meansAnObject(document) && !isEmpty(kind) && !isEmpty(apiVersion)) return undefined;
  if (isOfField(kind) && !isText(apiVersion)) return `says kind: ${kind}, but ${said('apiVersion', apiVersion)}`;
  if (isText(apiVersion) && kind !== undefined && !isText(kind)) return `says apiVersion: ${apiVersion}, but ${said('kind', kind)}`;
  const [hasSpec, hasMetadata] = [isMap(at(document, 'spec')), isMap(at(document, 'metadata'))];
  if (isText(apiVersion) && isEmpty(kind) && (isOfField(apiVersion) || hasSpec || hasMetadata || Array.isArray(at(document, 'items')))) {
    return `says apiVersion: ${apiVersion}, but names no kind`;
  }
  if (isEmpty(apiVersion) && isEmpty(kind) && hasSpec && hasMetadata)
    return 'has metadata and a spec, but names neither apiVersion nor kind';
  if (isText(kind) && kind.endsWith('List') && (kind === 'List' || isOfField(kind))) {
    const items = at(document, 'items');
    if (items !== undefined && items !== null && !Array.isArray(items)) return `says kind: ${kind}, but its items are no list`;
  }
  return undefined;
}

/** What keeps a List, or one of its items, from being what it means to be. A typed list says for its items what they leave out. */
function listFault(list: unknown, kind: string, seen = new Set<unknown>()): string | undefined {
  if (kind !== 'List') return `says kind: ${kind}, but must say kind: List`;
  const items = at(list, 'items');
  if (items === undefined) return 'says kind: List, but has no items';
  if (!Array.isArray(items) || seen.has(items)) return undefined;
  seen.add(items);
  for (const [index, item] of items.entries()) {
    const fault = isMap(item) ? manifestFault(item, seen) : undefined;
    if (fault) return `items[${index}] ${fault}`;
  }
  return undefined;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

function isOfField(name: unknown): name is string {
  return typeof name === 'string' && RELEVANT_WORDS.some((word) => name.includes(word));
}

function said(field: string, value: unknown): string {
  return isEmpty(value) ? `names no ${field}` : `its ${field} is no string`;
}
