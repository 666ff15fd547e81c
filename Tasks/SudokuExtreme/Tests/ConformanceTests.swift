import GymTesting
import SudokuExtreme
import Testing

@Suite struct ConformanceTests {
  @Test("Sudoku-Extreme conforms in every size") func conforms() {
    let variants = [[:], ["size": "4"], ["size": "6"], ["size": "16", "clues": "150"]]
    let failures = Conformance.check(SudokuExtreme.self, variants: variants)
    #expect(failures.isEmpty, "\(failures)")
  }
}
