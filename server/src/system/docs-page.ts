import { html, raw } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import type { ApiDocument } from './document.ts'

type Html = HtmlEscapedString | Promise<HtmlEscapedString>

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const

const style = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
  body { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 4rem }
  code, pre { font: 13px/1.5 ui-monospace, monospace }
  pre { overflow-x: auto; padding: .75rem; border: 1px solid #8884; border-radius: .5rem }
  article { border-top: 1px solid #8884; padding: 1rem 0 }
  h3 { margin: 0; font-size: 1rem } h3 code { font-size: .95rem; font-weight: 600 }
  .method { display: inline-block; min-width: 4.5em; text-transform: uppercase; color: #2481cc }
  summary { cursor: pointer }
`

interface Operation {
  method: string
  path: string
  tag: string
  summary: string
  description: string
  parts: { title: string; content: unknown }[]
}

function schemaOf(body: unknown): unknown {
  const content = Object(body).content ?? {}
  return Object(content['application/json']).schema
}

/** What is asked and answered, each as the document's own JSON Schema. */
function partsOf(operation: { parameters?: unknown; requestBody?: unknown; responses?: unknown }) {
  return [
    { title: 'Parameters', content: operation.parameters },
    { title: 'Body', content: schemaOf(operation.requestBody) },
    { title: 'Answer', content: schemaOf(Object(operation.responses)['200']) },
  ].filter(({ content }) => content !== undefined)
}

function operationsOf(document: ApiDocument): Operation[] {
  return Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method]
      if (!operation) return []
      const { summary = '', description = '', tags = [] } = operation
      return [{ method, path, tag: tags[0] ?? 'Other', summary, description, parts: partsOf(operation) }]
    }),
  )
}

function part({ title, content }: { title: string; content: unknown }): Html {
  return html`<details><summary>${title}</summary><pre>${JSON.stringify(content, null, 2)}</pre></details>`
}

function article({ method, path, summary, description, parts }: Operation): Html {
  return html`<article>
    <h3><span class="method">${method}</span> <code>${path}</code></h3>
    <p><strong>${summary}</strong>${description === '' ? '' : html`<br>${description}`}</p>
    ${parts.map(part)}
  </article>`
}

/** The API as one readable page: no script, nothing from elsewhere, so that the strictest policy allows it. */
export function docsPage(document: ApiDocument): Html {
  const operations = operationsOf(document)
  const tags = [...new Set(operations.map(({ tag }) => tag))]
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${document.info.title} API</title>
    <style>${raw(style)}</style>
  </head>
  <body>
    <h1>${document.info.title} API</h1>
    <p>${document.info.description}</p>
    <p><a href="/api/openapi.json">OpenAPI 3.1 document</a></p>
    ${tags.map(
      (tag) =>
        html`<section><h2>${tag}</h2>${operations.filter((each) => each.tag === tag).map(article)}</section>`,
    )}
    <section><h2>Schemas</h2>${Object.entries(document.components?.schemas ?? {}).map(([title, content]) =>
      part({ title, content }),
    )}</section>
  </body>
</html>`
}
