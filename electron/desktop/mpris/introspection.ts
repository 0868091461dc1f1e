/** What the player's object offers, for those who ask before they call. */

/** Each method with its arguments, and each property: an R may be read, a W written. */
const interfaces = {
  'org.mpris.MediaPlayer2': {
    methods: { Raise: [], Quit: [] },
    properties: {
      Identity: 's R',
      DesktopEntry: 's R',
      CanQuit: 'b R',
      CanRaise: 'b R',
      HasTrackList: 'b R',
      SupportedUriSchemes: 'as R',
      SupportedMimeTypes: 'as R',
    },
    signals: {},
  },
  'org.mpris.MediaPlayer2.Player': {
    methods: {
      Play: [],
      Pause: [],
      PlayPause: [],
      Stop: [],
      Next: [],
      Previous: [],
      Seek: ['Offset x in'],
      SetPosition: ['TrackId o in', 'Position x in'],
      OpenUri: ['Uri s in'],
    },
    properties: {
      PlaybackStatus: 's R',
      LoopStatus: 's RW',
      Rate: 'd RW',
      MinimumRate: 'd R',
      MaximumRate: 'd R',
      Shuffle: 'b RW',
      Volume: 'd RW',
      Metadata: 'a{sv} R',
      Position: 'x R',
      CanControl: 'b R',
      CanPlay: 'b R',
      CanPause: 'b R',
      CanSeek: 'b R',
      CanGoNext: 'b R',
      CanGoPrevious: 'b R',
    },
    signals: { Seeked: ['Position x'] },
  },
  'org.freedesktop.DBus.Properties': {
    methods: {
      Get: ['interface s in', 'name s in', 'value v out'],
      GetAll: ['interface s in', 'values a{sv} out'],
      Set: ['interface s in', 'name s in', 'value v in'],
    },
    properties: {},
    signals: { PropertiesChanged: ['interface s', 'changed a{sv}', 'invalidated as'] },
  },
  'org.freedesktop.DBus.Introspectable': {
    methods: { Introspect: ['xml s out'] },
    properties: {},
    signals: {},
  },
};

type Interface = (typeof interfaces)[keyof typeof interfaces];

export const introspection = `<node>${Object.entries(interfaces)
  .map(([name, content]) => `<interface name="${name}">${describe(content)}</interface>`)
  .join('')}</node>`;

function describe({ methods, properties, signals }: Interface): string {
  return [
    ...Object.entries(methods).map(([name, given]) => described('method', name, given)),
    ...Object.entries(signals).map(([name, given]) => described('signal', name, given)),
    ...Object.entries(properties).map(([name, said]) => {
      const [type, access] = said.split(' ');
      const allowed = access === 'RW' ? 'readwrite' : 'read';
      return `<property name="${name}" type="${type ?? ''}" access="${allowed}"/>`;
    }),
  ].join('');
}

function described(kind: string, name: string, given: readonly string[]): string {
  const inside = given.map((argument) => {
    const [of = '', type = '', direction] = argument.split(' ');
    return `<arg name="${of}" type="${type}"${direction === undefined ? '' : ` direction="${direction}"`}/>`;
  });
  return `<${kind} name="${name}">${inside.join('')}</${kind}>`;
}
