import { z } from 'zod';

/** What every failed request answers with (RFC 9457), plus what was expected, what came, and what to do. */
export const Problem = z
  .object({
    type: z.string().default('about:blank'),
    title: z.string(),
    status: z.int().min(400).max(599),
    detail: z.string(),
    code: z.string().optional(),
    expected: z.string().optional(),
    got: z.string().optional(),
    hint: z.string().optional(),
    traceId: z.string().optional(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof Problem>;

/** The answer to a command: which log position its events stand at (0 when nothing changed). */
export const CommandAccepted = z.object({ id: z.string(), position: z.int().min(0) }).meta({ id: 'CommandAccepted' });
export type CommandAccepted = z.infer<typeof CommandAccepted>;
