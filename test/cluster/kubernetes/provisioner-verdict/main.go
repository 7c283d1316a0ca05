// Command provisioner-verdict answers what the real csi-provisioner would say about a claim and the ReferenceGrants around it.
// It reads one JSON document per line, {"claim": {...}, "grants": [{...}]}, and writes one line of JSON for each.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"

	v1 "k8s.io/api/core/v1"
	gatewayv1beta1 "sigs.k8s.io/gateway-api/apis/v1beta1"

	provisioner "github.com/kubernetes-csi/external-provisioner/v6/pkg/controller"
)

// question is one set of manifests: the claim, and every grant of every namespace.
type question struct {
	Claim  v1.PersistentVolumeClaim         `json:"claim"`
	Grants []*gatewayv1beta1.ReferenceGrant `json:"grants"`
}

// answer holds the verdict of each of the two ways to ask.
type answer struct {
	// Function is the verdict of IsGranted alone; absent for a claim without a namespace in its dataSourceRef, which the
	// provisioner never asks about.
	Function *bool `json:"function,omitempty"`
	// Provision is the verdict of the whole call that also knows the gate and the claim's own namespace.
	Provision bool `json:"provision"`
	// Reason is what Provision answered when it refused.
	Reason string `json:"reason,omitempty"`
}

func main() {
	gate := flag.Bool("gate", true, "the CrossNamespaceVolumeDataSource feature gate of the provisioner")
	flag.Parse()
	if err := answerAll(os.Stdin, os.Stdout, *gate); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func answerAll(in io.Reader, out io.Writer, gate bool) error {
	plant, err := newPlant(gate)
	if err != nil {
		return err
	}
	questions := json.NewDecoder(bufio.NewReader(in))
	buffered := bufio.NewWriter(out)
	answers := json.NewEncoder(buffered)
	for number := 1; questions.More(); number++ {
		var asked question
		if err := questions.Decode(&asked); err != nil {
			return fmt.Errorf("line %d is no claim with grants: %w", number, err)
		}
		given, err := plant.answer(context.Background(), asked)
		if err != nil {
			return fmt.Errorf("line %d: %w", number, err)
		}
		if err := answers.Encode(given); err != nil {
			return err
		}
	}
	return buffered.Flush()
}

func (p *plant) answer(ctx context.Context, asked question) (answer, error) {
	var given answer
	ref := asked.Claim.Spec.DataSourceRef
	if ref != nil && ref.Namespace != nil {
		granted, _ := provisioner.IsGranted(ctx, &asked.Claim, asked.Grants)
		given.Function = &granted
	}
	var err error
	given.Provision, given.Reason, err = p.provision(ctx, asked)
	return given, err
}
