/// A form in which the names of a puzzle's variants are written.
public enum VariantNameForm: String, Sendable, Hashable, CaseIterable {
  /// As the released HRM builder names them: `<task>_t<0-7>_<10 digits>`.
  case hrm
  /// As the released TRM builder names them: `<task>|||t<0-7>|||<10 digits>`.
  case trm
}

/// A task whose variants have names that say how they were made, in a form that other programs
/// read.
public protocol VariantNaming: Task {
  /// A variant's name in a form; any other name stays as it is.
  func variantName(_ name: String, as form: VariantNameForm) -> String
}

extension Task {
  /// What writes variants' names in a form.
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
