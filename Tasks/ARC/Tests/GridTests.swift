import ARC
import Gym
import Testing

@Suite struct GridTests {
  /// The identifiers of the released builder, on one grid of two rows.
  @Test(
    "The eight turns and reflections have the identifiers of the released builder",
    arguments: [
      (0, "123\n456"), (1, "36\n25\n14"), (2, "654\n321"), (3, "41\n52\n63"), (4, "321\n654"),
      (5, "456\n123"), (6, "14\n25\n36"), (7, "63\n52\n41"),
    ])
  func dihedralIdentifiers(id: Int, expected: String) throws {
    let dihedral = try #require(ARCDihedral(rawValue: id))
    let grid = try ARCGrid([[1, 2, 3], [4, 5, 6]])
    #expect("\(grid.augmented(by: ARCAugmentation(dihedral, .identity)))" == expected)
  }

  @Test("Augmentations form a group: composition and inverse agree with applying them")
  func augmentationsAreAGroup() throws {
    var random = RandomStream(seed: 1, "grids")
    for trial in 0..<500 {
      let grid = try randomGrid(using: &random)
      let first = ARCAugmentation.random(using: &random)
      let second = ARCAugmentation.random(using: &random)
      let moved = grid.augmented(by: first)
      #expect(moved.augmented(by: first.inverse) == grid, "trial \(trial)")
      #expect(
        moved.augmented(by: second) == grid.augmented(by: first.then(second)), "trial \(trial)")
    }
  }

  @Test("Random augmentations use every turn and map every color to every other")
  func randomAugmentationsReachEveryPlace() {
    var random = RandomStream(seed: 2, "colours")
    var (dihedrals, colors) = (Set<ARCDihedral>(), Set<[Int]>())
    for _ in 0..<3000 {
      let augmentation = ARCAugmentation.random(using: &random)
      dihedrals.insert(augmentation.dihedral)
      #expect(augmentation.colors.colors[0] == 0)
      for (from, to) in augmentation.colors.colors.enumerated() {
        colors.insert([from, Int(to)])
      }
    }
    #expect(dihedrals.count == 8)
    #expect(colors.count == 1 + 81)
  }

  @Test("The name of a variant encodes its augmentation, and is read back")
  func variantNames() throws {
    let name = "cf133acc_t7_0345927186"
    let (task, augmentation) = ARCAugmentation.parse(name)
    #expect(task == "cf133acc")
    #expect(augmentation.dihedral == .antiTranspose)
    #expect(augmentation.colors.colors == [0, 3, 4, 5, 9, 2, 7, 1, 8, 6])
    #expect(augmentation.name(of: task) == name)
    for plain in ["cf133acc", "", "a_b", "1d_move_1p_0", "x_t1", "1234567890", "ä_t0_٠١٢٣٤"] {
      #expect(ARCPuzzleName(plain) == .task(plain))
      #expect(ARCAugmentation.parse(plain).augmentation == .identity)
    }
    #expect(ARCAugmentation.parse("a_b_t0_0123456789").task == "a_b")
  }

  /// The current TRM builder's names, and variants of variants.
  @Test("Variant names of the HRM and of the TRM builder are read")
  func variantNamesOfEitherBuilder() throws {
    let name = "cf133acc|||t7|||0345927186"
    guard case .variant("cf133acc", let augmentation) = ARCPuzzleName(name) else {
      Issue.record("\(ARCPuzzleName(name))")
      return
    }
    #expect(augmentation.name(of: "cf133acc", as: .trm) == name)
    #expect(augmentation.name(of: "cf133acc", as: .hrm) == "cf133acc_t7_0345927186")
    let arc = try makeARC()
    #expect(arc.variantName(name, as: .hrm) == "cf133acc_t7_0345927186")
    #expect(arc.variantName("cf133acc_t7_0345927186", as: .trm) == name)
    #expect(arc.variantName("plain", as: .trm) == "plain")

    var random = RandomStream(seed: 3, "names")
    for _ in 0..<100 {
      let first = ARCAugmentation.random(using: &random)
      let second = ARCAugmentation.random(using: &random)
      for forms in [(VariantNameForm.hrm, VariantNameForm.trm), (.trm, .hrm), (.hrm, .hrm)] {
        let twice = second.name(of: first.name(of: "a_b", as: forms.0), as: forms.1)
        #expect(ARCPuzzleName(twice) == .variant(of: "a_b", first.then(second)))
      }
    }
  }

  @Test(
    "Names in no known form are not taken for variants",
    arguments: [
      "a_t8_0123456789", "a_t0_1023456789", "a_t0_0113456789", "a_t0_012345678", "a_t0_012345678x",
      "a-t0_0123456789", "a|||t8|||0123456789", "a|||t0", "a|||0123456789", "a||t0||0123456789",
      "a|||t1_0123456789", "_t0_0123456789", "|||t0|||0123456789", "a.T3.0213456789",
      "a_rot90_0213456789", "a_t8_0123456789_t0_0123456789", "a@@t1@@0213456789",
    ])
  func namesInNoKnownFormAreToldApart(name: String) {
    #expect(ARCPuzzleName(name) == .unknown)
  }

  @Test("Grids that are empty, ragged, too large or have other colors are rejected")
  func impossibleGridsAreRefused() {
    #expect(throws: GymError.self) { try ARCGrid(rows: 0, columns: 1, cells: []) }
    #expect(throws: GymError.self) { try ARCGrid([[UInt8]](repeating: [0], count: 31)) }
    #expect(throws: GymError.self) { try ARCGrid(rows: Int.max, columns: Int.max, cells: []) }
    #expect(throws: GymError.self) { try ARCGrid(rows: 1, columns: 2, cells: [1]) }
    #expect(throws: GymError.self) { try ARCGrid([]) }
    #expect(throws: GymError.self) { try ARCGrid([[1], [1, 2]]) }
    #expect(throws: GymError.self) { try ARCGrid([[10]]) }
    #expect(throws: GymError.self) { try ARCColorMap([0, 1]) }
    #expect(throws: GymError.self) { try ARCColorMap([0, 1, 2, 3, 4, 5, 6, 7, 8, 8]) }
    #expect(throws: GymError.self) { try ARCColorMap([1, 0, 2, 3, 4, 5, 6, 7, 8, 9]) }
  }
}
