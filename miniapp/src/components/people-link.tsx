import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { PeopleSearch } from '../url/people.ts'

interface Props extends PeopleSearch {
  className?: string
  label?: string
  children: ReactNode
}

/** From a number to the people behind it. */
export function PeopleLink({ stat, q, className, label, children }: Props) {
  return (
    <Link to="/people" search={{ stat, q }} className={className} aria-label={label} preload={false}>
      {children}
    </Link>
  )
}
