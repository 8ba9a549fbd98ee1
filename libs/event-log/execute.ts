import type { Metadata } from '@sightline/contracts';
import { currentTraceparent } from '@sightline/service';
import { Conflict } from './errors.ts';
import type { EventLog } from './log.ts';
import type { Appended, Decider, RecordedEvent } from './types.ts';

interface DomainEvent {
  type: string;
  data: unknown;
}

interface Execution<Command> {
  stream: string;
  command: Command;
  metadata: Partial<Metadata>;
  /** How often to decide anew when somebody else appended in between. */
  retries?: number;
}

/** What a command led to; `position` is 0 when it changed nothing. */
export interface Executed<State> {
  state: State;
  position: number;
  streamPosition: number;
}

/** Loads the stream, decides, appends where it was loaded; decides anew after a conflict. Throws what `decide` throws. */
export async function execute<Command, State, Event extends DomainEvent>(
  log: EventLog,
  decider: Decider<Command, State, Event>,
  { stream, command, metadata, retries = 3 }: Execution<Command>,
): Promise<Executed<State>> {
  for (let attempt = 0; ; attempt += 1) {
    const loaded = await load(log, decider, stream);
    const events = decider.decide(command, loaded.state);
    if (events.length === 0) return { ...loaded, position: 0 };
    const traced = withTrace(metadata);
    try {
      const appended = await log.append(
        stream,
        loaded.streamPosition,
        events.map((event) => ({ ...event, metadata: traced })),
      );
      return { ...positions(appended), state: events.reduce(decider.evolve, loaded.state) };
    } catch (error) {
      if (!(error instanceof Conflict) || attempt >= retries) throw error;
    }
  }
}

/** A stream's state and where it stands. */
export async function load<Command, State, Event extends DomainEvent>(
  log: EventLog,
  decider: Decider<Command, State, Event>,
  stream: string,
): Promise<{ state: State; streamPosition: number }> {
  let state = decider.initial();
  let streamPosition = 0;
  for await (const event of log.read.stream(stream)) {
    state = decider.evolve(state, asEvent<Event>(event));
    streamPosition = event.streamPosition;
  }
  return { state, streamPosition };
}

/** Events were checked against their schemas when they were appended. */
const asEvent = <Event extends DomainEvent>({ type, data }: RecordedEvent): Event => ({ type, data }) as Event;

const positions = ({ position, streamPosition }: Appended) => ({ position, streamPosition });

function withTrace(metadata: Partial<Metadata>): Partial<Metadata> {
  const traceparent = metadata.traceparent ?? currentTraceparent();
  return traceparent ? { ...metadata, traceparent } : metadata;
}
