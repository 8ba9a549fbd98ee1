import type { Stack } from '@sightline/infra/embedded/stack';
import { operatorToken } from '@sightline/infra/operator';

/** An answer of the HTTP API. */
export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look at whatever came
  body: any;
  headers: Headers;
}

/** Calls the API through the one origin as a browser would, with the cookies that it was given. */
export class Client {
  readonly #url: string;
  readonly #cookies = new Map<string, string>();
  readonly #headers: Record<string, string>;

  constructor(url: string, headers: Record<string, string> = {}) {
    this.#url = url;
    this.#headers = { origin: url, ...headers };
  }

  get cookie(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  async call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const answer = await fetch(this.#url + path, {
      method,
      headers: {
        ...this.#headers,
        cookie: this.cookie,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      this.#cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    const text = await answer.text();
    return { status: answer.status, body: parse(text), headers: answer.headers };
  }

  get = (path: string, headers?: Record<string, string>) => this.call('GET', path, undefined, headers);
  post = (path: string, body?: unknown, headers?: Record<string, string>) => this.call('POST', path, body, headers);
  put = (path: string, body?: unknown, headers?: Record<string, string>) => this.call('PUT', path, body, headers);
  delete = (path: string, headers?: Record<string, string>) => this.call('DELETE', path, undefined, headers);

  signIn = (username: string, password: string) => this.post('/api/session', { username, password });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** A client with an administrator's token that auth's own key has signed. */
export async function operator(stack: Stack): Promise<Client> {
  const admin = `postgres://postgres:${stack.secrets.postgres.admin}@127.0.0.1:${stack.ports.postgres}`;
  return new Client(stack.url, { authorization: `Bearer ${await operatorToken(admin, 'operator')}` });
}

/** The cookies of so many sessions of one new viewer. */
export async function sessions(
  stack: Stack,
  { username, areas, count }: { username: string; areas: string[]; count: number },
): Promise<string[]> {
  const cookies = [(await viewer(stack, username, areas)).cookie];
  while (cookies.length < count) {
    const client = new Client(stack.url);
    await client.signIn(username, `the password of ${username}`);
    cookies.push(client.cookie);
  }
  return cookies;
}

/** A viewer who was registered with these areas, signed in. */
export async function viewer(stack: Stack, username: string, areas: string[]): Promise<Client> {
  const password = `the password of ${username}`;
  await (await operator(stack)).post('/api/users', { id: username, username, password, role: 'viewer', areas });
  const client = new Client(stack.url);
  await client.signIn(username, password);
  return client;
}
