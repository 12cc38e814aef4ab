// TypeScript from the descriptions of the server. Pure: documents in, texts of files out.

/** @typedef {{type?: string | string[], enum?: unknown[], const?: unknown, properties?: Record<string, Schema>,
 *   required?: string[], items?: Schema, additionalProperties?: boolean | Schema, description?: string}} Schema */
/** @typedef {{name: string, summary?: string, tags?: {name: string}[],
 *   params: {name: string, required: boolean, schema: Schema}[], result: {schema: Schema}}} Method */

const heading = '// Made by scripts/generate.mjs from what the server says of itself. Not to be edited.\n'

// Shapes that many methods share, by the names of their fields.
/** @type {Record<string, string>} */
const sharedNames = {
  'id,name': 'PersonRef',
  'code,name': 'UnitRef',
  'bytes,digest,media_type,name': 'EvidenceFile',
  'author,digest,no,time': 'RevisionRef',
  'denominator,grade,indicator,member,note,numerator,period,value': 'ReportedValue',
  'post,unit': 'Seat',
  'position,time': 'PointInLog',
  'denominator,numerator': 'Fraction',
  'days_left,label,light': 'Light',
  'handler,opinion,unit': 'HandlerOpinion',
}

/** @param {Schema} schema */
const keysOf = (schema) => Object.keys(schema.properties ?? {}).sort().join(',')

/** @param {unknown} value @returns {string} the same text for the same schema, whatever its order */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${canonical(field)}`).join(',')}}`
}

/** @param {string} name "plan.board" as "PlanBoard" */
function typeName(name) {
  return name
    .split(/[._]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
}

/** @param {string | undefined} text @param {string} indent */
function comment(text, indent) {
  // What only tells the form of a text is for whoever reads the description itself.
  return !text || / such as "|^sha256|^a name on one line|^"sha256/.test(text) ? '' : `${indent}/** ${text.replace(/\*\//g, '* /')} */\n`
}

class Writer {
  /** @type {Map<string, {name: string, text: string}>} by canonical schema */
  shapes = new Map()
  /** @type {Set<string>} */
  shapeNames = new Set()

  /** @param {Schema} schema @param {string} name @returns {string} */
  share(schema, name) {
    const known = this.shapes.get(canonical(schema))
    if (known) return known.name
    let free = name
    for (let n = 2; this.shapeNames.has(free); ++n) free = name + n
    this.shapeNames.add(free)
    const text = `export interface ${free} ${this.fields(schema, '')}\n`
    this.shapes.set(canonical(schema), { name: free, text })
    return free
  }

  /** @param {Schema} schema @param {string} indent @returns {string} */
  type(schema, indent) {
    if ('const' in schema) return JSON.stringify(schema.const)
    if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ')
    if (Array.isArray(schema.type)) {
      return schema.type.map((type) => this.type({ ...schema, type }, indent)).join(' | ')
    }
    switch (schema.type) {
      case 'string':
        return 'string'
      case 'integer':
      case 'number':
        return 'number'
      case 'boolean':
        return 'boolean'
      case 'array': {
        const item = this.type(schema.items ?? {}, indent)
        return /^[A-Za-z0-9]+$/.test(item) ? `${item}[]` : `(${item})[]`
      }
      case 'object':
        return this.object(schema, indent)
      default:
        return 'unknown'
    }
  }

  /** @param {Schema} schema @param {string} indent */
  object(schema, indent) {
    if (!schema.properties) {
      const value = schema.additionalProperties
      return `Record<string, ${typeof value === 'object' ? this.type(value, indent) : 'unknown'}>`
    }
    const shared = this.sharedName(schema)
    if (shared === undefined) return this.fields(schema, indent)
    return this.share({ ...schema, description: '' }, shared)
  }

  /** @param {Schema} schema */
  sharedName(schema) {
    const fields = schema.properties ?? {}
    if ('added_by' in fields && 'slot' in fields) return 'ApprovalSlot'
    if ('accumulate' in fields && 'op' in fields) return 'Indicator'
    if ('post' in fields && fields['unit']?.type === 'object') return 'UnitSeat'
    if ('due_rule' in fields) return 'ApprovalNode'
    if ('end' in fields && 'slots' in fields) return 'ApprovalRound'
    if ('report' in fields && 'from' in fields && 'to' in fields) return 'Correction'
    return sharedNames[keysOf(schema)]
  }

  /** @param {Schema} schema @param {string} indent */
  fields(schema, indent) {
    const needed = new Set(schema.required ?? [])
    const inner = `${indent}  `
    const lines = Object.entries(schema.properties ?? {}).map(
      ([name, field]) =>
        comment(field.description, inner) +
        `${inner}${name}${needed.has(name) ? '' : '?'}: ${this.type(field, inner)}\n`,
    )
    if (lines.length === 0) return 'Record<string, never>'
    const inline = `{ ${lines.map((line) => line.trim()).join('; ')} }`
    const fits = indent !== '' && inline.length <= 90 && !/[\n]|\/\*\*/.test(inline)
    return fits ? inline : `{\n${lines.join('')}${indent}}`
  }
}

/** @param {Method} method @returns {Schema} */
function paramsSchema(method) {
  return {
    type: 'object',
    properties: Object.fromEntries(method.params.map((param) => [param.name, param.schema])),
    required: method.params.filter((param) => param.required).map((param) => param.name),
  }
}

/** @param {string} name @param {string} body */
function declaration(name, body) {
  return body.startsWith('{\n') ? `export interface ${name} ${body}\n` : `export type ${name} = ${body}\n`
}

/** @param {string} group @param {Method[]} methods @param {Writer} writer @param {(m: Method) => boolean} isCommand */
function groupFile(group, methods, writer, isCommand) {
  const blocks = methods.map((method) => {
    const name = typeName(method.name)
    const params = declaration(`${name}Params`, writer.fields(paramsSchema(method), ''))
    const shared = isCommand(method) && writer.shapes.get(canonical(method.result.schema))
    const result = shared
      ? `export type ${name}Result = ${shared.name}\n`
      : declaration(`${name}Result`, writer.type(method.result.schema, ''))
    return params + result
  })
  const entries = methods.map((method) => {
    const name = typeName(method.name)
    return comment(method.summary, '  ') + `  '${method.name}': { params: ${name}Params; result: ${name}Result }\n`
  })
  const text = blocks.join('\n')
  const used = [...writer.shapeNames].sort().filter((name) => new RegExp(`\\b${name}\\b`).test(text))
  const imports = used.length > 0 ? `import type { ${used.join(', ')} } from './shapes.js'\n\n` : ''
  return `${heading}${imports}${text}\nexport interface ${typeName(group)}Methods {\n${entries.join('')}}\n`
}

/** @param {Method[]} methods the result that most commands share */
function commonResult(methods) {
  /** @type {Map<string, {schema: Schema, count: number}>} */
  const counts = new Map()
  for (const { result } of methods) {
    const entry = counts.get(canonical(result.schema)) ?? { schema: result.schema, count: 0 }
    entry.count += 1
    counts.set(canonical(result.schema), entry)
  }
  return [...counts.values()].sort((a, b) => b.count - a.count)[0]?.schema
}

/** @param {any} asyncapi @param {Set<string>} methodNames @param {Writer} writer */
function pushFile(asyncapi, methodNames, writer) {
  const messages = Object.entries(asyncapi.channels.duban.messages)
    .filter(([name]) => !methodNames.has(name.replace(/\.answer$/, '')))
    .sort(([a], [b]) => (a < b ? -1 : 1))
  const entries = messages.map(
    ([name, message]) =>
      comment(message.summary, '  ') +
      `  '${name}': ${writer.fields(message.payload.properties.params, '  ')}\n`,
  )
  return `${heading}export interface Pushes {\n${entries.join('')}}\n`
}

/** @param {any} components */
function errorsFile(components) {
  const errors = Object.entries(components.errors).sort(([a], [b]) => (a < b ? -1 : 1))
  const lines = errors.map(([kind, error]) => `  ${kind}: { code: ${error.code}, retry: '${error.data.retry}' },\n`)
  return `${heading}export const errorKinds = {\n${lines.join('')}} as const\n\nexport type ErrorKind = keyof typeof errorKinds\n`
}

/**
 * @param {any} openrpc
 * @param {any} asyncapi
 * @returns {Map<string, string>}
 */
export function describedFiles(openrpc, asyncapi) {
  /** @type {Method[]} */
  const methods = [...openrpc.methods].sort((a, b) => (a.name < b.name ? -1 : 1))
  /** @param {Method} method */
  const isCommand = (method) => method.params.some((param) => param.name === 'command_id')
  const writer = new Writer()
  const commands = methods.filter(isCommand)
  const result = commonResult(commands)
  if (result) writer.share(result, 'CommandResult')

  /** @type {Map<string, Method[]>} */
  const groups = new Map()
  for (const method of methods) {
    const group = method.name.split('.')[0] ?? ''
    groups.set(group, [...(groups.get(group) ?? []), method])
  }
  const files = new Map()
  for (const [group, members] of groups) {
    files.set(`${group}.ts`, groupFile(group, members, writer, isCommand))
  }
  files.set('pushes.ts', pushFile(asyncapi, new Set(methods.map((method) => method.name)), writer))
  files.set('errors.ts', errorsFile(openrpc.components))
  const shapes = [...writer.shapes.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
  files.set('shapes.ts', heading + shapes.map((shape) => shape.text).join('\n'))
  const names = [...groups.keys()]
  files.set(
    'index.ts',
    heading +
      names.map((group) => `import type { ${typeName(group)}Methods } from './${group}.js'\n`).join('') +
      '\n' +
      [...names, 'errors', 'pushes', 'shapes'].map((name) => `export * from './${name}.js'\n`).join('') +
      `\nexport interface Methods extends ${names.map((group) => `${typeName(group)}Methods`).join(', ')} {}\n` +
      `\n/** Methods that change something: each call has a command id. */\nexport const commandMethods = new Set<string>([\n` +
      commands.map((method) => `  '${method.name}',\n`).join('') +
      '])\n',
  )
  return files
}
