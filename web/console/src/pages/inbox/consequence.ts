// What an act will do, in one sentence, from the server's forecast and the route.
import { joined, t } from '../../i18n'
import { nameOf } from '../../live/directory'
import { nextOf, type Act, type Forecast, type MySlot, type NodeDefinition } from './acts'

const namesShown = 3

function whom(holders: readonly string[]): string {
  const shown = holders.slice(0, namesShown).map(nameOf)
  const more = holders.length - shown.length
  if (shown.length === 0) return t('inbox.nobody')
  return joined(shown) + (more > 0 ? t('common.others', { n: more }) : '')
}

export function nextSentence(forecast: Forecast, slot: MySlot, definition: NodeDefinition | undefined): string {
  const next = nextOf(forecast, slot, definition)
  const waits = next.waits.length > 0 ? t('inbox.consequence.waitsHere', { who: whom(next.waits) }) : ''
  const [first, ...rest] = next.steps
  if (!first) return waits + t('inbox.consequence.last')
  const values = { step: first.name, who: whom(first.holders) }
  if (rest.length === 0) return waits + t('inbox.consequence.nextStep', values)
  // Units that run side by side have steps of the same name.
  const names = [...new Set(rest.map((step) => step.name))].filter((name) => name !== first.name)
  if (names.length === 0) return waits + t('inbox.consequence.nextStep', values)
  return waits + t('inbox.consequence.nextSteps', { ...values, rest: joined(names) })
}

export function consequence(
  act: Act | 'read',
  revision: number,
  forecast: Forecast | undefined,
  slot: MySlot | undefined,
  definition: NodeDefinition | undefined,
): string {
  switch (act) {
    case 'approve': {
      const next = forecast && slot ? nextSentence(forecast, slot, definition) : t('inbox.consequence.refused')
      return t('inbox.consequence.approve', { revision, next })
    }
    case 'reject':
      return t(`inbox.consequence.reject.${definition?.dissent ?? 'veto'}`)
    default:
      return t(`inbox.consequence.${act}`)
  }
}
