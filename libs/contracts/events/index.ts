import type { z } from 'zod';
import { cameraEvents } from './camera.ts';
import { feedEvents } from './feed.ts';
import { areaEvents, siteEvents } from './site.ts';
import { trackEvents } from './track.ts';
import { sessionEvents, userEvents } from './user.ts';

/** Every domain event type and the schema of its data: the log takes nothing else. */
export const domainEvents = {
  ...siteEvents,
  ...areaEvents,
  ...cameraEvents,
  ...feedEvents,
  ...trackEvents,
  ...userEvents,
  ...sessionEvents,
} as const;

export type DomainEventType = keyof typeof domainEvents;

/** The union of `{ type, data }` for a table of event schemas; what a decider's `Event` is. */
export type EventOf<Table extends Record<string, z.ZodType>> = {
  [Type in keyof Table & string]: { type: Type; data: z.infer<Table[Type]> };
}[keyof Table & string];

export * from './camera.ts';
export * from './feed.ts';
export * from './site.ts';
export * from './track.ts';
export * from './upcasters.ts';
export * from './user.ts';
