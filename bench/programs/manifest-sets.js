/**
 * Writes the manifests that the checker is measured on, as one YAML stream on standard output:
 *   sets N       N times a snapshot, a grant and the claim that it covers; every document matters
 *   haystack     100 such sets, spread among 20 000 Deployments, Services and ConfigMaps
 * The same bytes every time.
 */
const HAYSTACK = { sets: 100, deployments: 8000, services: 6000, configMaps: 6000 };

function set(index) {
  return [
    `apiVersion: snapshot.storage.k8s.io/v1
kind: VolumeSnapshot
metadata:
  name: data-${index}
  namespace: prod-${index}
spec:
  volumeSnapshotClassName: csi-fast
  source:
    persistentVolumeClaimName: data-${index}
`,
    `apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata:
  name: data-${index}-to-dev-${index}
  namespace: prod-${index}
spec:
  from:
    - group: ""
      kind: PersistentVolumeClaim
      namespace: dev-${index}
  to:
    - group: snapshot.storage.k8s.io
      kind: VolumeSnapshot
      name: data-${index}
`,
    `apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: data
  namespace: dev-${index}
spec:
  accessModes:
    - ReadWriteOnce
  storageClassName: csi-fast
  resources:
    requests:
      storage: 20Gi
  dataSourceRef:
    apiGroup: snapshot.storage.k8s.io
    kind: VolumeSnapshot
    namespace: prod-${index}
    name: data-${index}
`,
  ];
}

function deployment(index) {
  const containers = ['app', 'proxy', 'metrics'].map(
    (name, place) => `        - name: ${name}
          image: registry.example.com/team-${index % 40}/${name}:1.${index % 90}.${place}
          ports:
            - containerPort: ${8080 + place}
              name: http-${place}
          env:
            - name: LOG_LEVEL
              value: info
            - name: SERVICE_ADDRESS
              valueFrom:
                configMapKeyRef:
                  name: settings-${index}
                  key: address
          resources:
            requests:
              cpu: 100m
              memory: 128Mi
            limits:
              memory: 256Mi
          readinessProbe:
            httpGet:
              path: /ready
              port: http-${place}
`,
  );
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: app-${index}
  namespace: team-${index % 40}
  labels:
    app.kubernetes.io/name: app-${index}
    app.kubernetes.io/part-of: shop
spec:
  replicas: ${1 + (index % 4)}
  selector:
    matchLabels:
      app.kubernetes.io/name: app-${index}
  template:
    metadata:
      labels:
        app.kubernetes.io/name: app-${index}
    spec:
      securityContext:
        runAsNonRoot: true
      volumes:
        - name: settings
          configMap:
            name: settings-${index}
      containers:
${containers.join('')}`;
}

function service(index) {
  return `apiVersion: v1
kind: Service
metadata:
  name: app-${index}
  namespace: team-${index % 40}
  labels:
    app.kubernetes.io/name: app-${index}
spec:
  selector:
    app.kubernetes.io/name: app-${index}
  ports:
    - name: http
      port: 80
      targetPort: http-0
    - name: metrics
      port: 9090
      targetPort: http-2
`;
}

function configMap(index) {
  const lines = Array.from({ length: 12 }, (_, line) => `    setting.${line} = value-${index}-${line} # what the team agreed on\n`);
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings-${index}
  namespace: team-${index % 40}
data:
  address: app-${index}.team-${index % 40}.svc
  settings.properties: |
${lines.join('')}`;
}

function* haystack() {
  const { deployments, services, configMaps, sets } = HAYSTACK;
  const every = Math.floor((deployments + services + configMaps) / sets);
  const straws = function* () {
    for (let index = 0; index < deployments; index++) {
      yield deployment(index);
      if (index < services) yield service(index);
      if (index < configMaps) yield configMap(index);
    }
  };
  let count = 0;
  for (const straw of straws()) {
    yield straw;
    if (++count % every === 0) yield* set(count / every - 1);
  }
}

function* sets(count) {
  for (let index = 0; index < count; index++) yield* set(index);
}

const [shape, count = '3000'] = process.argv.slice(2);
if (shape !== 'sets' && shape !== 'haystack') {
  console.error('usage: node manifest-sets.js sets N | haystack');
  process.exit(2);
}
const documents = shape === 'haystack' ? haystack() : sets(Number(count));
process.stdout.write([...documents].join('---\n'));
