package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	v1 "k8s.io/api/core/v1"
	storagev1 "k8s.io/api/storage/v1"
	"k8s.io/apimachinery/pkg/labels"
	utilfeature "k8s.io/apiserver/pkg/util/feature"
	"k8s.io/client-go/kubernetes/fake"
	"k8s.io/klog/v2"
	gatewayv1beta1 "sigs.k8s.io/gateway-api/apis/v1beta1"
	gatewaylisters "sigs.k8s.io/gateway-api/pkg/client/listers/apis/v1beta1"
	"sigs.k8s.io/sig-storage-lib-external-provisioner/v13/controller"

	provisioner "github.com/kubernetes-csi/external-provisioner/v6/pkg/controller"
	"github.com/kubernetes-csi/external-provisioner/v6/pkg/features"
)

const driver = "verdict.test"

// pastTheGrants is how Provision ends here when it has no objection to the data source: the driver is said to be able to do
// nothing, which is the next thing it looks at.
const pastTheGrants = "CSI driver does not support"

// refusals are the two ways in which Provision objects to the data source itself.
var refusals = []string{"isn't allowed", "feature is disabled"}

// plant is a provisioner whose cache of grants is exchanged with each question.
type plant struct {
	controller.Provisioner
	grants *grantCache
}

func newPlant(gate bool) (*plant, error) {
	// The provisioner logs each refusal as an event; a hundred thousand of them help nobody.
	klog.SetLogger(klog.Logger{})
	wanted := map[string]bool{string(features.CrossNamespaceVolumeDataSource): gate}
	if err := utilfeature.DefaultMutableFeatureGate.SetFromMap(wanted); err != nil {
		return nil, err
	}
	grants := &grantCache{}
	return &plant{
		grants: grants,
		Provisioner: provisioner.NewCSIProvisioner(
			fake.NewClientset(), time.Second, "verdict", "pvc", -1, nil, nil, driver,
			nil, nil, "", false, false, nil, nil, nil, nil, nil, nil, grants, false, "", nil, false, false, nil,
		),
	}, nil
}

func (p *plant) provision(ctx context.Context, asked question) (bool, string, error) {
	p.grants.all = asked.Grants
	claim := asked.Claim.DeepCopy()
	claim.Annotations = map[string]string{"volume.kubernetes.io/storage-provisioner": driver}
	_, _, err := p.Provision(ctx, controller.ProvisionOptions{
		StorageClass: &storagev1.StorageClass{Provisioner: driver},
		PVC:          claim,
	})
	if err == nil {
		return false, "", errors.New("Provision succeeded without a driver")
	}
	reason := err.Error()
	if strings.HasPrefix(reason, pastTheGrants) {
		return true, "", nil
	}
	for _, refusal := range refusals {
		if strings.HasSuffix(reason, refusal) {
			return false, reason, nil
		}
	}
	return false, "", fmt.Errorf("Provision ended for a reason that has nothing to do with grants: %w", err)
}

// grantCache stands where the provisioner's informer stands: asked for a namespace, it knows only the grants in it.
type grantCache struct {
	all []*gatewayv1beta1.ReferenceGrant
}

// grantsOf is the view of one namespace; getting a grant by its name is never asked for.
type grantsOf struct {
	gatewaylisters.ReferenceGrantNamespaceLister
	cache     *grantCache
	namespace string
}

func (c *grantCache) List(labels.Selector) ([]*gatewayv1beta1.ReferenceGrant, error) {
	return c.all, nil
}

func (c *grantCache) ReferenceGrants(namespace string) gatewaylisters.ReferenceGrantNamespaceLister {
	return grantsOf{cache: c, namespace: namespace}
}

func (g grantsOf) List(labels.Selector) ([]*gatewayv1beta1.ReferenceGrant, error) {
	var found []*gatewayv1beta1.ReferenceGrant
	for _, grant := range g.cache.all {
		if g.namespace == v1.NamespaceAll || grant.Namespace == g.namespace {
			found = append(found, grant)
		}
	}
	return found, nil
}
