import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/*
 * What `npm test` needs beyond the npm packages: a Chromium for the tests in the browser. Where we are root on a Debian
 * the package is installed; elsewhere one line says what to do.
 */

const places = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

function hasChromium(): boolean {
  return places.some((place) => place !== undefined && existsSync(place))
}

function installChromium(): void {
  const options = { stdio: 'inherit' as const, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }
  execFileSync('apt-get', ['update', '-qq'], options)
  execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], options)
}

if (Number(process.versions.node.split('.')[0]) < 24) {
  console.error(`Node ${process.versions.node} is too old: run "npm test", which brings Node 24 itself`)
  process.exit(1)
}
if (!hasChromium()) {
  const debian = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
  if (debian) installChromium()
  if (!hasChromium()) {
    console.error('No Chromium found: install it, or name it in CHROMIUM_PATH')
    process.exit(1)
  }
}
