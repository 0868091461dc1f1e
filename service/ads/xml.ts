/** Elements as text: what varies is always escaped, so a name can't become a mark. */
export type Xml = { readonly xml: string };

type Attributes = Readonly<Record<string, string | number>>;

/** @param content text, or elements; null ones are left out */
export function element(
  name: string,
  attributes: Attributes,
  content: string | readonly (Xml | null)[] = [],
): Xml {
  const written = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escaped(String(value))}"`)
    .join('');
  const inside =
    typeof content === 'string'
      ? escaped(content)
      : content.map((child) => child?.xml ?? '').join('');
  return { xml: inside === '' ? `<${name}${written}/>` : `<${name}${written}>${inside}</${name}>` };
}

export function documentOf(root: Xml): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root.xml}\n`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** XML 1.0 knows no way to write some characters, not even escaped: they are left out. */
function escaped(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll(/[&<>"']/g, (mark) => entities[mark] ?? '')
    .replaceAll(/[\t\n\r]/g, (space) => `&#${space.charCodeAt(0)};`);
}
