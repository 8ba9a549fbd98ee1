import type { Endpoint } from '@sightline/contracts/http/index';
import { ApiError, type CallParts, send } from './client.ts';
import { renew } from './session.ts';

/** What a service says when the access token has run out; a wrong password says something else. */
const tokenCodes = new Set(['not_signed_in', 'token_expired', 'token_invalid', 'session_ended']);

/** Calls an endpoint as whoever is signed in; takes a new access token and tries once more when it has run out. */
export async function call<E extends Endpoint>(endpoint: E, parts: CallParts<E> = {}) {
  try {
    return await send(endpoint, parts);
  } catch (error) {
    if (!(error instanceof ApiError) || !tokenCodes.has(error.problem.code ?? '')) throw error;
    if ((await renew()) !== 'renewed') throw error;
    return send(endpoint, parts);
  }
}
