/** A page as a browser without scripts sees it. */
export interface VisitedPage {
  readonly status: number;
  readonly url: string;
  readonly html: string;
  readonly headers: Headers;
}

/** A browser: it keeps cookies, follows redirects and sends forms; nothing of it is the service's. */
export interface PageVisitor {
  readonly open: (url: string) => Promise<VisitedPage>;
  /** Sends the page's form with its hidden fields, and what was typed. */
  readonly send: (page: VisitedPage, typed: Fields) => Promise<VisitedPage>;
  readonly post: (url: string, fields: Fields) => Promise<VisitedPage>;
}

type Fields = Readonly<Record<string, string>>;

interface Cookie {
  readonly origin: string;
  readonly path: string;
  readonly value: string;
}

const mostRedirects = 10;

/** @param ask goes to the network, or into a service that has no port */
export function createPageVisitor(
  ask: (request: Request) => Promise<Response> = (request) => fetch(request),
): PageVisitor {
  const jar = new Map<string, Cookie>();

  async function go(url: string, form: URLSearchParams | null): Promise<VisitedPage> {
    let request = requestFor(url, form);
    for (let redirects = 0; redirects < mostRedirects; redirects += 1) {
      const { url: at } = request;
      const response = await ask(request);
      keepCookies(at, response);
      const location = response.headers.get('location');
      if (location === null) {
        const { status, headers } = response;
        return { status, url: at, html: await response.text(), headers };
      }
      request = requestFor(new URL(location, at).href, null);
    }
    throw new Error(`Too many redirects from ${url}`);
  }

  function requestFor(url: string, form: URLSearchParams | null): Request {
    const { origin, pathname } = new URL(url);
    const cookie = [...jar]
      .filter(([, kept]) => kept.origin === origin && pathname.startsWith(kept.path))
      .map(([key, { value }]) => `${key.split(' ')[0] ?? ''}=${value}`)
      .join('; ');
    return new Request(url, {
      redirect: 'manual',
      headers: { accept: 'text/html', ...(cookie === '' ? {} : { cookie }) },
      ...(form === null ? {} : { method: 'POST', body: form }),
    });
  }

  function keepCookies(url: string, response: Response): void {
    const { origin } = new URL(url);
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(/;\s*/);
      const [name = '', value = ''] = pair.split('=');
      const path = attributes.find((each) => /^path=/i.test(each))?.slice(5) ?? '/';
      const key = `${name} ${origin} ${path}`;
      if (value === '') jar.delete(key);
      else jar.set(key, { origin, path, value });
    }
  }

  return {
    open: (url) => go(url, null),
    send(page, typed) {
      const action = /<form[^>]* action="([^"]+)"/.exec(page.html)?.[1];
      if (action === undefined) throw new Error(`There is no form at ${page.url}: ${page.html}`);
      const hidden = [
        ...page.html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g),
      ].map(([, name = '', value = '']): [string, string] => [name, value]);
      const form = new URLSearchParams({ ...Object.fromEntries(hidden), ...typed });
      return go(new URL(action, page.url).href, form);
    },
    post: (url, fields) => go(url, new URLSearchParams(fields)),
  };
}
