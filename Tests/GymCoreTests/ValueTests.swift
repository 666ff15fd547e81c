import GymCore
import GymJSON
import Testing

/// Hexadecimal digits, checked JSON members, the stop signal.
@Suite struct ValueTests {
  @Test("Bytes become digits and come back; other texts are refused")
  func hexadecimal() {
    let bytes = (0...255).map { UInt8($0) }
    #expect(Hexadecimal.bytes(Hexadecimal.text(bytes)) == bytes)
    #expect(Hexadecimal.text([0, 10, 255]) == "000aff")
    for text in ["0", "0g", "AF", " 0", "é"] { #expect(Hexadecimal.bytes(text) == nil) }
  }

  @Test("Integers of every size become JSON")
  func integers() {
    #expect(JSON(-3) == .integer(-3) && JSON(UInt8(7)) == .integer(7))
    #expect(JSON(UInt64.max) == .unsigned(.max) && JSON(UInt64(5)) == .integer(5))
  }

  @Test("Members are checked as they are read, with errors that name them")
  func members() throws {
    let json: JSON = ["a": 3, "b": [1, 2], "c": nil, "d": "x", "e": true]
    let fields = try JSONFields(json, at: "file")
    #expect(try fields.integer("a", in: 0...3) == 3 && fields.has("c") == false)
    #expect(try fields.integers("b", count: 2, in: 1...2) == [1, 2])
    #expect(try fields.string(ifPresent: "c") == nil)
    #expect(try fields.flag("e"))
    let error = #expect(throws: GymError.self) { try fields.integer("a", in: 0...2) }
    #expect(error?.description == "file: \"a\" is 3; expected an integer in 0...2")
    #expect(throws: GymError.self) { try fields.integers("b", count: 3, in: 1...2) }
    #expect(throws: GymError.self) { try fields.string("missing") }
    #expect(throws: GymError.self) { try JSONFields(.array([]), at: "file") }
    #expect(throws: GymError.self) { try JSONFields(json, only: ["a", "b", "c", "d"]) }
  }

  @Test("A stop is requested once and seen by all; faults stay faults when they are located")
  func stopsAndFaults() {
    let stop = StopRequest()
    #expect(!stop.isRequested)
    #expect(!stop.request() && stop.isRequested && stop.request())
    let fault = GymError("it crashed").asFault.located("here")
    #expect(fault.isFault && fault.description == "here: it crashed")
    #expect(!GymError("wrong").isFault)
  }
}
