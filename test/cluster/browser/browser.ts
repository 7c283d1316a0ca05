import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

type Parameters = Readonly<Record<string, unknown>>;

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Parameters;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/** What a browser reports by itself. */
export interface BrowserEvent {
  readonly method: string;
  readonly params: Parameters;
}

/**
 * Debian's Chromium without a screen, spoken to through a pipe: JSON, with a NUL after each message.
 *
 * @see https://chromedevtools.github.io/devtools-protocol/
 */
export class Browser {
  /** What was reported since the last page was opened. */
  public events: BrowserEvent[] = [];
  private readonly waiting = new Map<number, (message: Message) => void>();
  private last = 0;
  private session: string | undefined;

  private constructor(
    private readonly process: ChildProcess,
    private readonly folder: string,
  ) {
    let text = '';
    (process.stdio[4] as Readable).setEncoding('utf8').on('data', (chunk: string) => {
      const messages = (text + chunk).split('\0');
      text = messages.pop()!;
      for (const message of messages) this.heard(JSON.parse(message));
    });
  }

  public static async start(): Promise<Browser> {
    const folder = mkdtempSync(join(tmpdir(), 'browser-'));
    const args = [
      '--headless',
      // The browser's own sandbox does not work for root; it reads nothing here but our own page.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--host-resolver-rules=MAP * ~NOTFOUND',
      `--user-data-dir=${folder}`,
      '--no-first-run',
      '--disable-gpu',
      '--disable-background-networking',
      '--remote-debugging-pipe',
    ];
    const browser = new Browser(spawn('chromium', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] }), folder);
    const { targetId } = await browser.ask<{ targetId: string }>('Target.createTarget', { url: 'about:blank' });
    const { sessionId } = await browser.ask<{ sessionId: string }>('Target.attachToTarget', { targetId, flatten: true });
    browser.session = sessionId;
    for (const domain of ['Page', 'Network', 'Log', 'Runtime', 'Accessibility']) await browser.ask(`${domain}.enable`);
    return browser;
  }

  /** Opens a page, and waits until it has run. */
  public async open(url: string): Promise<void> {
    this.events = [];
    const loaded = new Promise<void>((resolve) => {
      this.loaded = resolve;
    });
    await this.ask('Page.navigate', { url });
    await loaded;
  }

  /** What an expression comes to in the page; a promise is awaited. */
  public async evaluate<T>(expression: string): Promise<T> {
    const parameters = { expression, awaitPromise: true, returnByValue: true };
    const { result, exceptionDetails } = await this.ask<Evaluated<T>>('Runtime.evaluate', parameters);
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  public ask<T>(method: string, params: Parameters = {}): Promise<T> {
    const id = ++this.last;
    (this.process.stdio[3] as Writable).write(`${JSON.stringify({ id, method, params, sessionId: this.session })}\0`);
    return new Promise((resolve, reject) => {
      this.waiting.set(id, ({ error, result }) => {
        if (error) reject(new Error(`${method}: ${error.message}`));
        else resolve(result as T);
      });
    });
  }

  public async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.process.once('exit', resolve));
    this.session = undefined;
    // It may go before it answers.
    this.ask('Browser.close').catch(() => {});
    await ended;
    rmSync(this.folder, { recursive: true, force: true });
  }

  private loaded: () => void = () => {};

  private heard(message: Message): void {
    if (message.id !== undefined) {
      this.waiting.get(message.id)?.(message);
      this.waiting.delete(message.id);
    } else if (message.method) {
      this.events.push({ method: message.method, params: message.params ?? {} });
      if (message.method === 'Page.loadEventFired') this.loaded();
    }
  }
}

interface Evaluated<T> {
  readonly result: { readonly value: T };
  readonly exceptionDetails?: { readonly text: string; readonly exception?: { readonly description?: string } };
}
