import type { ErrorCode } from '../errors.ts';

/**
 * Every word the listener reads, by where it stands. English is the source: another language
 * `satisfies Words`. Functions take what varies, so that a language may order it as it likes.
 */
export const en = {
  rail: {
    main: 'Main',
    home: 'Home',
    search: 'Search',
    albums: 'Albums',
    artists: 'Artists',
    songs: 'Songs',
    genres: 'Genres',
    folders: 'Folders',
    liked: 'Liked songs',
    playlists: 'Playlists',
  },
  tracks: {
    number: '#',
    title: 'Title',
    artist: 'Artist',
    album: 'Album',
    year: 'Year',
    plays: 'Plays',
    seconds: 'Time',
    liked: 'Liked',
    like: 'Like',
    unlike: 'Unlike',
    play: 'Play',
    playNext: 'Play next',
    enqueue: 'Add to queue',
    addToPlaylist: 'Add to playlist',
    newPlaylist: 'New playlist…',
    goToAlbum: 'Go to album',
    goToArtist: 'Go to artist',
    removeFromPlaylist: 'Remove from this playlist',
    moveUp: 'Move up',
    moveDown: 'Move down',
    menu: 'What to do with these tracks',
    tooMany: 'Too many at once: select 100,000 or fewer',
    playingNow: 'Playing now',
    away: 'Its folder is not there now',
    disc: (disc: number) => `Disc ${disc}`,
    songs: (count: number) => counted(count, 'song', 'songs'),
    dragged: (count: number) => counted(count, 'track', 'tracks'),
    selected: (count: number) => `${count.toLocaleString('en')} selected`,
    moved: (place: number) => `Moved to place ${place.toLocaleString('en')}`,
  },
  library: {
    jumpBackIn: 'Jump back in',
    recentlyAdded: 'Recently added',
    mostPlayed: 'Most played',
    showAll: 'Show all',
    scrollBack: 'Earlier ones',
    scrollOn: 'More',
    sortBy: 'Sort by',
    albumSorts: { title: 'Title', artist: 'Artist', year: 'Year', added: 'Recently added' },
    album: 'Album',
    artist: 'Artist',
    genre: 'Genre',
    playlist: 'Playlist',
    song: 'Song',
    shuffle: 'Shuffle',
    likeAll: 'Like all',
    unlikeAll: 'Unlike all',
    more: 'More',
    playThis: (name: string) => `Play ${name}`,
    playSong: (title: string, artist: string) => `Play ${title} by ${artist}`,
    moreFor: (name: string) => `More for ${name}`,
    moreBy: (artist: string) => `More by ${artist}`,
    appearsOn: 'Songs',
    popular: 'Most played',
    albums: (count: number) => counted(count, 'album', 'albums'),
    artists: (count: number) => counted(count, 'artist', 'artists'),
    genres: (count: number) => counted(count, 'genre', 'genres'),
    /** A whole list's length, e.g. "48 min" or "2 hr 13 min". */
    length: (seconds: number) => {
      const minutes = Math.max(1, Math.round(seconds / 60));
      const hours = Math.floor(minutes / 60);
      return hours === 0 ? `${minutes} min` : `${hours} hr ${minutes % 60} min`;
    },
    clearSearch: 'Clear search',
    searchPlaceholder: 'Songs, albums, artists, playlists',
    searchEmptyTitle: 'Search your music',
    searchEmptyText: 'Type a few letters of a song, an album, an artist or a playlist.',
    searchNothingTitle: (text: string) => `Nothing found for “${text}”`,
    searchNothingText: 'Check the spelling, or try fewer letters or another word.',
    topResult: 'Top result',
    allSongsFound: 'Show all songs found',
    found: (count: number) => counted(count, 'result', 'results'),
    allFolders: 'Folders',
    sampleFolder: 'Sample music',
    folderAway: 'Not there now',
    goUp: 'Folder path',
    playFolder: 'Play folder',
    addFolder: 'Add a folder',
    chooseFolder: 'Choose my music folder',
    addSample: 'Add the sample music',
    noMusicTitle: 'No music here yet',
    noMusicText:
      'Choose the folder that your music is in. Files stay where they are and as they are.',
    scanningTitle: 'Reading your music',
    scanningText: 'Songs appear here as they are found.',
    noLikedTitle: 'No liked songs yet',
    noLikedText: 'Press the heart beside a song and it is kept here.',
    noGenresTitle: 'No genres yet',
    noGenresText: 'Genres come from the tags in your files.',
    browseSongs: 'Browse songs',
    emptyFolderTitle: 'No music in this folder',
    emptyFolderText: 'Add files to it and they show up here.',
    goneTitle: 'It is not there any more',
    goneText: 'It may have been removed from the library.',
    goHome: 'Go to Home',
    failedTitle: 'This could not be read',
  },
  playlists: {
    create: 'New playlist',
    nameIt: 'Name your playlist',
    name: 'Name',
    defaultName: 'New playlist',
    save: 'Create',
    cancel: 'Cancel',
    rename: 'Rename',
    duplicate: 'Duplicate',
    remove: 'Delete playlist',
    open: 'Open',
    menu: 'What to do with this playlist',
    emptyTitle: 'This playlist is empty',
    emptyText: 'Drag songs here, or use “Add to playlist” in any song’s menu.',
    noneYet: 'Playlists you make appear here.',
    withTracks: (count: number) => `With ${counted(count, 'track', 'tracks')}`,
  },
  errors: {
    invalid: 'That is not something Refrain can do.',
    not_found: 'It is not there any more.',
    not_allowed: 'That is part of Refrain Premium.',
    unavailable: 'The library is starting again. Try once more in a moment.',
    newer_database: 'This library was made by a newer Refrain.',
    damaged: 'A file of Refrain could not be read.',
    internal: 'Something went wrong. The log has the details.',
  } satisfies Record<ErrorCode, string>,
} as const;

/** Another language gives other strings of the same shape. */
export type Words = Widened<typeof en>;

type Widened<Part> = Part extends string
  ? string
  : Part extends (...values: never[]) => unknown
    ? Part
    : { readonly [Key in keyof Part]: Widened<Part[Key]> };

function counted(count: number, one: string, many: string): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}
