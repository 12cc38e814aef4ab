import { describe, expect, it } from 'vitest'

import { en } from '../src/i18n/en'
import { zh } from '../src/i18n/zh'

type Tree = { [key: string]: string | string[] | Tree }

function leaves(tree: Tree, at = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) => {
    const path = at === '' ? key : `${at}.${key}`
    if (typeof value === 'string') return [[path, value] as [string, string]]
    if (Array.isArray(value)) return value.map((text, n) => [`${path}.${n}`, text] as [string, string])
    return leaves(value, path)
  })
}

const zhLeaves = new Map(leaves(zh as unknown as Tree))
const enLeaves = new Map(leaves(en as unknown as Tree))
const names = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort()

describe('the catalogue', () => {
  it('has every text in both languages', () => {
    expect([...enLeaves.keys()].sort()).toEqual([...zhLeaves.keys()].sort())
  })

  it('says what the server gives in both', () => {
    // A period is written by its parts, which the languages use or not.
    const differing = [...zhLeaves].filter(([key, text]) => !key.startsWith('period.') && names(text).join() !== names(enLeaves.get(key) ?? '').join())
    expect(differing).toEqual([])
  })

  it('shouts at nobody, and has no English in Chinese sentences', () => {
    for (const [key, text] of zhLeaves) {
      expect(text, key).not.toMatch(/[!！]|请稍候|操作成功/)
      if (key !== 'top.language') expect(text.replace(/\{\w+\}/g, ''), key).not.toMatch(/[A-Za-z]{2,}/)
    }
  })

  it('uses nothing that the translation would read as its own', () => {
    for (const [key, text] of [...zhLeaves, ...enLeaves]) expect(text, key).not.toMatch(/[@|]/)
  })
})
