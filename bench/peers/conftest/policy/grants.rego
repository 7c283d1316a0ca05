# The one question that both answer: does a grant cover each claim that names a snapshot of another namespace, and is that snapshot there?
# Complete rules only: a partial rule would be evaluated once for each key asked for, and the time would grow with the square of the set.
package main

import rego.v1

documents := [document.contents | some document in input]

grants := {aim |
	some grant in documents
	grant.kind == "ReferenceGrant"
	some from in grant.spec.from
	from.group == ""
	from.kind == "PersistentVolumeClaim"
	some to in grant.spec.to
	aim := [grant.metadata.namespace, from.namespace, to.group, to.kind, object.get(to, "name", "*")]
}

snapshots := {[snapshot.metadata.namespace, snapshot.metadata.name] |
	some snapshot in documents
	snapshot.kind == "VolumeSnapshot"
}

claims := [claim |
	some claim in documents
	claim.kind == "PersistentVolumeClaim"
	claim.spec.dataSourceRef.namespace != claim.metadata.namespace
]

ungranted := {message |
	some claim in claims
	source := claim.spec.dataSourceRef
	aim := [source.namespace, claim.metadata.namespace, source.apiGroup, source.kind]
	not array.concat(aim, [source.name]) in grants
	not array.concat(aim, ["*"]) in grants
	message := sprintf("ungranted %s/%s", [claim.metadata.namespace, claim.metadata.name])
}

missing := {message |
	some claim in claims
	source := claim.spec.dataSourceRef
	source.kind == "VolumeSnapshot"
	not [source.namespace, source.name] in snapshots
	message := sprintf("missing %s/%s", [claim.metadata.namespace, claim.metadata.name])
}

deny := ungranted | missing
