import { readFileSync } from 'node:fs';
import { Agent, type RequestOptions, request } from 'node:https';
import type { Json } from './api-object';

/** What the API server refused, in its own words. */
export class ApiRefusal extends Error {
  public constructor(
    public readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

/** Where and as whom to talk. */
export interface ApiConnectionProps {
  readonly port: number;
  readonly certificateFile: string;
  readonly token: string;
}

/** Far more than any answer needs: a machine that does other things besides must not fail a test. */
const ANSWER_WITHIN_MS = 120_000;

/** Requests over connections that stay open: a process for each request, as with kubectl, is five times slower. */
export class ApiConnection {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 16 });

  public constructor(private readonly props: ApiConnectionProps) {}

  public async send(method: string, path: string, body?: unknown, contentType = 'application/json'): Promise<Json> {
    const text = await this.sendForText(method, path, body, contentType);
    return text === '' ? undefined : JSON.parse(text);
  }

  public sendForText(method: string, path: string, body?: unknown, contentType = 'application/json'): Promise<string> {
    const payload = body === undefined ? undefined : JSON.stringify(body);
    const options: RequestOptions = {
      agent: this.agent,
      host: '127.0.0.1',
      port: this.props.port,
      // The server makes it when it starts, which is after this connection was described.
      ca: readFileSync(this.props.certificateFile),
      method,
      path,
      timeout: ANSWER_WITHIN_MS,
      headers: {
        authorization: `Bearer ${this.props.token}`,
        accept: 'application/json',
        ...(payload === undefined ? {} : { 'content-type': contentType, 'content-length': Buffer.byteLength(payload) }),
      },
    };
    return new Promise((resolve, reject) => {
      const sent = request(options, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.once('error', reject);
        answer.once('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          return answer.statusCode! < 300 ? resolve(text) : reject(new ApiRefusal(answer.statusCode!, refusalIn(text)));
        });
      });
      sent.once('error', reject);
      sent.once('timeout', () => sent.destroy(new Error(`${method} ${path}: no answer within ${ANSWER_WITHIN_MS / 1000} s`)));
      sent.end(payload);
    });
  }

  public close(): void {
    this.agent.destroy();
  }
}

function refusalIn(text: string): string {
  try {
    return JSON.parse(text).message ?? text;
  } catch {
    // Before it is ready, and behind some paths, the server answers in plain text.
    return text;
  }
}
