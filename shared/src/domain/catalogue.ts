/*
 * The catalogue that a new installation starts with. The ids of effects are those that the local picture service
 * knows; a package's amount is in Stars.
 */

export const defaultCategories = [
  { id: 'classic', titles: { en: 'Classic', ru: 'Классика' }, position: 1 },
  { id: 'art', titles: { en: 'Art', ru: 'Искусство' }, position: 2 },
  { id: 'mood', titles: { en: 'Mood', ru: 'Настроение' }, position: 3 },
]

interface EffectSeed {
  id: string
  categoryId: string
  titles: { en: string; ru: string }
  credits: number
  prompt: string
}

const effects: EffectSeed[] = [
  {
    id: 'noir',
    categoryId: 'classic',
    titles: { en: 'Noir', ru: 'Нуар' },
    credits: 1,
    prompt: 'High-contrast black and white film photograph with deep shadows and fine grain',
  },
  {
    id: 'sepia',
    categoryId: 'classic',
    titles: { en: 'Sepia', ru: 'Сепия' },
    credits: 1,
    prompt: 'Warm sepia print of the early twentieth century',
  },
  {
    id: 'vintage',
    categoryId: 'classic',
    titles: { en: 'Vintage', ru: 'Винтаж' },
    credits: 1,
    prompt: 'Faded colour photograph of the 1970s with warm light and soft vignette',
  },
  {
    id: 'sketch',
    categoryId: 'art',
    titles: { en: 'Pencil sketch', ru: 'Карандаш' },
    credits: 1,
    prompt: 'Detailed graphite pencil drawing on white paper',
  },
  {
    id: 'comic',
    categoryId: 'art',
    titles: { en: 'Comic', ru: 'Комикс' },
    credits: 2,
    prompt: 'Comic book panel with bold outlines and flat colours',
  },
  {
    id: 'pixel',
    categoryId: 'art',
    titles: { en: 'Pixel art', ru: 'Пиксель-арт' },
    credits: 1,
    prompt: 'Sixteen-bit pixel art with a small palette',
  },
  {
    id: 'duotone',
    categoryId: 'mood',
    titles: { en: 'Duotone', ru: 'Дуотон' },
    credits: 1,
    prompt: 'Two-colour print in deep violet and warm orange',
  },
  {
    id: 'dream',
    categoryId: 'mood',
    titles: { en: 'Dream', ru: 'Грёза' },
    credits: 2,
    prompt: 'Soft glowing dreamlike photograph with bloom and pastel light',
  },
]

export const defaultEffects = effects.map((effect, index) => ({
  ...effect,
  position: index + 1,
  active: true,
}))

export const defaultPackages = [
  { id: 'pkg_10', titles: { en: '10 pictures', ru: '10 картинок' }, credits: 10, amount: 50 },
  { id: 'pkg_50', titles: { en: '50 pictures', ru: '50 картинок' }, credits: 50, amount: 200 },
  { id: 'pkg_150', titles: { en: '150 pictures', ru: '150 картинок' }, credits: 150, amount: 500 },
].map((offer, index) => ({ ...offer, currency: 'XTR', position: index + 1, active: true }))
