import Gym

extension Assets {
  /// The style sheet, in its parts.
  static let style = PageDress.palette + layout + tables + charts + puzzles

  private static let layout = """
    * { box-sizing: border-box; }
    [hidden] { display: none !important; }
    html { scroll-padding-top: 3.5rem; }
    body { margin: 0; background: var(--paper); color: var(--ink); line-height: 1.5;
      font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif; }
    main { max-width: 70rem; margin: 0 auto; padding: 1.5rem 1.25rem 4rem; }
    nav { position: sticky; top: 0; z-index: 2; background: var(--paper);
      border-bottom: 1px solid var(--line); }
    nav > div { max-width: 70rem; margin: 0 auto; padding: 0 .5rem; display: flex;
      overflow-x: auto; }
    nav a { padding: .7rem .75rem; color: var(--soft); text-decoration: none; white-space: nowrap;
      font-size: .925rem; }
    nav a:hover { color: var(--ink); text-decoration: underline; text-underline-offset: .3em; }
    footer { border-top: 1px solid var(--line); color: var(--soft); font-size: .875rem; }
    footer p { max-width: 70rem; margin: 0 auto; padding: 1.25rem; overflow-wrap: anywhere; }
    a { color: var(--accent); }
    h1 { font-size: clamp(1.6rem, 1.2rem + 1.6vw, 2.3rem); line-height: 1.15; margin: 0 0 1rem;
      letter-spacing: -.015em; overflow-wrap: anywhere; }
    h2 { font-size: 1.4rem; margin: 0 0 .5rem; letter-spacing: -.01em; }
    h3 { font-size: 1.05rem; margin: 2rem 0 .5rem; }
    section { margin-top: 3.5rem; }
    section > p, .intro { max-width: 44rem; color: var(--soft); margin: 0 0 1.25rem; }
    small { font-size: .8125rem; }
    .dim { color: var(--soft); }
    .eyebrow { color: var(--soft); font-size: .925rem; margin: 0 0 .35rem;
      overflow-wrap: anywhere; }
    .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden;
      clip-path: inset(50%); white-space: nowrap; }
    .skip { position: absolute; left: -99rem; top: 0; z-index: 3; padding: .6rem 1rem;
      background: var(--accent); color: var(--paper); }
    .skip:focus { left: 0; }
    :focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; border-radius: 2px; }
    .button, button, select, input[type=number], input[type=search] { font: inherit; color: var(--ink);
      background: var(--raised); border: 1px solid var(--line); border-radius: .4rem;
      padding: .45rem .8rem; min-height: 2.75rem; }
    .button { display: inline-flex; align-items: center; text-decoration: none;
      color: var(--accent); font-weight: 600; }
    button { cursor: pointer; min-width: 2.75rem; }
    button:hover, .button:hover { border-color: var(--accent); }
    button:disabled { color: var(--soft); cursor: default; border-color: var(--line); opacity: .6; }
    .note { background: var(--raised); border-left: 4px solid var(--accent);
      padding: .75rem 1rem; }
    .rules { font-size: 1.125rem; max-width: 44rem; margin: -.4rem 0 1.25rem; }
    .opening { display: grid; gap: 1.5rem; grid-template-columns: minmax(0, 1fr); }
    .opening > * { min-width: 0; }
    .winner { background: var(--raised); border-radius: .75rem; padding: 1.5rem; }
    .role { color: var(--soft); margin: 0 0 .2rem; font-size: .925rem; }
    .verdict { font-size: clamp(1.25rem, 1rem + 1.2vw, 1.75rem); font-weight: 700;
      line-height: 1.2; margin: 0 0 .5rem; overflow-wrap: anywhere; }
    .verdict a { color: inherit; text-underline-offset: .15em; }
    .sure, .against, .caveat { margin: .9rem 0 0; color: var(--soft); max-width: 44rem; }
    .caveat { color: var(--ink); border-left: 3px solid var(--bad); padding-left: .75rem; }
    .amount { margin: 0 0 1rem; display: flex; align-items: center; gap: 1rem; flex-wrap: wrap; }
    .big { font-size: clamp(2.6rem, 2rem + 3vw, 4rem); font-weight: 700; line-height: 1;
      color: var(--accent); letter-spacing: -.03em; font-variant-numeric: tabular-nums;
      white-space: nowrap; }
    .unit { color: var(--soft); font-size: .925rem; line-height: 1.35; }
    .sample { align-self: center; justify-self: center; width: min(100%, 19rem); }
    .sample svg { display: block; width: 100%; height: auto; max-height: 19rem; }
    .sample figcaption { color: var(--soft); font-size: .875rem; margin-top: .5rem;
      text-align: center; }
    .about { display: grid; gap: 1rem 2.5rem; grid-template-columns: minmax(0, 1fr);
      margin-top: 1.5rem; }
    dl { margin: 0; }
    dt { color: var(--soft); font-size: .8125rem; }
    dd { margin: 0; font-weight: 600; font-variant-numeric: tabular-nums; }
    .costs, .facts { display: flex; flex-wrap: wrap; gap: .75rem 2rem; }
    .facts { align-content: start; } .facts div { min-width: 0; overflow-wrap: anywhere; }
    .settings { display: grid; gap: .5rem 1.5rem; margin-top: .75rem;
      grid-template-columns: repeat(auto-fill, minmax(min(100%, 13rem), 1fr)); }
    .settings dd { overflow-wrap: anywhere; }
    .command { white-space: pre-wrap; overflow-wrap: anywhere; background: var(--raised);
      padding: 1rem; border-radius: .4rem; }
    code { overflow-wrap: anywhere; }
    .check { display: flex; align-items: center; gap: .45rem; min-height: 2.75rem; }
    .tools label.check { display: flex; color: var(--ink); font-size: 1rem; }
    .check input { width: 1.15rem; height: 1.15rem; accent-color: var(--accent); margin: 0; }
    .cards { list-style: none; padding: 0; display: grid; gap: 1rem;
      grid-template-columns: repeat(auto-fill, minmax(min(100%, 26rem), 1fr)); }
    .cards .picture { width: 7rem; flex: none; }
    .cards .picture svg { display: block; width: 100%; height: auto; max-height: 9rem; }
    .cards li { display: flex; gap: 1.25rem; align-items: flex-start; }
    .cards li > div:last-child { min-width: 0; }
    .cards li { background: var(--raised); border-radius: .6rem; padding: 1.25rem;
      overflow-wrap: anywhere; }
    .cards h3 { font-size: 1.1rem; margin: 0; } .cards p { margin: .25rem 0; }
    @media (min-width: 48rem) {
      .opening { grid-template-columns: minmax(0, 3fr) minmax(0, 17rem); }
      .about { grid-template-columns: minmax(0, 3fr) minmax(0, 29rem); }
    }
    @media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }

    """
}
