export * from './back-off.ts';
export * from './lag.ts';
