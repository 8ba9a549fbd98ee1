const context = new AudioContext();

/**
 * For rooms of pictures only. Unless a room is given an audio context it opens one of its own, which plays silence for as long
 * as it is connected; this one is closed, and stays so.
 */
export const noSound: Promise<AudioContext> = context.close().then(() => context);
