-- Camera credentials, sealed for the ingress: the one truth that is not in the log. Events name them by id.
create table registry.credentials (
  id uuid primary key,
  sealed text not null,
  created_at timestamptz not null default now()
);

-- Projections of the log.
create table registry.sites (id text primary key, name text not null);
create table registry.areas (id text primary key, site text not null, name text not null);
create table registry.cameras (
  id text primary key,
  site text not null,
  area text not null,
  name text not null,
  sources jsonb not null,
  credentials uuid,
  enabled boolean not null,
  retired boolean not null default false,
  position bigint not null
);
create index cameras_by_area on registry.cameras (area);
create table registry.feeds (
  camera_id text primary key,
  state text not null,
  reason jsonb not null,
  since timestamptz not null,
  epoch bigint not null,
  sequence bigint not null
);
