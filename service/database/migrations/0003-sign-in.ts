export const signIn = `
-- What the sign-in remembers: grants, tokens, codes, sessions of a browser.
CREATE TABLE oidc_records (
  model text NOT NULL,
  -- The hash of the identifier, which is itself the secret of a token or a code.
  id_hash text NOT NULL,
  payload jsonb NOT NULL,
  account_id uuid REFERENCES accounts (id) ON DELETE CASCADE,
  grant_id text,
  user_code text,
  uid text,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  consumed_at timestamptz,
  PRIMARY KEY (model, id_hash)
);
CREATE INDEX oidc_records_by_account ON oidc_records (account_id);
CREATE INDEX oidc_records_by_grant ON oidc_records (grant_id);
CREATE INDEX oidc_records_by_user_code ON oidc_records (user_code) WHERE user_code IS NOT NULL;
CREATE INDEX oidc_records_by_uid ON oidc_records (uid) WHERE uid IS NOT NULL;
CREATE INDEX oidc_records_by_end ON oidc_records (expires_at);

-- One row: the keys of the sign-in, sealed.
CREATE TABLE oidc_keys (
  name text PRIMARY KEY,
  sealed text NOT NULL
);
`;
