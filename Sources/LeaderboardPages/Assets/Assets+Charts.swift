extension Assets {
  /// Figures, tabs, and the rules of what is drawn.
  static let charts = chartLayout + drawnCharts

  private static let chartLayout = """
    figure { margin: 0; }
    .chart { display: block; width: 100%; height: auto; overflow: visible; }
    .chart.narrow { display: none; }
    .chart.wide { max-width: 60rem; }
    .legend { display: none; list-style: none; padding: 0; margin: .75rem 0 0; gap: .3rem 1.25rem;
      flex-wrap: wrap; font-size: .925rem; }
    .legend li { display: flex; align-items: center; gap: .5rem; overflow-wrap: anywhere;
      min-width: 0; }
    .legend bdi { min-width: 0; }
    .legend svg { flex: none; }
    .save { font-size: .8125rem; margin: .5rem 0 0; }
    .save a { color: var(--soft); }
    @media (max-width: 44rem) {
      .chart.wide { display: none; } .chart.narrow { display: block; } .legend { display: flex; }
    }
    .ratings .chart.wide { max-width: 29rem; }
    .tabs { display: flex; flex-wrap: wrap; }
    .tab { position: absolute; opacity: 0; }
    .tab + label { padding: .55rem 1rem; border: 1px solid var(--line); cursor: pointer;
      margin-right: -1px; }
    .tab:first-child + label { border-radius: .4rem 0 0 .4rem; }
    .tab:checked + label { background: var(--accent-soft); color: var(--accent); font-weight: 600;
      border-color: var(--accent); position: relative; }
    .tab:focus-visible + label { outline: 3px solid var(--focus); outline-offset: 2px; z-index: 1; }
    .panel { display: none; width: 100%; margin-top: 1.25rem; }
    .panel > p:first-child { margin: 0 0 .75rem; }
    .t0:checked ~ .p0, .t1:checked ~ .p1, .t2:checked ~ .p2, .t3:checked ~ .p3 { display: block; }
    @media (max-width: 44rem) { .tab + label { padding: .55rem .6rem; font-size: .875rem; } }
    .swatch { width: .85em; height: .85em; vertical-align: -.05em; margin-right: .35em; }

    """

  /// The rules of what is drawn, on pages and in files of their own.
  static let drawnCharts = """
    .chart text { font-size: 13px; fill: var(--ink); unicode-bidi: isolate; }
    .chart .tick, .chart .name { fill: var(--soft); font-size: 12px; }
    .mid { text-anchor: middle; } .end { text-anchor: end; }
    .chart .label { paint-order: stroke; stroke: var(--paper); stroke-width: 4px;
      stroke-linejoin: round; }
    .chart .label.strong { font-weight: 700; }
    .grid { stroke: var(--line); stroke-width: 1; fill: none; }
    .axis { stroke: var(--soft); stroke-width: 1; fill: none; }
    .column { fill: var(--soft); }
    .series > path { fill: none; stroke: currentColor; stroke-width: 2.25; stroke-linejoin: round; }
    .series .whisker { stroke-width: 1.25; opacity: .7; }
    .series .leader { stroke-width: 1; opacity: .45; }
    .series .mark, .series > .mark { fill: currentColor; stroke: var(--paper); stroke-width: 1.25; }
    .sr { color: var(--soft); }
    .s0 { color: var(--s0); } .s1 { color: var(--s1); } .s2 { color: var(--s2); }
    .s3 { color: var(--s3); } .s4 { color: var(--s4); } .s5 { color: var(--s5); }
    .s6 { color: var(--s6); } .s7 { color: var(--s7); }
    .sr > path:first-child:not(.mark) { stroke-dasharray: 2 3; stroke-width: 1.5; }
    .s1 > path:first-child:not(.mark) { stroke-dasharray: 8 4; }
    .s2 > path:first-child:not(.mark) { stroke-dasharray: 2.5 3.5; }
    .s4 > path:first-child:not(.mark) { stroke-dasharray: 10 3 2 3; }
    .s5 > path:first-child:not(.mark) { stroke-dasharray: 5 5; }
    .reference { stroke: var(--soft); stroke-width: 1.5; stroke-dasharray: 2 3; fill: none; }
    .dot { fill: currentColor; opacity: .7; }
    .dot.front { opacity: 1; }
    .dot.claimed { fill: var(--paper); stroke: currentColor; stroke-width: 2.25; }
    .stairs { fill: none; stroke: var(--soft); stroke-width: 1.75; opacity: .7; }

    """
}
