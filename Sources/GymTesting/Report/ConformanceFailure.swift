/// A requirement of the gym's contracts that a plug-in violates.
public struct ConformanceFailure: Sendable, Hashable {
  /// The requirement that is violated.
  public let check: Check
  /// The plug-in, with the settings that differ from the defaults.
  public let subject: String
  /// The first finding.
  public let found: String
  /// The number of times it was found.
  public internal(set) var count = 1
}

extension ConformanceFailure: CustomStringConvertible, CustomDebugStringConvertible {
  /// The requirement, the first finding, and where to look.
  public var description: String {
    let times = count > 1 ? " (and \(count - 1) more times)" : ""
    // An error that was found ends with a full stop of its own.
    let found = found.hasSuffix(".") ? String(found.dropLast()) : found
    return "\(subject) fails \(check.rawValue): \(found)\(times).\n    \(check.advice)"
  }

  public var debugDescription: String { description }
}

extension ConformanceFailure.Check {
  /// The place that the author should look at.
  public var advice: String {
    switch self {
    case .summary: "Look at `summary`: one short line, no line breaks."
    case .settings:
      "Look at `settings`: lower-case words joined by hyphens, and the value keeps what it got."
    case .construction: "Look at `init(settings:)`: defaults and listed values must be possible."
    case .vocabulary:
      "Look at `vocabulary`: distinct characters, none a line break, padding first."
    case .legend:
      "Look at `rules` and `legend`: a stranger, or a language model, is to understand them."
    case .generation: "Look at `generate`: a request without wishes can always be met."
    case .determinism:
      "Look at `generate`: all chance from `random`; no clock, no global generator, and no order "
        + "of a Set or Dictionary."
    case .independence: "Look at `generate`: every choice should depend on `random`."
    case .shape: "Look at `generate` and `grid`: question and answer have `grid.cells` tokens."
    case .tokens: "Look at `generate` and `vocabulary`: every token is below `vocabulary.count`."
    case .padding:
      "Look at `generate`: token 0 is padding, so neither question nor answer holds only that."
    case .acceptance: "Look at `verify` and `generate`: they disagree about the rules."
    case .rejection: "Look at `verify`: it accepts what is not an answer."
    case .rules:
      "Look at `verify`: it forgets a rule, or looks at only some of the cells; or at "
        + "`allowsSeveralAnswers` and `solve`, where the answer is right after all."
    case .clues:
      "Look at `clueTokens`: the token of a cell to fill in, and the tokens of an answer that a "
        + "question may hold; nil if a clue more can make a question wrong."
    case .unaskedCells:
      "Look at `verify` and `askedCells`: agents are not trained in cells that are not asked and "
        + "write anything there."
    case .findings:
      "Look at `verify`: every verdict carries the same findings in the same order, and wrong "
        + "cells lie in the grid."
    case .solver:
      "Look at `solve`: it disagrees with `verify`, with the generator or with "
        + "`allowsSeveralAnswers`."
    case .ratings: "Look at `rating(of:)` and the rating that `generate` states."
    case .levels: "Look at `levels` and at what `generate` does with `request.rating`."
    case .symmetries:
      "Look at `symmetries` and `randomSymmetry`: sizes fit, identity first, each element once."
    case .inverse: "Look at `transform`: it must be undone by the inverse symmetry."
    case .composition: "Look at `transform`: s, then t, must be `s.then(t)`."
    case .invariance:
      "Look at `randomSymmetry`: it changes the puzzle; or `verify` and `rating` look at more "
        + "than the rules."
    case .exchangeability:
      "Look at `exchangeableTokens`: distinct, none padding or the blank, and renaming them changes "
        + "no verdict; or at `verify` and `canonicalForm`."
    case .canonicalForm:
      "Look at `canonicalForm`: equal exactly for questions that a symmetry turns into each other."
    case .augmentation:
      "Look at `forEachAugmentation`: right puzzles, at most as many as asked."
    case .trace: "Look at `trace`: the question first, an accepted answer last, each a whole grid."
    case .drawing: "Look at `draw`: one character per cell, and whatever tokens it is given."
    case .loading: "Look at `readPuzzles`, `formats` and `vocabulary`."
    case .damagedFiles:
      "Look at `readPuzzles`: check counts and tokens, and throw a `GymError` with the line."
    case .prediction:
      "Look at `solve`: one prediction per question, one token per cell, all in the vocabulary."
    case .thoughts: "Look at `solve` with `keepsThoughts`: one per segment, the last is the answer."
    case .batching: "Look at `solve`: rows of a batch are mixed, or state is kept between calls."
    case .renaming:
      "Look at `commutesWithRenaming`, or at `solve`: some weight tells the context's exchangeable "
        + "tokens apart."
    case .repeatability: "Look at where chance comes from: the context's seed alone."
    case .purity: "Look at `solve`: it uses up random numbers or changes carried states."
    case .learning: "Look at `learn` and `steps`: one step a call, and a finite loss."
    case .restoring:
      "Look at `save`, `export` and `restore`: weights, optimizer moments, random counters, "
        + "carried states."
    case .damagedState: "Look at `restore`: check names, shapes and sizes before use."
    }
  }
}
