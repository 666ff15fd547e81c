import GymTesting

/// The faults that the toy task can be built with, and the check that must catch each.
enum TaskFault: String, CaseIterable {
  case none
  case forgetsItsSettings = "forgets-its-settings"
  case refusesDefaults = "refuses-defaults"
  case lineBreakToken = "line-break-token"
  case tellsNoRules = "tells-no-rules"
  case legendLacksAToken = "legend-lacks-a-token"
  case legendNamesAnUnknownToken = "legend-names-an-unknown-token"
  case cannotGenerate = "cannot-generate"
  case readsAClock = "reads-a-clock"
  case ignoresTheStream = "ignores-the-stream"
  case shortAnswer = "short-answer"
  case unknownToken = "unknown-token"
  case emptyLabel = "empty-label"
  case wrongLabel = "wrong-label"
  case acceptsEverything = "accepts-everything"
  case acceptsLongAnswers = "accepts-long-answers"
  case acceptsBlanks = "accepts-blanks"
  case ignoresClues = "ignores-clues"
  case forgetsLastRow = "forgets-last-row"
  case keepsFirstClues = "keeps-first-clues"
  case forgivesOneRow = "forgives-one-row"
  case namesAnUnknownBlank = "names-an-unknown-blank"
  case namesPaddingAsClue = "names-padding-as-clue"
  case tellsExchangeableApart = "tells-exchangeable-apart"
  case judgesUnaskedCells = "judges-unasked-cells"
  case asksAbsentCells = "asks-absent-cells"
  case unsteadyFindings = "unsteady-findings"
  case solverErrs = "solver-errs"
  case solverOverlooksOddRows = "solver-overlooks-odd-rows"
  case solverAnswersNonsense = "solver-answers-nonsense"
  case solverFindsSeveral = "solver-finds-several"
  case ratingDiffers = "rating-differs"
  case ratingIsNoNumber = "rating-is-no-number"
  case ratingOfPosition = "rating-of-position"
  case ignoresWantedRating = "ignores-wanted-rating"
  case levelsOverlap = "levels-overlap"
  case groupLacksElements = "group-lacks-elements"
  case symmetriesOfAnotherSize = "symmetries-of-another-size"
  case transformForgets = "transform-forgets"
  case transformsBackwards = "transforms-backwards"
  case symmetryBreaksRows = "symmetry-breaks-rows"
  case formIsTheQuestion = "form-is-the-question"
  case formIsConstant = "form-is-constant"
  case formForgetsBits = "form-forgets-bits"
  case formForgetsColumns = "form-forgets-columns"
  case comparesTheQuestion = "compares-the-question"
  case numberOfPosition = "number-of-position"
  case wrongDemonstration = "wrong-demonstration"
  case demonstrationsCount = "demonstrations-count"
  case variantsAreWrong = "variants-are-wrong"
  case tooManyVariants = "too-many-variants"
  case traceStopsEarly = "trace-stops-early"
  case drawingHidesAnswer = "drawing-hides-answer"
  case drawingTooLarge = "drawing-too-large"
  case loaderSkips = "loader-skips"
  case loaderIsTrusting = "loader-is-trusting"
  case loaderThrowsAnything = "loader-throws-anything"

  /// The check that catches it; nil for the sound task.
  var check: ConformanceFailure.Check? {
    switch self {
    case .none: nil
    case .forgetsItsSettings: .settings
    case .refusesDefaults: .construction
    case .lineBreakToken: .vocabulary
    case .tellsNoRules, .legendLacksAToken, .legendNamesAnUnknownToken: .legend
    case .cannotGenerate: .generation
    case .readsAClock, .demonstrationsCount: .determinism
    case .ignoresTheStream: .independence
    case .shortAnswer: .shape
    case .unknownToken: .tokens
    case .emptyLabel: .padding
    case .wrongLabel, .wrongDemonstration: .acceptance
    case .acceptsEverything, .acceptsLongAnswers, .acceptsBlanks, .ignoresClues: .rejection
    case .forgetsLastRow, .keepsFirstClues, .forgivesOneRow: .rules
    case .namesAnUnknownBlank, .namesPaddingAsClue: .clues
    case .tellsExchangeableApart: .exchangeability
    case .judgesUnaskedCells, .asksAbsentCells: .unaskedCells
    case .unsteadyFindings: .findings
    case .solverErrs, .solverAnswersNonsense, .solverFindsSeveral, .solverOverlooksOddRows:
      .solver
    case .ratingDiffers, .ratingIsNoNumber: .ratings
    case .ratingOfPosition, .symmetryBreaksRows: .invariance
    case .ignoresWantedRating, .levelsOverlap: .levels
    case .groupLacksElements, .symmetriesOfAnotherSize: .symmetries
    case .transformForgets: .inverse
    case .transformsBackwards: .composition
    case .formIsTheQuestion, .formIsConstant, .formForgetsBits, .formForgetsColumns,
      .comparesTheQuestion, .numberOfPosition:
      .canonicalForm
    case .variantsAreWrong, .tooManyVariants: .augmentation
    case .traceStopsEarly: .trace
    case .drawingHidesAnswer, .drawingTooLarge: .drawing
    case .loaderSkips: .loading
    case .loaderIsTrusting, .loaderThrowsAnything: .damagedFiles
    }
  }
}
