/** Cover art, drawn as SVG from a seed and turned into 800 × 800 JPEGs. */
import { join } from 'node:path';

import { saveJpeg } from './draw.mjs';
import { createRandom } from './synth/random.mjs';

const covers = {
  'blue-hour': blueHour,
  'rue-des-tilleuls': rueDesTilleuls,
  'orchard-year': orchardYear,
};
const size = 800;

/** Draws the cover of an album into a JPEG file. */
export function drawCover(albumId, file, scratch) {
  const body = covers[albumId]();
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}">${body}</svg>`;
  saveJpeg(svg, { file, width: size, quality: 84, scratch: join(scratch, 'cover') });
}

/** Dusk over water: a coral sun in violet air, its light laid on the waves. */
function blueHour() {
  const random = createRandom(11);
  const sun = { x: 472, y: 372, radius: 168 };
  const horizon = 486;
  const stars = list(46, () => {
    const glow = (0.15 + 0.5 * random() ** 2).toFixed(2);
    return circle(random() * size, random() * 250, 0.7 + random() * 1.1, '#ffe9e0', glow);
  });
  const ranges = [
    { fill: '#5b2f74', base: 470, height: 46, step: 62 },
    { fill: '#3d2160', base: 486, height: 30, step: 48 },
  ].map(({ fill, base, height, step }) => {
    const ridge = list(Math.ceil(size / step) + 2, (index) => [
      index * step - step / 2,
      base - height * (0.25 + 0.75 * random()),
    ]);
    return `<path d="${smooth(ridge)} L ${size + 60} ${horizon} L -60 ${horizon} Z" fill="${fill}"/>`;
  });
  const glints = list(26, (index) => {
    const depth = index / 25;
    const y = horizon + 8 + depth ** 1.35 * 292;
    const width = (150 - 70 * depth) * (0.5 + 0.7 * random()) + 40 * depth;
    const x = sun.x + (random() - 0.5) * (40 + 150 * depth);
    return bar(
      x - width / 2,
      y,
      width,
      2.5 + 4.5 * depth,
      '#ff9d7e',
      (0.75 - 0.5 * depth).toFixed(2),
    );
  });
  const waves = list(30, () => {
    const depth = random();
    const y = horizon + 12 + depth ** 1.3 * 300;
    return bar(
      random() * size - 80,
      y,
      60 + 170 * random(),
      1.5 + 2.5 * depth,
      '#a06bb8',
      (0.1 + 0.16 * random()).toFixed(2),
    );
  });
  return `<defs>
    <linearGradient id="air" x2="0" y2="1"><stop offset="0" stop-color="#1b1240"/><stop offset=".38" stop-color="#4a2374"/>
      <stop offset=".75" stop-color="#b4487c"/><stop offset="1" stop-color="#ff8f70"/></linearGradient>
    <linearGradient id="sea" x2="0" y2="1"><stop offset="0" stop-color="#6b2f78"/><stop offset=".35" stop-color="#38205f"/><stop offset="1" stop-color="#150f33"/></linearGradient>
    <linearGradient id="sun" x2="0" y2="1"><stop offset="0" stop-color="#ffd9a8"/><stop offset="1" stop-color="#ff7a66"/></linearGradient>
    <radialGradient id="halo"><stop offset=".3" stop-color="#ffb08a" stop-opacity=".55"/><stop offset="1" stop-color="#ffb08a" stop-opacity="0"/></radialGradient>
  </defs>
  <rect width="${size}" height="${horizon}" fill="url(#air)"/>${stars.join('')}
  <circle cx="${sun.x}" cy="${sun.y}" r="340" fill="url(#halo)"/>
  <circle cx="${sun.x}" cy="${sun.y}" r="${sun.radius}" fill="url(#sun)"/>
  ${ranges.join('')}
  <rect y="${horizon}" width="${size}" height="${size - horizon}" fill="url(#sea)"/>
  ${waves.join('')}${glints.join('')}
  ${label({ x: 56, y: 92, fill: '#ffe6dc', artist: 'Halden Lys', title: 'Blue Hour Signals' })}`;
}

/** A street in teal and sand: house fronts, a few windows still lit, the crown of a lime tree. */
function rueDesTilleuls() {
  const random = createRandom(23);
  const tones = ['#0f4c52', '#14595d', '#1b6a6b', '#0b3f47', '#267a76'];
  const widths = [148, 118, 172, 126, 154, 140];
  let x = -20;
  const houses = widths.map((width, index) => {
    const top = 330 + 90 * Math.sin(index * 1.9) + 30 * random();
    const left = x;
    x += width;
    const columns = Math.floor((width - 28) / 34);
    const gap = (width - columns * 20) / (columns + 1);
    const rows = Math.floor((690 - top - 50) / 66);
    const windows = list(columns * rows, (cell) => {
      const lit = random() < 0.2;
      const at = [
        left + gap + (cell % columns) * (20 + gap),
        top + 44 + Math.floor(cell / columns) * 66,
      ];
      const fill = lit ? '#f7cf83' : '#08323a';
      return `<path d="M${at[0]} ${at[1] + 38}v-28a10 10 0 0 1 20 0v28z" fill="${fill}" opacity="${lit ? 1 : 0.62}"/>`;
    });
    const roof = `<path d="M${left} ${top}l14 -34h${width - 28}l14 34z" fill="#092f38"/>`;
    const chimney = bar(left + width * 0.7, top - 66, 16, 40, '#092f38', 1, 0);
    return `${chimney}${roof}<rect x="${left}" y="${top}" width="${width}" height="470" fill="${tones[index % tones.length]}"/>${windows.join('')}`;
  });
  const crown = list(210, () => {
    const angle = random() * 2 * Math.PI;
    const reach = Math.sqrt(random());
    const colour = ['#e9b44c', '#d99a3a', '#f3cd7a', '#c47f2e'][Math.floor(random() * 4)];
    return `<ellipse cx="${(602 + 168 * reach * Math.cos(angle)).toFixed(1)}" cy="${(470 + 150 * reach * Math.sin(angle)).toFixed(1)}"
      rx="17" ry="10" transform="rotate(${Math.round(random() * 180)} ${Math.round(602 + 168 * reach * Math.cos(angle))} ${Math.round(470 + 150 * reach * Math.sin(angle))})" fill="${colour}"/>`;
  });
  const leaves = list(16, () => {
    const at = [420 + 340 * random(), 716 + 60 * random()];
    return `<ellipse cx="${at[0].toFixed(1)}" cy="${at[1].toFixed(1)}" rx="11" ry="5" transform="rotate(${Math.round(random() * 60 - 30)} ${at[0].toFixed(1)} ${at[1].toFixed(1)})" fill="#d99a3a"/>`;
  });
  return `<defs><linearGradient id="sky" x2="0" y2="1"><stop offset="0" stop-color="#f6e7c8"/><stop offset=".55" stop-color="#f0cfa0"/><stop offset="1" stop-color="#e0a882"/></linearGradient></defs>
  <rect width="${size}" height="${size}" fill="url(#sky)"/>
  <circle cx="210" cy="262" r="74" fill="#fbf3df"/>
  ${houses.join('')}
  <rect y="690" width="${size}" height="110" fill="#d9b98d"/><rect y="690" width="${size}" height="7" fill="#b98f63"/>
  <path d="M596 700c4 -70 2 -140 -2 -220l16 0c-2 80 0 150 8 220z" fill="#4b2f22"/>
  ${crown.join('')}${leaves.join('')}
  ${label({ x: 56, y: 92, fill: '#123f45', artist: 'Léa Moreau Trio', title: 'Rue des Tilleuls' })}`;
}

/** Ochre fruit and ink leaves in rows, as on a linocut, one fruit of another colour. */
function orchardYear() {
  const random = createRandom(37);
  const columns = 4;
  const cell = 172;
  const fruits = list(columns * 3, (index) => {
    const x = 142 + (index % columns) * cell;
    const y = 300 + Math.floor(index / columns) * cell;
    const odd = index === 6;
    const fill = odd ? '#b8412f' : ['#d9992b', '#cf8a1f', '#e2ab48'][Math.floor(random() * 3)];
    const tilt = Math.round(random() * 24 - 12);
    const lines = list(6, (line) => {
      const offset = -34 + line * 8;
      const length = 18 + 22 * random();
      return `<path d="M${offset} ${-length / 2}q-7 ${length / 2} 0 ${length}" stroke="#fbf0d9" stroke-width="2" fill="none" opacity=".5" stroke-linecap="round"/>`;
    }).slice(0, 3);
    return `<g transform="translate(${x} ${y}) rotate(${tilt})">
      <path d="M0 -40C-12 -62 -62 -56 -58 -4C-55 38 -24 62 0 50C24 62 55 38 58 -4C62 -56 12 -62 0 -40Z" fill="${fill}"/>
      <g transform="translate(-6 4)">${lines.join('')}</g>
      <path d="M0 -38c0 -16 4 -26 12 -36" stroke="#20242f" stroke-width="6" fill="none" stroke-linecap="round"/>
      <path d="M6 -56c14 -22 40 -24 54 -14c-12 20 -36 26 -54 14z" fill="#20242f"/>
      <path d="M12 -58q20 -10 38 -10" stroke="#f4e6c8" stroke-width="1.6" fill="none"/></g>`;
  });
  const grain = list(420, () =>
    circle(
      random() * size,
      random() * size,
      0.6 + random(),
      '#8a6a35',
      (0.1 + 0.2 * random()).toFixed(2),
    ),
  );
  return `<rect width="${size}" height="${size}" fill="#f4e6c8"/>${grain.join('')}
  <rect x="28" y="28" width="744" height="744" fill="none" stroke="#20242f" stroke-width="3"/>
  <path d="M56 172H744" stroke="#20242f" stroke-width="3"/>
  ${fruits.join('')}
  ${label({ x: 56, y: 96, fill: '#20242f', artist: 'Ana Lindqvist & the Paper Boats'.replace('&', '&amp;'), title: 'The Orchard Year' })}`;
}

function label({ x, y, fill, artist, title }) {
  return `<g fill="${fill}" font-family="Inter Display, Inter">
    <text x="${x}" y="${y}" font-size="46" font-weight="700" letter-spacing="-1">${title}</text>
    <text x="${x}" y="${y + 40}" font-size="24" font-weight="500" opacity=".82">${artist}</text></g>`;
}

function list(count, make) {
  return Array.from({ length: count }, (_, index) => make(index));
}

function circle(x, y, radius, fill, opacity) {
  return `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${radius.toFixed(2)}" fill="${fill}" opacity="${opacity}"/>`;
}

function bar(x, y, width, height, fill, opacity, radius = height / 2) {
  return `<rect x="${x.toFixed(1)}" y="${y.toFixed(1)}" width="${width.toFixed(1)}" height="${height.toFixed(1)}" rx="${radius}" fill="${fill}" opacity="${opacity}"/>`;
}

/** A path through points, rounded by quadratic curves between their midpoints. */
function smooth(points) {
  const [first, ...rest] = points;
  const curves = rest.map(([x, y], index) => {
    const [fromX, fromY] = points[index];
    return `Q ${fromX} ${fromY} ${(fromX + x) / 2} ${(fromY + y) / 2}`;
  });
  return `M ${first[0]} ${first[1]} ${curves.join(' ')}`;
}
