/**
 * How bad a finding is.
 */
export enum CheckSeverity {
  /**
   * It does not work in a cluster, or is unsafe.
   */
  ERROR = 'error',

  /**
   * It works, and will bite.
   */
  WARNING = 'warning',

  /**
   * Worth knowing; or it cannot be judged from these manifests.
   */
  INFO = 'info',
}

/**
 * One violation of one rule by one object.
 */
export interface CheckFinding {
  /**
   * The id of the rule, such as `reference-not-granted`.
   */
  readonly rule: string;

  /**
   * How bad it is.
   */
  readonly severity: CheckSeverity;

  /**
   * The API version of the object.
   */
  readonly apiVersion: string;

  /**
   * The kind of the object.
   */
  readonly kind: string;

  /**
   * The namespace of the object. Empty for kinds that have none.
   */
  readonly namespace: string;

  /**
   * The name of the object. Empty if the cluster is to generate it.
   */
  readonly name: string;

  /**
   * What is wrong, with the value and what is allowed. Where csi-provisioner would refuse, in its words.
   */
  readonly message: string;

  /**
   * What to do.
   */
  readonly remediation: string;

  /**
   * Why the object says that the rule does not hold for it: the value of its annotation `cdk8s-snapshot-clone/skip.RULE`.
   *
   * @default - the finding is not suppressed
   */
  readonly suppressedBecause?: string;
}

/**
 * How manifests are checked.
 */
export interface ManifestCheckOptions {
  /**
   * The namespace of objects that name none, as `kubectl apply --namespace` gives it. A DNS label.
   *
   * @default 'default'
   */
  readonly namespace?: string;

  /**
   * Namespaces that are delivered elsewhere, each a DNS label. What they hold and grant is not judged.
   *
   * @default - everything that is missing is taken for missing
   */
  readonly external?: string[];

  /**
   * Ids of rules that are not applied. `wrong-type` and `field-spelling` cannot be skipped: without them a field of a wrong type, or under a
   * wrong name, would read as an absent one.
   *
   * @default - every rule is applied
   */
  readonly skip?: string[];
}

/**
 * Checks manifests before a cluster does: whether grants cover the claims that refer to snapshots and claims of other namespaces, and what else
 * keeps a clone from being filled. The command `snapshot-clone check` does the same with files.
 *
 * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/#cross-namespace-data-sources
 */
export class SnapshotCloneCheck {
  /**
   * Checks parsed manifests as one set: each object as it would be sent to the API server, whatever tool has made it. `List` objects are looked
   * into. A map that is no Kubernetes object, such as the values of a chart, is left out; what is no map at all was never a manifest, and is an
   * error.
   *
   * Findings that their object suppresses are given as well, with the reason. None of the others means that no rule objects.
   *
   * @param manifests The parsed manifests, of all charts that belong together: claims are judged by the grants of the same list.
   * @param options How they are checked.
   * @returns Rule by rule, each rule's findings in the order of the manifests.
   * @throws If an item is no parsed manifest: a list, a text, a construct, null, or a map that names a kind and no apiVersion. If `namespace` or
   *   `external` can be no namespace's name, or `skip` names a rule that does not exist or cannot be skipped (`wrong-type`, `field-spelling`).
   *   If a field that decides, such as a name, is a template that nobody has rendered.
   *
   * @example
   *
   * const findings = SnapshotCloneCheck.manifests(chart.toJson(), { external: ['prod'] });
   * const clean = findings.length === 0;
   */
  public static manifests(manifests: unknown[], options: ManifestCheckOptions = {}): CheckFinding[] {
    // Loaded when it is first asked for: an App that only makes manifests does not pay for the rules.
    const { judgeManifests } = require('./judge-manifests') as typeof import('./judge-manifests');
    return judgeManifests(manifests, options);
  }

  private constructor() {}
}
