/// A value that a cell must not hold.
///
/// With the known answer's value excluded, any remaining solution is a second one: this tests
/// whether a clue is needed at half the cost of counting to two.
package struct Exclusion: Sendable, Hashable {
  package let cell: Int
  package let value: UInt8

  package init(cell: Int, value: UInt8) {
    self.cell = cell
    self.value = value
  }
}
