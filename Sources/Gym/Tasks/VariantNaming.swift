/// A form in which the names of a puzzle's variants are written.
public enum VariantNameForm: String, Sendable, Hashable, CaseIterable {
  /// The form of the released HRM builder: `<task>_t<0-7>_<10 digits>`.
  case hrm
  /// The form of the released TRM builder: `<task>|||t<0-7>|||<10 digits>`.
  case trm
}

/// A task whose variants have names that say how they were made, in a form that other programs can
/// read.
public protocol VariantNaming: Task {
  /// A variant's name in a form; any other name is returned unchanged.
  func variantName(_ name: String, as form: VariantNameForm) -> String

  /// Whether a name looks like a variant's, but has no known form.
  func isUnknownVariantName(_ name: String) -> Bool
}

extension Task {
  /// Whether a name looks like a variant's, but has no form that the task knows.
  public func hasUnknownVariantName(_ name: String) -> Bool {
    (self as? any VariantNaming)?.isUnknownVariantName(name) ?? false
  }

  /// A function that writes variants' names in a form.
  ///
  /// - Throws: a `GymError` if the task's variants have no such names.
  public func namingVariants(
    as form: VariantNameForm?
  ) throws -> @Sendable (String) -> String {
    guard let form else { return { $0 } }
    guard let naming = self as? any VariantNaming else {
      throw GymError(
        "the variants of \(id.name) have no names of their own",
        remedy: "Leave --variant-names out.")
    }
    return { naming.variantName($0, as: form) }
  }
}
