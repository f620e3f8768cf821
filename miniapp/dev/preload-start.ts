import type { Plugin } from 'vite'

/**
 * Names in the page what the small first script is going to import, so that the browser fetches all of it at once
 * instead of finding it out step by step.
 */
export function preloadStart(): Plugin {
  return {
    name: 'botdeck-preload-start',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(_page, { bundle = {} }) {
        const files = new Set<string>()
        const add = (file: string): void => {
          const chunk = bundle[file]
          if (chunk?.type !== 'chunk' || files.has(file)) return
          files.add(file)
          for (const imported of chunk.imports) add(imported)
        }
        const named = new Set<string>()
        for (const chunk of Object.values(bundle)) {
          if (chunk.type !== 'chunk' || !chunk.isEntry) continue
          // Vite names these itself.
          for (const file of chunk.imports) named.add(file)
          for (const file of chunk.dynamicImports) add(file)
        }
        return [...files]
          .filter((file) => !named.has(file))
          .map((file) => ({
            tag: 'link',
            attrs: { rel: 'modulepreload', crossorigin: true, href: `/${file}` },
            injectTo: 'head' as const,
          }))
      },
    },
  }
}
