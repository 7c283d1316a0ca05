import { ApiObject, JsonPatch, Size } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-27';
import { quoted } from '../reference/quoted';
import { podSpecPath } from '../resources/workloads';
import type { RequiredDataOptions } from './required-data-options';
import { REQUIRED_DATA_SCRIPT } from './required-data-script';

const NAME = 'require-data';
const MOUNT_PATH = '/volume';
const IMAGE = 'docker.io/library/busybox:1.37.0';
/** The user "nobody" of most images. */
const NOBODY = 65534;

/** The claim that the data is to be on. */
export interface RequiredOn {
  readonly namespace: string;
  readonly name: string;
  /** What the claim is filled from, in words. */
  readonly source: string;
  /** Whether it is filled by reference to another namespace. */
  readonly needsGate: boolean;
}

/** Adds the init container that fails on a volume without the file. */
export function addDataCheck(pod: kplus.AbstractPod, volume: kplus.Volume, claim: RequiredOn, options: RequiredDataOptions): void {
  const object = ApiObject.of(pod);
  const podSpec = podSpecPath(object.kind);
  if (podSpec === undefined) throw new Error(`'${pod.node.path}' is a ${object.kind}, which has no init containers`);
  refuseEarlierWriter(pod, volume, claim);
  const index = pod.initContainers.length;
  const user = userOf(pod, volume, options);
  pod.addInitContainer({
    name: index === 0 ? NAME : `${NAME}-${index}`,
    image: imageOf(claim, options),
    // The classes and enums of cdk8s-plus-27 are types to us: using one as a value would load the package.
    imagePullPolicy: 'IfNotPresent' as kplus.ImagePullPolicy,
    command: ['sh', '-c', verbatim(REQUIRED_DATA_SCRIPT), NAME],
    args: [MOUNT_PATH, fileOf(claim, options), `${claim.namespace}/${claim.name}`, adviceFor(claim)].map(verbatim),
    resources: {
      cpu: { request: { amount: '10m' } as kplus.Cpu, limit: { amount: '100m' } as kplus.Cpu },
      memory: { request: Size.mebibytes(16), limit: Size.mebibytes(32) },
    },
    securityContext: {
      allowPrivilegeEscalation: false,
      ensureNonRoot: user !== 0,
      privileged: false,
      readOnlyRootFilesystem: true,
      user,
    },
    volumeMounts: [{ path: MOUNT_PATH, volume, readOnly: true }],
  });
  const container = `${podSpec}/initContainers/${index}`;
  object.addJsonPatch(
    JsonPatch.add(`${container}/securityContext/capabilities`, { drop: ['ALL'] }),
    JsonPatch.add(`${container}/securityContext/seccompProfile`, { type: 'RuntimeDefault' }),
    // So that `kubectl describe pod` says why, without a look into the log.
    JsonPatch.add(`${container}/terminationMessagePolicy`, 'FallbackToLogsOnError'),
  );
}

/** What only the complete chart can tell: that the volume is the claim's, and that somebody uses it. */
export function checkDataCheck(pod: kplus.AbstractPod, volume: kplus.Volume, claim: RequiredOn): void {
  const object = ApiObject.of(pod);
  const steps = podSpecPath(object.kind)!.slice(1).split('/');
  const spec: RenderedPodSpec = steps.reduce((node, step) => node?.[step], object.toJson()) ?? {};
  const of = `volume '${volume.name}' of ${object.kind} ${object.name}`;
  const made = (spec.volumes ?? []).find(({ name }) => name === volume.name)?.persistentVolumeClaim?.claimName;
  if (made !== claim.name) {
    throw new Error(
      `${of} is required to hold data of claim ${claim.namespace}/${claim.name}, but is not made of it; make it with Volume.fromPersistentVolumeClaim(scope, id, claim)`,
    );
  }
  if ((spec.containers ?? []).some(({ volumeMounts }) => volumeMounts?.some(({ name }) => name === volume.name))) return;
  throw new Error(`${of} is required to hold data, but no container mounts it; mount this volume, or remove requireData`);
}

interface RenderedPodSpec {
  readonly volumes?: { readonly name: string; readonly persistentVolumeClaim?: { readonly claimName: string } }[];
  readonly containers?: { readonly volumeMounts?: { readonly name: string }[] }[];
}

/** What an earlier init container writes, the check would take for copied data. */
function refuseEarlierWriter(pod: kplus.AbstractPod, volume: kplus.Volume, claim: RequiredOn): void {
  const writer = pod.initContainers.find(({ mounts }) => mounts.some((mount) => mount.volume.name === volume.name && !mount.readOnly));
  if (!writer) return;
  throw new Error(
    `init container '${writer.name}' of '${pod.node.path}' may write to claim ${claim.namespace}/${claim.name} before it is looked at; call requireData before it is added, or mount its volume readOnly`,
  );
}

function fileOf(claim: RequiredOn, { file }: RequiredDataOptions): string {
  if (isPath(file)) return file;
  throw new Error(
    `file that claim ${claim.namespace}/${claim.name} is required to hold is ${quoted(file)}, but must be a path from the root of the volume, without a slash at either end, and without empty, '.' or '..' parts; write it such as data/ibdata1`,
  );
}

function isPath(file: unknown): boolean {
  return typeof file === 'string' && !file.includes('\0') && file.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}

function imageOf(claim: RequiredOn, { image = IMAGE }: RequiredDataOptions): string {
  if (typeof image === 'string' && /^\S+$/.test(image)) return image;
  throw new Error(
    `image that looks at claim ${claim.namespace}/${claim.name} is ${quoted(image)}, but must be the name of an image; leave it out for ${IMAGE}`,
  );
}

/** Nothing: the pod's own. Never root, unless somebody says so. */
function userOf(pod: kplus.AbstractPod, volume: kplus.Volume, { user }: RequiredDataOptions): number | undefined {
  if (user === undefined) {
    const mounter = pod.containers.find(({ mounts }) => mounts.some((mount) => mount.volume.name === volume.name));
    return mounter?.securityContext.user || (pod.securityContext.user ? undefined : NOBODY);
  }
  if (Number.isInteger(user) && user >= 0 && user < 2 ** 31) return user;
  throw new Error(`user is '${user}', but must be a whole number from 0 to 2147483647`);
}

function adviceFor({ source, needsGate }: RequiredOn): string {
  const again = 'A bound claim is never filled again: delete it and let it be made again, or move to the next generation.';
  return needsGate
    ? `It was to be filled from ${source}. Is the feature gate CrossNamespaceVolumeDataSource on in the API server, and was there data when the snapshot was taken? ${again}`
    : `It was to be filled from ${source}. Was there data when the snapshot was taken? ${again}`;
}

/**
 * Kubernetes replaces `$(NAME)` in commands and arguments, and makes one dollar of two.
 *
 * @see https://kubernetes.io/docs/tasks/inject-data-application/define-environment-variable-container/
 */
function verbatim(text: string): string {
  return text.replace(/\$(?=[$(])/g, '$$$$');
}
