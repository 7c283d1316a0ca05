import { at, text } from './fields';
import type { SetObject } from './set-object';

/** Where Argo CD's annotations begin. */
const ARGO_CD = 'argocd.argoproj.io/';
/** `APPLICATION:GROUP/KIND:NAMESPACE/NAME`, written by Argo CD on what it delivers. */
const TRACKING_ID = `${ARGO_CD}tracking-id`;
const HOOKS = [`${ARGO_CD}hook`, 'helm.sh/hook'];
/** A whole number as Go reads one. */
const WAVE = /^[+-]?\d{1,15}$/;

const NONE: readonly string[] = [];

/** One annotation, whatever type it has been given. */
export function annotation(object: SetObject, key: string): unknown {
  return object.annotations === undefined ? undefined : at(object.annotations, key);
}

/** The sync wave of an object; without one, or with one that is no number, Argo CD takes 0. */
export function waveOf(object: SetObject): number {
  if (object.annotations === undefined) return 0;
  const wave = text(annotation(object, `${ARGO_CD}sync-wave`));
  return WAVE.test(wave) ? Number(wave) : 0;
}

/** The part of a manifest that says, or would say, the sync wave. */
export function waveNodeOf(object: SetObject): unknown {
  return object.annotations ?? at(object.manifest, 'metadata');
}

/** Whether something in the object speaks to Argo CD. */
export function speaksToArgoCd(object: SetObject): boolean {
  const { annotations } = object;
  if (annotations === null || typeof annotations !== 'object') return false;
  return Object.keys(annotations).some((key) => key.startsWith(ARGO_CD));
}

/** The sync options of an object, such as `PruneLast=true`. */
export function syncOptionsOf(object: SetObject): readonly string[] {
  if (object.annotations === undefined) return NONE;
  return text(annotation(object, `${ARGO_CD}sync-options`))
    .split(',')
    .map((option) => option.trim());
}

/** The hook annotations of an object. Hooks have phases of their own, so their waves do not compare. */
export function hooksOf(object: SetObject): readonly string[] {
  if (object.annotations === undefined) return NONE;
  return HOOKS.filter((key) => text(annotation(object, key)) !== '');
}

/** The Application that Argo CD says delivers an object. */
export function trackedBy(object: SetObject): string | undefined {
  const id = text(annotation(object, TRACKING_ID));
  return id.includes(':') ? id.slice(0, id.indexOf(':')) : undefined;
}

/**
 * Whether two objects are in one sync, so that their waves compare: in one Application if Argo CD says so, else in one folder. Waves do not
 * order what is in two Applications.
 */
export function areDeliveredTogether(one: SetObject, other: SetObject): boolean {
  const isOneDelivery = isUntracked(one) && isUntracked(other) && one.origin?.file === other.origin?.file;
  return (isOneDelivery || deliveryOf(one) === deliveryOf(other)) && hooksOf(one).length === 0 && hooksOf(other).length === 0;
}

function isUntracked({ annotations }: SetObject): boolean {
  return annotations === undefined;
}

/** What objects that are delivered together share. */
export function deliveryOf(object: SetObject): string {
  const application = trackedBy(object);
  if (application !== undefined) return `application ${application}`;
  const file = object.origin?.file ?? '';
  return `folder ${file.slice(0, Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1)}`;
}
