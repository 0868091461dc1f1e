/** Of the Kaiser window: side lobes at about −100 dB. */
const beta = 10;

/**
 * A low-pass's weight at a distance from its middle.
 * @param reach how far the filter goes to each side, in the unit of the distance
 * @param cutoff where its slope is centred, as a part of half the rate
 */
export function windowedSinc(distance: number, reach: number, cutoff: number): number {
  const window = bessel(beta * Math.sqrt(Math.max(0, 1 - (distance / reach) ** 2))) / bessel(beta);
  return cutoff * sinc(cutoff * distance) * window;
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

/** The modified Bessel function of the first kind and order 0, by its series. */
function bessel(x: number): number {
  let sum = 1;
  let term = 1;
  for (let k = 1; term > 1e-12 * sum; k += 1) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}
