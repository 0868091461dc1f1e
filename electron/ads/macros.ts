/** VAST 4.2, §6: "not known" and "not told". */
const notKnown = '-1';
const notTold = '-2';

/** What would tell who listens, where, or to what. */
const withheld = new Set([
  'CONTENTID',
  'CONTENTURI',
  'DEVICEIP',
  'DEVICEUA',
  'IFA',
  'IFATYPE',
  'LATLONG',
]);

const names = new Set([
  ...withheld,
  'ADCATEGORIES',
  'ADCOUNT',
  'ADPLAYHEAD',
  'ADSERVINGID',
  'ADTYPE',
  'APIFRAMEWORKS',
  'APPBUNDLE',
  'ASSETURI',
  'BLOCKEDADCATEGORIES',
  'BREAKMAXADLENGTH',
  'BREAKMAXADS',
  'BREAKMAXDURATION',
  'BREAKMINADLENGTH',
  'BREAKMINDURATION',
  'BREAKPOSITION',
  'CACHEBUSTING',
  'CLICKPOS',
  'CLICKTYPE',
  'CLIENTUA',
  'CONTENTPLAYHEAD',
  'DOMAIN',
  'ERRORCODE',
  'EXTENSIONS',
  'GDPRCONSENT',
  'INVENTORYSTATE',
  'LIMITADTRACKING',
  'MEDIAMIME',
  'MEDIAPLAYHEAD',
  'OMIDPARTNER',
  'PAGEURL',
  'PLACEMENTTYPE',
  'PLAYERCAPABILITIES',
  'PLAYERSIZE',
  'PLAYERSTATE',
  'PODSEQUENCE',
  'REASON',
  'REGULATIONS',
  'SERVERSIDE',
  'SERVERUA',
  'TIMESTAMP',
  'TRANSACTIONID',
  'UNIVERSALADID',
  'VASTVERSIONS',
  'VERIFICATIONVENDORS',
]);

export type Macros = Readonly<Record<string, string>>;

/** Fills in what VAST lets a server ask for, in either way of writing it; other brackets stay. */
export function fillMacros(template: string, values: Macros): string {
  return template.replaceAll(
    /\[([A-Z]+)\]|%5B([A-Z]+)%5D|%%([A-Z]+)%%/gi,
    (written, ...found: readonly unknown[]) => {
      const name = found.slice(0, 3).find((each) => typeof each === 'string') as string;
      if (!names.has(name)) return written;
      const value = values[name] ?? (withheld.has(name) ? notTold : notKnown);
      // A lone half of a surrogate pair can't be encoded; Buffer writes U+FFFD in its place.
      return encodeURIComponent(Buffer.from(value).toString());
    },
  );
}

/** Hours, minutes, seconds, as VAST writes a place in an ad. */
export function playhead(seconds: number): string {
  return new Date(Math.max(0, Math.round(seconds * 1000))).toISOString().slice(11, 23);
}
