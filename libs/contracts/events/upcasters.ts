/**
 * How older data of an event type become today's: the first function takes version 1 to 2, and so on. To change a released
 * schema incompatibly, change it, add a step here, and run `npm run contracts`, which asks for what else is needed.
 */
export const domainUpcasters: Record<string, readonly ((data: unknown) => unknown)[]> = {};
