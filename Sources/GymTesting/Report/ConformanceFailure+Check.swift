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
    /// Tokens and characters map to each other.
    case vocabulary
    /// The rules are told, and the legend explains every token but padding, each once.
    case legend
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
    /// Padding is only where nothing is asked.
    case padding
    /// The verifier accepts the generator's answers.
    case acceptance
    /// The verifier rejects wrong answers.
    case rejection
    /// The verifier enforces every rule.
    case rules
    /// Additional clues from the answer leave a question valid.
    case clues
    /// The contents of cells that are not asked do not change the verdict.
    case unaskedCells
    /// Verdicts report the same findings in the same order.
    case findings
    /// The solver agrees with the verifier.
    case solver
    /// Ratings are numbers, and the same each time.
    case ratings
    /// Levels are distinct and in rising order, and a requested rating is met.
    case levels
    /// Symmetries fit the task, and a list of them is a group.
    case symmetries
    /// A symmetry's inverse undoes it.
    case inverse
    /// Applying one symmetry after another equals their composition by `then`.
    case composition
    /// Verdicts and ratings do not change under symmetries.
    case invariance
    /// Tokens named as exchangeable can be renamed.
    case exchangeability
    /// Equivalent questions have the same canonical form, other questions different ones.
    case canonicalForm
    /// Training variants are valid puzzles.
    case augmentation
    /// A trace leads from the question to an accepted answer.
    case trace
    /// Pictures fit the grid and show the answer.
    case drawing
    /// Puzzles written to a file are read back.
    case loading
    /// A damaged file gives a `GymError` (or a `JSONError`) or complete puzzles.
    case damagedFiles

    // Agents.
    /// Each question gets one prediction, of the right size and in the vocabulary.
    case prediction
    /// Kept thoughts end with the answer.
    case thoughts
    /// A question's answer does not depend on the other questions of the batch.
    case batching
    /// An agent that claims it answers a question with renamed tokens by the renamed answer.
    case renaming
    /// The same seed and the same batches give the same results.
    case repeatability
    /// Answering does not change what was learned.
    case purity
    /// Steps are counted, and their loss is a number.
    case learning
    /// A restored agent continues as if it had never been interrupted.
    case restoring
    /// A state that does not fit is rejected with an error.
    case damagedState
  }
}
