/** How long a page may take. */
const LIMIT_MS = 120_000;

/** A WordPress site as those see it who have nothing but its address: readers, and authors in their browsers. */
export class Blog {
  public constructor(public readonly address: string) {}

  /** What somebody fills in who opens a new WordPress for the first time. */
  public async install(title: string, user: string, password: string): Promise<void> {
    const answer = await this.submit('/wp-admin/install.php?step=2', {
      weblog_title: title,
      user_name: user,
      admin_password: password,
      admin_password2: password,
      admin_email: 'author@example.invalid',
      pw_weak: 'on',
      blog_public: '0',
    });
    const page = await answer.text();
    if (!page.includes('Success!')) {
      throw new Error(`WordPress was not installed: ${answer.status} ${page}`);
    }
  }

  /** The titles of the published posts, the newest first. */
  public async titles(): Promise<string[]> {
    const answer = await ask(this.posts());
    const posts = (await answer.json()) as { title: { rendered: string } }[];
    return posts.map(({ title }) => title.rendered);
  }

  /** What a reader gets at the front door. */
  public frontPage(): Promise<Response> {
    return ask(`${this.address}/`);
  }

  /** Rejects with the words of the site when it does not know the user or the password. */
  public async signIn(user: string, password: string): Promise<Author> {
    const answer = await this.submit('/wp-login.php', { log: user, pwd: password });
    const cookies = answer.headers.getSetCookie().map((each) => each.split(';')[0]);
    if (!cookies.some((each) => each.startsWith('wordpress_logged_in_'))) {
      const [, words] = /<div id="login_error">([\s\S]*?)<\/div>/.exec(await answer.text()) ?? [];
      throw new Error(`${this.address} did not sign in ${user}: ${words?.replace(/<[^>]+>/g, '').trim()}`);
    }
    return new Author(this.address, this.posts(), cookies.join('; '));
  }

  private posts(): string {
    return `${this.address}/index.php?rest_route=/wp/v2/posts`;
  }

  private submit(path: string, fields: Readonly<Record<string, string>>): Promise<Response> {
    return ask(this.address + path, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });
  }
}

/** Somebody who has signed in. */
export class Author {
  public constructor(
    private readonly address: string,
    private readonly posts: string,
    private readonly cookie: string,
  ) {}

  public async write(title: string, content: string): Promise<void> {
    const { cookie } = this;
    const nonce = await ask(`${this.address}/wp-admin/admin-ajax.php?action=rest-nonce`, { headers: { cookie } });
    const answer = await ask(this.posts, {
      method: 'POST',
      headers: { cookie, 'X-WP-Nonce': await nonce.text(), 'Content-Type': 'application/json' },
      body: JSON.stringify({ title, content, status: 'publish' }),
    });
    if (answer.status !== 201) {
      throw new Error(`"${title}" was not published: ${answer.status} ${await answer.text()}`);
    }
  }
}

/** An answer of whatever status; none within the limit is an error that names the page. */
async function ask(url: string, request: RequestInit = {}): Promise<Response> {
  try {
    return await fetch(url, { ...request, signal: AbortSignal.timeout(LIMIT_MS) });
  } catch (error) {
    throw new Error(`No answer from ${url} within ${LIMIT_MS / 1000} s`, { cause: error });
  }
}
