import { z } from 'zod';
import { Id } from '../ids.ts';
import { endpoint } from './endpoint.ts';

/** Who looks at a camera now. */
export const peopleEndpoints = {
  countPeople: endpoint({
    service: 'overlay-gateway',
    method: 'GET',
    path: '/api/overlay-gateway/cameras/:id/people',
    summary: 'How many people follow a camera now, at any copy of the gateway',
    access: 'administrator',
    params: z.object({ id: Id }),
    responses: { 200: z.object({ people: z.int().min(0) }) },
  }),
} as const;
