import { Check, Minus } from 'lucide-react';
import { tiers, type Feature, type Tier } from '../../shared/tier.ts';
import { useWords } from '../stores.ts';
import './tier-table.css';

const tierNames: readonly Tier[] = ['free', 'premium'];

/** The deal, drawn from the one table that decides it. */
export function TierTable() {
  const { account: words } = useWords();
  const features = Object.keys(tiers.free) as Feature[];
  return (
    <table className="tier-table">
      <caption>{words.compare}</caption>
      <thead>
        <tr>
          <th scope="col">{words.feature}</th>
          {tierNames.map((tier) => (
            <th key={tier} scope="col">
              {words.tier[tier]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row">{words.everything}</th>
          {tierNames.map((tier) => (
            <Allowed key={tier} allowed />
          ))}
        </tr>
        {features.map((feature) => (
          <tr key={feature}>
            <th scope="row">{words.features[feature]}</th>
            {tierNames.map((tier) => (
              <Allowed key={tier} allowed={tiers[tier][feature]} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Allowed({ allowed }: { readonly allowed: boolean }) {
  const { account: words } = useWords();
  const Icon = allowed ? Check : Minus;
  return (
    <td data-allowed={allowed}>
      <Icon size={18} role="img" aria-label={allowed ? words.yes : words.no} />
    </td>
  );
}
