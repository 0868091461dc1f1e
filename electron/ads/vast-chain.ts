import type { VastLayer, VastPage } from './vast-layer.ts';
import { VastFault, vastCodes } from './vast-fault.ts';

/** An ad with the wrappers around it, the outermost first and the ad itself last. */
export interface VastChain {
  readonly layers: readonly VastLayer[];
  readonly ad: VastLayer;
  /** Its place in the pod, by the outermost layer; null: it stands alone. */
  readonly sequence: number | null;
}

/** Something to be told once to each of these addresses. */
export interface VastComplaint {
  readonly addresses: readonly string[];
  readonly fault: VastFault;
}

export interface VastAnswer {
  /** In the order of the pod, then those that stand alone. */
  readonly chains: readonly VastChain[];
  readonly complaints: readonly VastComplaint[];
}

/** Documents one behind another. */
const mostDeep = 5;
/** All wrappers of one decision together: a pod of wrappers must not become a flood. */
const mostRequests = 12;

/**
 * Follows the wrappers of a response. vast-client would do it too, but it tells the errors of one
 * ad to the servers of its neighbours, and never says to whom.
 * @param first the response that the others hang on
 * @param ask reads a response; it throws VastFault for what is none, other errors when there is none
 */
export async function followWrappers(
  first: VastPage,
  ask: (address: string) => Promise<VastPage>,
): Promise<VastAnswer> {
  const chains: VastChain[] = [];
  const complaints: VastComplaint[] = [];
  let requests = 0;

  function complain(layers: readonly VastLayer[], fault: VastFault, more: VastPage['errors']) {
    const addresses = [...new Set([...layers.flatMap(({ errors }) => errors), ...more])];
    if (addresses.length > 0) complaints.push({ addresses, fault });
  }

  async function askAgain(address: string): Promise<VastPage> {
    requests += 1;
    if (requests >= mostRequests) throw new VastFault(vastCodes.wrapperLimit, 'Too many wrappers');
    try {
      return await ask(address);
    } catch (error) {
      if (error instanceof VastFault) throw error;
      throw new VastFault(vastCodes.wrapperUnavailable, `No wrapped response: ${String(error)}`);
    }
  }

  async function follow(layer: VastLayer, around: readonly VastLayer[]): Promise<void> {
    const layers = [...around, layer];
    const { wrapper } = layer;
    if (wrapper === null) {
      chains.push({ layers, ad: layer, sequence: layers[0]?.sequence ?? null });
      return;
    }
    try {
      if (around.some((outer) => outer.wrapper?.followsWrappers === false)) {
        throw new VastFault(vastCodes.wrapper, 'A wrapper in one that allows none');
      }
      if (layers.length >= mostDeep) {
        throw new VastFault(vastCodes.wrapperLimit, 'Too many wrappers in one another');
      }
      const page = await askAgain(addressIn(layer, wrapper.address));
      const alone = page.ads.filter(({ sequence }) => sequence === null);
      const allowed = wrapper.allowsPod ? page.ads : alone.slice(0, 1);
      if (allowed.length === 0) {
        complain(layers, new VastFault(vastCodes.noAd, 'No ad behind the wrapper'), page.errors);
      }
      await Promise.all(allowed.map((inner) => follow(inner, layers)));
    } catch (error) {
      if (!(error instanceof VastFault)) throw error;
      complain(layers, error, []);
    }
  }

  if (first.ads.length === 0) {
    complain([], new VastFault(vastCodes.noAd, 'The response holds no ad'), first.errors);
  }
  await Promise.all(first.ads.map((layer) => follow(layer, [])));
  return { chains: inPlayOrder(chains, first.ads), complaints };
}

/** @throws VastFault when it is no address */
function addressIn({ base }: VastLayer, address: string): string {
  if (URL.canParse(address, base)) return new URL(address, base).href;
  throw new VastFault(vastCodes.wrapper, 'The wrapper leads nowhere');
}

/** Wrappers answer in any order. */
function inPlayOrder(
  chains: readonly VastChain[],
  ads: readonly VastLayer[],
): readonly VastChain[] {
  const place = ({ layers: [outer] }: VastChain): number => (outer ? ads.indexOf(outer) : 0);
  const sequence = (chain: VastChain): number => chain.sequence ?? Infinity;
  return chains.toSorted((a, b) => {
    const bySequence = sequence(a) === sequence(b) ? 0 : sequence(a) - sequence(b);
    return bySequence || place(a) - place(b);
  });
}
