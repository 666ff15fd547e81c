import Gym

/// The meaning of a puzzle's name: a task, or a variant of one and how it was made.
public enum ARCPuzzleName: Sendable, Hashable {
  /// The name of a task itself.
  case task(String)
  /// The name of a variant: its task and its augmentation.
  case variant(of: String, ARCAugmentation)
  /// It looks like a variant's name, but has no known form.
  case unknown

  /// The known forms, for messages.
  static let forms =
    "<task>, <task>_t<0-7>_<10 digits> or <task>|||t<0-7>|||<10 digits>, the digits a permutation "
    + "that begins with 0"

  /// Reads a name in the form of the released HRM builder or of the TRM builder. For a variant of a
  /// variant, the augmentations are composed.
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

  /// The task and its augmentation; nil if the form is unknown.
  var parts: (task: String, augmentation: ARCAugmentation)? {
    switch self {
    case .task(let name): (name, .identity)
    case .variant(let task, let augmentation): (task, augmentation)
    case .unknown: nil
    }
  }

  /// Splits off the last augmentation of a name; nil if the name does not end in one.
  private static func ending(of name: Substring) -> (Substring, ARCAugmentation)? {
    for form in VariantNameForm.allCases {
      let separator = form.separator.utf8
      let length = 2 * separator.count + 2 + ARCGrid.colors
      guard name.utf8.count > length else { continue }
      let ending = Array(name.utf8.suffix(length))
      let parts = (
        ending.prefix(separator.count), ending[separator.count...].prefix(2),
        ending[(separator.count + 2)...].prefix(separator.count), ending.suffix(ARCGrid.colors)
      )
      guard parts.0.elementsEqual(separator), parts.2.elementsEqual(separator),
        parts.1.first == UInt8(ascii: "t"), let digit = parts.1.last,
        let dihedral = ARCDihedral(rawValue: Int(digit) - 48),
        let colors = try? ARCColorMap(parts.3.map { $0 &- 48 }),
        let end = name.utf8.index(name.endIndex, offsetBy: -length, limitedBy: name.startIndex)
      else { continue }
      return (name[..<end], ARCAugmentation(dihedral, colors))
    }
    return nil
  }

  /// Whether a name without a known variant form still looks like a variant's: it has the TRM
  /// builder's separator, a permutation of the digits as a word or as ten of them, or a `t<number>`
  /// before a row of digits at its end.
  private static func looksLikeVariant(_ name: Substring) -> Bool {
    if name.contains(VariantNameForm.trm.separator) { return true }
    let words = name.utf8.split(omittingEmptySubsequences: true) { !isWordByte($0) }
    // A name without separators is a task's, whatever its characters.
    guard let last = words.last, last.startIndex > name.startIndex else { return false }
    if words.contains(where: isPermutation) { return true }
    let single = words.map { $0.count == 1 ? $0[$0.startIndex] : UInt8(ascii: "-") }
    let runs = single.split { !isDigit($0) }
    if runs.contains(where: isPermutation) { return true }
    guard last.filter(isDigit).count >= 8, let turn = words.dropLast().last else { return false }
    return turn.count >= 2 && turn.first.map { $0 | 0x20 } == UInt8(ascii: "t")
      && turn.dropFirst().allSatisfy(isDigit)
  }

  /// Whether bytes are the ten digits, each once.
  private static func isPermutation(_ bytes: some Collection<UInt8>) -> Bool {
    bytes.count == ARCGrid.colors && bytes.sorted() == Array("0123456789".utf8)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    isDigit(byte) || (97...122).contains(byte | 0x20) || byte >= 0x80
  }
}

extension VariantNameForm {
  /// The separator between the parts of a name.
  var separator: String {
    switch self {
    case .hrm: "_"
    case .trm: "|||"
    }
  }
}
