/** "12350.5" as "12,350.5"; what is no decimal stays as it is. */
export function decimalText(text: string): string {
  const match = /^(-?)(\d+)(\.\d+)?$/.exec(text)
  if (!match) return text
  const [, sign = '', whole = '', rest = ''] = match
  return sign + whole.replace(/\B(?=(\d{3})+$)/g, ',') + rest
}

export interface Target {
  op: string
  target: string[]
  unit: string
}

/** What an indicator asks for, as the issued list writes it: "≥16学时", "2–3名"; undefined where it is a word. */
export function targetFigure(indicator: Target): string | undefined {
  const [first, second] = indicator.target.map(decimalText)
  if (first === undefined) return undefined
  switch (indicator.op) {
    case 'ge':
      return `≥${first}${indicator.unit}`
    case 'le':
      return `≤${first}${indicator.unit}`
    case 'eq':
      return `${first}${indicator.unit}`
    case 'between':
      return `${first}–${second ?? ''}${indicator.unit}`
    default:
      return undefined
  }
}
