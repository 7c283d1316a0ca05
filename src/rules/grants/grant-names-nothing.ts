import { keyOf, type ObjectKey } from '../../reference/reference';
import { at, text } from '../fields';
import type { ObjectSet } from '../object-set';
import { faultsIn, type Rule, violatorsOf } from '../rule';
import { type SetObject, titleOf } from '../set-object';
import { ShownNames } from '../shown-names';
import { handedOver, usedGrants } from './coverage';
import { type ClaimGrant, claimGrants, type Entry } from './entries';
import { grantCoversNothing } from './grant-covers-nothing';
import { grantsToldElsewhere, unreadNamespaces } from './told-elsewhere';

export const grantNamesNothing: Rule = {
  id: 'grant-names-nothing',
  severity: 'warning',
  sentence: 'What a ReferenceGrant names is among the objects of its kind that the set shows in that namespace.',
  why: 'The grant is accepted and allows nothing, but whoever makes an object of that name tomorrow has opened it. It is a slip of the pen, or what is left of a copy that is gone. It is judged only where the set shows other objects of that kind in that namespace, of claims not only copies, and where nobody asks for the name: at a claim that does, another rule speaks. Claims that a StatefulSet or a pod of the set makes count. It is a warning, because what a scheduler or an operator makes is not seen.',
  remediation:
    "Correct the name, which Kustomize's namePrefix and nameSuffix leave as it is, or remove the entry; if the namespace is delivered elsewhere, name it with --external.",
  source: 'https://gateway-api.sigs.k8s.io/api-types/referencegrant/',

  judge(set, say) {
    const used = usedGrants(set);
    let others: Others | undefined;
    for (const one of claimGrants(set)) {
      const { object, grant, claims, namespaces } = one;
      // Nearly always. Where somebody asks for what is not there, another rule says so.
      if (grant.to.length === 1 && used.has(grant)) {
        say(object);
        continue;
      }
      // In the namespace of the claims it names what is elsewhere, and another rule says that it is in the wrong one.
      if (claims.length === 0 || namespaces.every((namespace) => namespace === object.namespace)) continue;
      const missing = missingIn(set, one);
      if (missing.length > 0) others ??= new Others(set);
      say(
        object,
        faultsIn(missing, ({ named, path, node }) => {
          if (others?.speakOf(one, named)) return undefined;
          const message = `${path} of ${titleOf(object)} opens ${named.kind} ${named.name}, but ${ShownNames.of(set).insteadOf(named)}`;
          return { message, node };
        }),
      );
    }
  },
};

/** An entry, and the object that it names. */
interface Missing extends Pick<Entry, 'path' | 'node'> {
  readonly named: ObjectKey;
}

/** The entries that name what is not there. Of one without a group or a name, or with an asterisk for it, other rules speak. */
function missingIn(set: ObjectSet, { object, sources }: ClaimGrant): readonly Missing[] {
  const missing: Missing[] = [];
  for (const { group, kind, path, node } of sources) {
    const name = text(at(node, 'name'));
    if (group === undefined || name === '' || name.includes('*')) continue;
    const named = { group, kind, namespace: object.namespace, name };
    if (ShownNames.miss(set, named)) missing.push({ named, path, node });
  }
  return missing;
}

/** The other rules that say why a name is not there, or may have to. Asked where there is such a name. */
class Others {
  private readonly asked = new Set<string>();
  private readonly unused: ReadonlySet<SetObject>;
  private readonly unread: ReadonlySet<string>;

  constructor(private readonly set: ObjectSet) {
    for (const { reference } of set.claims) if (reference) this.asked.add(keyOf(reference.source));
    for (const { source } of handedOver(set)) this.asked.add(keyOf(source));
    this.unused = violatorsOf(grantCoversNothing, set);
    this.unread = unreadNamespaces(set);
  }

  public speakOf({ object, grant, namespaces }: ClaimGrant, named: ObjectKey): boolean {
    return (
      this.asked.has(keyOf(named)) ||
      this.unused.has(object) ||
      grantsToldElsewhere(this.set).has(grant) ||
      namespaces.some((namespace) => this.unread.has(namespace))
    );
  }
}
