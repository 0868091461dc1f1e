/**
 * What VAST 4.2's schema asks of the part of it that we write: the children of each element in
 * their order, how often, and its attributes. Written from the published schema; the schema itself
 * has no licence that would let it lie here.
 */
interface Structure {
  /** In the order of the schema: the name, at least, at most. Null: text. */
  readonly children: readonly (readonly [name: string, least: number, most: number])[] | null;
  readonly anyOrder?: boolean;
  readonly attributes?: Readonly<Record<string, RegExp>>;
  readonly required?: readonly string[];
  readonly text?: RegExp;
}

const many = Infinity;
const any = /^/;
const whole = /^\d+$/;
const uri = /^[a-z][\w+.-]*:\S+$/;
const time = /^\d{2}:[0-5]\d:[0-5]\d(\.\d{3})?$/;
const text: Structure = { children: null };
const address: Structure = { children: null, text: uri };
const trackingEvents =
  /^(mute|unmute|pause|resume|rewind|skip|playerExpand|playerCollapse|loaded|start|firstQuartile|midpoint|thirdQuartile|complete|progress|closeLinear|creativeView|notUsed)$/;

const structures: Readonly<Record<string, Structure>> = {
  VAST: {
    children: [['Ad', 0, many]],
    attributes: { version: /^4\.2$/, xmlns: /^http:\/\/www\.iab\.com\/VAST$/ },
    required: ['version'],
  },
  Ad: {
    children: [['InLine', 1, 1]],
    attributes: { id: any, sequence: whole, adType: /^(video|audio|hybrid)$/ },
  },
  InLine: {
    children: [
      ['AdSystem', 1, 1],
      ['Error', 0, many],
      ['Extensions', 0, 1],
      ['Impression', 1, many],
      ['Pricing', 0, 1],
      ['ViewableImpression', 0, 1],
      ['AdServingId', 1, 1],
      ['AdTitle', 1, 1],
      ['AdVerifications', 0, 1],
      ['Advertiser', 0, 1],
      ['Category', 0, many],
      ['Creatives', 1, 1],
      ['Description', 0, 1],
      ['Expires', 0, 1],
      ['Survey', 0, 1],
    ],
  },
  AdSystem: { ...text, attributes: { version: any } },
  Error: address,
  Impression: { ...address, attributes: { id: any } },
  AdServingId: text,
  AdTitle: text,
  Advertiser: text,
  Category: { ...text, attributes: { authority: uri }, required: ['authority'] },
  Creatives: { children: [['Creative', 1, many]] },
  Creative: {
    children: [
      ['CompanionAds', 0, 1],
      ['CreativeExtensions', 0, 1],
      ['Linear', 0, 1],
      ['NonLinearAds', 0, 1],
      ['UniversalAdId', 1, many],
    ],
    anyOrder: true,
    attributes: { id: any, sequence: whole, adId: any },
  },
  UniversalAdId: { ...text, attributes: { idRegistry: any }, required: ['idRegistry'] },
  Linear: {
    children: [
      ['Icons', 0, 1],
      ['TrackingEvents', 0, 1],
      ['AdParameters', 0, 1],
      ['Duration', 1, 1],
      ['MediaFiles', 1, 1],
      ['VideoClicks', 0, 1],
    ],
    attributes: { skipoffset: time },
  },
  TrackingEvents: { children: [['Tracking', 0, many]] },
  Tracking: { ...address, attributes: { event: trackingEvents }, required: ['event'] },
  Duration: { children: null, text: time },
  MediaFiles: { children: [['MediaFile', 1, many]] },
  MediaFile: {
    ...address,
    attributes: {
      delivery: /^(streaming|progressive)$/,
      type: /^audio\//,
      bitrate: whole,
      width: whole,
      height: whole,
    },
    required: ['delivery', 'type', 'width', 'height'],
  },
  VideoClicks: {
    children: [
      ['ClickTracking', 0, many],
      ['CustomClick', 0, many],
      ['ClickThrough', 0, 1],
    ],
  },
  ClickTracking: address,
  ClickThrough: address,
  CompanionAds: {
    children: [['Companion', 0, many]],
    attributes: { required: /^(all|any|none)$/ },
  },
  Companion: {
    children: [
      ['StaticResource', 0, many],
      ['AdParameters', 0, 1],
      ['AltText', 0, 1],
      ['CompanionClickThrough', 0, 1],
      ['CompanionClickTracking', 0, many],
      ['CreativeExtensions', 0, 1],
      ['TrackingEvents', 0, 1],
    ],
    attributes: { width: whole, height: whole, renderingMode: /^(default|end-card|concurrent)$/ },
    required: ['width', 'height'],
  },
  StaticResource: { ...address, attributes: { creativeType: any }, required: ['creativeType'] },
  AltText: text,
  CompanionClickThrough: address,
  CompanionClickTracking: { ...address, attributes: { id: any }, required: ['id'] },
  Expires: { children: null, text: whole },
};

/** @returns what does not follow the structure, each with its place; none where all does */
export function structureFaults(root: Element, place = root.nodeName): readonly string[] {
  const structure = structures[root.nodeName];
  if (structure === undefined) return [`${place}: no such element`];
  const children = Array.from(root.childNodes).filter(isElement);
  return [
    ...attributeFaults(root, structure).map((fault) => `${place}: ${fault}`),
    ...childFaults(root, children, structure).map((fault) => `${place}: ${fault}`),
    ...children.flatMap((child) => structureFaults(child, `${place} ${child.nodeName}`)),
  ];
}

function isElement(node: Node): node is Element {
  return node.nodeType === 1;
}

function attributeFaults(element: Element, { attributes = {}, required = [] }: Structure) {
  const given = Array.from(element.attributes);
  return [
    ...required.filter((name) => !element.hasAttribute(name)).map((name) => `lacks ${name}`),
    ...given
      .filter(({ name, value }) => attributes[name]?.test(value) !== true)
      .map(({ name, value }) => `has ${name}="${value}"`),
  ];
}

function childFaults(element: Element, given: readonly Element[], structure: Structure) {
  const { children, anyOrder = false, text: wanted = any } = structure;
  const written = element.textContent;
  if (children === null) {
    return given.length === 0 && wanted.test(written) ? [] : [`holds "${written}"`];
  }
  const names = given.map(({ nodeName }) => nodeName);
  const order = children.map(([name]) => name);
  const places = names.map((name) => order.indexOf(name));
  return [
    ...children
      .map(([name, least, most]) => ({
        name,
        least,
        most,
        count: names.filter((one) => one === name).length,
      }))
      .filter(({ least, most, count }) => count < least || count > most)
      .map(({ name, count }) => `has ${count} of ${name}`),
    ...names.filter((name) => !order.includes(name)).map((name) => `may not have ${name}`),
    ...(anyOrder || places.every((at, index) => at >= (places[index - 1] ?? 0))
      ? []
      : [`has its children in another order: ${names.join(' ')}`]),
  ];
}
