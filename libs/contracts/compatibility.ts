import { z } from 'zod';

type Schema = z.infer<typeof Schema>;
const Part: z.ZodType<Record<string, unknown>> = z.record(z.string(), z.unknown());
const Schema = z.looseObject({
  $ref: z.string().optional(),
  type: z.union([z.string(), z.array(z.string())]).optional(),
  properties: z.record(z.string(), Part).optional(),
  required: z.array(z.string()).optional(),
  enum: z.array(z.unknown()).optional(),
  items: z.union([Part, z.literal(false)]).optional(),
  prefixItems: z.array(Part).optional(),
  anyOf: z.array(Part).optional(),
  additionalProperties: z.unknown().optional(),
});

/** Says nothing about which values fit. */
const annotations = ['$schema', '$defs', '$ref', 'title', 'description', 'examples', 'default', 'id'];
const structural = ['type', 'properties', 'required', 'enum', 'items', 'prefixItems', 'anyOf', 'additionalProperties'];
/** Limits that may be loosened: downwards, upwards. */
const lower = ['minLength', 'minItems', 'minimum', 'exclusiveMinimum', 'minProperties'];
const upper = ['maxLength', 'maxItems', 'maximum', 'exclusiveMaximum', 'maxProperties'];

interface Comparison {
  before: Schema;
  after: Schema;
  path: string;
  /** The whole documents, for their `$defs`. */
  documents: { before: Schema; after: Schema };
}

/**
 * What of a released JSON Schema no longer holds in today's: a field that was removed, renamed, narrowed or is newly
 * required or no longer is. New optional fields, values of an enum and looser limits are fine. Empty when all is well.
 */
export function incompatibilities(before: unknown, after: unknown): string[] {
  const documents = { before: Schema.parse(before), after: Schema.parse(after) };
  return compare({ ...documents, path: '', documents });
}

function compare(comparison: Comparison): string[] {
  const { path, documents } = comparison;
  const before = resolve(comparison.before, documents.before);
  const after = resolve(comparison.after, documents.after);
  const both = { before, after, path, documents };
  return [...types(both), ...values(both), ...fields(both), ...parts(both), ...branches(both), ...limits(both)];
}

function resolve(schema: Schema, document: Schema): Schema {
  if (schema.$ref === undefined) return schema;
  const name = schema.$ref.replace('#/$defs/', '');
  return resolve(Schema.parse(Part.parse(document.$defs)[name]), document);
}

const at = (path: string, what: string) => `${path || '(all)'}: ${what}`;

function types({ before, after, path }: Comparison): string[] {
  const allowed = [after.type ?? []].flat();
  const lost = [before.type ?? []].flat().filter((type) => !allowed.includes(type) && !widened(type, allowed));
  const narrowed = before.type === undefined && after.type !== undefined;
  if (narrowed) return [at(path, 'takes only some types now')];
  return after.type === undefined ? [] : lost.map((type) => at(path, `no longer takes ${type}`));
}

const widened = (type: string, allowed: string[]) => type === 'integer' && allowed.includes('number');

function values({ before, after, path }: Comparison): string[] {
  if (!after.enum) return [];
  if (!before.enum) return [at(path, 'takes only some values now')];
  const allowed = after.enum;
  return before.enum.filter((value) => !allowed.includes(value)).map((value) => at(path, `no longer takes ${value}`));
}

function fields({ before, after, path, documents }: Comparison): string[] {
  const [was, is] = [before.properties ?? {}, after.properties ?? {}];
  const [had, has] = [before.required ?? [], after.required ?? []];
  const found = has.filter((name) => !had.includes(name)).map((name) => at(`${path}/${name}`, 'is required now'));
  for (const [name, schema] of Object.entries(was)) {
    const [inner, next] = [`${path}/${name}`, is[name]];
    if (!next) found.push(at(inner, 'is gone'));
    else found.push(...compare({ before: Schema.parse(schema), after: Schema.parse(next), path: inner, documents }));
    if (next && had.includes(name) && !has.includes(name)) found.push(at(inner, 'may be missing now'));
  }
  if (before.additionalProperties !== false && after.additionalProperties === false)
    found.push(at(path, 'takes no other fields now'));
  if (before.items || after.items)
    found.push(
      ...compare({
        before: Schema.parse(before.items || {}),
        after: Schema.parse(after.items || {}),
        path: `${path}[]`,
        documents,
      }),
    );
  return found;
}

/** A list whose parts each have a place, such as a box. */
function parts({ before, after, path, documents }: Comparison): string[] {
  const [was, is] = [before.prefixItems ?? [], after.prefixItems ?? []];
  if (was.length !== is.length || (before.items === false) !== (after.items === false))
    return [at(path, 'has other parts')];
  return was.flatMap((part, n) =>
    compare({ before: Schema.parse(part), after: Schema.parse(is[n]), path: `${path}[${n}]`, documents }),
  );
}

/** Every alternative that there was must fit into one that there is. */
function branches({ before, after, path, documents }: Comparison): string[] {
  if (!before.anyOf && !after.anyOf) return [];
  const is = (after.anyOf ?? [after]).map((branch) => Schema.parse(branch));
  return (before.anyOf ?? [before])
    .map((branch) => Schema.parse(branch))
    .filter((was) => !is.some((next) => compare({ before: was, after: next, path, documents }).length === 0))
    .map((_, index) => at(path, `alternative ${index + 1} no longer fits`));
}

function limits({ before, after, path }: Comparison): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  for (const name of [...annotations, ...structural]) names.delete(name);
  return [...names]
    .filter((name) => narrower(name, before[name], after[name]))
    .map((name) => at(path, `${name} is narrower`));
}

function narrower(name: string, was: unknown, is: unknown): boolean {
  if (is === undefined || JSON.stringify(was) === JSON.stringify(is)) return false;
  if (lower.includes(name)) return was === undefined || Number(is) > Number(was);
  if (upper.includes(name)) return was === undefined || Number(is) < Number(was);
  return true;
}
