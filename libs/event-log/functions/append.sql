-- One call carries many requests, numbered by write_request in ascending order. A request is one write or several, each
-- to a stream of its own, and holds as a whole or not at all; one request's conflict leaves the others alone. The locked
-- head row makes positions contiguous and commit order the order of positions. Call it in a transaction of its own, and
-- NOTIFY log afterwards: who listens looks for himself once a second otherwise.
--
-- streams         every stream named in this call, once
-- write_stream    which of them the write goes to, from 1
-- write_expected  where that stream must stand: null = anywhere, 0 = it must be new
-- write_events    how many of the events that follow are the write's
-- Answers one row a write, in order: 'appended' or 'duplicate' with where its last event stands, 'conflict' with where
-- the stream stands, 'id_reused' when some of a request's event ids belong to other events.
create or replace function log.append(
  streams text[], write_request int[], write_stream int[], write_expected bigint[], write_events int[],
  ids uuid[], types text[], data text[], metadata text[], occurred timestamptz[]
) returns table (outcome text, stream_position bigint, global_position bigint)
language plpgsql security definer set search_path = pg_catalog, pg_temp
-- One plan for a connection's life, right for a table of any size and for one event or thousands: planning anew at each
-- call costs a third of it, and a plan made on the empty table would scan the full one.
set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_nestloop = off
as $$
declare
  writes constant int := cardinality(write_request);
  events constant int := cardinality(ids);
  last_position bigint;
  before_position bigint;
  standing bigint[];
  well_named boolean;
  some_known boolean;
  one_each boolean;
  known int;
  known_here int;
  found_all int;
  found_here int;
  positions bigint[];
  stream_positions bigint[];
  event_stream int[];
  verdict text;
  first_write int := 1;
  last_write int;
  first_event int := 1;
  next_event int;
begin
  if writes = 0 or events <> (select sum(n) from unnest(write_events) as n) then
    raise 'log.append: expected as many events as write_events says, got %', events using errcode = '22023';
  end if;
  -- Locks the row, and takes as many positions as there are if all is well: below, those not needed are given back.
  update log.head h set position = h.position + events returning h.position - events into before_position;
  last_position := before_position;
  with s as materialized (
    select u.name, u.n, coalesce((select max(e.stream_position) from log.events e where e.stream_id = u.name), 0) as standing
      from unnest(streams) with ordinality as u (name, n))
  select array_agg(s.standing order by s.n),
         bool_and(s.standing > 0 or s.name ~ '^[a-z]+-[A-Za-z0-9_-]{1,190}$'),
         exists (select from log.events e where e.id = any (ids)),
         bool_and(write_stream[s.n] = s.n and write_events[s.n] = 1)
    into standing, well_named, some_known, one_each
    from s;
  if not well_named then
    raise 'log.append: expected streams named <noun>-<id>' using errcode = '23514';
  end if;

  if writes = 1 and write_stream[1] = 1 and not some_known and coalesce(write_expected[1] = standing[1], true) then
    insert into log.events
      (global_position, stream_id, stream_position, id, type, data, metadata, occurred_at, recorded_at)
    select before_position + e.n, streams[1], standing[1] + e.n, e.id, e.type, e.data, e.metadata, e.occurred_at,
           clock_timestamp()
      from unnest(ids, types, append.data, append.metadata, occurred) with ordinality
             as e (id, type, data, metadata, occurred_at, n);
    outcome := 'appended';
    stream_position := standing[1] + events;
    global_position := before_position + events;
    return next;
    return;
  end if;

  if one_each and writes = events and events = cardinality(streams) and not some_known
     and not exists (select from unnest(write_expected, standing) as w (expected, standing) where w.expected <> w.standing) then
    insert into log.events
      (global_position, stream_id, stream_position, id, type, data, metadata, occurred_at, recorded_at)
    select before_position + e.n, e.stream, e.standing + 1, e.id, e.type, e.data, e.metadata, e.occurred_at,
           clock_timestamp()
      from unnest(streams, standing, ids, types, append.data, append.metadata, occurred) with ordinality
             as e (stream, standing, id, type, data, metadata, occurred_at, n);
    return query select 'appended', w.standing + 1, before_position + w.n
      from unnest(standing) with ordinality as w (standing, n);
    return;
  end if;

  positions := array_fill(null::bigint, array[events]);
  stream_positions := positions;
  event_stream := array_fill(null::int, array[events]);
  while first_write <= writes loop
    verdict := 'appended';
    known := 0;
    known_here := 0;
    next_event := first_event;
    last_write := first_write;
    for w in first_write .. writes loop
      exit when write_request[w] <> write_request[first_write];
      last_write := w;
      if write_expected[w] <> standing[write_stream[w]] then verdict := 'conflict'; end if;
      if some_known then
        select count(*), count(*) filter (where e.stream_id = streams[write_stream[w]]) into found_all, found_here
          from log.events e where e.id = any (ids[next_event:next_event + write_events[w] - 1]);
        known := known + found_all;
        known_here := known_here + found_here;
      end if;
      next_event := next_event + write_events[w];
    end loop;
    if known > 0 then
      verdict := case when known_here = next_event - first_event then 'duplicate' else 'id_reused' end;
    end if;

    for w in first_write .. last_write loop
      outcome := verdict;
      stream_position := standing[write_stream[w]];
      global_position := null;
      if verdict = 'appended' then
        for n in first_event .. first_event + write_events[w] - 1 loop
          last_position := last_position + 1;
          stream_position := stream_position + 1;
          positions[n] := last_position;
          stream_positions[n] := stream_position;
          event_stream[n] := write_stream[w];
        end loop;
        standing[write_stream[w]] := stream_position;
        global_position := last_position;
      elsif verdict = 'duplicate' then
        select max(e.stream_position), max(e.global_position) into stream_position, global_position
          from log.events e where e.id = any (ids[first_event:first_event + write_events[w] - 1]);
      end if;
      first_event := first_event + write_events[w];
      return next;
    end loop;
    first_write := last_write + 1;
  end loop;

  if last_position < before_position + events then update log.head h set position = last_position; end if;
  if last_position = before_position then return; end if;
  insert into log.events
    (global_position, stream_id, stream_position, id, type, data, metadata, occurred_at, recorded_at)
  select e.position, s.name, e.stream_position, e.id, e.type, e.data, e.metadata, e.occurred_at, clock_timestamp()
    from unnest(positions, stream_positions, event_stream, ids, types, append.data, append.metadata, occurred)
           as e (position, stream_position, stream, id, type, data, metadata, occurred_at)
    join unnest(streams) with ordinality as s (name, n) on s.n = e.stream;
end $$;

revoke all on function log.append from public;

-- The same for one event of one write, which is what a caller by himself sends: answers [stream_position, global_position]
-- as JSON, or null when there is more to say, which log.append then says.
create or replace function log.append_one(
  stream text, expected bigint, event_id uuid, event_type text, event_data text, event_metadata text, occurred timestamptz
) returns text language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  reached bigint;
  standing bigint;
  known boolean;
begin
  update log.head h set position = h.position + 1 returning h.position into reached;
  select coalesce((select max(e.stream_position) from log.events e where e.stream_id = stream), 0),
         exists (select from log.events e where e.id = event_id)
    into standing, known;
  if known or expected <> standing or (standing = 0 and stream !~ '^[a-z]+-[A-Za-z0-9_-]{1,190}$') then
    update log.head h set position = h.position - 1;
    return null;
  end if;
  insert into log.events
    (global_position, stream_id, stream_position, id, type, data, metadata, occurred_at, recorded_at)
  values (reached, stream, standing + 1, event_id, event_type, event_data, event_metadata, occurred,
          clock_timestamp());
  return '[' || standing + 1 || ',' || reached || ']';
end $$;

revoke all on function log.append_one from public;
