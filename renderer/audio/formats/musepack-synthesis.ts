import { bandCount, bandSamples } from './musepack-bands.ts';

/** How many samples later than its bands a sound comes out. */
export const synthesisDelay = 481;

/**
 * The first half and the middle of the filter bank's window, in 65536ths.
 * @see ISO/IEC 11172-3, table 3-B.3
 */
const halfWindow = [
  0, -1, -1, -1, -1, -1, -1, -2, -2, -2, -2, -3, -3, -4, -4, -5, -5, -6, -7, -7, -8, -9, -10, -11,
  -13, -14, -16, -17, -19, -21, -24, -26, -29, -31, -35, -38, -41, -45, -49, -53, -58, -63, -68,
  -73, -79, -85, -91, -97, -104, -111, -117, -125, -132, -139, -147, -154, -161, -169, -176, -183,
  -190, -196, -202, -208, 213, 218, 222, 225, 227, 228, 228, 227, 224, 221, 215, 208, 200, 189, 177,
  163, 146, 127, 106, 83, 57, 29, -2, -36, -72, -111, -153, -197, -244, -294, -347, -401, -459,
  -519, -581, -645, -711, -779, -848, -919, -991, -1064, -1137, -1210, -1283, -1356, -1428, -1498,
  -1567, -1634, -1698, -1759, -1817, -1870, -1919, -1962, -2001, -2032, -2057, -2075, -2085, -2087,
  -2080, -2063, 2037, 2000, 1952, 1893, 1822, 1739, 1644, 1535, 1414, 1280, 1131, 970, 794, 605,
  402, 185, -45, -288, -545, -814, -1095, -1388, -1692, -2006, -2330, -2663, -3004, -3351, -3705,
  -4063, -4425, -4788, -5153, -5517, -5879, -6237, -6589, -6935, -7271, -7597, -7910, -8209, -8491,
  -8755, -8998, -9219, -9416, -9585, -9727, -9838, -9916, -9959, -9966, -9935, -9863, -9750, -9592,
  -9389, -9139, -8840, -8492, -8092, -7640, -7134, 6574, 5959, 5288, 4561, 3776, 2935, 2037, 1082,
  70, -998, -2122, -3300, -4533, -5818, -7154, -8540, -9975, -11455, -12980, -14548, -16155, -17799,
  -19478, -21189, -22929, -24694, -26482, -28289, -30112, -31947, -33791, -35640, -37489, -39336,
  -41176, -43006, -44821, -46617, -48390, -50137, -51853, -53534, -55178, -56778, -58333, -59838,
  -61289, -62684, -64019, -65290, -66494, -67629, -68692, -69679, -70590, -71420, -72169, -72835,
  -73415, -73908, -74313, -74630, -74856, -74992, 75038,
];

const windowLength = 512;
/** Of values that wait for the window: sixteen turns of twice as many as there are bands. */
const historyLength = 1024;

const windowWeights = Float32Array.from({ length: windowLength }, (_, at) => {
  const half = halfWindow[Math.min(at, windowLength - at)] ?? 0;
  return (at > windowLength / 2 && at % 64 !== 0 ? -half : half) / 65_536;
});

/** cos((2 band + 1) turn π / 64), turn by turn. */
const cosines = Float32Array.from({ length: bandCount * bandCount }, (_, at) =>
  Math.cos((Math.floor(at / bandCount) * (2 * (at % bandCount) + 1) * Math.PI) / 64),
);

/** Puts one channel's bands together, frame after frame. */
export type Synthesis = (bands: Float32Array) => Float32Array<ArrayBuffer>;

/** @see ISO/IEC 11172-3, annex A.2: the filter bank of MPEG audio's layers I and II */
export function createSynthesis(): Synthesis {
  const history = new Float32Array(historyLength);
  const turned = new Float32Array(bandCount);

  function addMoment(bands: Float32Array, from: number): void {
    for (let turn = 0; turn < bandCount; turn += 1) {
      let sum = 0;
      for (let band = 0; band < bandCount; band += 1) {
        sum += (cosines[bandCount * turn + band] ?? 0) * (bands[from + band] ?? 0);
      }
      turned[turn] = sum;
    }
    history.copyWithin(64, 0, historyLength - 64);
    // Of the 64 values those beyond the 32nd turn are the same again, some with the other sign.
    for (let at = 0; at < 64; at += 1) {
      const turn = 16 + at;
      if (turn < 32) history[at] = turned[turn] ?? 0;
      else if (turn === 32) history[at] = 0;
      else history[at] = -(turned[Math.abs(64 - turn)] ?? 0);
    }
  }

  function sumAt(place: number): number {
    let sum = 0;
    for (let turn = 0; turn < 16; turn += 1) {
      const at = 64 * turn + (turn % 2 === 0 ? 0 : bandCount) + place;
      sum += (history[at] ?? 0) * (windowWeights[bandCount * turn + place] ?? 0);
    }
    return sum;
  }

  return (bands) => {
    const samples = new Float32Array(bandCount * bandSamples);
    for (let from = 0; from < samples.length; from += bandCount) {
      addMoment(bands, from);
      for (let place = 0; place < bandCount; place += 1) samples[from + place] = sumAt(place);
    }
    return samples;
  };
}
