-- A data key for each person, wrapped by the key of the environment. Whoever is erased loses the row.
create table auth.person_keys (
  user_id text primary key,
  wrapped bytea not null,
  created_at timestamptz not null default now()
);

-- Accounts are found by a keyed hash of the name. Names that stand in clear from before are sealed and emptied at the next start.
drop index auth.accounts_by_username;
alter table auth.accounts
  alter column username drop not null,
  add column name_hash bytea unique;

-- The account of whoever is erased goes; that there were sessions stays.
alter table auth.sessions drop constraint sessions_user_id_fkey;

-- The name is sealed; opened when it is read.
alter table auth.users
  add column name text,
  add column erased boolean not null default false;
