import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeenClasses } from './classes.ts';

const object = (name: string) => ({ class: name, score: 1, box: [0, 0, 1, 1] as [number, number, number, number] });

test('a class that is new is told once, and the list stays the same array meanwhile', () => {
  const classes = new SeenClasses();
  let told = 0;
  const stop = classes.subscribe(() => {
    told += 1;
  });
  classes.see([object('person'), object('face'), object('person')]);
  const list = classes.list();
  classes.see([object('face')]);
  assert.deepEqual([list, classes.list() === list, told], [['face', 'person'], true, 2]);
  stop();
  classes.see([object('car')]);
  assert.equal(told, 2);
});

test('a worker that invents classes does not fill the menu', () => {
  const classes = new SeenClasses();
  classes.see(Array.from({ length: 1_000 }, (_, index) => object(`c${index}`)));
  assert.equal(classes.list().length, 30);
});
