import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as fc from 'fast-check';
import { installDebianPackages } from '../tools/debian-packages';
import { Browser } from './browser';

// docs/playground.html in a real browser. No cluster is booted for it.
jest.setTimeout(600_000);

const ROOT = resolve(__dirname, '..', '..', '..');
const COMMAND = join(ROOT, 'lib', 'cli', 'snapshot-clone.js');
const EXAMPLES = join(ROOT, 'test', 'rules', 'examples');
const PAGE = pathToFileURL(join(ROOT, 'docs', 'playground.html')).href;
const folder = mkdtempSync(join(tmpdir(), 'playground-'));
let browser: Browser;

beforeAll(async () => {
  installDebianPackages({ chromium: 'chromium' });
  browser = await Browser.start();
});
afterAll(async () => {
  await browser?.stop();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  await browser.ask('Emulation.clearDeviceMetricsOverride');
  await browser.ask('Emulation.setEmulatedMedia', { features: [] });
  await browser.open(PAGE);
});

/** Lines as a reader sees them, however they are set. */
const lines = (text: string) =>
  text
    .split('\n')
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '');

/** Pastes a text, waits for its check, and reads the page. */
async function paste(text: string): Promise<string[]> {
  const shown = await browser.evaluate<string>(`(async () => {
    const input = document.getElementById('yaml');
    input.value = ${JSON.stringify(text)};
    input.dispatchEvent(new Event('input'));
    while (document.getElementById('summary').textContent === 'Checking …') await new Promise((go) => setTimeout(go, 20));
    return document.getElementById('findings').innerText + '\\n' + document.getElementById('summary').innerText;
  })()`);
  return lines(shown);
}

/** What the command says of the same text. */
function command(text: string): string[] {
  writeFileSync(join(folder, 'pasted.yaml'), text);
  const { stdout } = spawnSync(process.execPath, [COMMAND, 'check', 'pasted.yaml'], { cwd: folder, encoding: 'utf8' });
  return lines(stdout).filter((line) => line !== 'pasted.yaml');
}

function examples(): [string, string][] {
  const files = readdirSync(EXAMPLES, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yaml'));
  return files.sort().map((file) => [file, readFileSync(join(EXAMPLES, file), 'utf8')]);
}

test('it opens with an example, asks for nothing but itself, and its policy has nothing to complain about', async () => {
  expect(await browser.evaluate('document.getElementById("summary").innerText')).toContain('1 error');
  const requested = browser.events
    .filter(({ method }) => method === 'Network.requestWillBeSent')
    .map(({ params }) => (params.request as { url: string }).url);
  expect(requested).toEqual([PAGE]);
  expect(browser.events.filter(({ method }) => ['Log.entryAdded', 'Runtime.exceptionThrown'].includes(method))).toEqual([]);
});

test('a script in it could send nothing anywhere', async () => {
  const refused = await browser.evaluate<string[]>(`(async () => {
    const refused = [];
    document.addEventListener('securitypolicyviolation', (event) => refused.push(event.effectiveDirective));
    await fetch('https://example.com/').catch(() => {});
    try { new WebSocket('wss://example.com/'); } catch {}
    navigator.sendBeacon('https://example.com/', 'x');
    const image = new Image();
    await new Promise((done) => { image.onerror = done; image.src = 'https://example.com/x.png'; });
    const script = document.createElement('script');
    script.textContent = 'document.title = "owned"';
    document.body.append(script);
    await new Promise((done) => setTimeout(done, 100));
    return [...refused, document.title];
  })()`);
  expect(refused.sort()).toEqual(
    ['connect-src', 'connect-src', 'connect-src', 'img-src', 'script-src-elem', 'snapshot-clone check, in a browser'].sort(),
  );
});

test('it says of every example of every rule what the command says', async () => {
  const all = examples();
  expect(all.length).toBeGreaterThan(100);
  for (const [file, text] of all) expect([file, ...(await paste(text))]).toEqual([file, ...command(text)]);
});

test.each([
  ['nothing', ''],
  ['a comment', '# nothing\n'],
  ['torn YAML', 'kind: PersistentVolumeClaim\nkind: again\n'],
  ['a template', 'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: {{ .Values.name }} }\n'],
  [
    'a suppression',
    'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: a, annotations: { cdk8s-snapshot-clone/skip.empty-namespace: ok, cdk8s-snapshot-clone/skip.no-such: x } }\nspec: { dataSourceRef: { kind: PersistentVolumeClaim, name: b, namespace: "" } }\n',
  ],
])('of %s it says what the command says', async (_, text) => {
  expect(await paste(text)).toEqual(command(text));
});

test('names that are HTML are shown as text, wherever they stand', async () => {
  const hostile = `<img src=x onerror="document.title='owned'"></script><script>document.title='owned'</script><svg onload=1>`;
  const before = await tags();
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(fc.constant(hostile), fc.string({ unit: 'binary' })), { minLength: 6, maxLength: 6 }),
      async (words) => {
        const [name, namespace, kind, group, reason, volume] = words;
        const claim = {
          apiVersion: 'v1',
          kind: 'PersistentVolumeClaim',
          metadata: {
            name,
            namespace,
            annotations: { 'cdk8s-snapshot-clone/skip.guard-not-in-set': reason, [`cdk8s-snapshot-clone/skip.${kind}`]: reason },
          },
          spec: { dataSourceRef: { apiGroup: group, kind, namespace: reason, name: volume }, volumeName: volume },
        };
        await paste(JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [claim] }));
        expect(await browser.evaluate('document.title')).toBe('snapshot-clone check, in a browser');
        expect((await tags()).filter((tag) => !before.includes(tag))).toEqual([]);
      },
    ),
    { numRuns: 60 },
  );
  const claim = {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: hostile },
    spec: { dataSourceRef: { kind: hostile, name: 'x' } },
  };
  expect((await paste(JSON.stringify(claim))).join('\n')).toContain(hostile);
  expect(browser.events.filter(({ method }) => ['Log.entryAdded', 'Runtime.exceptionThrown'].includes(method))).toEqual([]);
});

/** Every kind of element that the page may have, with its attributes that could do something. */
function tags(): Promise<string[]> {
  return browser.evaluate(`[...new Set([...document.querySelectorAll('*'), ...['p', 'h3', 'ul', 'li', 'a', 'strong', 'details', 'summary', 'div', 'button']
    .map((name) => document.createElement(name))]
    .flatMap((element) => [element.localName, ...element.getAttributeNames().filter((name) => name.startsWith('on'))]))]`);
}

test('the buttons show both examples, and the picture shows what is refused', async () => {
  const refused = () => browser.evaluate<number>(`document.querySelectorAll('#picture path.refused').length`);
  const words = () => browser.evaluate<string>(`document.querySelector('#picture details').textContent`);
  expect(await refused()).toBe(1);
  expect(await words()).toContain('VolumeSnapshot prod/mysql → PersistentVolumeClaim dev/mysql: refused: no grant');
  await browser.evaluate(`document.getElementById('granted').click()`);
  expect(await refused()).toBe(0);
  expect(await words()).toContain('ReferenceGrant prod/mysql-to-dev → PersistentVolumeClaim dev/mysql: fills');
  expect(await browser.evaluate(`document.getElementById('summary').innerText`)).toContain('0 errors, 0 warnings');
});

test('a namespace that is delivered elsewhere is not judged', async () => {
  await browser.evaluate(`document.getElementById('external').value = 'prod'`);
  const text = await browser.evaluate<string>(`document.getElementById('yaml').value`);
  expect((await paste(text)).at(-1)).toContain('0 errors');
});

test('objects that name no namespace are in the one that the page is told', async () => {
  const text = (await browser.evaluate<string>(`document.getElementById('yaml').value`)).replaceAll(/^ +namespace: dev\n/gm, '');
  expect((await paste(text)).join(' ')).toContain('default/mysql');
  await browser.evaluate(`document.getElementById('namespace').value = 'dev'`);
  expect((await paste(text)).join(' ')).toContain('dev/mysql');
});

test('in the picture no two objects overlap, and each is in the box of its namespace', async () => {
  const nameless = 'apiVersion: snapshot.storage.k8s.io/v1\nkind: VolumeSnapshot\nmetadata: { name: " ", namespace: "\\e" }\n';
  for (const [file, text] of [...examples(), ['without a name', nameless] as const]) {
    await paste(text);
    const faults = await browser.evaluate<string[]>(`(() => {
      const boxes = [...document.querySelectorAll('#picture .node')].map((rect) => rect.getBBox());
      const groups = [...document.querySelectorAll('#picture .namespace')].map((rect) => rect.getBBox());
      const inside = (a, b) => a.x >= b.x && a.y >= b.y && a.x + a.width <= b.x + b.width && a.y + a.height <= b.y + b.height;
      const apart = (a, b) => a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
      const faults = [];
      boxes.forEach((a, i) => boxes.forEach((b, j) => { if (i < j && !apart(a, b)) faults.push('overlap ' + i + ' ' + j); }));
      groups.forEach((a, i) => groups.forEach((b, j) => { if (i < j && !apart(a, b)) faults.push('namespaces overlap'); }));
      boxes.forEach((box, i) => { if (!groups.every((group) => inside(box, group) || apart(box, group))) faults.push('across ' + i); });
      for (const group of document.querySelectorAll('#picture g')) {
        const rect = group.querySelector('rect').getBBox();
        for (const text of group.querySelectorAll('text')) if (!inside(text.getBBox(), rect)) faults.push('text ' + text.textContent);
      }
      return faults;
    })()`);
    expect([file, ...faults]).toEqual([file]);
  }
});

test('the line of a finding leads into the text', async () => {
  const selected = await browser.evaluate(`(() => {
    document.querySelector('.finding.error .line').click();
    const input = document.getElementById('yaml');
    return [document.activeElement.id, document.querySelector('.finding.error .line').textContent, input.value.slice(input.selectionStart, input.selectionEnd)];
  })()`);
  expect(selected).toEqual(['yaml', 'line 39:', '  dataSourceRef:']);
});

test.each(['light', 'dark'])('in %s colours every text can be read: its contrast is at least 4.5 to 1', async (scheme) => {
  await browser.ask('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: scheme }] });
  const [dark, ...poor] = await browser.evaluate<[boolean, ...string[]]>(`(() => {
    const rgb = (text) => text.match(/[\\d.]+/g).map(Number);
    const light = (colour) => rgb(colour).slice(0, 3).map((part) => part / 255).map((part) => part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
      .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
    const behind = (element) => {
      const colour = getComputedStyle(element).backgroundColor;
      return rgb(colour)[3] === 0 && element.parentElement ? behind(element.parentElement) : colour;
    };
    const poor = [];
    for (const element of document.body.querySelectorAll('*')) {
      if (![...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()) || element.closest('script, noscript')) continue;
      const style = getComputedStyle(element);
      const [a, b] = [light(element.localName === 'text' ? style.fill : style.color), light(behind(element))].sort((x, y) => y - x);
      if ((a + 0.05) / (b + 0.05) < 4.5) poor.push(element.localName + ' ' + element.className);
    }
    return [light(behind(document.body)) < 0.5, ...poor];
  })()`);
  expect({ dark, poor }).toEqual({ dark: scheme === 'dark', poor: [] });
});

test('on a phone nothing but the text and the picture is wider than the screen', async () => {
  await browser.ask('Emulation.setDeviceMetricsOverride', { width: 360, height: 740, deviceScaleFactor: 2, mobile: true });
  await browser.open(PAGE);
  expect(await browser.evaluate(`[innerWidth, document.documentElement.scrollWidth]`)).toEqual([360, 360]);
  const widths = await browser.evaluate<number[]>(
    `['.editor', '#findings', '#picture'].map((one) => document.querySelector(one).clientWidth)`,
  );
  expect(Math.min(...widths)).toBeGreaterThan(300);
});

test('everything that can be used has a name for those who hear the page', async () => {
  const { nodes } = await browser.ask<{ nodes: { role?: { value: string }; name?: { value: string } }[] }>('Accessibility.getFullAXTree');
  const used = nodes.filter(({ role }) =>
    ['button', 'textbox', 'link', 'image', 'status', 'DisclosureTriangle'].includes(role?.value ?? ''),
  );
  expect(used.filter(({ role }) => role!.value === 'textbox').map(({ name }) => name?.value)).toEqual([
    'Your YAML',
    'Namespace of objects that name none (--namespace):',
    'Namespaces delivered elsewhere (--external):',
  ]);
  expect(used.filter(({ role, name }) => role!.value !== 'status' && !name?.value)).toEqual([]);
});
