extension Assets {
  static let tables = """
    .scroll { position: relative; overflow-x: auto; max-width: 100%; }
    .scroll + p { margin-top: 1rem; }
    table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
    caption { text-align: left; color: var(--soft); font-size: .875rem; padding-bottom: .6rem; }
    th, td { text-align: left; padding: .55rem .6rem; vertical-align: middle; }
    thead th { color: var(--soft); font-size: .8125rem; font-weight: 600; vertical-align: bottom;
      border-bottom: 1px solid var(--line); line-height: 1.25; }
    thead small { font-weight: 400; }
    tbody th { font-weight: 600; }
    .number { text-align: right; white-space: nowrap; }
    .share { font-weight: 700; }
    .agent { overflow-wrap: anywhere; min-width: 11rem; max-width: 22rem; line-height: 1.3; }
    .agent a { color: inherit; text-underline-offset: .15em; }
    .agent small { display: block; font-weight: 400; color: var(--soft); }
    .ranking tbody { border-bottom: 1px solid var(--line); }
    .ranking tbody tr.first > *, .ranking.sorted tbody tr > * { border-top: 1px solid var(--line); }
    .ranking tbody tr:hover > *, .ranking tr:target > * { background: var(--raised); }
    .ranking tr:target > :first-child { box-shadow: inset 4px 0 var(--accent); }
    .rank { width: 3.6rem; }
    .rank b { font-size: 1.15rem; line-height: 1; }
    .rank small { display: block; color: var(--soft); white-space: nowrap; }
    .reference > .rank b, .reference .share, .reference .agent > a { font-weight: 400; }
    .date { white-space: nowrap; font-size: .875rem; color: var(--soft); }
    .sort { font: inherit; color: inherit; background: none; border: 0; padding: .2rem 0;
      min-height: 1.5rem; min-width: 1.5rem; text-align: inherit; line-height: inherit; }
    .sort::after { content: " ↕"; opacity: .45; }
    .sort:hover { color: var(--ink); text-decoration: underline; text-underline-offset: .2em; }
    [aria-sort=ascending] .sort::after { content: " ↑"; opacity: 1; }
    [aria-sort=descending] .sort::after { content: " ↓"; opacity: 1; }
    .agent a.anchor { color: var(--soft); font-weight: 400; text-decoration: none; padding: 0 .25rem; }
    .interval { width: 24%; min-width: 8rem; position: relative; }
    .ends { display: flex; justify-content: space-between; font-weight: 400; }
    .bar { display: block; overflow: visible; }
    .bar line { stroke: currentColor; stroke-width: 4; stroke-linecap: round; opacity: .45; }
    .bar line.track { stroke: var(--line); stroke-width: 1; opacity: 1; }
    .bar line.mean { stroke: var(--ink); stroke-width: 2; opacity: 1; }
    .bar line.reference { stroke: var(--soft); stroke-width: 1.25; opacity: .7;
      stroke-linecap: butt; }
    .bar circle { fill: currentColor; }
    .dots circle { opacity: .75; }
    .tag { font-size: .75rem; font-weight: 600; border: 1px solid var(--line); white-space: nowrap;
      border-radius: 1rem; padding: .1rem .5rem; color: var(--soft); }
    .tag.measured { border-color: currentColor; color: var(--good); }
    .tag.claimed { border-style: dashed; border-color: currentColor; }
    .tag.rules { color: var(--bad); border-color: currentColor; }
    .agent .brief { display: none; }
    @media (max-width: 70rem) { .extra { display: none; } }
    @media (max-width: 44rem) {
      .more { display: none; }
      .agent .brief { display: block; }
      th, td { padding: .5rem .35rem; }
      .rank { width: 2.6rem; }
      .agent { min-width: 6.5rem; }
      .interval { width: 26%; min-width: 5rem; }
      .seeds .agent { min-width: 7.5rem; } .seeds .interval { min-width: 3.5rem; }
    }
    .heat td { min-width: 5rem; }
    .heat .h0, .heat .h1 { background: var(--paper); }
    .heat .h2, .heat .h3 { background: color-mix(in srgb, var(--accent) 8%, var(--paper)); }
    .heat .h4, .heat .h5 { background: color-mix(in srgb, var(--accent) 16%, var(--paper)); }
    .heat .h6, .heat .h7 { background: color-mix(in srgb, var(--accent) 24%, var(--paper)); }
    .heat .h8, .heat .h9 { background: color-mix(in srgb, var(--accent) 33%, var(--paper)); }
    .heat .h10 { background: color-mix(in srgb, var(--accent) 42%, var(--paper)); }
    details { margin-top: 1rem; }
    summary { cursor: pointer; color: var(--accent); font-weight: 600; padding: .5rem 0; }
    .matrix { width: auto; border-spacing: 2px; border-collapse: separate; }
    .matrix .agent { position: sticky; left: 0; background: var(--paper); z-index: 1;
      min-width: 11rem; max-width: 14rem; }
    @media (max-width: 44rem) { .matrix .agent { min-width: 9rem; } }
    .matrix thead th { text-align: center; border: 0; }
    .matrix abbr { text-decoration: none; }
    .matrix td { text-align: center; white-space: nowrap; min-width: 5.5rem; padding: .35rem .5rem;
      border-radius: .25rem; line-height: 1.25; }
    .matrix td small { display: block; color: var(--soft); font-size: .75rem; }
    .better { background: var(--good-soft); color: var(--good); font-weight: 600; }
    .worse { background: var(--bad-soft); color: var(--bad); font-weight: 600; }
    .even { background: var(--raised); color: var(--soft); }
    .key { display: inline-block; padding: .05rem .5rem; border-radius: .25rem; margin: .15rem 0; }
    .pairs td { white-space: nowrap; }
    .pairs td:not(:last-child) { text-align: right; }
    .pairs thead th:nth-child(n+2):nth-child(-n+4) { text-align: right; }
    .pairs tbody tr, .newest tbody tr, .words tbody tr { border-bottom: 1px solid var(--line); }
    .keys { margin: 0 0 .75rem; display: flex; flex-wrap: wrap; gap: .4rem; font-size: .875rem; }
    .narrow:not(svg) { width: auto; }
    .words code { overflow-wrap: anywhere; }
    .words th { width: 36%; vertical-align: top; }
    .overall { width: auto; min-width: min(100%, 40rem); }
    .overall td { text-align: center; line-height: 1.25; min-width: 7.5rem; }
    .overall td a { color: inherit; text-decoration: none; }
    .overall td a:hover { text-decoration: underline; }
    .overall td small { display: block; font-size: .75rem; }
    .overall thead th { text-align: center; } .overall thead th:first-child { text-align: left; }
    .overall tbody tr { border-top: 1px solid var(--line); }
    .overall .agent { position: sticky; left: 0; background: var(--paper); z-index: 1; }
    .overall .tag { white-space: normal; display: inline-block; line-height: 1.2; }
    .overall .none { color: var(--soft); font-size: .875rem; }
    @media (max-width: 44rem) { .overall .agent { min-width: 7rem; max-width: 8rem; } }

    """
}
