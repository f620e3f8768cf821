import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { transformSync } from 'oxc-transform'

/*
 * Takes the types off our sources in this thread, in place of Node's own way, which runs WebAssembly: an engine that
 * several threads of a process use at once, and that ends the process when they meet (ADR 14). JavaScript, so that
 * nothing must be taken off this file. It is loaded by `--import`.
 */

const isOurs = (url) => url.startsWith('file:') && url.endsWith('.ts') && !url.includes('/node_modules/')

registerHooks({
  load(url, context, next) {
    if (!isOurs(url)) return next(url, context)
    const path = fileURLToPath(url)
    const { code, map, errors } = transformSync(path, readFileSync(path, 'utf8'), {
      sourcemap: true,
      typescript: { onlyRemoveTypeImports: true },
    })
    if (errors.length > 0) throw new SyntaxError(`${path}: ${errors[0].codeframe ?? errors[0].message}`)
    // Lines and columns are enough: the source lies beside them, and its names are those of what runs.
    const lines = { version: 3, sources: [path], names: [], mappings: map.mappings }
    const inline = Buffer.from(JSON.stringify(lines)).toString('base64')
    return {
      format: 'module',
      source: `${code}\n//# sourceMappingURL=data:application/json;base64,${inline}`,
      shortCircuit: true,
    }
  },
})
// Lines of an error are lines of the source.
process.setSourceMapsEnabled(true)
