export const entitlements = `
CREATE TABLE entitlement_keys (
  kid text PRIMARY KEY,
  x text NOT NULL,
  -- The private part, which only the service's sealing key opens.
  sealed text NOT NULL,
  state text NOT NULL CHECK (state IN ('next', 'current', 'retired')),
  -- Since when it is in that state.
  since timestamptz NOT NULL
);
CREATE UNIQUE INDEX entitlement_keys_one_each ON entitlement_keys (state) WHERE state <> 'retired';

CREATE TABLE entitlement_counts (
  account_id uuid PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
  seq bigint NOT NULL
);

CREATE TABLE devices (
  account_id uuid NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  thumbprint text NOT NULL,
  name text NOT NULL,
  platform text NOT NULL,
  sign_in_id text NOT NULL,
  added_at timestamptz NOT NULL,
  seen_at timestamptz NOT NULL,
  PRIMARY KEY (account_id, thumbprint)
);
`;
