import { describe, expect, it } from 'vitest'
import { can, isRole, type Permission, permissions, roles } from './roles.ts'

const names = Object.keys(permissions).filter((name): name is Permission => name in permissions)

describe('can', () => {
  it('lets an owner do everything', () => {
    expect(names.filter((name) => !can('owner', name))).toEqual([])
  })

  it('keeps admins, keys and settings from a manager', () => {
    expect(names.filter((name) => !can('manager', name))).toEqual([
      'manageAdmins',
      'manageIngestKeys',
      'changeSettings',
    ])
  })

  it('lets an analyst read and nothing else', () => {
    expect(names.filter((name) => can('analyst', name))).toEqual(['read'])
  })
})

describe('isRole', () => {
  it('knows the three roles', () => {
    expect(roles.every(isRole)).toBe(true)
    expect(isRole('Owner')).toBe(false)
    expect(isRole('')).toBe(false)
  })
})
