import {
  changeSegment,
  deleteSegment,
  type SavedSegmentRow,
  savedSegmentsOf,
  saveSegment,
} from '@botdeck/shared/actions/saved-segments'
import {
  changeSavedSegment,
  createSavedSegment,
  deleteSavedSegment,
  listSavedSegments,
  type SavedSegment,
} from '@botdeck/shared/contract/saved-segments'
import { OpenAPIHono } from '@hono/zod-openapi'
import type { Ctx, Env } from '../context.ts'

// @NOTE The column holds what the contract's schema let in.
const shown = ({ createdAt, conditions, ...segment }: SavedSegmentRow): SavedSegment => ({
  ...segment,
  conditions: conditions as SavedSegment['conditions'],
  createdAt: new Date(createdAt).toISOString(),
})

/** Segments that admins save. */
export function segmentRoutes({ db, clock }: Ctx) {
  return new OpenAPIHono<Env>()
    .openapi(listSavedSegments, async (c) =>
      c.json({ segments: (await savedSegmentsOf(db)).map(shown) }, 200),
    )
    .openapi(createSavedSegment, async (c) => {
      const segment = { ...c.req.valid('json'), createdBy: c.get('admin').telegramId }
      return c.json(shown(await db.transaction((tx) => saveSegment(tx, segment, clock()))), 200)
    })
    .openapi(changeSavedSegment, async (c) => {
      const { id } = c.req.valid('param')
      const changed = await db.transaction((tx) => changeSegment(tx, Number(id), c.req.valid('json')))
      return c.json(shown(changed), 200)
    })
    .openapi(deleteSavedSegment, async (c) => {
      await db.transaction((tx) => deleteSegment(tx, Number(c.req.valid('param').id)))
      return c.json({ deleted: true as const }, 200)
    })
}
