/** Encodes WAV files by the encoders of the Debian packages lame, flac, vorbis-tools, opus-tools, ffmpeg. */
import { Buffer } from 'node:buffer';
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import process from 'node:process';

const encoders = { flac, mp3, m4a, ogg, opus };

/**
 * tags: {title, artist, album, albumArtist, year, genre, track, tracks, disc?, discs?};
 * cover: a JPEG file to embed, or undefined. Throws when the encoder fails.
 */
export function encode(wav, file, tags, cover) {
  encoders[file.slice(file.lastIndexOf('.') + 1)](wav, file, tags, cover);
}

function flac(wav, file, tags, cover) {
  const picture = cover === undefined ? [] : [`--picture=3|image/jpeg|||${cover}`];
  const comments = vorbisComments(tags).map((comment) => `--tag=${comment}`);
  run('flac', [
    '--silent',
    '--force',
    '--best',
    '-e',
    '-p',
    ...picture,
    ...comments,
    '-o',
    file,
    wav,
  ]);
}

function mp3(wav, file, tags) {
  const frames = {
    TPE2: tags.albumArtist,
    TRCK: `${tags.track}/${tags.tracks}`,
    ...(tags.disc === undefined ? {} : { TPOS: `${tags.disc}/${tags.discs}` }),
  };
  run('lame', [
    ...['--quiet', '-V7', '--id3v2-only', '--id3v2-utf16'],
    ...['--tt', tags.title, '--ta', tags.artist, '--tl', tags.album],
    ...['--ty', String(tags.year), '--tg', tags.genre],
    ...Object.entries(frames).flatMap(([id, value]) => ['--tv', `${id}=${value}`]),
    ...[wav, file],
  ]);
}

function m4a(wav, file, tags, cover) {
  const fields = {
    title: tags.title,
    artist: tags.artist,
    album: tags.album,
    album_artist: tags.albumArtist,
    date: tags.year,
    genre: tags.genre,
    track: `${tags.track}/${tags.tracks}`,
    ...(tags.disc === undefined ? {} : { disc: `${tags.disc}/${tags.discs}` }),
  };
  const picture =
    cover === undefined
      ? []
      : [
          '-i',
          cover,
          '-map',
          '0:a',
          '-map',
          '1:v',
          '-c:v',
          'copy',
          '-disposition:v',
          'attached_pic',
        ];
  run('ffmpeg', [
    ...['-v', 'error', '-nostdin', '-y', '-i', wav, ...picture],
    ...['-c:a', 'aac', '-b:a', '88k', '-fflags', '+bitexact', '-flags:a', '+bitexact'],
    // The edit list counts in this scale: samples, so that the join is exact.
    ...['-movie_timescale', '44100', '-movflags', '+faststart'],
    ...Object.entries(fields).flatMap(([name, value]) => ['-metadata', `${name}=${value}`]),
    file,
  ]);
}

function ogg(wav, file, tags, cover) {
  run('oggenc', ['--quiet', '--serial', '1', '-q', '0.5', '-o', file, wav]);
  const pictures =
    cover === undefined ? [] : [`METADATA_BLOCK_PICTURE=${pictureBlock(cover).toString('base64')}`];
  // By file, since a cover is longer than one argument may be.
  const list = `${file}.comments`;
  writeFileSync(list, [...vorbisComments(tags), ...pictures].join('\n'));
  run('vorbiscomment', ['--raw', '-w', '-c', list, file]);
  rmSync(list);
}

function opus(wav, file, tags, cover) {
  const picture = cover === undefined ? [] : ['--picture', `3|image/jpeg|||${cover}`];
  const comments = vorbisComments(tags).flatMap((comment) => ['--comment', comment]);
  run('opusenc', [
    '--quiet',
    '--serial',
    '1',
    '--bitrate',
    '60',
    ...picture,
    ...comments,
    wav,
    file,
  ]);
}

function vorbisComments(tags) {
  const fields = {
    TITLE: tags.title,
    ARTIST: tags.artist,
    ALBUM: tags.album,
    ALBUMARTIST: tags.albumArtist,
    DATE: tags.year,
    GENRE: tags.genre,
    TRACKNUMBER: tags.track,
    TRACKTOTAL: tags.tracks,
    ...(tags.disc === undefined ? {} : { DISCNUMBER: tags.disc, DISCTOTAL: tags.discs }),
  };
  return Object.entries(fields).map(([name, value]) => `${name}=${value}`);
}

/** A FLAC picture block (RFC 9639, 8.8): front cover, JPEG, sizes left unknown. */
function pictureBlock(cover) {
  const data = readFileSync(cover);
  const mime = Buffer.from('image/jpeg', 'latin1');
  const number = (value) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return bytes;
  };
  return Buffer.concat([
    ...[number(3), number(mime.length), mime, number(0)],
    ...[number(0), number(0), number(0), number(0)],
    ...[number(data.length), data],
  ]);
}

function run(command, args) {
  // A UTF-8 locale, since lame reads the accents in its arguments by it.
  execFileSync(command, args, {
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
