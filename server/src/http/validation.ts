import { AppError } from '@botdeck/shared/contract/errors'
import { z } from '@hono/zod-openapi'

type Issue = z.core.$ZodIssue

/** Of the ways in which a value fits no variant, the one that says most: the deepest. */
function deepest(issue: Issue): Issue {
  if (issue.code !== 'invalid_union') return issue
  const inner = issue.errors
    .flat()
    .map((each) => deepest({ ...each, path: [...issue.path, ...each.path] }))
    .sort((a, b) => b.path.length - a.path.length)[0]
  return inner !== undefined && inner.path.length > issue.path.length ? inner : issue
}

/** A fault of zod's as the field at fault and a sentence on it. `whole` names the value itself. */
export function faultOf(error: z.ZodError, whole = 'body'): { field: string; message: string } {
  const [first] = error.issues
  if (!first) return { field: whole, message: `${whole} is not valid` }
  const issue = deepest(first)
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined
  const path = unknown === undefined ? issue.path : [...issue.path, unknown]
  const field = path.map(String).join('.') || whole
  return { field, message: `${field}: ${unknown === undefined ? issue.message : 'unknown field'}` }
}

/** What validators of routes do with a fault: 422 with the field's name. */
export function refuseFaults(result: { success: boolean; error?: unknown }): undefined {
  if (result.success) return undefined
  if (!(result.error instanceof z.ZodError)) throw result.error
  const { field, message } = faultOf(result.error)
  throw new AppError('invalid_params', message, { field })
}
