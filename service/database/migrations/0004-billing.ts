export const billing = `
CREATE TABLE billing_accounts (
  account_id uuid PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
  customer_id text,
  tried_at timestamptz
);

CREATE TABLE subscriptions (
  id text PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES billing_accounts (account_id) ON DELETE CASCADE,
  version bigint NOT NULL,
  plan text NOT NULL CHECK (plan IN ('monthly', 'yearly')),
  started_at timestamptz NOT NULL,
  is_trial boolean NOT NULL,
  paid_until timestamptz NOT NULL,
  renewal text NOT NULL CHECK (renewal IN ('renews', 'cancelled', 'paused')),
  ended boolean NOT NULL,
  reversal_kind text CHECK (reversal_kind IN ('refunded', 'disputed')),
  reversal_at timestamptz,
  CHECK ((reversal_kind IS NULL) = (reversal_at IS NULL))
);
CREATE INDEX subscriptions_by_account ON subscriptions (account_id);

-- Names of events alone: what they told lies in subscriptions, and goes with the account.
CREATE TABLE webhook_inbox (
  provider text NOT NULL,
  event_id text NOT NULL,
  type text NOT NULL,
  received_at timestamptz NOT NULL,
  UNIQUE (provider, event_id)
);

-- The provider that sells nothing. It knows of accounts what another company would know.
CREATE TABLE fake_customers (
  id text PRIMARY KEY,
  account_id uuid NOT NULL UNIQUE
);
CREATE TABLE fake_subscriptions (
  id text PRIMARY KEY,
  customer_id text NOT NULL REFERENCES fake_customers (id) ON DELETE CASCADE,
  state jsonb NOT NULL,
  -- When something happens by itself; null for what rests.
  due_at timestamptz
);
CREATE INDEX fake_subscriptions_by_customer ON fake_subscriptions (customer_id);
CREATE INDEX fake_subscriptions_by_due ON fake_subscriptions (due_at) WHERE due_at IS NOT NULL;
CREATE TABLE fake_visits (
  token text PRIMARY KEY,
  customer_id text NOT NULL REFERENCES fake_customers (id) ON DELETE CASCADE,
  -- What is to be bought; null for a visit to the portal.
  checkout jsonb,
  ends_at timestamptz NOT NULL
);
-- Told to nobody yet.
CREATE TABLE fake_events (
  number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer_id text NOT NULL REFERENCES fake_customers (id) ON DELETE CASCADE,
  body text NOT NULL
);
`;
