import { paint } from './paint.ts';
import { type Context, fromSent, type PaintMessage, type PaintRequest } from './painting.ts';

const contexts = new Map<number, Context | null>();
const say = (message: PaintMessage) => self.postMessage(message);

self.addEventListener('message', ({ data }: MessageEvent<PaintRequest>) => {
  if (data.type === 'take') contexts.set(data.id, data.canvas.getContext('2d'));
  else if (data.type === 'drop') contexts.delete(data.id);
  else {
    for (const sent of data.paintings) {
      const [id, , frame] = sent;
      const context = contexts.get(id);
      if (context) paint(context, fromSent(sent));
      else frame?.close();
    }
    say('painted');
  }
});
say('up');
