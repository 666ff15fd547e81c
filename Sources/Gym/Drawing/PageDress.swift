/// The look that all of the program's pages share: colors for light and dark, and plain text.
package enum PageDress {
  /// The colors, as custom properties. Series also differ in shape, verdicts in sign and word.
  package static let palette = """
    :root {
      color-scheme: light dark;
      --paper: #ffffff; --raised: #f5f6f8; --ink: #16191d; --soft: #565e69; --line: #d9dde3;
      --accent: #0a5bb5; --accent-soft: #e3eefb; --good: #0a5bb5; --bad: #b3420a;
      --bad-soft: #fdeadd; --good-soft: #e3eefb; --wrong: #b3261e; --wrong-soft: #fde3e1;
      --change: #0b6b3a; --change-soft: #dcf5e5; --focus: #0a5bb5;
      --s0: #0a5bb5; --s1: #b3420a; --s2: #0b7a5b; --s3: #8a3f92; --s4: #7a6200; --s5: #3d4650;
      --s6: #a3195b; --s7: #2b7f9e;
      --wall: #4a525c; --path: #f2cc60; --start: #6db3f8; --goal: #63c98a;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --paper: #101317; --raised: #191d23; --ink: #e9ecf0; --soft: #a3acb8; --line: #313841;
        --accent: #7db8ff; --accent-soft: #16304d; --good: #7db8ff; --bad: #ffa56b;
        --bad-soft: #43260f; --good-soft: #16304d; --wrong: #ffa39b; --wrong-soft: #571b17;
        --change: #7ee0a6; --change-soft: #0f3b24; --focus: #a9d0ff;
        --s0: #7db8ff; --s1: #ffa56b; --s2: #5fd3ac; --s3: #d79be0; --s4: #e0c04a; --s5: #c3cad3;
        --s6: #ff8fbe; --s7: #7fd0ea; --wall: #6a7480;
      }
    }

    """

  /// Text, headings, figures in a row, and tables that scroll by themselves.
  package static let text = """
    * { box-sizing: border-box; }
    body { margin: 0; background: var(--paper); color: var(--ink); line-height: 1.5;
      font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif; }
    main { max-width: 70rem; margin: 0 auto; padding: 1.5rem 1.25rem 4rem; }
    a { color: var(--accent); }
    h1 { font-size: clamp(1.6rem, 1.2rem + 1.6vw, 2.3rem); line-height: 1.15; margin: 0 0 1rem;
      letter-spacing: -.015em; overflow-wrap: anywhere; }
    h2 { font-size: 1.4rem; margin: 0 0 .5rem; letter-spacing: -.01em; }
    h3 { font-size: 1.05rem; margin: 2rem 0 .5rem; overflow-wrap: anywhere; }
    section { margin-top: 3.5rem; }
    section > p, .intro { max-width: 44rem; color: var(--soft); margin: 0 0 1.25rem; }
    :focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; border-radius: 2px; }
    figure { margin: 0; }

    """
}
