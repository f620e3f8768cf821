import type { Step } from './conditions.ts'

const prefix = 'variant:'

/** The field of a person that holds their variant in an experiment. */
export function variantField(experiment: string): string {
  return prefix + experiment
}

/** The experiment of which a field of a person holds the variant; undefined for any other field. */
export function experimentOfField(key: string): string | undefined {
  return key.startsWith(prefix) ? key.slice(prefix.length) : undefined
}

/**
 * The events by which people enter an experiment. A person's variant is that of the first of theirs by (time, id) and stays
 * theirs for ever; who has none was never exposed, and has no variant.
 */
export function exposureTo(experiment: string): Step {
  return {
    event: 'experiment_exposed',
    where: [{ scope: 'event', key: 'experiment', op: 'eq', value: experiment }],
  }
}
