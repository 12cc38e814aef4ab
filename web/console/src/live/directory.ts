// Names of persons and units, read once and again when a name is asked for that is not there.
import type { DirectoryListResult } from '@duban/client'
import { shallowRef } from 'vue'

import { theClient } from '../session/session'

const directory = shallowRef<DirectoryListResult | undefined>()
let asked: Promise<void> | undefined
let askedAt = 0
const againMs = 30_000

export function readDirectory(): Promise<void> {
  if (asked && Date.now() - askedAt < againMs) return asked
  askedAt = Date.now()
  asked = theClient()
    .call('directory.list', {})
    .then((read) => {
      directory.value = read
    })
    .catch(() => {
      asked = undefined
    })
  return asked
}

function personOf(id: string) {
  const person = directory.value?.persons.find((one) => one.id === id)
  if (!person) void readDirectory()
  return person
}

export function unitName(code: string): string {
  return directory.value?.units.find((unit) => unit.code === code)?.name ?? code
}

/** "教育体育局 王建国": the unit before the name; the id until the directory is there. */
export function nameOf(id: string): string {
  const person = personOf(id)
  if (!person) return id
  const unit = person.posts[0]?.unit
  return unit === undefined ? person.name : `${unitName(unit)} ${person.name}`
}

export function personName(id: string): string {
  return personOf(id)?.name ?? id
}

/** Active persons of a unit, for choosing whom to hand something to. */
export function personsOf(unit: string): { id: string; name: string; post: string }[] {
  return (directory.value?.persons ?? [])
    .filter((person) => person.active)
    .flatMap((person) => person.posts.filter((held) => held.unit === unit).map((held) => ({ id: person.id, name: person.name, post: held.post })))
}
