import type { Page } from 'playwright-core';

/** The old way, in the page: the newest detection is drawn over the video the moment it comes. */
export async function drawOnArrival(page: Page, camera: string): Promise<void> {
  await page.evaluate((followed) => {
    const tile = document.querySelector(`figure[data-camera="${followed}"]`);
    const [video, ours] = [tile?.querySelector('video'), tile?.querySelector('canvas')];
    if (!video || !ours) throw new Error('Expected a tile with a video, got none.');
    const canvas = document.createElement('canvas');
    canvas.style.cssText = ours.style.cssText;
    canvas.style.visibility = '';
    canvas.dataset.arrival = '';
    ours.after(canvas);
    ours.style.display = 'none';
    const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/overlay`, 'sightline.v1');
    socket.onopen = () => socket.send(JSON.stringify({ type: 'subscribe', cameras: [followed] }));
    socket.onmessage = ({ data }) => {
      const { detection } = JSON.parse(data);
      if (!detection) return;
      const { width, height } = canvas.getBoundingClientRect();
      [canvas.width, canvas.height] = [width, height];
      const scale = Math.min(width / video.videoWidth, height / video.videoHeight);
      const [shownWidth, shownHeight] = [video.videoWidth * scale, video.videoHeight * scale];
      const context = canvas.getContext('2d');
      if (!context) return;
      context.translate((width - shownWidth) / 2, (height - shownHeight) / 2);
      context.strokeStyle = '#f0e442';
      context.lineWidth = 2;
      for (const { box } of detection.objects) {
        context.strokeRect(box[0] * shownWidth, box[1] * shownHeight, box[2] * shownWidth, box[3] * shownHeight);
      }
    };
    Object.assign(window, { arrivalSocket: socket });
  }, camera);
}

/** Back to the console's own boxes. */
export async function endArrival(page: Page): Promise<void> {
  await page.evaluate(() => {
    const socket: WebSocket = Reflect.get(window, 'arrivalSocket');
    socket.close();
    document.querySelector('canvas[data-arrival]')?.remove();
    for (const canvas of document.querySelectorAll('canvas')) canvas.style.display = '';
  });
}
