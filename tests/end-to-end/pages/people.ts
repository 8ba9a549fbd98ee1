import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPage } from '../../support/browser.ts';
import { operator, viewer } from '../../support/client.ts';
import { browser, page, password, signIn, system } from './site.ts';

test('sites and areas are added and renamed', async () => {
  await page.getByRole('link', { name: 'Places' }).first().click();
  await page.getByRole('button', { name: 'Add an area' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Cellar');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Rename Cellar' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Basement');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Rename Basement' }).waitFor();
});

test('a person is erased only after a question, and no name is left on the page', async () => {
  const { body } = await (await operator(system.stack)).post('/api/users', {
    username: 'berta',
    password,
    role: 'viewer',
    areas: [],
  });
  await page.getByRole('link', { name: 'Users' }).first().click();
  const ask = async () => {
    await page.getByRole('button', { name: 'Actions for berta' }).click();
    await page.getByRole('menuitem', { name: 'Erase' }).click();
  };
  await ask();
  await page.getByRole('button', { name: 'Keep' }).click();
  await ask();
  await page.getByRole('button', { name: 'Erase for ever' }).click();
  await page.getByText(`Was user ${body.id}`).waitFor();
  assert.equal(await page.getByText('berta').count(), 0);
});

test('who is no administrator is told so by pages that are not for him', async () => {
  await viewer(system.stack, 'bob', ['yard']);
  const other = (await openPage(browser, { width: 390, height: 780 })).page;
  await signIn(other, 'bob', 'the password of bob');
  await other.goto(`${system.stack.url}/cameras`);
  await other.getByText('This page is for administrators').waitFor();
  const wide = await other.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  assert.equal(wide, false);
  await other.context().close();
});
