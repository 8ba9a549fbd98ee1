import { z } from 'zod';
import { Instant } from './ids.ts';

/**
 * A head of the log's chain, signed: whoever keeps it can tell whether anything up to `position` was changed since.
 * Heads are numbered from 1 without a gap; `previous` is the signature of the one before, empty for the first.
 */
export const SealHead = z
  .strictObject({
    number: z.int().min(1),
    position: z.int().min(1),
    /** SHA-256 (hex) of the chain at `position`. */
    hash: z.string().regex(/^[0-9a-f]{64}$/),
    previous: z.string().max(88),
    signedAt: Instant,
    /** Ed25519 (base64) over what stands above. */
    signature: z.base64().length(88),
  })
  .meta({ id: 'SealHead' });
export type SealHead = z.infer<typeof SealHead>;
