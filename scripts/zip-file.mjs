import { inflateRawSync } from 'node:zlib';

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_ENTRY = 0x04034b50;
const END_OF_DIRECTORY_BYTES = 22;
const LONGEST_COMMENT_BYTES = 0xffff;

/**
 * @typedef {object} ZipEntry
 * @property {string} name with forward slashes; folders end in one
 * @property {number} mode Unix permission bits, 0 when the archive holds none
 * @property {() => Buffer} read unpacks the entry
 */

/**
 * Lists a zip archive held in memory (no zip64, no encryption: see APPNOTE.TXT 6.3 §4.3).
 * @param {Buffer} zip
 * @returns {ZipEntry[]}
 * @throws {Error} when the bytes are not such an archive
 */
export function readZip(zip) {
  const end = findEndOfDirectory(zip);
  const count = zip.readUInt16LE(end + 10);
  let at = zip.readUInt32LE(end + 16);
  const entries = [];
  for (let index = 0; index < count; index += 1) {
    expectSignature(zip, at, DIRECTORY_ENTRY);
    const nameBytes = zip.readUInt16LE(at + 28);
    const extraBytes = zip.readUInt16LE(at + 30);
    const commentBytes = zip.readUInt16LE(at + 32);
    const place = {
      method: zip.readUInt16LE(at + 10),
      packedBytes: zip.readUInt32LE(at + 20),
      bytes: zip.readUInt32LE(at + 24),
      start: zip.readUInt32LE(at + 42),
    };
    entries.push({
      name: zip.toString('utf8', at + 46, at + 46 + nameBytes),
      mode: (zip.readUInt32LE(at + 38) >>> 16) & 0o777,
      read: () => unpack(zip, place),
    });
    at += 46 + nameBytes + extraBytes + commentBytes;
  }
  return entries;
}

/**
 * @param {Buffer} zip
 * @param {{ method: number, packedBytes: number, bytes: number, start: number }} place
 */
function unpack(zip, { method, packedBytes, bytes, start }) {
  expectSignature(zip, start, LOCAL_ENTRY);
  const dataStart = start + 30 + zip.readUInt16LE(start + 26) + zip.readUInt16LE(start + 28);
  const packed = zip.subarray(dataStart, dataStart + packedBytes);
  if (method !== 0 && method !== 8) throw new Error(`zip: unknown compression method ${method}`);
  const unpacked = method === 8 ? inflateRawSync(packed, { maxOutputLength: bytes || 1 }) : packed;
  if (unpacked.length !== bytes) throw new Error('zip: an entry has the wrong size');
  return unpacked;
}

/** @param {Buffer} zip */
function findEndOfDirectory(zip) {
  const last = zip.length - END_OF_DIRECTORY_BYTES;
  for (let at = last; at >= Math.max(0, last - LONGEST_COMMENT_BYTES); at -= 1) {
    if (zip.readUInt32LE(at) === END_OF_DIRECTORY) return at;
  }
  throw new Error('zip: no end of directory, so not a zip archive or cut short');
}

/**
 * @param {Buffer} zip
 * @param {number} at
 * @param {number} signature
 */
function expectSignature(zip, at, signature) {
  if (at + 4 > zip.length || zip.readUInt32LE(at) !== signature) {
    throw new Error(`zip: damaged at byte ${at}`);
  }
}
