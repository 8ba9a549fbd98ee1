export * from './errors.ts';
export * from './execute.ts';
export * from './log.ts';
export * from './migrate.ts';
export * from './projection.ts';
export * from './publication.ts';
export { readPage } from './read.ts';
export * from './relay.ts';
export * from './types.ts';
