import { type Detection, Id, ObjectClass } from '@sightline/contracts';
import { parseJson } from '@sightline/service';
import { z } from 'zod';
import { dayOf } from './partitions.ts';

const Days = z.coerce.number().int().min(1).max(3650);

/** How long what AI saw is kept (days) at a site, of a class, or of a class at a site. */
const RetentionRule = z
  .strictObject({ site: Id.optional(), class: ObjectClass.optional(), days: Days })
  .refine((rule) => rule.site !== undefined || rule.class !== undefined, 'a site, a class or both');
export type RetentionRule = z.infer<typeof RetentionRule>;

const help = 'a JSON array such as [{"class":"face","days":1},{"site":"north","class":"car","days":90}]';

/** What of the environment says how long detections are kept. */
export const retentionEnv = {
  /** How long detections are kept where no rule says otherwise; what is older is refused. */
  RETENTION_DAYS: Days.default(7),
  /** Where something is kept longer or shorter than that: see README.md. */
  RETENTION_RULES: z
    .string()
    .default('[]')
    .transform(parseJson)
    .pipe(z.array(RetentionRule, help).max(1_000))
    .refine((rules) => new Set(rules.map(placeOf)).size === rules.length, 'one rule for a site and class'),
};

const placeOf = (rule: Pick<RetentionRule, 'site' | 'class'>) => `${rule.site ?? ''} ${rule.class ?? ''}`;

/** How long what AI saw is kept: the rule for a class at a site, else for the class, else for the site, else the usual days. */
export class Retention {
  readonly rules: readonly RetentionRule[];
  readonly usualDays: number;
  readonly #byPlace: ReadonlyMap<string, number>;
  readonly #today: () => number;

  constructor(
    usualDays: number,
    rules: readonly RetentionRule[] = [],
    today: () => number = () => dayOf(Date.now() * 1000),
  ) {
    this.usualDays = usualDays;
    this.rules = rules;
    this.#byPlace = new Map(rules.map((rule) => [placeOf(rule), rule.days]));
    this.#today = today;
  }

  /** For how many days objects of a class at a site are kept; without a class, frames in which nothing is left. */
  daysOf(site: string, className?: string): number {
    const places = [...(className === undefined ? [] : [{ site, class: className }, { class: className }]), { site }];
    return (
      places.map((place) => this.#byPlace.get(placeOf(place))).find((days) => days !== undefined) ?? this.usualDays
    );
  }

  /** The day before which nothing at all is kept. */
  get firstDay(): number {
    return this.#today() - Math.max(this.usualDays, ...this.rules.map(({ days }) => days));
  }

  /** The day of which everything is kept, with all that came after it. */
  get firstWholeDay(): number {
    return this.#today() - Math.min(this.usualDays, ...this.rules.map(({ days }) => days));
  }

  /** This day (UTC, counted since 1970). */
  get today(): number {
    return this.#today();
  }

  /** What of a detection is kept now: it whole, it without some objects, or nothing. */
  keep(detection: Detection): Detection | undefined {
    const { site, objects } = detection;
    const day = dayOf(detection.capturedAtUs);
    if (day >= this.firstWholeDay) return detection;
    const age = this.today - day;
    const kept = objects.filter((object) => this.daysOf(site, object.class) >= age);
    if (kept.length === 0 && this.daysOf(site) < age) return undefined;
    return kept.length === objects.length ? detection : { ...detection, objects: kept };
  }
}
