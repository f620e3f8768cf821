/** Pictures to send when there is none at hand, drawn here so that nothing has to be downloaded. */
export interface Sample {
  name: string
  draw: (pen: CanvasRenderingContext2D, width: number, height: number) => void
  width: number
  height: number
}

function portrait(pen: CanvasRenderingContext2D, width: number, height: number): void {
  fade(pen, ['#f7c59f', '#ef8a6f'], { width, height })
  disc(pen, '#5a3a2e', { x: width / 2, y: height * 0.4, radius: width * 0.27 })
  pen.fillStyle = '#3f7f93'
  pen.beginPath()
  pen.ellipse(width / 2, height * 1.02, width * 0.42, height * 0.3, 0, 0, 7)
  pen.fill()
  pen.fillStyle = '#e9b48f'
  pen.fillRect(width * 0.44, height * 0.56, width * 0.12, height * 0.18)
  disc(pen, '#f2c6a4', { x: width / 2, y: height * 0.45, radius: width * 0.2 })
  for (const side of [-1, 1])
    disc(pen, '#33211b', { x: width * (0.5 + side * 0.075), y: height * 0.44, radius: 9 })
  pen.strokeStyle = '#a44a3f'
  pen.lineWidth = 8
  pen.lineCap = 'round'
  pen.beginPath()
  pen.arc(width / 2, height * 0.48, width * 0.08, 0.4, Math.PI - 0.4)
  pen.stroke()
}

function landscape(pen: CanvasRenderingContext2D, width: number, height: number): void {
  fade(pen, ['#2f6fb0', '#bfe3f2'], { width, height })
  disc(pen, '#fff3c4', { x: width * 0.75, y: height * 0.26, radius: height * 0.09 })
  hills(pen, '#7d97b5', { base: height * 0.62, rise: height * 0.26, step: 210, width, height })
  hills(pen, '#5b8a72', { base: height * 0.76, rise: height * 0.16, step: 140, width, height })
  hills(pen, '#3b6a4c', { base: height * 0.9, rise: height * 0.1, step: 320, width, height })
}

function fruit(pen: CanvasRenderingContext2D, width: number, height: number): void {
  fade(pen, ['#efe7da', '#cdbfa9'], { width, height })
  pen.fillStyle = '#8a5a3c'
  pen.fillRect(0, height * 0.72, width, height * 0.28)
  disc(pen, '#c63d2f', { x: width * 0.36, y: height * 0.6, radius: width * 0.17 })
  disc(pen, '#e79a2b', { x: width * 0.62, y: height * 0.62, radius: width * 0.15 })
  disc(pen, '#7aa64a', { x: width * 0.5, y: height * 0.48, radius: width * 0.13 })
  pen.fillStyle = '#3f5f2a'
  pen.fillRect(width * 0.495, height * 0.29, width * 0.014, height * 0.08)
}

export const samples: Sample[] = [
  { name: 'Portrait', draw: portrait, width: 720, height: 900 },
  { name: 'Mountains', draw: landscape, width: 1080, height: 720 },
  { name: 'Fruit', draw: fruit, width: 800, height: 800 },
]

/** The sample as a JPEG. */
export async function drawSample(sample: Sample): Promise<Blob> {
  const blob = await new Promise<Blob | null>((resolve) =>
    canvasOf(sample).toBlob(resolve, 'image/jpeg', 0.9),
  )
  if (!blob) throw new Error('the browser cannot encode JPEG')
  return blob
}

/** The sample on a canvas. */
export function canvasOf({ draw, width, height }: Sample): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const pen = canvas.getContext('2d')
  if (pen) draw(pen, width, height)
  return canvas
}

function fade(
  pen: CanvasRenderingContext2D,
  [top, bottom]: [string, string],
  size: { width: number; height: number },
) {
  const gradient = pen.createLinearGradient(0, 0, 0, size.height)
  gradient.addColorStop(0, top)
  gradient.addColorStop(1, bottom)
  pen.fillStyle = gradient
  pen.fillRect(0, 0, size.width, size.height)
}

function disc(
  pen: CanvasRenderingContext2D,
  colour: string,
  at: { x: number; y: number; radius: number },
): void {
  pen.fillStyle = colour
  pen.beginPath()
  pen.arc(at.x, at.y, at.radius, 0, 7)
  pen.fill()
}

function hills(
  pen: CanvasRenderingContext2D,
  colour: string,
  {
    base,
    rise,
    step,
    width,
    height,
  }: { base: number; rise: number; step: number; width: number; height: number },
): void {
  pen.fillStyle = colour
  pen.beginPath()
  pen.moveTo(0, height)
  for (let x = 0; x <= width; x += 4) pen.lineTo(x, base - rise * Math.abs(Math.sin((x / step) * 1.3 + rise)))
  pen.lineTo(width, height)
  pen.fill()
}
