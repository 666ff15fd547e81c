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
    .agent { overflow-wrap: anywhere; min-width: 13rem; max-width: 22rem; line-height: 1.3; }
    .agent small { display: block; font-weight: 400; color: var(--soft); }
    .ranking tbody { border-bottom: 1px solid var(--line); }
    .ranking tbody tr:hover > :not(.rank) { background: var(--raised); }
    .rank { width: 4rem; vertical-align: top; padding-top: .65rem; }
    .rank b { font-size: 1.25rem; line-height: 1; }
    .rank small { display: block; color: var(--soft); font-weight: 400; white-space: nowrap; }
    .rank[rowspan]:not([rowspan="1"]) { border-left: 4px solid var(--accent);
      padding-left: .5rem; }
    .ranking tbody:first-of-type .rank b { color: var(--accent); }
    .interval { width: 26%; min-width: 7rem; position: relative; }
    .ends { display: flex; justify-content: space-between; font-weight: 400; }
    .bar { display: block; overflow: visible; }
    .bar line { stroke: var(--accent); stroke-width: 4; stroke-linecap: round; opacity: .45; }
    .bar line.track { stroke: var(--line); stroke-width: 1; opacity: 1; }
    .bar line.mean { stroke: var(--ink); stroke-width: 2; opacity: 1; }
    .bar circle { fill: var(--accent); }
    .dots circle { opacity: .75; }
    .tag { font-size: .75rem; font-weight: 600; border: 1px solid var(--line); white-space: nowrap;
      border-radius: 1rem; padding: .1rem .5rem; color: var(--soft); }
    .tag.measured { border-color: currentColor; color: var(--good); }
    .tag.claimed { border-style: dashed; border-color: currentColor; }
    .tag.rules { color: var(--bad); border-color: currentColor; }
    .agent .brief { display: none; }
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
    .pairs tbody tr { border-bottom: 1px solid var(--line); }

    """

  static let charts = """
    figure { margin: 0; }
    .chart { display: block; width: 100%; height: auto; overflow: visible; }
    .chart.narrow { display: none; }
    .chart.wide { max-width: 60rem; }
    .legend { display: none; list-style: none; padding: 0; margin: .75rem 0 0; gap: .3rem 1.25rem;
      flex-wrap: wrap; font-size: .925rem; }
    .legend li { display: flex; align-items: center; gap: .5rem; overflow-wrap: anywhere; }
    .legend svg { flex: none; }
    @media (max-width: 44rem) {
      .chart.wide { display: none; } .chart.narrow { display: block; } .legend { display: flex; }
    }
    .chart text { font-size: 13px; fill: var(--ink); unicode-bidi: isolate; }
    .chart .tick, .chart .name { fill: var(--soft); font-size: 12px; }
    .mid { text-anchor: middle; } .end { text-anchor: end; }
    .chart .label { paint-order: stroke; stroke: var(--paper); stroke-width: 4px;
      stroke-linejoin: round; }
    .chart .label.strong { font-weight: 700; }
    .grid { stroke: var(--line); stroke-width: 1; fill: none; }
    .axis { stroke: var(--soft); stroke-width: 1; fill: none; }
    .series > path { fill: none; stroke: currentColor; stroke-width: 2.25; stroke-linejoin: round; }
    .series .whisker { stroke-width: 1.25; opacity: .7; }
    .series .leader { stroke-width: 1; opacity: .45; }
    .series .mark, .series > .mark { fill: currentColor; stroke: var(--paper); stroke-width: 1.25; }
    .s0 { color: var(--s0); } .s1 { color: var(--s1); } .s2 { color: var(--s2); }
    .s3 { color: var(--s3); } .s4 { color: var(--s4); } .s5 { color: var(--s5); }
    .s6 { color: var(--s6); } .s7 { color: var(--s7); }
    .s1 > path:first-child { stroke-dasharray: 8 4; }
    .s2 > path:first-child { stroke-dasharray: 2.5 3.5; }
    .s4 > path:first-child { stroke-dasharray: 10 3 2 3; }
    .s5 > path:first-child { stroke-dasharray: 5 5; }
    .dot { fill: var(--soft); opacity: .75; }
    .dot.front { fill: var(--accent); opacity: 1; }
    .dot.claimed { fill: var(--paper); stroke: var(--soft); stroke-width: 2.25; }
    .dot.front.claimed { stroke: var(--accent); }
    .stairs { fill: none; stroke: var(--accent); stroke-width: 1.75; opacity: .6; }
    .tabs { display: flex; flex-wrap: wrap; }
    .tab { position: absolute; opacity: 0; }
    .tab + label { padding: .55rem 1rem; border: 1px solid var(--line); cursor: pointer;
      margin-right: -1px; }
    .tab:first-child + label { border-radius: .4rem 0 0 .4rem; }
    .tab:checked + label { background: var(--accent-soft); color: var(--accent); font-weight: 600;
      border-color: var(--accent); position: relative; }
    .tab:focus-visible + label { outline: 3px solid var(--focus); outline-offset: 2px; z-index: 1; }
    .panel { display: none; width: 100%; margin-top: 1.25rem; }
    .t0:checked ~ .p0, .t1:checked ~ .p1, .t2:checked ~ .p2 { display: block; }

    """
}
