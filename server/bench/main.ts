import { Command, Option } from 'commander'
import { sizes } from './dataset/size.ts'
import { type BenchOptions, parts, runBench } from './run.ts'

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
  .addOption(
    new Option('--without <engines...>', 'do not ask these').choices(['duckdb', 'postgres', 'sqlite']),
  )
  .addHelpText(
    'after',
    `
Databases are made once and kept in data/bench (L: 12 GB). Ends with 1 where a goal is missed.

Examples:
  pnpm bench --size S
  pnpm bench --size L --only default funnels`,
  )
  .action(async ({ only = [], without = [], size }: Partial<BenchOptions>) => {
    // @NOTE The options hold their choices alone.
    if (size) process.exitCode = (await runBench({ size, only, without })) ? 0 : 1
  })

await program.parseAsync()
process.exit()
