-- Secrets of auth, never events: names to sign in with, password hashes, sessions, signing keys.
create table auth.accounts (
  user_id text primary key,
  username text not null,
  password_hash text not null,
  must_change boolean not null default false
);
create unique index accounts_by_username on auth.accounts (lower(username));

create table auth.sessions (
  id text primary key,
  token_hash bytea not null unique,
  user_id text not null references auth.accounts,
  created_at timestamptz not null default now(),
  used_at timestamptz not null default now(),
  ended_at timestamptz
);
create index sessions_by_user on auth.sessions (user_id) where ended_at is null;

create table auth.signing_keys (
  kid text primary key,
  private_jwk jsonb not null,
  created_at timestamptz not null default now()
);

-- Projection of the log: users and their rights.
create table auth.users (
  id text primary key,
  role text not null,
  areas text[] not null,
  active boolean not null,
  position bigint not null
);
