// Checked before anything is loaded: the SQLite driver ends an older Node without a word.
if (Number(process.versions.node.split('.')[0]) < 24) {
  console.error(
    `Botdeck needs Node 24 and this is ${process.versions.node}: run it by "pnpm botdeck", which brings Node 24 itself`,
  )
  process.exit(1)
}

const { runProgram } = await import('./program.ts')
await runProgram(process.argv)
