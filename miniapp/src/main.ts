import { askEarly } from './api/early.ts'
import './styles.css'

// This file is small and imports nothing large: the first questions are on their way while the rest arrives.
askEarly()
void import('./start.tsx')
