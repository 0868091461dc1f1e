import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { inProject } from './project.mjs';

/**
 * @typedef {{ file: string, title: string, reason: string }} Failure reason is the first line of
 *   what the test said; file is as seen from the checkout
 */

const mostNamed = 20;
const longestReason = 200;

/**
 * @param {unknown} report what vitest's json reporter wrote
 * @returns {readonly Failure[]}
 */
export function failuresOfVitest(report) {
  return listOf(report, 'testResults').flatMap((file) => {
    const name = fileOf(textOf(file, 'name'));
    const failed = listOf(file, 'assertionResults')
      .filter((test) => textOf(test, 'status') === 'failed')
      .map((test) => ({
        file: name,
        title: textOf(test, 'fullName'),
        reason: firstLine(listOf(test, 'failureMessages')[0]),
      }));
    if (failed.length > 0 || textOf(file, 'status') !== 'failed') return failed;
    // It could not even be read.
    return [{ file: name, title: '', reason: firstLine(textOf(file, 'message')) }];
  });
}

/**
 * @param {unknown} report what Playwright's json reporter wrote
 * @returns {readonly Failure[]} those too that passed only when tried again
 */
export function failuresOfPlaywright(report) {
  const early = listOf(report, 'errors').map((error) => ({
    file: '',
    title: '',
    reason: firstLine(textOf(error, 'message')),
  }));
  return [...early, ...listOf(report, 'suites').flatMap((suite) => failuresOfSuite(suite, []))];
}

/**
 * @param {readonly Failure[]} failures
 * @returns {string} a line each, and how many more there are; '' when there is none
 */
export function wordFailures(failures) {
  const lines = failures.slice(0, mostNamed).map(({ file, title, reason }) => {
    const name = [file, title].filter((part) => part !== '').join(' › ');
    return `  ✗ ${[name, reason].filter((part) => part !== '').join('\n      ')}`;
  });
  const more = failures.length - lines.length;
  return [...lines, ...(more > 0 ? [`  … and ${more} more`] : [])].join('\n');
}

/**
 * @param {unknown} suite
 * @param {readonly string[]} above the titles of the suites around it, the file's left out
 * @returns {readonly Failure[]}
 */
function failuresOfSuite(suite, above) {
  const here = listOf(suite, 'specs').flatMap((spec) => {
    const results = listOf(spec, 'tests').flatMap((test) => {
      const status = textOf(test, 'status');
      return status === 'unexpected' || status === 'flaky' ? [listOf(test, 'results')] : [];
    });
    return results.map((tries) => ({
      file: textOf(spec, 'file'),
      title: [...above, textOf(spec, 'title')].join(' '),
      reason: firstLine(tries.map((one) => textOf(fieldOf(one, 'error'), 'message')).find(Boolean)),
    }));
  });
  const inner = listOf(suite, 'suites').flatMap((one) =>
    failuresOfSuite(one, [...above, textOf(one, 'title')]),
  );
  return [...here, ...inner];
}

/** @param {string} path */
function fileOf(path) {
  return path === '' ? '' : relative(inProject(), path).replaceAll('\\', '/');
}

/**
 * @param {unknown} text
 * @returns {string}
 */
function firstLine(text) {
  const plain = stripVTControlCharacters(typeof text === 'string' ? text : '');
  return (plain.split('\n').find((line) => line.trim() !== '') ?? '')
    .trim()
    .slice(0, longestReason);
}

/**
 * @param {unknown} value
 * @param {string} key
 * @returns {unknown}
 */
function fieldOf(value, key) {
  return typeof value === 'object' && value !== null
    ? /** @type {Record<string, unknown>} */ (value)[key]
    : undefined;
}

/**
 * @param {unknown} value
 * @param {string} key
 * @returns {readonly unknown[]}
 */
function listOf(value, key) {
  const list = fieldOf(value, key);
  return Array.isArray(list) ? list : [];
}

/**
 * @param {unknown} value
 * @param {string} key
 * @returns {string}
 */
function textOf(value, key) {
  const text = fieldOf(value, key);
  return typeof text === 'string' ? text : '';
}
