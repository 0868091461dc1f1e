/**
 * The weights of 2 × reach samples that give the level at a place between the two middle ones: a
 * sinc under a Hann window.
 * @param fraction of the way from the one to the other, over 0 and under 1
 */
export function weightsBetween(fraction: number, reach: number): Float32Array {
  const weights = Float32Array.from({ length: 2 * reach }, (_, tap) => {
    const distance = tap - reach + 1 - fraction;
    const angle = Math.PI * distance;
    return (Math.sin(angle) / angle) * (0.5 + 0.5 * Math.cos(angle / reach));
  });
  // Every place lets a steady level through as it is.
  const sum = weights.reduce((total, weight) => total + weight);
  return weights.map((weight) => weight / sum);
}
