extension ConformanceFailure {
  /// The promises that are checked.
  public enum Check: String, Sendable, Hashable, CaseIterable {
    // Tasks and agents alike.
    /// The summary is one line.
    case summary
    /// Settings are named well, and their values survive text and JSON.
    case settings
    /// A value can be made from its settings.
    case construction

    // Tasks.
    /// Tokens and characters stand for each other.
    case vocabulary
    /// A puzzle can be made.
    case generation
    /// The same stream gives the same puzzle.
    case determinism
    /// Different streams, and different splits, give different puzzles.
    case independence
    /// Questions and answers fill the grid.
    case shape
    /// Questions and answers hold tokens of the vocabulary.
    case tokens
    /// Padding stands only where nothing is asked.
    case padding
    /// The verifier accepts the generator's answers.
    case acceptance
    /// The verifier rejects wrong answers.
    case rejection
    /// The verifier forgets no rule.
    case rules
    /// Further clues from the answer leave a question right.
    case clues
    /// What stands in cells that are not asked changes no verdict.
    case unaskedCells
    /// Verdicts report the same findings in the same order.
    case findings
    /// The solver agrees with the verifier.
    case solver
    /// Ratings are numbers, and the same wherever they are asked for.
    case ratings
    /// Levels are distinct and rise, and a wanted rating is met.
    case levels
    /// Symmetries fit the task, and a list of them is a group.
    case symmetries
    /// A symmetry's inverse undoes it.
    case inverse
    /// One symmetry and then another is what `then` says.
    case composition
    /// Verdicts and ratings do not change under symmetries.
    case invariance
    /// Equivalent questions have one canonical form, others have others.
    case canonicalForm
    /// Training variants are right puzzles.
    case augmentation
    /// A trace leads from the question to an accepted answer.
    case trace
    /// Pictures fit the grid and show the answer.
    case drawing
    /// What is written to a file is read back.
    case loading
    /// A damaged file gives a `GymError` (or a `JSONError`) or whole puzzles.
    case damagedFiles

    // Agents.
    /// Each question gets one prediction, of right size, in the vocabulary.
    case prediction
    /// Kept thoughts end with the answer.
    case thoughts
    /// A question's answer does not depend on its neighbours.
    case batching
    /// The same seed and the same batches give the same results.
    case repeatability
    /// Answering does not change what is learnt.
    case purity
    /// Steps are counted, and their loss is a number.
    case learning
    /// A restored agent goes on as if never interrupted.
    case restoring
    /// A state that does not fit gives an error.
    case damagedState
  }
}
