import Foundation
import GymJSON
import Testing

@Suite struct LimitsTests {
  private func nested(_ depth: Int) -> String {
    (0..<depth).map { $0 % 2 == 0 ? "[" : "{\"a\":" }.joined()
      + "1" + (0..<depth).reversed().map { $0 % 2 == 0 ? "]" : "}" }.joined()
  }

  @Test("The depth limit holds exactly", arguments: [1, 2, 3, 128, 512])
  func holdsTheDepthExactly(_ depth: Int) throws {
    let limits = JSON.Limits(depth: depth)
    let read = try JSON(parsing: nested(depth), limits: limits)
    #expect(read.text() == nested(depth))
    #expect(try JSON(parsing: read.text(.pretty), limits: limits) == read)
    let error = #expect(throws: JSONError.self) {
      try JSON(parsing: nested(depth + 1), limits: limits)
    }
    #expect(error?.expected == "at most \(depth) levels")
    // Empty containers count as well.
    let empty = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    #expect(try JSON(parsing: empty, limits: limits).text() == empty)
    #expect(throws: JSONError.self) { try JSON(parsing: "[\(empty)]", limits: limits) }
  }

  /// Reading, comparing, writing and freeing the deepest value fits the stack of a small thread.
  @Test("The deepest allowed value fits a small thread's stack")
  func theDeepestValueFitsASmallStack() async {
    let text = nested(JSON.Limits.deepest)
    let isSame = await withCheckedContinuation { continuation in
      let thread = Thread {
        let value = try? JSON(parsing: text, limits: .init(depth: JSON.Limits.deepest))
        let again = try? JSON(parsing: text, limits: .init(depth: JSON.Limits.deepest))
        continuation.resume(
          returning: value != nil && value == again && value.hashValue == again.hashValue
            && value?.text() == text)
      }
      #if DEBUG
        thread.stackSize = 4 << 20  // Frames that aren't optimized are several times larger.
      #else
        thread.stackSize = 512 << 10
      #endif
      thread.start()
    }
    #expect(isSame)
  }

  @Test("Deeper nesting is rejected", arguments: ["[", "{\"a\":", "[{\"a\":["])
  func refusesHostileDepth(_ opening: String) {
    let text = String(repeating: opening, count: 1_000_000)
    #expect(throws: JSONError.self) { try JSON(parsing: text) }
    #expect(throws: JSONError.self) { try JSON(parsing: text, limits: .init(depth: 512)) }
  }

  @Test("The limits of bytes and string lengths hold exactly")
  func holdsBytesAndStringsExactly() throws {
    #expect(try JSON(parsing: "\"abc\"", limits: .init(bytes: 5, string: 3)) == "abc")
    #expect(throws: JSONError.self) { try JSON(parsing: "\"abc\"", limits: .init(bytes: 4)) }
    #expect(throws: JSONError.self) { try JSON(parsing: "\"abc\"", limits: .init(string: 2)) }
    #expect(throws: JSONError.self) { try JSON(parsing: "{\"abc\":1}", limits: .init(string: 2)) }
  }

  @Test("Values that could not be read back are not written")
  func refusesToWriteWhatItCouldNotRead() {
    var deep: JSON = []
    for _ in 0..<JSON.Limits.deepest { deep = [deep] }
    #expect(throws: JSONError.self) { try deep.bytes() }
    for value in [Double.nan, .infinity, -.infinity] {
      #expect(throws: JSONError.self) { try JSON.array([.number(value)]).bytes() }
    }
  }
}
