/**
 * What is wrong with an ad or its response, by VAST's numbers.
 * https://iabtechlab.com/standards/vast/ 4.2, §2.3.6.3
 */
export class VastFault extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** Those that the player finds. */
export const vastCodes = {
  malformed: 100,
  notVast: 101,
  unknownVersion: 102,
  unexpectedType: 200,
  unexpectedLinearity: 201,
  unexpectedDuration: 202,
  blockedCategory: 205,
  wrapper: 300,
  wrapperUnavailable: 301,
  wrapperLimit: 302,
  noAd: 303,
  media: 400,
  mediaNotFound: 401,
  mediaLate: 402,
  noPlayableMedia: 403,
  mediaUnplayable: 405,
  companionUnavailable: 603,
  noUsableCompanion: 604,
} as const;
