import Gym

/// The setting `concept`: a concept group, any, or by split.
struct ARCConceptChoice: RawRepresentable, CaseIterable, Hashable {
  let rawValue: String

  static let any = ARCConceptChoice(name: "any")
  /// The split `unseen` has the concept groups that are held out, and every other split the rest.
  static let bySplit = ARCConceptChoice(name: "by-split")
  static let allCases =
    [any, bySplit] + ARCConcept.allCases.map { ARCConceptChoice(name: $0.rawValue) }

  init?(rawValue: String) {
    guard let known = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
    self = known
  }

  private init(name: String) {
    rawValue = name
  }

  /// Whether tasks of a concept group are generated, for a split of unseen concepts or any other.
  func holds(_ concept: ARCConcept, unseen: Bool) -> Bool {
    switch self {
    case .any: true
    case .bySplit: concept.isHeldOut == unseen
    default: concept.rawValue == rawValue
    }
  }
}

/// The setting `family`: one family, or any.
struct ARCFamilyChoice: RawRepresentable, CaseIterable, Hashable {
  let rawValue: String

  static let any = ARCFamilyChoice(name: "any")
  static let allCases = [any] + ARCGenerator.families.map { ARCFamilyChoice(name: $0.name) }

  init?(rawValue: String) {
    guard let known = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
    self = known
  }

  private init(name: String) {
    rawValue = name
  }
}

/// The properties that all pairs of one generated task share, besides the rule.
package struct ARCStyle: Sendable {
  /// The maximum number of rows or columns of a question.
  let maxSize: Int
  /// The maximum number of irrelevant objects.
  let distractors: Int
  /// The task's colors in random order, at least four, none of them 0.
  let palette: [UInt8]

  package init(maxSize: Int, colors: Int, distractors: Int, using random: inout RandomStream) {
    self.maxSize = maxSize
    self.distractors = distractors
    palette = Array(random.shuffled(Array(1...9)).prefix(colors))
  }

  /// The colors left for objects after the rule has taken the first few.
  func inks(after taken: Int) -> [UInt8] { Array(palette.dropFirst(taken)) }

  /// A random number of rows or columns.
  func side(atLeast least: Int, using random: inout RandomStream) -> Int {
    random.integer(in: least...max(least, maxSize))
  }

  /// A random number of irrelevant objects.
  func someDistractors(using random: inout RandomStream) -> Int {
    random.below(distractors + 1)
  }
}
