import Gym

/// A rotation or reflection together with a renaming of colors, which makes a variant of an ARC
/// task.
public struct ARCAugmentation: Sendable, Hashable {
  /// The rotation or reflection.
  public let dihedral: ARCDihedral
  /// The renaming of colors.
  public let colors: ARCColorMap

  /// A rotation or reflection with a renaming of colors.
  public init(_ dihedral: ARCDihedral, _ colors: ARCColorMap) {
    self.dihedral = dihedral
    self.colors = colors
  }

  /// The augmentation that changes nothing.
  public static let identity = ARCAugmentation(.identity, .identity)

  /// A uniformly random augmentation.
  public static func random(using random: inout RandomStream) -> ARCAugmentation {
    let dihedral = ARCDihedral(rawValue: random.below(ARCDihedral.count)) ?? .identity
    return ARCAugmentation(dihedral, .random(using: &random))
  }

  /// The augmentation that undoes this one.
  public var inverse: ARCAugmentation { ARCAugmentation(dihedral.inverse, colors.inverse) }

  /// This augmentation followed by another.
  public func then(_ next: ARCAugmentation) -> ARCAugmentation {
    ARCAugmentation(dihedral.then(next.dihedral), colors.then(next.colors))
  }

  /// The name of a task's variant: `<task>_t<dihedral>_<10 digits>`, or in another form.
  public func name(of task: String, as form: VariantNameForm = .hrm) -> String {
    let separator = form.separator
    return "\(task)\(separator)t\(dihedral.rawValue)\(separator)\(colors.digits)"
  }

  /// The task that a variant's name begins with, and its augmentation; a name without one is that
  /// of the task itself.
  public static func parse(_ name: String) -> (task: String, augmentation: ARCAugmentation) {
    switch ARCPuzzleName(name) {
    case .variant(let task, let augmentation): (task, augmentation)
    case .task, .unknown: (name, .identity)
    }
  }
}

extension ARCGrid {
  /// The grid transformed by an augmentation.
  public func augmented(by augmentation: ARCAugmentation) -> ARCGrid {
    let walk = augmentation.dihedral.walk(rows: rows, columns: columns)
    let colors = augmentation.colors.colors
    var result: [UInt8] = []
    result.reserveCapacity(cells.count)
    for row in 0..<walk.rows {
      var index = walk.start + row * walk.rowStep
      for _ in 0..<walk.columns {
        result.append(colors[Int(cells[index])])
        index += walk.columnStep
      }
    }
    return ARCGrid(trusted: result, rows: walk.rows, columns: walk.columns)
  }
}

/// A renaming of the colors 1 to 9; the background 0 stays.
public struct ARCColorMap: Sendable, Hashable {
  /// The new names, four bits each, that of color 0 lowest: a table in a register.
  let packed: UInt64

  /// The renaming that changes nothing.
  public static let identity = ARCColorMap(packed: 0x98_7654_3210)

  /// - Throws: a `GymError` if the colors are not a permutation of 0...9 that keeps 0.
  public init(_ colors: [UInt8]) throws {
    guard colors.first == 0, colors.sorted() == Array(0...9) else {
      throw GymError(
        "the colors \(colors) are not a renaming", expected: "0 and then 1 to 9 in any order")
    }
    self.init(trusted: colors)
  }

  /// A uniformly random renaming.
  public static func random(using random: inout RandomStream) -> ARCColorMap {
    var packed = identity.packed
    for last in stride(from: 9, to: 1, by: -1) {
      let (here, there) = (UInt64(4 * last), UInt64(4 + 4 * random.below(last)))
      let difference = (packed >> here ^ packed >> there) & 15
      packed ^= difference << here
      packed ^= difference << there
    }
    return ARCColorMap(packed: packed)
  }

  private init(packed: UInt64) {
    self.packed = packed
  }

  private init(trusted colors: [UInt8]) {
    packed = colors.reversed().reduce(0) { $0 << 4 | UInt64($1) }
  }

  /// The new name of a color, which is below 10.
  private subscript(color: UInt8) -> UInt8 {
    UInt8(truncatingIfNeeded: packed >> (UInt64(color) * 4) & 15)
  }

  /// The new name of each of the ten colors.
  public var colors: [UInt8] { (0...9).map { self[$0] } }

  /// The renaming that undoes this one.
  public var inverse: ARCColorMap {
    var inverse = [UInt8](repeating: 0, count: ARCGrid.colors)
    for (from, to) in colors.enumerated() { inverse[Int(to)] = UInt8(from) }
    return ARCColorMap(trusted: inverse)
  }

  /// This renaming followed by another.
  public func then(_ next: ARCColorMap) -> ARCColorMap {
    ARCColorMap(trusted: colors.map { next[$0] })
  }

  /// The ten digits at the end of variant names.
  public var digits: String {
    String(unsafeUninitializedCapacity: ARCGrid.colors) { digits in
      for color in 0..<UInt8(ARCGrid.colors) { digits[Int(color)] = self[color] + 48 }
      return ARCGrid.colors
    }
  }
}
