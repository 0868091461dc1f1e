/** Headers as they travel between processes; one that is there several times stays so. */
export function plainHeaders(headers: Headers): (readonly [string, string])[] {
  const plain: (readonly [string, string])[] = [];
  headers.forEach((value, name) => void plain.push([name, value]));
  return plain;
}
