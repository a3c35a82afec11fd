/** How a page looks, by day and by night, on a telephone and on paper. Text keeps a contrast of 4.5 to 1 or more. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --text: #17202b; --soft: #4a5868; --page: #f6f8fa; --sheet: #fff; --rule: #d9e0e8; --line: #1f6fb5; --gain: #0b6e4f; --loss: #b3261e }
@media (prefers-color-scheme: dark) {
  :root { --text: #e6ebf1; --soft: #a5b1bf; --page: #0f1319; --sheet: #171d26; --rule: #2c3643; --line: #6db3f2; --gain: #5fd0a5; --loss: #ff8a80 }
}
* { box-sizing: border-box }
body { font: 16px/1.55 system-ui, sans-serif; color: var(--text); background: var(--page); margin: 0 auto; max-width: 68rem; padding: 2rem 1rem 4rem }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .25rem } h2 { font-size: 1.15rem; margin: 2.5rem 0 .75rem }
p { margin: .25rem 0; max-width: 46rem } .soft { color: var(--soft) } .verdict { font-size: 1.15rem; margin: 1rem 0 1.5rem }
.cards { display: grid; gap: .75rem; grid-template-columns: repeat(auto-fit, minmax(10.5rem, 1fr)); margin: 0 }
.cards div, figure, .sheet { background: var(--sheet); border: 1px solid var(--rule); border-radius: .6rem }
.cards div { padding: .8rem 1rem } dt { color: var(--soft); font-size: .85rem } dd { margin: 0 }
dd strong { display: block; font-size: 1.5rem; font-variant-numeric: tabular-nums; line-height: 1.3 } dd span { color: var(--soft); font-size: .85rem }
.charts { display: grid; gap: .75rem; grid-template-columns: repeat(auto-fit, minmax(min(22rem, 100%), 1fr)) }
figure { margin: 0; padding: .8rem 1rem } figcaption { font-weight: 600 } svg { display: block; width: 100%; height: auto }
.sheet { overflow-x: auto } table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums }
th, td { padding: .4rem .9rem; text-align: right; white-space: nowrap } tr + tr > *, tbody tr > * { border-top: 1px solid var(--rule) }
thead th { color: var(--soft); font-size: .85rem; font-weight: 600 } th:first-child { text-align: left } tbody th { font-weight: 400 }
.words td, .words th { white-space: normal }
.gain { color: var(--gain) } .loss { color: var(--loss) }
.line { fill: none; stroke: var(--line); stroke-width: 2; stroke-linejoin: round } .area { fill: var(--line); opacity: .12 }
.grid { stroke: var(--rule) } .zero { stroke: var(--soft) } .guide { stroke: var(--soft); stroke-dasharray: 5 4 } .range { stroke: var(--soft); stroke-width: 1.5 }
.dot { fill: var(--line) } .bar { fill: var(--gain) } rect.loss { fill: var(--loss) } .tick { fill: var(--soft); font-size: 12px }
@media print { body { background: none; padding: 0 } figure, .sheet, .cards div { break-inside: avoid } }`;
