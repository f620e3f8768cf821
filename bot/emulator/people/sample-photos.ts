import sharp from 'sharp'
import type { FileToSend } from '../client.ts'

/** What people photograph, drawn: `a` and `b` are two colours. */
const scenes: Record<string, (a: string, b: string) => string> = {
  portrait: (a, b) => `
    <circle cx="360" cy="330" r="190" fill="#4a2f27"/>
    <ellipse cx="360" cy="900" rx="300" ry="290" fill="${b}"/>
    <rect x="310" y="470" width="100" height="180" fill="#e0a985"/>
    <circle cx="360" cy="380" r="150" fill="#f2c6a4"/>
    <circle cx="305" cy="370" r="13"/><circle cx="415" cy="370" r="13"/>
    <path d="M300 440 q60 60 120 0" stroke="${a}" stroke-width="11" fill="none" stroke-linecap="round"/>`,
  hills: (a, b) => `
    <circle cx="540" cy="220" r="80" fill="#fff3c4"/>
    <path d="M0 620 L190 360 L330 540 L500 300 L720 620 V900 H0 Z" fill="${a}" opacity="0.8"/>
    <path d="M0 760 Q180 560 380 720 T720 640 V900 H0 Z" fill="${b}"/>`,
  table: (a, b) => `
    <rect y="640" width="720" height="260" fill="#8a5a3c"/>
    <circle cx="270" cy="560" r="130" fill="${a}"/>
    <circle cx="460" cy="585" r="115" fill="${b}"/>
    <rect x="264" y="400" width="12" height="50" fill="#3f5f2a"/>`,
}

const colours = [
  ['#b6533c', '#3f7f93', '#f7d9b5'],
  ['#5b6fb0', '#4f8a5b', '#cfe6f2'],
  ['#a63d6f', '#d99a2b', '#efe3d3'],
] as const

async function draw(scene: string, [a, b, sky]: readonly [string, string, string]): Promise<FileToSend> {
  const shapes = scenes[scene]?.(a, b) ?? ''
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="720" height="900">
    <rect width="720" height="900" fill="${sky}"/>${shapes}</svg>`
  const bytes = new Uint8Array(await sharp(Buffer.from(svg)).jpeg({ quality: 85 }).toBuffer())
  return { bytes, name: `${scene}.jpg`, mime: 'image/jpeg' }
}

/** The photos that simulated people send: few, so that the stand-in keeps each of them once. */
export function drawPhotos(): Promise<FileToSend[]> {
  return Promise.all(Object.keys(scenes).flatMap((scene) => colours.map((set) => draw(scene, set))))
}
