// The little that the page does: n and p lead from comment to comment, and a link opens the file that it leads to. Without it everything is shown.

/** Runs in the browser. */
export const script = `
const comments = [...document.querySelectorAll('.file .comment')]
const jump = document.querySelector('.jump')
const status = jump.querySelector('[role=status]')
let current = -1
const step = (by) => {
  if (comments.length === 0) return
  current = (current + by + comments.length) % comments.length
  const comment = comments[current]
  comment.closest('details.file').open = true
  comment.scrollIntoView({ block: 'center' })
  comment.focus({ preventScroll: true })
  status.textContent = (current + 1) + ' of ' + comments.length
}
if (comments.length > 0) {
  jump.hidden = false
  status.textContent = comments.length + (comments.length === 1 ? ' comment' : ' comments')
  for (const button of jump.querySelectorAll('button')) button.addEventListener('click', () => step(Number(button.dataset.step)))
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'n') step(1)
    if (event.key === 'p') step(current < 0 ? 0 : -1)
  })
}
const open = () => {
  const target = location.hash === '' ? null : document.getElementById(location.hash.slice(1))
  if (target && target.matches('details')) target.open = true
}
addEventListener('hashchange', open)
open()
`
