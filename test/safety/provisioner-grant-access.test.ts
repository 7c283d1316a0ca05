import { App, Chart } from 'cdk8s';
import { ProvisionerGrantAccess, type ProvisionerServiceAccount } from '../../src';
import { errorOf, render } from '../manifests';

function rendered(serviceAccounts: ProvisionerServiceAccount[]) {
  const app = new App();
  new ProvisionerGrantAccess(new Chart(app, 'platform', { namespace: 'platform' }), 'access', { serviceAccounts });
  return render(app);
}

test('every account named may read grants, and hold and release snapshots', () => {
  const accounts = ['a', 'b'].map((namespace) => ({ namespace, serviceAccountName: 'csi-provisioner' }));
  expect(rendered(accounts)).toMatchSnapshot();
});

test('no account at all, or one that cannot be, is an error', () => {
  expect(errorOf(() => rendered([]))).toBe(
    "ProvisionerGrantAccess 'platform/access' names no service account; name those of the csi-provisioners",
  );
  expect(errorOf(() => rendered([{ namespace: 'A', serviceAccountName: 'x' }]))).toMatch(
    /^namespace of a service account of ProvisionerGrantAccess 'platform\/access' is 'A', but must be a DNS label/,
  );
});
