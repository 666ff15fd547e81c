/// The setting `concept`: a concept group, or any.
struct ARCConceptChoice: RawRepresentable, CaseIterable, Hashable {
  let rawValue: String

  static let any = ARCConceptChoice(name: "any")
  static let allCases = [any] + ARCConcept.allCases.map { ARCConceptChoice(name: $0.rawValue) }

  init?(rawValue: String) {
    guard let known = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
    self = known
  }

  private init(name: String) {
    rawValue = name
  }

  var concept: ARCConcept? { ARCConcept(rawValue: rawValue) }
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
