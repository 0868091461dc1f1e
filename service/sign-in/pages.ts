import { html } from 'hono/html';
import type { Markup, Page } from '../page.ts';
import { words } from './words.ts';

export type SignInProblem = keyof typeof words.problems;

export interface SignInForm {
  readonly action: string;
  /** Comes back with the form, to show that it was asked for here. */
  readonly token: string;
  readonly email: string;
  readonly problem: SignInProblem | null;
  /** Whether the service runs inside the app. */
  readonly isLocal: boolean;
}

export function signInPage({ action, token, email, problem, isLocal }: SignInForm): Page {
  const text = words.signIn;
  const wrongEmail = problem === 'email' || problem === 'taken' || problem === 'wrong';
  const wrongPassword = problem === 'password' || problem === 'wrong';
  return {
    title: text.title,
    body: html`<h1>${text.title}</h1>
      <p>${text.lead}</p>
      ${problem === null ? '' : alert(words.problems[problem])}
      <form method="post" action="${action}" novalidate>
        <input type="hidden" name="token" value="${token}" />
        <label
          >${text.email}
          <input
            name="email"
            type="email"
            autocomplete="username"
            required
            maxlength="254"
            value="${email}"
            ${focused(email === '')}
            ${problemOf(wrongEmail)}
          />
        </label>
        <label
          >${text.password}
          <input
            name="password"
            type="password"
            autocomplete="current-password"
            required
            maxlength="200"
            aria-describedby="password-hint"
            ${focused(email !== '')}
            ${problemOf(wrongPassword)}
          />
        </label>
        <p class="hint" id="password-hint">${text.passwordHint}</p>
        <div class="actions">
          <button class="main" name="intent" value="sign_in">${text.submit}</button>
          <button name="intent" value="sign_up">${text.create}</button>
          <button class="quiet" name="intent" value="cancel">${text.cancel}</button>
        </div>
      </form>
      ${isLocal ? html`<p class="notice">${text.local}</p>` : ''}`,
  };
}

export interface DeviceForm {
  readonly action: string;
  readonly xsrf: string;
  readonly userCode: string;
}

export type DeviceProblem = 'notFound' | 'expired' | 'used' | 'cancelled';

export function devicePage(
  { action, xsrf, userCode }: DeviceForm,
  problem: DeviceProblem | null,
): Page {
  const text = words.device;
  return {
    title: text.title,
    body: html`<h1>${text.title}</h1>
      <p>${text.lead}</p>
      ${problem === null ? '' : alert(text[problem])}
      <form method="post" action="${action}">
        <input type="hidden" name="xsrf" value="${xsrf}" />
        <label
          >${text.code}
          <input
            class="code-field"
            name="user_code"
            required
            maxlength="20"
            autocomplete="off"
            autocapitalize="characters"
            spellcheck="false"
            autofocus
            value="${userCode}"
            ${problemOf(problem === 'notFound')}
          />
        </label>
        <div class="actions"><button class="main">${text.submit}</button></div>
      </form>`,
  };
}

export function confirmPage({ action, xsrf, userCode }: DeviceForm): Page {
  const text = words.confirm;
  return {
    title: text.title,
    body: html`<h1>${text.title}</h1>
      <p>${text.lead}</p>
      <p class="code">${userCode}</p>
      <form method="post" action="${action}">
        <input type="hidden" name="xsrf" value="${xsrf}" />
        <input type="hidden" name="user_code" value="${userCode}" />
        <div class="actions">
          <button class="main" name="confirm" value="yes">${text.yes}</button>
          <button class="quiet" name="abort" value="yes">${text.no}</button>
        </div>
      </form>`,
  };
}

export function donePage(): Page {
  return saying(words.done.title, words.done.lead);
}

export function failedPage(reason: 'expired' | 'refused' | 'internal'): Page {
  return saying(words.failed.title, words.failed[reason]);
}

function saying(title: string, lead: string): Page {
  return {
    title,
    body: html`<h1>${title}</h1>
      <p>${lead}</p>`,
  };
}

function alert(text: string): Markup {
  return html`<p class="problem" role="alert" id="problem">${text}</p>`;
}

function focused(isFirst: boolean): Markup {
  return isFirst ? html`autofocus` : html``;
}

function problemOf(isWrong: boolean): Markup {
  return isWrong ? html`aria-invalid="true" aria-errormessage="problem"` : html``;
}
