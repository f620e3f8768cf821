import { Command, Option } from 'commander'
import { isSize, sizes } from './dataset/size.ts'
import { parts, runBench } from './run.ts'

const names = parts.map(({ name }) => name)

const program = new Command('bench')
  .description(
    'Measures Botdeck beside DuckDB, PostgreSQL and plain SQLite on one history, after checking that all answer alike.',
  )
  .addOption(
    new Option('--size <size>', 'XS: 0.1, S: 2, L: 20 million events')
      .choices(Object.keys(sizes))
      .default('L'),
  )
  .addOption(new Option('--only <parts...>', 'some parts alone').choices(names))
  .addHelpText(
    'after',
    `
Databases are made once and kept in data/bench (L: 12 GB). Ends with 1 where a goal is missed.

Examples:
  pnpm bench --size S
  pnpm bench --size L --only default funnels`,
  )
  .action(async ({ size, only = [] }: { size: string; only?: string[] }) => {
    if (!isSize(size)) throw new Error(`no size ${size}`)
    process.exitCode = (await runBench(size, only)) ? 0 : 1
  })

await program.parseAsync()
process.exit()
