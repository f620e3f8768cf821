/** What an admin of the panel may be. People with no role cannot open it. */
export const roles = ['owner', 'manager', 'analyst'] as const

export type Role = (typeof roles)[number]

const everyone: readonly Role[] = roles
const managers: readonly Role[] = ['owner', 'manager']
const owners: readonly Role[] = ['owner']

/**
 * Who may do what: an owner everything, admins, keys and settings included; a manager what concerns users and what
 * the bot offers; an analyst reads, and exports no personal data.
 */
export const permissions = {
  read: everyone,
  exportPersonalData: managers,
  actOnUsers: managers,
  editCatalogue: managers,
  editPromos: managers,
  runCampaigns: managers,
  runExperiments: managers,
  saveSegments: managers,
  manageAdmins: owners,
  manageIngestKeys: owners,
  changeSettings: owners,
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof permissions

/** Whether an admin of this role holds the permission. */
export function can(role: Role, permission: Permission): boolean {
  return permissions[permission].includes(role)
}

/** Whether a stored or posted text names a role. */
export function isRole(text: string): text is Role {
  return everyone.some((role) => role === text)
}
