/** Companions (640 × 640) and banners (728 × 90) of the house ads, as SVG text. */

/** Each look: two colours of the ground, ink for words, the button's two colours, and a drawing in a 400 × 400 box. */
const looks = {
  premium: {
    ground: ['#2a1266', '#b8407f'],
    ink: '#fff4ee',
    button: ['#fff4ee', '#3a1773'],
    draw: drawRepeatSign,
  },
  wander: {
    ground: ['#0b3f47', '#1d7a76'],
    ink: '#fdf3dc',
    button: ['#f3cd7a', '#0b3f47'],
    draw: drawPath,
  },
  gift: {
    ground: ['#f7e9c9', '#edcf95'],
    ink: '#20242f',
    button: ['#b8412f', '#fff7e6'],
    draw: drawTiedRecord,
  },
};

/** words: {headline: [line, line], line, action} */
export function companionSvg(look, words) {
  const { ink, draw } = looks[look];
  const [first, second] = words.headline;
  return svg(
    look,
    { width: 640, height: 640 },
    `<g transform="translate(150 52) scale(0.85)">${draw()}</g>
    <g fill="${ink}">
      ${text({ x: 48, y: 472, size: 54, weight: 700, spacing: -1.4, words: first })}
      ${text({ x: 48, y: 530, size: 54, weight: 700, spacing: -1.4, words: second })}
      <g opacity="0.86">${text({ x: 48, y: 584, size: 23, weight: 500, words: words.line })}</g>
    </g>`,
  );
}

export function bannerSvg(look, words) {
  const { ink, button, draw } = looks[look];
  const [paper, print] = button;
  return svg(
    look,
    { width: 728, height: 90 },
    `<g transform="translate(14 5) scale(0.2)">${draw()}</g>
    <g fill="${ink}">
      ${text({ x: 112, y: 43, size: 29, weight: 700, spacing: -0.7, words: words.headline.join(' ') })}
      <g opacity="0.86">${text({ x: 112, y: 68, size: 17, weight: 500, words: words.line })}</g>
    </g>
    <rect x="554" y="22" width="150" height="46" rx="23" fill="${paper}"/>
    <text x="629" y="51" font-size="18" font-weight="700" text-anchor="middle" fill="${print}">${words.action}</text>`,
  );
}

function svg(look, { width, height }, body) {
  const [from, to] = looks[look].ground;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="Inter Display, Inter">
    <defs><linearGradient id="ground" x2="1" y2="1"><stop stop-color="${from}"/><stop offset="1" stop-color="${to}"/></linearGradient>
    <linearGradient id="evening" x2="0.9" y2="1"><stop stop-color="#ffd9a8"/><stop offset="1" stop-color="#ff7a66"/></linearGradient></defs>
    <rect width="${width}" height="${height}" fill="url(#ground)"/>${body}</svg>`;
}

function text({ x, y, size, weight, spacing = 0, words }) {
  return `<text x="${x}" y="${y}" font-size="${size}" font-weight="${weight}" letter-spacing="${spacing}">${words}</text>`;
}

/** The sign that ends a repeat, as on the icon, before rings of sound. */
function drawRepeatSign() {
  const rings = [190, 150, 110].map(
    (radius, index) =>
      `<circle cx="200" cy="200" r="${radius}" fill="none" stroke="#ffffff" stroke-width="3" opacity="${0.14 + 0.1 * index}"/>`,
  );
  return `${rings.join('')}<g fill="url(#evening)">
    <circle cx="122" cy="158" r="26"/><circle cx="122" cy="242" r="26"/>
    <rect x="176" y="92" width="24" height="216" rx="12"/><rect x="230" y="92" width="62" height="216" rx="23"/></g>`;
}

/** A path that winds through genres of many colours. */
function drawPath() {
  const stops = [
    [52, 330, 34, '#f3cd7a'],
    [150, 262, 24, '#e8835f'],
    [92, 164, 30, '#fdf3dc'],
    [204, 96, 42, '#e9b44c'],
    [282, 196, 26, '#7fd0c2'],
    [338, 304, 48, '#e8835f'],
    [356, 82, 20, '#fdf3dc'],
  ];
  const circles = stops.map(
    ([x, y, radius, fill]) => `<circle cx="${x}" cy="${y}" r="${radius}" fill="${fill}"/>`,
  );
  return `<path d="M52 330C110 350 190 320 150 262C120 218 60 214 92 164C116 124 160 130 204 96C262 52 306 120 282 196C262 262 290 300 338 304C404 300 392 150 356 82"
    fill="none" stroke="#fdf3dc" stroke-width="9" stroke-linecap="round" stroke-dasharray="1 20" opacity="0.75"/>${circles.join('')}`;
}

/** A record, tied with a ribbon and a bow. */
function drawTiedRecord() {
  const grooves = [152, 130, 108, 86].map(
    (radius) =>
      `<circle cx="200" cy="216" r="${radius}" fill="none" stroke="#4a4f5e" stroke-width="2"/>`,
  );
  return `<circle cx="200" cy="216" r="172" fill="#20242f"/>${grooves.join('')}
    <circle cx="200" cy="216" r="60" fill="#d9992b"/>
    <g fill="#b8412f"><rect x="182" y="44" width="36" height="344"/><rect x="28" y="198" width="344" height="36"/></g>
    <g fill="#cf5440"><path d="M200 204C150 120 84 128 92 176C98 214 160 214 200 204Z"/><path d="M200 204C250 120 316 128 308 176C302 214 240 214 200 204Z"/></g>
    <g fill="#9c3324"><path d="M196 214L142 292L186 276L196 300Z"/><path d="M204 214L258 292L214 276L204 300Z"/><circle cx="200" cy="206" r="22"/></g>`;
}
