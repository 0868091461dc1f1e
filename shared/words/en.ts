import type { AdJudgement, AdReason } from '../ads.ts';
import type { UndoStep } from '../contract.ts';
import type { EditRefusal } from '../editing.ts';
import type { ErrorCode } from '../errors.ts';
import type { TagField } from '../tag-fields.ts';
import type { SkipReason } from '../library.ts';
import type { LibraryCounts, PlaylistDifference, SnapshotReason } from '../snapshots.ts';

/**
 * Every word the listener reads, by where it stands. English is the source: another language
 * `satisfies Words`. Functions take what varies, so that a language may order it as it likes.
 */
/** What ad servers are told of, by VAST's names; others are shown as they are. */
const adEvents: Readonly<Record<string, string>> = {
  loaded: 'an ad was ready to play',
  impression: 'an ad began to sound',
  start: 'an ad began',
  firstQuartile: 'a quarter of an ad was heard',
  midpoint: 'half of an ad was heard',
  thirdQuartile: 'three quarters of an ad were heard',
  complete: 'an ad was heard to its end',
  pause: 'an ad was paused',
  resume: 'an ad went on',
  mute: 'an ad was muted',
  unmute: 'an ad was heard again',
  skip: 'an ad was skipped',
  closeLinear: 'an ad was stopped',
  notUsed: 'an ad was not played',
  error: 'an ad could not be played',
  clickThrough: 'an ad was followed',
  companionClick: 'an ad’s picture was followed',
  companionView: 'an ad’s picture was shown',
  companionError: 'an ad’s picture could not be shown',
  creativeView: 'an ad was shown',
  viewUndetermined: 'whether an ad was seen is not known',
  verificationNotExecuted: 'an advertiser’s measuring program was not run',
};

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
    liked: 'Liked',
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
    rating: 'Rating',
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
    showInFolder: 'Show in folder',
    removeFromPlaylist: 'Remove from this playlist',
    moveUp: 'Move up',
    moveDown: 'Move down',
    menu: 'What to do with these tracks',
    tooMany: 'Too many at once: select 100,000 or fewer',
    away: 'Its folder is not there now',
    unknownArtist: 'Unknown artist',
    unknownAlbum: 'Unknown album',
    disc: (disc: number) => `Disc ${disc}`,
    songs: (count: number) => counted(count, 'song', 'songs'),
    dragged: (count: number) => counted(count, 'track', 'tracks'),
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
    moreFor: (name: string) => `More for ${name}`,
    moreBy: (artist: string) => `More by ${artist}`,
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
    showFewer: 'Show fewer',
    searchedInstead: (text: string) => `Showing results for “${text}”`,
    searchNarrow: 'Narrow a search',
    /** The hints themselves are the language of queries, the same in every language. */
    searchHints: [
      { hint: 'artist:', meaning: 'by one artist' },
      { hint: 'album:', meaning: 'on one album' },
      { hint: 'genre:', meaning: 'of a genre' },
      { hint: 'year:1990..1999', meaning: 'from these years' },
      { hint: 'added:<30d', meaning: 'new here' },
      { hint: 'is:liked', meaning: 'that you like' },
      { hint: 'rating:>=4', meaning: 'with many stars' },
      { hint: 'plays:>10', meaning: 'played often' },
      { hint: 'is:unplayed', meaning: 'never played' },
      { hint: 'is:lossless', meaning: 'without loss' },
      { hint: 'format:flac', meaning: 'of one format' },
      { hint: '"two words"', meaning: 'side by side' },
      { hint: '-live', meaning: 'without a word' },
    ],
    found: (count: number, corrected: string | null) =>
      counted(count, 'result', 'results') + (corrected === null ? '' : ` for “${corrected}”`),
    sampleFolder: 'Sample music',
    folderAway: 'Not there now',
    goUp: 'Folder path',
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
  rating: {
    rate: 'Rate',
    group: 'Rating',
    stars: (count: number) => (count === 1 ? '1 star' : `${count} stars`),
    none: 'No rating',
  },
  editing: {
    edit: 'Edit tags…',
    title: (count: number) => (count === 1 ? 'Edit tags' : `Edit tags of ${songs(count)}`),
    reading: 'Reading the files…',
    tooMany: 'Up to 10,000 songs can be edited at once.',
    fields: {
      title: 'Title',
      artists: 'Artists',
      album: 'Album',
      albumArtists: 'Album artists',
      genres: 'Genres',
      track: 'Track',
      tracks: 'Number of tracks',
      disc: 'Disc',
      discs: 'Number of discs',
      date: 'Date',
      originalDate: 'Original date',
      compilation: 'Compilation of several artists',
      composers: 'Composers',
      comment: 'Comment',
      lyrics: 'Lyrics',
      bpm: 'Beats per minute',
      titleSort: 'Sort title as',
      artistSort: 'Sort artist as',
      albumSort: 'Sort album as',
      albumArtistSort: 'Sort album artist as',
    } satisfies Record<TagField, string>,
    sorting: 'Sorting',
    various: '(various)',
    hint: { names: 'Several are parted by “; ”', date: '1997 or 1997-05-21' },
    numberInOrder: 'Number the tracks in this order, from 1',
    cover: 'Cover',
    chooseCover: 'Choose a picture…',
    removeCover: 'Remove',
    keepCover: 'Keep as it is',
    coverVarious: 'Various covers',
    coverNone: 'No cover',
    coverRemoved: 'Removed',
    dropCover: 'Or drop a JPEG or PNG here.',
    coverInvalid: 'That is no JPEG or PNG of at most 20 MB.',
    invalid: (field: string) => `“${field}” can’t take that value.`,
    waitingNow: (count: number) =>
      count === 1
        ? 'An earlier edit waits until its song no longer plays.'
        : `Earlier edits of ${songs(count)} wait until they no longer play.`,
    notWritable: (count: number) =>
      count === 1
        ? 'One file can’t be written:'
        : `${count.toLocaleString('en')} files can’t be written:`,
    preview: 'Preview',
    previewTitle: 'What would change',
    looking: 'Looking at the files…',
    nothing: 'Nothing would change.',
    changing: (count: number) =>
      count === 1 ? 'One file is written.' : `${count.toLocaleString('en')} files are written.`,
    willWait: (count: number) =>
      count === 1
        ? 'One of them plays or comes next: it is written when it no longer does.'
        : `${count} of them play or come next: they are written when they no longer do.`,
    moreChanges: (count: number) => `and ${songs(count)} more`,
    absent: 'nothing',
    newCover: 'new cover',
    oldCover: 'present cover',
    rating: 'Rating',
    liked: 'Liked',
    yes: 'Yes',
    no: 'No',
    back: 'Back',
    write: 'Write',
    writing: (done: number, total: number) =>
      `${done.toLocaleString('en')} of ${total.toLocaleString('en')} files`,
    stop: 'Stop',
    stopped: (count: number) => `Stopped: ${songs(count)} had been written.`,
    cancel: 'Cancel',
    close: 'Close',
    ratingsTitle: 'Write ratings and likes into the files',
    ratingsHeading: 'Ratings and likes',
    ratingsText:
      'They are kept in your library, whatever the files say. Other players see them only if they are written into the files too.',
    ratingsWrite: 'Write into the files…',
    refusals: {
      format: 'Tags of this format can only be read',
      part: 'It is a part of a larger file: its words are in the cue sheet',
      damaged: 'The file is damaged',
      several_streams: 'It holds several streams',
      fragmented: 'It is in fragments, without room for longer tags',
      too_large: 'It would grow beyond what its format holds',
      no_space: 'The disk is full',
      read_only: 'The file or its folder is write protected',
      gone: 'The file is not there',
      changed: 'Something else changed the file meanwhile',
      undo_full: 'Too much at once to be taken back: edit fewer files',
      not_as_asked: 'Its format can’t hold what was asked, so it was left as it was',
      failed: 'It could not be written; the log has the details',
    } satisfies Record<EditRefusal, string>,
  },
  missing: {
    found: (count: number) => `${songs(count)} not found`,
    review: 'Review…',
    title: 'Keep these songs?',
    text: (count: number, path: string) =>
      `${songs(count)} of ${path} were not there when Refrain last looked. If the drive was not ready, keep them: they stay in your library, greyed, and come back by themselves.`,
    letGoText: 'If you have removed the files, you can let the songs go. Refrain touches no file.',
    kept: (count: number) =>
      `${songs(count)} more stay whatever you choose, since you liked, rated or played them, or put them into a playlist.`,
    examples: 'Some of them',
    keep: 'Keep them',
    letGo: (count: number) => `Let go of ${songs(count)}`,
  },
  duplicates: {
    title: 'Duplicates',
    text: 'Recordings that you have more than once. Refrain only shows them: removing a file is up to you.',
    kinds: { same: 'The same recording', likely: 'Probably the same' },
    about: {
      same: 'The sound is the same in each of these files, whatever their tags say.',
      likely:
        'Artist, title and length agree, but the sound is not the same: another format, mastering or source.',
    },
    none: {
      same: 'No recording is here twice.',
      likely: 'Nothing else looks alike.',
    },
    looking: 'Looking…',
    more: 'Show more',
    files: (count: number) => counted(count, 'file', 'files'),
    of: (title: string, artist: string) => (artist === '' ? title : `${title} — ${artist}`),
    play: (name: string) => `Play ${name}`,
    show: (name: string) => `Show ${name} in its folder`,
    liked: 'Liked',
    inPlaylists: (names: readonly string[]) => `In ${names.join(', ')}`,
    kilobits: (bitsPerSecond: number) =>
      `${Math.round(bitsPerSecond / 1000).toLocaleString('en')} kbit/s`,
    megabytes: (bytes: number) => `${Math.max(0.1, bytes / 1e6).toFixed(1)} MB`,
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
  },
  date: (iso: string) => new Date(iso).toLocaleDateString('en', { dateStyle: 'long' }),
  shell: {
    app: 'Refrain',
    back: 'Back',
    forward: 'Forward',
    account: 'Account',
    settings: 'Settings',
    free: 'Free',
    premium: 'Premium',
    close: 'Close',
    undo: 'Undo',
    dismiss: 'Dismiss',
    cancel: 'Cancel',
    dropTitle: 'Drop to add to your library',
    dropText: 'Folders and music files. They stay where they are.',
    screenFailed: 'This window could not be drawn',
    screenFailedText: 'The music goes on. What you see can be drawn anew.',
    drawAnew: 'Show Refrain again',
  },
  player: {
    region: 'Player',
    play: 'Play',
    pause: 'Pause',
    previous: 'Previous',
    next: 'Next',
    shuffle: 'Shuffle',
    repeat: { off: 'Repeat: off', all: 'Repeat: all', track: 'Repeat: track' },
    repeatMenu: 'Ways to repeat',
    repeatMenuLeft: (times: number) => `Ways to repeat, ${times} to go`,
    repeatChoices: { off: 'No repeat', all: 'Repeat the queue', track: 'Repeat this track' },
    repeatTimes: 'Play this track',
    times: (times: number) => `${times} times`,
    loopStartHere: 'Start a loop here',
    loopEndHere: 'End the loop here',
    loopOn: 'Play the loop',
    loopOff: 'Leave the loop',
    loopClear: 'Remove the loop',
    loopDialog: 'Loop and practice…',
    loopPoints: 'Loop',
    loopStart: 'Loop start',
    loopEnd: 'Loop end',
    more: 'More controls',
    sleep: 'Sleep timer',
    sleepMinutes: (minutes: number) => `${minutes} min`,
    sleepIn: (minutes: number) => `In ${minutes} minutes`,
    sleepOwn: 'Another time…',
    sleepTrack: 'At the end of the track',
    sleepAlbum: 'At the end of the album',
    sleepLonger: (minutes: number) => `${minutes} minutes longer`,
    sleepOff: 'Stay awake',
    sleepShown: { track: 'Track', album: 'Album' },
    sleepsIn: (minutes: number) =>
      `Sleep timer: ${minutes} ${minutes === 1 ? 'minute' : 'minutes'} left`,
    sleepsAt: { track: 'Sleep timer: end of the track', album: 'Sleep timer: end of the album' },
    stopAfterCurrent: 'Stop after this track',
    seek: 'Seek',
    seekPosition: (elapsed: string, total: string) => `${elapsed} of ${total}`,
    volume: 'Volume',
    volumePercent: (percent: number) => `${percent} percent`,
    mute: 'Mute',
    output: 'Output device',
    systemOutput: 'System default',
    outputAway: (name: string) => `${name} (not connected)`,
    unmute: 'Unmute',
    like: 'Add to Liked songs',
    unlike: 'Remove from Liked songs',
    queue: 'Queue',
    nowPlaying: 'Now playing',
    sound: 'Sound',
    nothing: 'Nothing plays',
    nothingText: 'Choose an album or a song',
    windowTitle: (title: string, artist: string) => `${title} — ${artist}`,
    announced: (title: string, artist: string) => `${title} by ${artist}`,
  },
  queue: {
    region: 'Queue',
    upNext: 'Up next',
    history: 'Played before',
    nowPlaying: 'Now playing',
    clear: 'Clear',
    empty: 'Nothing is queued',
    emptyText: 'Play an album, or add songs from their menu.',
    nothingNext: 'Nothing follows. Add songs from their menu or drag them here.',
    playNow: 'Play now',
    remove: 'Remove from queue',
    moveUp: 'Move up',
    moveDown: 'Move down',
    goToAlbum: 'Go to album',
    goToArtist: 'Go to artist',
    stopAfterCurrent: 'Stop after current',
    stopAfterThis: 'Stop after this',
    stopNot: 'Don’t stop here',
    stopsHere: 'Stops after this',
    join: 'Join to the next…',
    menu: 'Queue entry',
    keys: 'Enter plays, Delete removes, Alt with the arrow keys moves.',
  },
  loopDialog: {
    title: 'Loop and practice',
    text: (start: string, end: string) => `From ${start} to ${end}.`,
    whole: 'The whole track, as long as no loop is marked in it.',
    counted: 'Only so many rounds, then on',
    rounds: 'Rounds',
    practice: 'Change the speed from round to round',
    from: 'First round, %',
    step: 'Each round, + %',
    to: 'Up to, %',
    start: 'Start',
    cancel: 'Cancel',
  },
  sleepDialog: {
    title: 'Sleep timer',
    text: 'The music fades out and pauses. It waits where it stopped.',
    minutes: 'Minutes',
    start: 'Start',
    cancel: 'Cancel',
  },
  joinDialog: {
    title: 'Join to the next',
    text: (first: string, second: string) =>
      `How “${first}” goes over into “${second}”, whenever they meet.`,
    how: 'Join',
    ways: { rules: 'Automatic', gapless: 'Gapless', crossfade: 'Crossfade' },
    rulesText: 'A crossfade between albums, if you have set one; none within an album.',
    seconds: 'Crossfade',
    secondsText: (seconds: number) => counted(seconds, 'second', 'seconds'),
    save: 'Save',
    cancel: 'Cancel',
  },
  nowPlaying: {
    region: 'Now playing',
    next: 'Next',
    year: 'Year',
    genre: 'Genre',
    format: 'Format',
    plays: 'Plays',
    length: 'Length',
    composer: 'Composer',
    label: 'Label',
    lyrics: 'Lyrics',
    kilohertz: (kilohertz: number) => `${kilohertz} kHz`,
    bits: (bits: number) => `${bits} bit`,
    kilobits: (kilobits: number) => `${kilobits} kbit/s`,
  },
  ads: {
    slot: 'Advertisement',
    why: 'Why this ad?',
    reason: (why: AdReason) =>
      why.kind === 'genre'
        ? `You heard ${why.genre} lately, and this ad is for those who like it. It was chosen on your machine; the ad server learns a kind of music at most, and never who you are.`
        : why.house
          ? 'Refrain shows its own notices to free listeners. This one was chosen on your machine, by turns; nothing about you was used or sent.'
          : 'It was its turn: nothing that you heard spoke for it. It was chosen on your machine; the ad server never learns who you are.',
    dismiss: 'Hide this ad',
    /** @param host where it leads; our own name for a page of this window, '' for nowhere */
    opens: (host: string) =>
      host === '' ? '' : host === 'Refrain' ? 'Opens in Refrain' : `Opens ${host} in your browser`,
    visit: (advertiser: string) => `Visit ${advertiser}`,
    quietSlot: (minutes: number) => `${quietTime(minutes)} without ads: you earned them.`,
    emptySlot: 'Refrain is free because of a few ads.',
    goAdFree: 'Go ad-free',
    breakRegion: 'Ad break',
    resumesIn: (left: string) => `Music resumes in ${left}`,
    moreToCome: (left: string, more: number) => `Music resumes in ${left} and ${more} more`,
    held: 'Held until there is sound: turn the volume up',
    skip: 'Skip',
    skipIn: (left: string) => `Skip in ${left}`,
    announced: (advertiser: string) => `Ad break: ${advertiser}`,
  },
  ledger: {
    title: 'Your ads',
    intro:
      'What was played to you, and when the next break may come. The list stays on this machine. An ad server learns only which campaigns you have heard often enough, so that it leaves them out.',
    today: (count: number) =>
      count === 0 ? 'No break today' : count === 1 ? 'One break today' : `${count} breaks today`,
    due: (minutes: number) =>
      minutes <= 0
        ? 'The next break may come at the next rest between two albums or songs.'
        : `The next break comes after at least ${minutes} more ${minutes === 1 ? 'minute' : 'minutes'} of music.`,
    never: 'Premium plays no ads.',
    none: 'No ad was played to you yet.',
    when: 'When',
    advertiser: 'Advertiser',
    what: 'What',
    opinion: 'What you think',
    judgements: {
      not_my_taste: 'Not my taste',
      never: 'Never this one again',
    } satisfies Record<AdJudgement, string>,
    turnedDown: 'What you turned down',
    takeBack: 'Take back',
    takeBackOf: (judgement: string, title: string) => `Take back “${judgement}” for ${title}`,
    quietLeft: (minutes: number) =>
      minutes === 0
        ? 'No ad-free minutes saved up.'
        : `${quietTime(minutes)} of music without ads saved up.`,
    quietWanted: 'The extra ad plays at the next rest in the music.',
    earnQuiet: 'Hear one ad now for 30 ad-free minutes',
    at: (iso: string) => dayAndTime(iso),
    told: (sent: number, waiting: number, dropped: number) =>
      [
        `To count these ads, their servers were told of ${counted(sent, 'moment', 'moments')}.`,
        waiting === 0 ? '' : ` ${counted(waiting, 'more waits', 'more wait')} to be told.`,
        dropped === 0 ? '' : ` ${counted(dropped, 'was', 'were')} given up.`,
      ].join(''),
  },
  /** On the page that the browser ends at. */
  signIn: {
    done: {
      title: 'You are signed in',
      lead: 'You can close this page and go back to Refrain.',
    },
    failed: {
      title: 'You are not signed in',
      lead: 'You can close this page. Refrain knows more.',
    },
  },
  account: {
    title: 'Account',
    tier: { free: 'Refrain Free', premium: 'Refrain Premium' },
    freeText: 'Everything for your own music, with a few ads between albums and songs.',
    premiumText: 'Your music and nothing else, and one track on repeat for as long as you like.',
    states: {
      none: 'You use the free tier. It asks for no account.',
      noneSignedIn: 'You use the free tier.',
      trialing: (until: string) => `Your trial runs until ${until}.`,
      active: (until: string) => `Premium is paid until ${until}.`,
      past_due: (until: string) =>
        `The last payment failed. Premium stays until ${until}, so that you can put it right.`,
      cancel_at_period_end: (until: string) =>
        `Premium is paid until ${until} and ends then. You can keep it until that day.`,
      pausing: (until: string) =>
        `Premium is paid until ${until}, and your subscription pauses then.`,
      paused: 'Your subscription is paused. Premium comes back when you resume it.',
      refunded: 'Your payment was given back, so Premium has ended.',
      disputed: 'Your bank called the payment back, so Premium has ended.',
      expired: 'Premium has ended. Your music, playlists and settings are all still here.',
      stale: 'The proof of it is being renewed behind the scenes.',
      offline_grace: (until: string) =>
        `The account service could not be reached. Premium goes on without it until ${until}.`,
    },
    clockSuspect:
      'The clock of this machine stands before a time that Refrain has already seen. Premium gets no new grace until it is set right.',
    keyUnprotected:
      'This system has no secret store, so the key of this device lies in a plain file that only you can read.',
    embedded: 'Local account: tiers are for trying Refrain, nothing is sold or verified.',
    startTrial: 'Try Premium',
    subscribe: 'Get Premium',
    cancel: 'End Premium',
    cancelTitle: 'End Premium?',
    cancelText: (until: string) =>
      until === ''
        ? 'Premium stays until the end of what is paid. Nothing of yours is lost.'
        : `Premium stays until ${until}, and you can take this back until then. Nothing of yours is lost.`,
    keep: 'Keep Premium',
    resume: 'Keep Premium after all',
    unpause: 'Resume Premium',
    portal: 'Plan, card and bills',
    refresh: 'Check again',
    signedInAs: (email: string) => `Signed in as ${email}`,
    signIn: 'Sign in',
    signInAgain: 'Sign in again',
    signInWithCode: 'Sign in with a code',
    signInByCode: 'Use a code instead',
    signInByBrowser: 'Use the browser instead',
    signOut: 'Sign out',
    signOutText: 'Premium ends on this device until you sign in again. Your music stays as it is.',
    visits: {
      preparing: 'Getting the account service ready. The first time this takes some seconds.',
      sign_in: 'Go on in your browser: sign up or sign in there, and come back.',
      code: 'Enter this code in any browser, at the address below.',
      codeEnds: (time: string) => `The code holds until ${time}.`,
      checkout:
        'The payment page is open in your browser. Premium begins as soon as you are done there.',
      portal:
        'Your plan, card and bills are open in your browser. Refrain follows what you change.',
      giveUp: 'Cancel',
      done: 'Done',
      copyCode: 'Copy the code',
      copyAddress: 'Copy the address',
      copied: 'Copied',
    },
    visitNotices: {
      timed_out: 'That took too long, so Refrain stopped waiting. Try once more.',
      trial_used: 'This account had its trial already. Choose a plan below.',
      had_premium: 'This account has Premium already.',
      exported: 'Everything that the account service keeps of you was written to the file.',
      erased: 'Your account is gone. Your music, playlists and settings are untouched.',
    },
    plansTitle: 'Plans',
    plansText: 'Each can be ended at any time; what is paid stays yours to its end.',
    showPlans: 'Show plans and prices',
    plansAway: 'The account service can’t be reached just now.',
    plansLoading: 'Getting the plans…',
    tryAgain: 'Try again',
    plans: { monthly: 'Monthly', yearly: 'Yearly' },
    per: { monthly: 'a month', yearly: 'a year' },
    saves: (percent: number) => `Saves ${percent}%`,
    price: (amount: number, currency: string) =>
      new Intl.NumberFormat('en', { style: 'currency', currency }).format(amount / 100),
    introPrice: (price: string, periods: number, plan: 'monthly' | 'yearly') => {
      const unit = plan === 'monthly' ? 'month' : 'year';
      return periods === 1
        ? `${price} for the first ${unit}`
        : `${price} a ${unit} for the first ${periods} ${unit}s`;
    },
    trialFirst: (days: number) => `${days} days free first`,
    tryPlan: (days: number) => `Try ${days} days free`,
    buyPlan: 'Buy',
    choosePlan: (plan: string) => `Choose ${plan}`,
    devicesTitle: 'Devices',
    devicesText: 'Where this account is signed in. One that you remove is signed out.',
    thisDevice: 'This device',
    platforms: { linux: 'Linux', macos: 'macOS', windows: 'Windows' },
    seen: (date: string) => `Last seen ${date}`,
    removeDevice: (name: string) => `Remove ${name}`,
    remove: 'Remove',
    dataTitle: 'Your account',
    export: 'Export my data',
    erase: 'Delete my account',
    eraseTitle: 'Delete your account?',
    eraseText:
      'The account, its plan and all that the account service keeps of you are deleted for good. Your music, playlists and settings on this machine stay.',
    eraseConfirm: (email: string) => `Type ${email} to confirm`,
    compare: 'What each tier allows',
    feature: 'Feature',
    yes: 'Yes',
    no: 'No',
    everything: 'Your music whole: every format, gapless, playlists, search',
    features: {
      ad_free: 'No ads',
      repeat_track: 'Repeat one track, or a part of it, seamless at the sample',
    },
  },
  offer: {
    title: 'Refrain Premium',
    reasons: {
      repeat_track:
        'Repeating one track, or a part of it, is part of Premium: it loops with no gap, at the very sample.',
      ad_free: 'Premium plays your music and nothing else.',
      premium: 'Your music and nothing else.',
    },
    points: [
      'No ads: no banner, no breaks',
      'Repeat one track, seamless at the sample',
      'Loop any part of it, and practise it faster round by round',
      'It acts at once, while the music plays',
    ],
    trial: 'Try Premium',
    monthly: 'Get Premium',
    trialNote:
      'You sign up in your browser, see the price there before anything is paid, and can end it at any time.',
    monthlyNote:
      'You see the price in your browser before anything is paid, and can end it at any time.',
    otherPlans: 'Other plans',
    notNow: 'Not now',
  },
  settings: {
    title: 'Settings',
    look: 'Look',
    theme: 'Theme',
    themes: { system: 'As the system', dark: 'Dark', light: 'Light' },
    folders: 'Music folders',
    foldersText: 'Refrain reads these. It writes into a file only when you edit its tags.',
    noFolders: 'No folder yet.',
    addFolder: 'Add a folder',
    addSample: 'Add the sample music',
    rescan: 'Look for changes',
    removeFolder: (path: string) => `Remove ${path} from the library`,
    remove: 'Remove',
    removeTitle: 'Remove this folder from the library?',
    removeText: (path: string) =>
      `The songs of ${path} leave the library. The files themselves stay untouched.`,
    away: 'Not there now. Its songs stay, greyed, and come back with it.',
    sample: 'Sample music',
    songs,
    about: 'About',
    version: 'Refrain',
    runsOn: (electron: string, chromium: string, node: string) =>
      `Electron ${electron}, Chromium ${chromium}, Node ${node}`,
    standIn:
      'This Electron is a stand-in for development: the official build of the version that Refrain names could not be fetched here.',
  },
  sound: {
    title: 'Sound',
    open: 'Equaliser, loudness, speed and more',
    equaliser: 'Equaliser',
    equaliserOn: 'Use the equaliser',
    equaliserFor: (output: string) => `For ${output}. Each output has its own.`,
    systemOutput: 'the system’s output',
    presets: 'Presets',
    reset: 'Reset',
    preset: {
      flat: 'Flat',
      bass: 'More bass',
      lessBass: 'Less bass',
      treble: 'More treble',
      lessTreble: 'Less treble',
      voice: 'Voice',
      rock: 'Rock',
      pop: 'Pop',
      jazz: 'Jazz',
      classical: 'Classical',
      electronic: 'Electronic',
      acoustic: 'Acoustic',
      quiet: 'Quiet listening',
      smallSpeakers: 'Small speakers',
    },
    own: 'Own curve',
    exchange: 'Import or export',
    exchangeTitle: 'Equaliser as text',
    exchangeText:
      'Paste settings as AutoEq and Equalizer APO write them, or take these along to another player.',
    exchangeLabel: 'Settings',
    use: 'Use these',
    copy: 'Copy',
    copied: 'Copied.',
    noBands: 'No filter is found in this text.',
    understood: (bands: number) => counted(bands, 'filter', 'filters'),
    skipped: (line: number, reason: string) => `Line ${line} is left out: ${reason}.`,
    moreSkipped: (lines: number) => `${counted(lines, 'more line', 'more lines')} left out.`,
    skipReasons: {
      unknownLine: 'not known here',
      unknownKind: 'this kind of filter is not known here',
      off: 'it is switched off',
      outOfRange: 'its values are out of range',
      tooMany: 'there are too many filters',
    },
    bands: 'Bands',
    band: hertzOf,
    shelf: { lowShelf: 'Low shelf', highShelf: 'High shelf' },
    bandName: (hertz: number, shelf: string) =>
      shelf === '' ? hertzOf(hertz) : `${hertzOf(hertz)}, ${shelf}`,
    curve: 'What the equaliser makes of each tone',
    decibels: decibelsOf,
    preamp: 'Pre-amp',
    preampAutomatic: 'Pre-amp as low as the curve needs',
    loudness: 'Loudness',
    loudnessText: 'Brings quiet and loud music to one level, by its tags or as measured.',
    gainMode: 'Level by',
    gainModes: { off: 'Off', auto: 'Automatic', track: 'Track', album: 'Album' },
    preampText: 'On top of the level that is found.',
    playing: 'Playing',
    speed: 'Speed',
    speedTimes: (speed: number) => `${speed.toLocaleString('en')} ×`,
    crossfade: 'Crossfade',
    crossfadeText: 'Between albums only, never inside one.',
    seconds: (seconds: number) => (seconds === 0 ? 'Off' : `${seconds} s`),
    fadeOnPause: 'Fade out on pause and in again',
    balance: 'Balance',
    balanceAt: balanceOf,
    mono: 'Both channels as one (mono)',
    pauseWhenUnplugged: 'Pause when headphones are unplugged',
  },
  desktop: {
    title: 'Desktop',
    notifications: 'Show a notification for each new song while Refrain is in the background',
    tray: 'Show Refrain in the tray',
    keepPlaying: 'Keep playing when the window is closed',
    keepPlayingText:
      'The tray brings the window back. Where there is none, closing the window minimises it.',
    /** In the menus of tray and dock. */
    show: 'Show Refrain',
    hide: 'Hide Refrain',
    quit: 'Quit Refrain',
    mini: 'Mini player',
    whole: 'Back to the whole window',
  },
  firstRun: {
    title: 'Welcome to Refrain',
    text: 'A player for the music you own. Nothing leaves this machine.',
    choose: 'Choose my music folder',
    chooseText: 'Its files stay where they are. New ones are found by themselves.',
    sample: 'Look around with the sample music',
    sampleText: 'Three short albums that come with Refrain.',
    drop: 'Or drop a folder anywhere in this window.',
  },
  start: {
    settingsTitle: 'Your settings could not be read',
    settingsText:
      'The file below is damaged. Your music, playlists and queue are not in it and are safe.',
    newerTitle: 'This library was written by a newer Refrain',
    newerText: (version: number) =>
      `The file below has version ${version}, which this Refrain does not know. It has not been touched. Install the newer Refrain to use it again.`,
    damagedTitle: 'Your library could not be read',
    damagedText:
      'The file below is damaged. It has not been touched, and your music files have nothing to do with it.',
    file: 'File',
    kept: 'Whatever you choose, that file is kept: it is never overwritten or removed.',
    setAsideSettings: 'Start with default settings',
    setAsideDatabase: 'Start with an empty library',
    setAsideText: 'The file gets another name and stays beside the new one.',
    goBack: 'Go back to the newest copy',
    goBackText: (iso: string, holds: string) =>
      `It is of ${dayAndTime(iso)} (${holds}) and was found whole. What you made since is added as far as it can still be read.`,
    tryAgain: 'Try again',
    quit: 'Quit',
  },
  safety: {
    title: 'Library safety',
    text: 'Refrain keeps copies of your library: playlists, likes, ratings, play counts and the list of your music. The music files themselves are not in them and are never touched.',
    last: (iso: string) => `Last copy: ${dayAndTime(iso)}`,
    none: 'There is no copy yet. Refrain makes the first one by itself within minutes.',
    copyNow: 'Copy now',
    copying: 'Copying…',
    copied: 'The library was copied.',
    nothingNew: 'Nothing has changed since the last copy.',
    copies: 'Copies of the library',
    when: (iso: string) => dayAndTime(iso),
    reasons: {
      regular: '',
      asked: 'made by you',
      before_upgrade: 'before an update of Refrain',
      before_restore: 'before going back',
    } satisfies Record<SnapshotReason, string>,
    holds: ({ tracks, playlists, likes, ratings, plays }: LibraryCounts) =>
      [
        songs(tracks),
        counted(playlists, 'playlist', 'playlists'),
        counted(likes, 'like', 'likes'),
        ...(ratings > 0 ? [counted(ratings, 'rating', 'ratings')] : []),
        counted(plays, 'play', 'plays'),
      ].join(' · '),
    goBackTo: (iso: string) => `Go back to the copy of ${dayAndTime(iso)}`,
    previewTitle: 'Go back to this copy?',
    previewText: (iso: string) =>
      `Your library becomes what it was on ${dayAndTime(iso)}. It is copied first as it is now, so you can come back.`,
    previewing: 'Comparing…',
    previewFailed: 'The copy could not be read.',
    nothingChanges: 'Nothing would change.',
    rows: {
      tracks: 'Songs',
      likes: 'Likes',
      ratings: 'Ratings',
      loops: 'Loops within songs',
      joins: 'Chosen joins of songs',
      plays: 'Plays',
    } satisfies Record<'tracks' | 'likes' | 'ratings' | 'loops' | 'joins' | 'plays', string>,
    gained: (count: number) => counted(count, 'comes back', 'come back'),
    lost: (count: number) => counted(count, 'disappears', 'disappear'),
    playlistNamed: (name: string) => `Playlist “${name}”`,
    playlist: {
      gained: (_now: number, then: number) => `comes back with ${songs(then)}`,
      lost: (now: number) => `disappears, with ${songs(now)}`,
      changed: (now: number, then: number) =>
        now === then ? 'gets its earlier order or name' : `${songs(now)} become ${songs(then)}`,
    } satisfies Record<PlaylistDifference['kind'], (now: number, then: number) => string>,
    morePlaylists: (count: number) => `and ${counted(count, 'more playlist', 'more playlists')}`,
    confirm: 'Go back',
  },
  scan: {
    status: 'Library scan',
    progress: (read: number, found: number, perSecond: number, skipped: number) =>
      [
        `${read.toLocaleString('en')} of ${found.toLocaleString('en')}`,
        perSecond > 0 ? `${perSecond.toLocaleString('en')}/s` : '',
        skipped > 0 ? `${skipped.toLocaleString('en')} skipped` : '',
      ]
        .filter((part) => part !== '')
        .join(' · '),
    looking: 'Looking for music…',
    done: ({
      added,
      updated,
      removed,
      away,
      skipped,
    }: Readonly<Record<'added' | 'updated' | 'removed' | 'away' | 'skipped', number>>) => {
      const parts = [
        added > 0 ? `${added.toLocaleString('en')} added` : '',
        updated > 0 ? `${updated.toLocaleString('en')} updated` : '',
        removed > 0 ? `${removed.toLocaleString('en')} removed` : '',
        away > 0 ? `${away.toLocaleString('en')} away` : '',
        skipped > 0 ? `${skipped.toLocaleString('en')} skipped` : '',
      ].filter((part) => part !== '');
      return parts.length === 0 ? 'Everything is up to date' : parts.join(' · ');
    },
    cancelled: 'Scan cancelled',
    failed: 'Scan failed',
    cancel: 'Cancel the scan',
    title: 'Library scan',
    read: 'Files read',
    added: 'Added',
    updated: 'Updated',
    removed: 'Removed',
    away: 'Away',
    skipped: 'Skipped',
    skippedFiles: 'Newest skipped files',
    reasons: {
      empty: 'The file is empty',
      unreadable: 'The file could not be read',
      not_audio: 'It holds no sound that Refrain plays',
      damaged: 'The file is damaged',
      name_not_utf8: 'Its name is not valid text',
      not_a_file: 'It is not a plain file',
      folder_unreadable: 'The folder could not be read',
      too_deep: 'The folder lies too deep',
      cue_damaged: 'The cue sheet can’t be understood',
      cue_too_large: 'The cue sheet is too large',
      cue_longer: 'The cue sheet is longer than its sound',
    } satisfies Record<SkipReason, string>,
  },
  shortcuts: {
    title: 'Keyboard shortcuts',
    playPause: 'Play or pause',
    next: 'Next',
    previous: 'Previous',
    volumeUp: 'Louder',
    volumeDown: 'Quieter',
    search: 'Search',
    undo: 'Undo',
    back: 'Back',
    forward: 'Forward',
    queue: 'Show or hide the queue',
    stopAfterCurrent: 'Stop after this track, or not',
    loopStart: 'Start a loop here',
    loopEnd: 'End the loop here',
    loopSwitch: 'Play the loop, or leave it',
    loopClear: 'Remove the loop',
    mini: 'Mini player, or back to the whole window',
    list: 'Show this list',
    space: 'Space',
  },
  undo: {
    queue_replaced: () => 'Queue replaced',
    queue_cleared: () => 'Queue cleared',
    queue_removed: (count: number) => `${songs(count)} removed from the queue`,
    queue_moved: () => 'Queue reordered',
    queue_added: (count: number) => `${songs(count)} added to the queue`,
    playlist_created: (_count: number, name: string) => `Playlist “${name}” created`,
    playlist_renamed: (_count: number, name: string) => `Renamed to “${name}”`,
    playlist_removed: (_count: number, name: string) => `Playlist “${name}” deleted`,
    playlist_duplicated: (_count: number, name: string) => `Copied to “${name}”`,
    playlist_added: (count: number, name: string) => `${songs(count)} added to “${name}”`,
    playlist_items_removed: (count: number, name: string) =>
      `${songs(count)} removed from “${name}”`,
    playlist_items_moved: (_count: number, name: string) => `“${name}” reordered`,
    library_restored: () => 'Library put back to an earlier copy',
    liked: (count: number) => `Liked songs changed by ${songs(count)}`,
    rated: (count: number) => `${songs(count)} rated`,
    tags_edited: (count: number) => `Tags of ${songs(count)} edited`,
  } satisfies Record<UndoStep['kind'], (count: number, name: string) => string>,
  links: {
    found: (title: string) => `A link leads to “${title}”`,
    /** @param clock as on the seek bar; 0:00 is the beginning */
    playFrom: (clock: string) => (clock === '0:00' ? 'Play it' : `Play from ${clock}`),
  },
  noted: {
    title: 'What Refrain notes',
    intro:
      'Refrain notes on this machine what happens in it, so that it can be made better: numbers and yes or no, never titles, names, paths or what you search for. Nothing leaves unless you say so in Settings.',
    level: 'What may leave this machine',
    levels: {
      0: 'Nothing',
      1: 'Counts only',
      2: 'Counts and events',
    },
    levelTexts: {
      0: 'Everything stays here.',
      1: 'Once a day, how often each kind of event happened on a day.',
      2: 'Once an hour, also the events themselves, as far as the list of events allows. No account, no device and no address is named.',
    },
    open: 'See all of it',
    figures: 'Figures',
    preview: 'Preview what would leave',
    previewText: (level: string) =>
      `With “${level}”, this would have left for the events of the last day. What happened before you choose it is never sent.`,
    cantSend: 'No account service is configured, so nothing can be sent, whatever you choose.',
    refresh: 'Read again',
    removeAll: 'Delete all notes',
    removeTitle: 'Delete all notes?',
    remove: 'Delete',
    removeText:
      'All events, everything that was made to be sent, and which links led you here are deleted from this machine. What was sent before stays where it went.',
    types: 'Kinds of events',
    type: 'Event',
    purpose: 'What for',
    kept: 'Kept for',
    days: (days: number) => counted(days, 'day', 'days'),
    leaves: 'May leave',
    leavesAs: { count: 'As a count', whole: 'Whole, at the highest level' },
    count: 'Now kept',
    newest: 'Newest events',
    none: 'Nothing is noted yet.',
    batches: 'What was made to be sent',
    noBatches: 'Nothing was ever made to be sent.',
    batch: (iso: string, state: string) => `${dayAndTime(iso)}: ${state}`,
    batchStates: {
      waiting: 'waits to be sent',
      sent: 'sent',
      withdrawn: 'not sent, since you took your consent back',
      given_up: 'not sent, since the service did not take it',
    },
    told: 'What ad servers were told',
    toldIntro:
      'To be paid for, ads are counted by their servers. The newest messages to them, with nothing in them that tells who listens:',
    nobodyTold: 'No ad server was told of anything.',
    toldAt: 'When',
    toldWhat: 'What happened',
    toldTo: 'Told to',
    toldHow: 'How it went',
    toldTime: (milliseconds: number) => dayAndTime(new Date(milliseconds).toISOString()),
    toldEvent: (event: string) =>
      adEvents[event] ?? (event.startsWith('progress-') ? 'a place in an ad was heard' : event),
    toldStates: {
      waiting: 'waits to be told',
      sending: 'being told',
      sent: 'told',
      dropped: 'given up',
    },
    figuresIntro:
      'Computed on this machine from what is noted, about you alone. Where no other time is named, of the last 30 days.',
    figure: 'Figure',
    value: 'Value',
    definition: 'Definition',
    nothingYet: 'nothing yet',
    groups: {
      listening: 'Listening',
      beginning: 'Beginning and coming back',
      premium: 'From free to Premium',
      ads: 'Ads',
      search: 'Search',
      guardrails: 'What must not get worse',
    },
    units: {
      hours: (value: number) =>
        value < 1 ? `${Math.round(value * 60)} min` : `${value.toFixed(1)} h`,
      yesNo: (value: number) => (value === 0 ? 'no' : 'yes'),
      part: (value: number) =>
        value.toLocaleString('en', { style: 'percent', maximumFractionDigits: 1 }),
      count: (value: number) => value.toLocaleString('en'),
      seconds: (value: number) => `${Math.round(value).toLocaleString('en')} s`,
      milliseconds: (value: number) => `${value.toLocaleString('en')} ms`,
      perHour: (value: number) => value.toFixed(2),
    },
    definitions: {
      weeklyHours: {
        title: 'Weekly listening hours',
        definition:
          'Hours of music heard in the last 7 days, for each listener who heard any. Muted time and ads don’t count.',
      },
      activated: {
        title: 'Activated',
        definition:
          'Three plays of 30 seconds or more and one like or playlist within 24 hours of the first event.',
      },
      backOnDay1: {
        title: 'Back on day 1',
        definition: 'Music was heard on the day after the first one.',
      },
      backOnDay7: {
        title: 'Back on day 7',
        definition: 'Music was heard 7 days after the first day, on that day itself.',
      },
      backOnDay30: {
        title: 'Back on day 30',
        definition: 'Music was heard 30 days after the first day, on that day itself.',
      },
      stickiness: {
        title: 'Daily to monthly use',
        definition:
          'Of the last 30 days, today included, the part on which music was heard: for one listener that is daily by monthly active listeners.',
      },
      offersShown: { title: 'Offers', definition: 'How often Premium was offered.' },
      trials: {
        title: 'Trials',
        definition:
          'Trials begun with a service that sells. The local account and testers’ tiers don’t count.',
      },
      paid: {
        title: 'Subscriptions',
        definition: 'Subscriptions paid for with a service that sells, counted as above.',
      },
      adSecondsPerHour: {
        title: 'Ad load',
        definition: 'Seconds of ads heard for each hour of music heard.',
      },
      fill: {
        title: 'Fill',
        definition: 'Of the breaks that were prepared, those that had an ad.',
      },
      completion: {
        title: 'Completion',
        definition: 'Of the ads that began to sound, those heard to their end.',
      },
      fatigue: {
        title: 'Fatigue',
        definition:
          'Of the sessions with a break, those that ended 60 seconds or less after the last one. A session ends with the app or after 30 minutes of silence.',
      },
      searchSuccess: {
        title: 'Search success',
        definition:
          'Of the searches, those after which music was put on within 60 seconds. Searches less than 60 seconds apart are one.',
      },
      firstSoundP95Milliseconds: {
        title: 'Wait for the first sound',
        definition: 'From asking for music to its first sound; 95 of 100 waits were no longer.',
      },
      stallsPerHour: {
        title: 'Stalls per hour',
        definition: 'Times that the sound stood still for over 2 seconds, by hours of music heard.',
      },
      loudnessBreaches: {
        title: 'Too loud ads',
        definition:
          'Ads more than 0.5 LU louder than the music before them was heard. It must be 0.',
      },
      beaconLoss: {
        title: 'Lost beacons',
        definition:
          'Of what advertisers are told about ads heard, the part that was given up undelivered.',
      },
    },
    bars: (hours: readonly number[]) =>
      `Hours of music in the last ${hours.length} weeks: ${hours.map((value) => value.toFixed(1)).join(', ')}`,
    weeksAgo: (weeks: number) => `${weeks} weeks ago`,
    thisWeek: 'the last 7 days',
  },
  undone: {
    step: (what: string) => `Undone: ${what}`,
    nothing: 'There is nothing to undo',
  },
  notices: {
    link_not_yet: (to: 'podcast' | 'episode' | 'gift' | 'recap') =>
      `The link leads to ${{ podcast: 'a podcast', episode: 'an episode', gift: 'a gift', recap: 'a recap' }[to]}, which this version of Refrain can’t show yet`,
    link_gone: 'The link leads to a track that is not in your library',
    track_failed: (title: string) =>
      `“${title}” could not be played: its file is damaged or not there`,
    playback_stopped_after_failures:
      'Several songs in a row could not be played, so the music stopped. Is the drive with your music connected?',
    spot_held: 'The ad waits until there is sound again',
    quiet_earned: (minutes: number) =>
      `Thank you. The next ${quietTime(minutes)} of music have no ads`,
    quiet_missed: 'There is no ad just now. Try again later',
    tier_lost: 'Premium has ended; you use the free tier now',
    tier_gained: 'Premium is on: no ads, and repeat for one track',
    library_restored: (iso: string) =>
      `Your library could not be read. It was put back to the copy of ${dayAndTime(iso)}.`,
    output_lost: (name: string, paused: boolean) =>
      paused
        ? `Paused: ${name === '' ? 'the output' : name} is not connected any more`
        : `${name === '' ? 'The output' : name} is not connected any more; the music goes on elsewhere`,
    edits_refused: (count: number, title: string) =>
      count === 1
        ? `The file of “${title}” could not be written and stays as it was`
        : `${count} files could not be written and stay as they were`,
    paths_not_music: (count: number) =>
      count === 1
        ? 'One thing you dropped is no music'
        : `${count} things you dropped are no music`,
  },
  errors: {
    invalid: 'That is not something Refrain can do.',
    not_found: 'It is not there any more.',
    not_allowed: 'That is part of Refrain Premium.',
    unavailable: 'The library is starting again. Try once more in a moment.',
    newer_database: 'This library was made by a newer Refrain.',
    damaged: 'A file of Refrain could not be read.',
    signed_out: 'Sign in first.',
    taken: 'That is already in use.',
    not_now: 'That can’t be done as things stand.',
    too_many: 'That was too often. Wait a few minutes and try again.',
    service_unreachable:
      'The account service can’t be reached. Your music is not affected; try again in a while.',
    internal: 'Something went wrong. The log has the details.',
  } satisfies Record<ErrorCode, string>,
} as const;

/** Hoisted, so that the words above can count. */
/** @param minutes as they are counted for the listener: full hours are called so */
function quietTime(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  const inHours = hours === 0 ? '' : `${hours} h`;
  return rest === 0 && hours > 0 ? inHours : `${inHours} ${rest} min`.trim();
}

function songs(count: number): string {
  return count === 1 ? '1 song' : `${count.toLocaleString('en')} songs`;
}

function dayAndTime(iso: string): string {
  return new Date(iso).toLocaleString('en', { dateStyle: 'medium', timeStyle: 'short' });
}

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

function hertzOf(hertz: number): string {
  return hertz < 1000 ? `${Math.floor(hertz)} Hz` : `${Math.round(hertz / 100) / 10} kHz`;
}

function decibelsOf(decibels: number): string {
  const rounded = Math.round(decibels * 10) / 10;
  return `${rounded < 0 ? '−' : rounded > 0 ? '+' : ''}${Math.abs(rounded)} dB`;
}

/** @param balance −1: left only … 1: right only */
function balanceOf(balance: number): string {
  const percent = Math.round(Math.abs(balance) * 100);
  if (percent === 0) return 'Centre';
  return `${percent}% to the ${balance < 0 ? 'left' : 'right'}`;
}
