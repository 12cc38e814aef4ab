// Errors in the words of the catalogue.
import { DubanError } from '@duban/client'

import { has, t } from '../i18n'

export interface FailureWords {
  words: string
  /** To be read out to whoever helps. */
  code: string
  /** Trying the same again may help. */
  again: boolean
}

export function failureWords(error: unknown): FailureWords {
  if (!(error instanceof DubanError)) {
    return { words: t('error.internal'), code: String(error), again: true }
  }
  const { kind, rule, field, code, retry } = error.detail
  const again = retry === 'same' || retry === 'after_ms' || kind === 'connection'
  const shown = code === undefined ? '' : String(code)
  if (kind === 'rule_violation' && rule !== undefined) {
    const known = has(`rule.${rule}`)
    return { words: known ? t(`rule.${rule}`) : t('error.rule_violation', { rule: error.message }), code: shown, again }
  }
  if (kind === 'invalid_params') return { words: t('error.invalid_params', { field: `${field ?? ''} ${error.message}` }), code: shown, again }
  return { words: has(`error.${kind}`) ? t(`error.${kind}`) : t('error.other', { kind }), code: shown, again }
}
