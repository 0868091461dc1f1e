/**
 * The three sample albums: what they are called, and which piece sounds in which file.
 * A piece is rendered and mastered once; `cutAtSeconds` parts it into two tracks without a gap.
 * cover: "folder" lies beside the tracks, "embedded" is written into each.
 */
import { bicycletteBleue } from './tracks/bicyclette-bleue.mjs';
import { cafeAtSeven } from './tracks/cafe-at-seven.mjs';
import { firstTrainHome } from './tracks/first-train-home.mjs';
import { harbourLights } from './tracks/harbour-lights.mjs';
import { hazelAndRowan } from './tracks/hazel-and-rowan.mjs';
import { lesLampesSEteignent } from './tracks/les-lampes-s-eteignent.mjs';
import { lettersFromTheCoast, lettersFromTheCoastRemix } from './tracks/letters-from-the-coast.mjs';
import { rainOnTheRue } from './tracks/rain-on-the-rue.mjs';
import { slowTideAndUndertow, undertowStartsSeconds } from './tracks/slow-tide-and-undertow.mjs';
import { waltzForASmallOrchard } from './tracks/waltz-for-a-small-orchard.mjs';

export const albums = [
  {
    id: 'blue-hour',
    folder: 'Halden Lys - Blue Hour Signals',
    album: 'Blue Hour Signals',
    albumArtist: 'Halden Lys',
    year: 2024,
    cover: 'embedded',
    keptBits: 13,
    fadeOutSeconds: 2.5,
    pieces: [
      {
        render: harbourLights,
        lufs: -18,
        tracks: [
          {
            file: '01 Harbour Lights, Half Asleep.flac',
            title: 'Harbour Lights, Half Asleep',
            genre: 'Ambient',
            track: 1,
          },
        ],
      },
      {
        render: slowTideAndUndertow,
        lufs: -17.5,
        cutAtSeconds: undertowStartsSeconds,
        tracks: [
          { file: '02 Slow Tide.flac', title: 'Slow Tide', genre: 'Electronic', track: 2 },
          { file: '03 Undertow.flac', title: 'Undertow', genre: 'Electronic', track: 3 },
        ],
      },
      {
        render: firstTrainHome,
        lufs: -17,
        tracks: [
          {
            file: '04 First Train Home.flac',
            title: 'First Train Home',
            genre: 'Downtempo',
            track: 4,
          },
        ],
      },
    ],
  },
  {
    id: 'rue-des-tilleuls',
    folder: 'Léa Moreau Trio - Rue des Tilleuls',
    album: 'Rue des Tilleuls',
    albumArtist: 'Léa Moreau Trio',
    year: 2022,
    cover: 'folder',
    pieces: [
      {
        render: cafeAtSeven,
        lufs: -17,
        tracks: [
          {
            file: '1-01 Café at Seven.mp3',
            title: 'Café at Seven',
            genre: 'Jazz',
            track: 1,
            disc: 1,
          },
        ],
      },
      {
        render: rainOnTheRue,
        lufs: -17,
        tracks: [
          {
            file: '1-02 Rain on the Rue.mp3',
            title: 'Rain on the Rue',
            genre: 'Lo-Fi',
            track: 2,
            disc: 1,
          },
        ],
      },
      {
        render: bicycletteBleue,
        lufs: -17,
        tracks: [
          {
            file: '2-01 Bicyclette bleue.mp3',
            title: 'Bicyclette bleue',
            genre: 'Bossa Nova',
            track: 1,
            disc: 2,
          },
        ],
      },
      {
        render: lesLampesSEteignent,
        lufs: -17.5,
        tracks: [
          {
            file: "2-02 Les lampes s'éteignent.mp3",
            title: 'Les lampes s’éteignent',
            genre: 'Jazz',
            track: 2,
            disc: 2,
          },
        ],
      },
    ],
  },
  {
    id: 'orchard-year',
    folder: 'Ana Lindqvist & the Paper Boats - The Orchard Year',
    album: 'The Orchard Year',
    albumArtist: 'Ana Lindqvist & the Paper Boats',
    year: 2019,
    cover: 'embedded',
    pieces: [
      {
        render: waltzForASmallOrchard,
        lufs: -17,
        tracks: [
          {
            file: '01 Waltz for a Small Orchard.m4a',
            title: 'Waltz for a Small Orchard',
            genre: 'Chamber Folk',
            track: 1,
          },
        ],
      },
      {
        render: lettersFromTheCoast,
        lufs: -17,
        tracks: [
          {
            file: '02 Letters from the Coast.ogg',
            title: 'Letters from the Coast',
            genre: 'Folk',
            track: 2,
          },
        ],
      },
      {
        render: hazelAndRowan,
        lufs: -17,
        tracks: [
          { file: '03 Hazel & Rowan.opus', title: 'Hazel & Rowan', genre: 'Folk', track: 3 },
        ],
      },
      {
        render: lettersFromTheCoastRemix,
        lufs: -16.5,
        tracks: [
          {
            file: '04 Letters from the Coast (Tomás Ferreira Remix).ogg',
            title: 'Letters from the Coast (Tomás Ferreira Remix)',
            artist: 'Tomás Ferreira',
            genre: 'Synth-Pop',
            track: 4,
          },
        ],
      },
    ],
  },
];
