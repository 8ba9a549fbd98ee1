import { paint } from './paint.ts';
import { painters } from './painters.ts';
import type { Painting } from './painting.ts';

/** The canvas that fills an element. One that a dead worker had is replaced by an empty one: no old box stays. */
export class Surface {
  readonly #ended: () => void;
  #canvas = fill();
  /** What the painting worker calls the canvas, once it has it. */
  #id: number | undefined;

  constructor(host: HTMLElement) {
    host.append(this.#canvas);
    painters.start();
    this.#ended = painters.onDeath(() => this.#renew());
  }

  /** Attributes and style are the page's own; what is on it is whoever's paints. */
  get canvas(): HTMLCanvasElement {
    return this.#canvas;
  }

  /** Paints anew, or clears; before anybody can, nothing is painted. */
  paint(painting: Painting | undefined): void {
    const painter = painters.current;
    if (!painter) return painting?.frame?.close();
    if (painter !== 'page') {
      this.#id ??= painter.take(this.#canvas);
      return painter.paint(this.#id, painting);
    }
    const context = this.#canvas.getContext('2d');
    if (context) paint(context, painting);
    else painting?.frame?.close();
  }

  close(): void {
    this.#ended();
    const painter = painters.current;
    if (this.#id !== undefined && painter && painter !== 'page') painter.drop(this.#id);
    this.#canvas.remove();
  }

  #renew(): void {
    const fresh = fill();
    Object.assign(fresh.dataset, this.#canvas.dataset);
    fresh.style.visibility = this.#canvas.style.visibility;
    this.#canvas.replaceWith(fresh);
    this.#canvas = fresh;
    this.#id = undefined;
  }
}

function fill(): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.style.cssText = 'position:absolute;inset:0;width:100%;height:100%';
  return canvas;
}
