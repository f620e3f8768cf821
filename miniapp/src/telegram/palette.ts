import { contrast, type Hex, isDark, isHex, mix, readable } from './contrast.ts'

/** Every colour of the panel, derived from the client's theme; the keys are the CSS variables of styles.css. */
export interface Palette {
  page: Hex
  card: Hex
  text: Hex
  hint: Hex
  link: Hex
  header: Hex
  button: Hex
  'on-button': Hex
  danger: Hex
  good: Hex
  bad: Hex
  line: Hex
  fill: Hex
  series: Hex
  earlier: Hex
  'cat-1': Hex
  'cat-2': Hex
  'cat-3': Hex
  'cat-4': Hex
  'cat-5': Hex
  'cat-6': Hex
  other: Hex
}

/** Theme colours as the client sends them (`bgColor` …); any may be missing. */
export type Theme = Readonly<Record<string, string | undefined>>

const day = {
  bg: '#ffffff',
  secondary: '#f1f1f4',
  text: '#000000',
  hint: '#6a6a70',
  button: '#2481cc',
  danger: '#d3342f',
}
const night = {
  bg: '#1d1e20',
  secondary: '#131415',
  text: '#ffffff',
  hint: '#98989e',
  button: '#3390ec',
  danger: '#ff6a63',
}

// Blue, orange, teal, violet, rose, olive: told apart with red-green and blue-yellow blindness.
const categories = ['#2f7de1', '#d9730d', '#0f9b8e', '#8258d6', '#d6457f', '#7d8b1e'] as const

/**
 * The palette of a theme. Odd themes are taken as they come, but words keep 4.5 : 1 and graphics 3 : 1 on the
 * surfaces they lie on; a page that equals its cards is set apart from them a little.
 */
export function paletteOf(theme: Theme, dark: boolean): Palette {
  const base = dark ? night : day
  const pick = (key: string, fallback: string) => (isHex(theme[key]) ? theme[key] : fallback)
  const bg = pick('bgColor', base.bg)
  const card = mix(pick('sectionBgColor', bg), bg, 1)
  const secondary = pick('secondaryBgColor', isHex(theme.bgColor) ? mix(card, bg, 0.5) : base.secondary)
  const page =
    contrast(secondary, card) < 1.03
      ? mix(isDark(card) ? '#000000' : '#5a5a78', card, 0.09)
      : mix(secondary, bg, 1)
  const words = (key: string, fallback: string) => readable(pick(key, fallback), [card, page])
  const shape = (colour: string) => readable(colour, [card], 3)
  const text = words('textColor', base.text)
  // A button's words are the client's own; where they are too faint the button gives way, not they.
  const onButton = mix(pick('buttonTextColor', '#ffffff'), bg, 1)
  const button = readable(pick('buttonColor', base.button), [onButton])
  const accent = pick('accentTextColor', pick('linkColor', button))
  const [blue, orange, teal, violet, rose, olive] = categories
  return {
    page,
    card,
    text,
    hint: words('hintColor', base.hint),
    link: readable(accent, [card, page]),
    header: words('sectionHeaderTextColor', pick('hintColor', base.hint)),
    button,
    'on-button': onButton,
    danger: words('destructiveTextColor', base.danger),
    good: readable(dark ? '#3ecf7a' : '#12803f', [card, page]),
    bad: readable(dark ? '#ff7a73' : '#c8322b', [card, page]),
    line: mix(text, card, 0.12),
    fill: mix(text, card, 0.07),
    series: shape(button),
    earlier: mix(pick('hintColor', base.hint), card, 0.45),
    'cat-1': shape(blue),
    'cat-2': shape(orange),
    'cat-3': shape(teal),
    'cat-4': shape(violet),
    'cat-5': shape(rose),
    'cat-6': shape(olive),
    other: shape(mix(pick('hintColor', base.hint), card, 0.7)),
  }
}
