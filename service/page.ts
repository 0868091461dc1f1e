import { createHash } from 'node:crypto';
import { html, raw } from 'hono/html';

/** Text of a page; what is put into it by `html` is escaped. */
export type Markup = ReturnType<typeof html>;

export interface Page {
  readonly title: string;
  readonly body: Markup;
}

/** The look of the app (renderer/ui/tokens.css), for pages that a browser shows. */
const style = `
:root {
  color-scheme: light dark;
  --bg: light-dark(#f7f6f9, #131217);
  --surface: light-dark(#ffffff, #1a191f);
  --line: light-dark(#e2dfe8, #2a2931);
  --edge: light-dark(#8a8594, #6f6a7b);
  --text: light-dark(#1b1922, #f2f0f6);
  --soft: light-dark(#4e4a58, #b9b5c4);
  --danger: light-dark(#b3261e, #ff9d94);
  --accent: light-dark(#6a3fd0, #b79cff);
  --on-accent: light-dark(#ffffff, #17121f);
}
*, ::before, ::after { box-sizing: border-box; }
body {
  margin: 0;
  min-height: 100vh;
  display: grid;
  place-items: center;
  padding: 24px 16px;
  background: var(--bg);
  color: var(--text);
  font: 400 1rem/1.5 'Inter Variable', system-ui, sans-serif;
}
main {
  width: 100%;
  max-width: 26rem;
  padding: 32px;
  border: 1px solid var(--line);
  border-radius: 14px;
  background: var(--surface);
}
.brand { margin: 0 0 20px; color: var(--accent); font-weight: 650; letter-spacing: 0.01em; }
h1 { margin: 0 0 8px; font-size: 1.5rem; line-height: 1.25; font-weight: 650; letter-spacing: -0.012em; text-wrap: balance; }
p { margin: 0 0 16px; color: var(--soft); text-wrap: pretty; }
main > :last-child, form > :last-child { margin-bottom: 0; }
form { display: grid; gap: 16px; margin: 24px 0 0; }
label { display: grid; gap: 6px; font-size: 0.875rem; font-weight: 550; }
input {
  width: 100%;
  padding: 10px 12px;
  border: 1px solid var(--edge);
  border-radius: 8px;
  background: var(--bg);
  color: var(--text);
  font: inherit;
  font-size: 1rem;
  font-weight: 400;
}
.hint { margin: -8px 0 0; font-size: 0.875rem; }
.notice { margin: 24px 0 0; padding-top: 16px; border-top: 1px solid var(--line); font-size: 0.875rem; }
.problem {
  margin: 16px 0 0;
  padding: 10px 12px;
  border: 1px solid var(--danger);
  border-radius: 8px;
  color: var(--danger);
}
.code {
  margin: 16px 0 0;
  color: var(--text);
  font: 650 1.75rem/1.2 ui-monospace, monospace;
  letter-spacing: 0.08em;
  text-align: center;
}
.code-field { text-transform: uppercase; letter-spacing: 0.08em; }
.actions { display: grid; gap: 8px; }
.facts { display: grid; grid-template-columns: auto 1fr; gap: 8px 16px; margin: 16px 0 0; }
.facts dt { color: var(--soft); }
.facts dd { margin: 0; text-align: right; font-variant-numeric: tabular-nums; }
h2 { margin: 32px 0 0; font-size: 1.0625rem; font-weight: 650; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 8px; }
button {
  padding: 10px 16px;
  border: 1px solid var(--edge);
  border-radius: 8px;
  background: transparent;
  color: var(--text);
  font: inherit;
  font-weight: 550;
  cursor: pointer;
}
button.main { border-color: var(--accent); background: var(--accent); color: var(--on-accent); }
button.quiet { border-color: transparent; color: var(--soft); }
button:hover { filter: brightness(1.08); }
button.danger { color: var(--danger); }
button.quiet:hover { text-decoration: underline; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
`;

// Made by hand, since the hash holds for each sign between the tags.
const styleElement = raw(`<style>${style}</style>`);
const styleHash = createHash('sha256').update(style).digest('base64');

/**
 * A whole page. No script runs on it, nothing is fetched, nobody may frame it.
 * @param formTargets where its forms may lead besides the service itself, as sources of a policy:
 * browsers hold redirects after a form to it too
 */
export async function pageResponse(
  { title, body }: Page,
  { status = 200, formTargets = '' }: { readonly status?: number; readonly formTargets?: string },
): Promise<Response> {
  const document = await html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} – Refrain</title>
        ${styleElement}
      </head>
      <body>
        <main>
          <p class="brand">Refrain</p>
          ${body}
        </main>
      </body>
    </html>`;
  return new Response(document.toString(), {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self' ${formTargets}; frame-ancestors 'none'; base-uri 'none'`,
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'cache-control': 'no-store',
    },
  });
}
