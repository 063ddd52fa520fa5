// The little that the page does: filter, search, and count what is shown. Without it everything is shown.

/** Runs in the browser; knows no more than the `data-` attributes of the findings. */
export const script = `
const form = document.querySelector('.filters')
if (form) {
  const findings = [...document.querySelectorAll('[data-finding]')].map((element) => ({ element, text: element.dataset.text }))
  const groups = [...document.querySelectorAll('.rule')]
  const status = form.querySelector('[role=status]')
  const names = ['severity', 'state', 'rule', 'kind', 'environment']
  const matches = ({ element, text }, wanted) =>
    names.every((name) => !wanted[name] || element.dataset[name].split('\\n').includes(wanted[name])) && wanted.words.every((word) => text.includes(word))
  const apply = () => {
    const wanted = Object.fromEntries(names.map((name) => [name, form.elements[name] ? form.elements[name].value : '']))
    wanted.words = form.elements.search.value.toLowerCase().split(/\\s+/).filter(Boolean)
    let shown = 0
    for (const finding of findings) {
      const visible = matches(finding, wanted)
      finding.element.hidden = !visible
      if (visible) shown += 1
    }
    for (const group of groups) group.hidden = !group.querySelector('[data-finding]:not([hidden])')
    for (const fold of document.querySelectorAll('details.state')) {
      fold.hidden = !fold.querySelector('[data-finding]:not([hidden])')
      if (wanted.state && !fold.hidden) fold.open = true
    }
    status.textContent = shown + ' of ' + findings.length + (findings.length === 1 ? ' finding' : ' findings')
  }
  form.hidden = false
  form.addEventListener('input', apply)
  form.addEventListener('submit', (event) => event.preventDefault())
  form.addEventListener('reset', () => setTimeout(apply))
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const typing = /^(?:INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)
    if (event.key === '/' && !typing) { event.preventDefault(); form.elements.search.focus() }
    if (event.key === 'Escape' && event.target === form.elements.search) { form.elements.search.value = ''; apply() }
  })
  apply()
}
`
