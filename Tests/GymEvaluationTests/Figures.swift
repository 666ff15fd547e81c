import Foundation
import GymJSON
import Testing

/// Results of scipy and statsmodels; Scripts/statistics-fixture.py writes them.
struct Figures {
  private let json: JSON

  init() throws {
    let root = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    json = try JSON(
      contentsOf: root.appendingPathComponent("Fixtures/statistics/figures.json"))
  }

  /// The cases of one kind; there must be at least one.
  func cases(_ name: String) throws -> [Case] {
    let cases = try #require(json[name]?.array?.map(Case.init))
    #expect(!cases.isEmpty)
    return cases
  }

  /// One case: figures under names.
  struct Case: CustomStringConvertible {
    let json: JSON

    var description: String { String(json.description.prefix(200)) }

    func integer(_ name: String) throws -> Int { try #require(json[name]?.integer) }
    func number(_ name: String) throws -> Double { try #require(json[name]?.number) }
    func numbers(_ name: String) throws -> [Double] {
      try #require(json[name]?.array).map { try #require($0.number) }
    }
  }
}

/// Whether two figures agree to a relative 1e-9; 0 agrees with negligible values.
func agree(_ a: Double, _ b: Double, within tolerance: Double = 1e-9) -> Bool {
  abs(a - b) <= tolerance * max(abs(a), abs(b)) || abs(a - b) < 1e-300
}
