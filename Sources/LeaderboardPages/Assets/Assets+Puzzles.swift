import Gym

extension Assets {
  static let puzzles = """
    .tools { display: flex; flex-wrap: wrap; gap: .6rem; align-items: end; margin: 0 0 1rem; }
    .tools label { display: block; color: var(--soft); font-size: .8125rem; }
    .tools input[type=number] { width: 7rem; }
    .tools select { max-width: min(100%, 22rem); width: 100%; }
    .tools > div { min-width: 0; }
    div:has(> #puzzle-matches:empty) { display: none; }
    #puzzle-matches { display: flex; align-items: center; min-height: 2.75rem; }
    .stage { display: grid; gap: 1.5rem; grid-template-columns: minmax(0, 1fr);
      background: var(--raised); border-radius: .75rem; padding: 1.25rem; }
    @media (min-width: 44rem) { .stage { grid-template-columns: 1fr 1fr; } }
    #shown { margin: 0 0 1.25rem; } #shown h2 { font-size: 1.05rem; }
    .pairs-shown { list-style: none; margin: 0; padding: 0; display: grid; gap: 1rem;
      grid-template-columns: repeat(auto-fill, minmax(min(100%, 15rem), 1fr)); }
    .pairs-shown li { display: flex; gap: .5rem; align-items: center; background: var(--raised);
      border-radius: .5rem; padding: .75rem; }
    .pairs-shown svg { flex: 1 1 0; min-width: 0; max-height: 12rem; }
    .stage section { margin: 0; }
    .stage h2 { font-size: 1.05rem; overflow-wrap: anywhere; }
    .stage .board { max-width: 26rem; }
    .board svg, .card svg { display: block; width: 100%; height: auto; }
    .player { display: flex; flex-wrap: wrap; gap: .4rem; align-items: center;
      margin-top: .75rem; max-width: 26rem; }
    .player input[type=range] { flex: 1 1 6rem; min-width: 0; accent-color: var(--accent);
      min-height: 2.75rem; }
    .status { margin: .5rem 0 0; min-height: 3em; color: var(--soft); overflow-wrap: anywhere; }
    #puzzle-facts { min-height: 0; margin-bottom: 1rem; }
    .status:has(+ .hint:not([hidden])) { min-height: 0; }
    .gallery { list-style: none; margin: 1rem 0; padding: 0; display: grid; gap: 1rem;
      grid-template-columns: repeat(auto-fill, minmax(min(46%, 11rem), 1fr)); }
    .card { display: flex; flex-direction: column; width: 100%; height: 100%;
      text-align: left; padding: .75rem; background: var(--paper); vertical-align: top; }
    .card[aria-pressed=true] { border-color: var(--accent);
      box-shadow: inset 0 0 0 2px var(--accent); }
    .card .who { display: block; font-weight: 600; line-height: 1.25; overflow-wrap: anywhere; }
    .card .what { display: block; font-size: .875rem; margin-bottom: .5rem; }
    .card .frame { display: block; width: 100%; margin-top: auto; }
    .solved { color: var(--good); } .failed { color: var(--wrong); }
    .symbols { display: flex; flex-wrap: wrap; gap: .4rem 1.5rem; margin: 1rem 0; }
    .symbols div { display: flex; gap: .5rem; } .symbols dt { font-weight: 700; }
    .hint { color: var(--soft); font-size: .875rem; max-width: 44rem; }
    kbd { border: 1px solid var(--line); border-radius: .25rem; padding: 0 .3rem;
      font: inherit; font-size: .8125rem; background: var(--raised); }
    pre { overflow-x: auto; margin: 0; line-height: 1.3; }
    .drawing rect, .drawing .sheet { fill: var(--paper); }
    .drawing text { font: 20px system-ui, "Liberation Sans", sans-serif; text-anchor: middle;
      dominant-baseline: central; fill: var(--ink); }
    .drawing .given { font-weight: 700; }
    .drawing text.answer { fill: var(--accent); }
    .drawing text.blank { fill: var(--soft); }
    .drawing rect.wrong { fill: var(--wrong-soft); }
    .drawing text.wrong { fill: var(--wrong); font-weight: 700; }
    .drawing .cross { stroke: var(--wrong); stroke-width: 2; }
    .drawing rect.changed { fill: var(--change-soft); }
    .drawing text.changed { fill: var(--change); font-weight: 700; }
    .drawing rect.wall { fill: var(--wall); } .drawing rect.path { fill: var(--path); }
    .drawing rect.start { fill: var(--start); } .drawing rect.goal { fill: var(--goal); }
    .drawing text.path, .drawing text.start, .drawing text.goal { fill: #16191d; }
    \(Drawing.Role.colorRules(prefix: ".drawing "))
    .drawing .thin, .drawing .heavy, .drawing .edge { fill: none; stroke: var(--soft); }
    .drawing .thin { stroke-width: .6; opacity: .7; }
    .drawing .heavy, .drawing .edge { stroke-width: 2; }

    """

  /// The contents of the puzzle browser's page; the script fills it.
  static let browser = """
    <h1 id="puzzle-title">Puzzles</h1>
    <noscript><p class="note">The puzzle browser draws with JavaScript, which is switched off
    here. The ranking and all charts work without.</p></noscript>
    <div id="browser" hidden>
    <form class="tools" id="choose">
    <div><button type="button" id="puzzle-back" aria-label="Puzzle before">←</button></div>
    <div><label for="puzzle-number">Puzzle</label><input type="number" id="puzzle-number" min="1"
    value="1" inputmode="numeric"></div>
    <div><button type="button" id="puzzle-on" aria-label="Next puzzle">→</button></div>
    <div><label for="puzzle-filter">Step through</label><select id="puzzle-filter">
    <option value="all">all puzzles</option>
    <option value="split">those that agents disagree on</option>
    <option value="none">those that nobody solved</option>
    <option value="every">those that everybody solved</option></select></div>
    <div><output id="puzzle-matches" class="dim" role="status"></output></div>
    </form>
    <p class="status" id="puzzle-facts" role="status"></p>
    <section id="shown" aria-labelledby="shown-title" hidden><h2 id="shown-title">Demonstrations</h2>
    <ul class="pairs-shown" id="demonstrations"></ul></section>
    <div class="stage">
    <section aria-labelledby="asked-title"><h2 id="asked-title">Question</h2>
    <div class="board" id="asked"></div>
    <p class="player"><button type="button" id="reveal" aria-pressed="false">Show the right answer
    </button></p></section>
    <section aria-labelledby="given-title"><h2 id="given-title">Answer</h2>
    <div class="board" id="given"></div>
    <div class="player" id="player" role="group" aria-label="Steps of the answer" hidden>
    <button type="button" id="step-first" aria-label="First step">|◀</button>
    <button type="button" id="step-back" aria-label="Step before">◀</button>
    <button type="button" id="step-play" aria-pressed="false">Play</button>
    <button type="button" id="step-on" aria-label="Next step">▶</button>
    <input type="range" id="step-range" min="1" value="1" aria-label="Step">
    </div>
    <p class="status" id="given-status" role="status"></p>
    <p class="hint" id="steps-note" hidden></p></section>
    </div>
    <details><summary>The same as text</summary><pre id="as-text" tabindex="0"></pre></details>
    <h2 id="all-title">All answers</h2>
    <ul class="gallery" id="gallery" aria-labelledby="all-title"></ul>
    <p><button type="button" id="more" hidden>Show more</button></p>
    <p class="hint">Keys: <kbd>←</kbd> <kbd>→</kbd> steps of the answer, <kbd>Space</kbd> plays
    them (on their buttons), <kbd>j</kbd> <kbd>k</kbd> next puzzle and the one before. Wrong cells
    are crossed; changed cells are green.</p>
    </div>
    """
}
