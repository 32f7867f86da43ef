-- The one clock that judges expiry: instances may disagree about the time, the database does not.
-- It is a function, so that a test can move the time of its own database. now() stands still within
-- a statement, so that one statement sees one time.
create function mcp_oauth.storage_time() returns timestamptz
  language sql stable
  as 'select now()';

-- The number of the newest migration, kept here so that it is known however the SQL was applied.
create function mcp_oauth.schema_version() returns integer
  language sql immutable
  as 'select 1';

create table mcp_oauth.clients (
  -- Listed by code points, whatever the database's collation.
  id                    text        collate "C" primary key,
  name                  text        not null,
  redirect_uris         text[]      not null,
  authentication_method text        not null,
  secret_hash           bytea,
  grant_types           text[]      not null,
  origin                text        not null,
  -- Not jsonb: answered as it was registered, to the letter.
  metadata              text        not null,
  created_at            timestamptz not null,
  -- Of the registration access token; null where the client does not manage its registration.
  registration_hash     bytea,
  -- When it was registered, or registered again.
  renewed_at            timestamptz not null default mcp_oauth.storage_time(),
  -- The last use of grants that were removed since.
  last_used_at          timestamptz
);

create index clients_renewed_at on mcp_oauth.clients (renewed_at) where origin = 'DYNAMIC';

-- Assertions that clients authenticated with, by a hash of the client's id and theirs.
create table mcp_oauth.assertions (
  id         bytea       primary key,
  expires_at timestamptz not null
);

create index assertions_expires_at on mcp_oauth.assertions (expires_at);

-- A login that was cancelled before it began has neither browser nor request.
create table mcp_oauth.logins (
  id             text        primary key,
  browser_hash   bytea,
  sealed_request bytea,
  expires_at     timestamptz not null,
  ended_at       timestamptz
);

create index logins_expires_at on mcp_oauth.logins (expires_at);

-- A grant waits for its code until redeemed_at, and lives then until idle_expires_at, which is never
-- after absolute_expires_at.
create table mcp_oauth.grants (
  id                  text        primary key,
  -- Compared as clients are, or its index would not help to find the grants of a client's row.
  client_id           text        collate "C" not null,
  user_id             text        not null,
  provider            text        not null,
  scopes              text[]      not null,
  resource            text        not null,
  sealed_profile      bytea       not null,
  profile_version     bigint      not null default 0,
  -- Until when one instance alone may ask the provider for new tokens.
  profile_claimed_until timestamptz,
  created_at          timestamptz not null default mcp_oauth.storage_time(),
  redeemed_at         timestamptz,
  current_hash        bytea,
  -- The refresh tokens that were replaced last, the newest first, and when each was.
  replaced_hashes     bytea[]     not null default '{}',
  replaced_at         timestamptz[] not null default '{}',
  generation          bigint      not null default 0,
  idle_expires_at     timestamptz,
  absolute_expires_at timestamptz,
  revoked_at          timestamptz,
  revocation_reason   text,
  -- By day, so that most rotations leave the index as it is. A code's minutes do not matter.
  ends_on             date        generated always as
    ((coalesce(revoked_at, idle_expires_at, created_at) at time zone 'UTC')::date) stored
);

create index grants_ends_on on mcp_oauth.grants (ends_on);

create index grants_client_id on mcp_oauth.grants (client_id);

create index grants_user on mcp_oauth.grants (user_id, provider) where revoked_at is null;

create table mcp_oauth.authorization_codes (
  id                 text        primary key,
  grant_id           text        not null unique references mcp_oauth.grants (id) on delete cascade,
  hash               bytea       not null,
  redirect_uri       text        not null,
  code_challenge     text        not null,
  expires_at         timestamptz not null,
  failed_redemptions integer     not null default 0,
  burnt_at           timestamptz
);

-- Access tokens that were revoked one by one; all others are good as long as their grant is.
create table mcp_oauth.access_tokens (
  id         text        primary key,
  grant_id   text        not null,
  revoked_at timestamptz not null,
  expires_at timestamptz not null
);

create index access_tokens_expires_at on mcp_oauth.access_tokens (expires_at);

-- Of users in browsers, by the hash of what the browser holds.
create table mcp_oauth.sessions (
  id             bytea       primary key,
  sealed_session bytea       not null,
  expires_at     timestamptz not null
);

create index sessions_expires_at on mcp_oauth.sessions (expires_at);

create table mcp_oauth.signing_keys (
  kid                text        primary key,
  predecessor        text,
  position           bigint      generated always as identity,
  public_jwk         text        not null,
  sealed_private_jwk bytea       not null,
  created_at         timestamptz not null default mcp_oauth.storage_time()
);

-- One key in each place of the chain, the first place included, where there is no predecessor.
create unique index signing_keys_place on mcp_oauth.signing_keys ((coalesce(predecessor, '')));

-- The name of the key that opens what is sealed: at most one row.
create table mcp_oauth.agreements (
  term  text primary key,
  value text not null
);

create table mcp_oauth.changes (
  id      bigint      generated always as identity primary key,
  at      timestamptz not null,
  kind    text        not null,
  subject text        not null
);

create index changes_at on mcp_oauth.changes (at);
