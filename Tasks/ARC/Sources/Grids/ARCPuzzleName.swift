import Gym

/// What a puzzle's name says: which task it is, or which variant of one, and how that was made.
public enum ARCPuzzleName: Sendable, Hashable {
  /// The name of a task itself.
  case task(String)
  /// The name of a variant: its task, and what it was augmented by.
  case variant(of: String, ARCAugmentation)
  /// It ends as if it were a variant's name, but in no form that is known.
  case unknown

  /// The forms that are known, for messages.
  static let forms =
    "<task>, <task>_t<0-7>_<10 digits> or <task>|||t<0-7>|||<10 digits>, the digits a permutation "
    + "that begins with 0"

  /// Reads a name in the form of the released HRM builder or of the TRM builder. The name of a
  /// variant's variant says how the latter comes from the task.
  public init(_ name: String) {
    var rest = Substring(name)
    var augmentation = ARCAugmentation.identity
    var isVariant = false
    while let (before, last) = Self.ending(of: rest) {
      (rest, augmentation, isVariant) = (before, last.then(augmentation), true)
    }
    if Self.looksLikeVariant(rest) {
      self = .unknown
    } else {
      self = isVariant ? .variant(of: String(rest), augmentation) : .task(String(rest))
    }
  }

  /// The task, and what it was augmented by; nil if the form is not known.
  var parts: (task: String, augmentation: ARCAugmentation)? {
    switch self {
    case .task(let name): (name, .identity)
    case .variant(let task, let augmentation): (task, augmentation)
    case .unknown: nil
    }
  }

  /// What stands before the last augmentation of a name, and that; nil if it ends in none.
  private static func ending(of name: Substring) -> (Substring, ARCAugmentation)? {
    for form in VariantNameForm.allCases {
      let separator = form.separator.utf8
      let length = 2 * separator.count + 2 + ARCGrid.colours
      guard name.utf8.count > length else { continue }
      let ending = Array(name.utf8.suffix(length))
      let parts = (
        ending.prefix(separator.count), ending[separator.count...].prefix(2),
        ending[(separator.count + 2)...].prefix(separator.count), ending.suffix(ARCGrid.colours)
      )
      guard parts.0.elementsEqual(separator), parts.2.elementsEqual(separator),
        parts.1.first == UInt8(ascii: "t"), let digit = parts.1.last,
        let dihedral = ARCDihedral(rawValue: Int(digit) - 48),
        let colours = try? ARCColourMap(parts.3.map { $0 &- 48 }),
        let end = name.utf8.index(name.endIndex, offsetBy: -length, limitedBy: name.startIndex)
      else { continue }
      return (name[..<end], ARCAugmentation(dihedral, colours))
    }
    return nil
  }

  /// Whether a name that is no variant's in a known form yet seems to be one: it has the TRM
  /// builder's separator, a `t<number>` before a row of digits, or ends in a permutation of digits.
  private static func looksLikeVariant(_ name: Substring) -> Bool {
    if name.contains(VariantNameForm.trm.separator) { return true }
    let words = name.utf8.split(omittingEmptySubsequences: true) { !isWordByte($0) }
    // A name without separators is a task's, whatever it is made of.
    guard let last = words.last, last.startIndex > name.startIndex else { return false }
    let digits = last.filter(isDigit)
    if last.count == ARCGrid.colours, digits.sorted() == Array("0123456789".utf8) { return true }
    guard digits.count >= 8, let turn = words.dropLast().last else { return false }
    return turn.count >= 2 && turn.first.map { $0 | 0x20 } == UInt8(ascii: "t")
      && turn.dropFirst().allSatisfy(isDigit)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    isDigit(byte) || (97...122).contains(byte | 0x20) || byte >= 0x80
  }
}

extension VariantNameForm {
  /// What stands between the parts of a name.
  var separator: String {
    switch self {
    case .hrm: "_"
    case .trm: "|||"
    }
  }
}
