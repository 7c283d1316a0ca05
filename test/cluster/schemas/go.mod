module cdk8s-snapshot-clone.test/schemas

go 1.26.0

// Its tests bring the JSON schema of SARIF along, as OASIS published it. Nothing is built of it: `go mod tidy` would take it out.
require github.com/securego/gosec/v2 v2.30.0
