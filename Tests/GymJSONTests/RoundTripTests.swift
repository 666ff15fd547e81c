import Foundation
import GymJSON
import Testing

@Suite struct RoundTripTests {
  @Test("Random values are read back identical")
  func everyValueReadsBackIdentical() throws {
    for seed in 0..<3_000 as Range<UInt64> {
      var random = SplitMix(seed: seed)
      let value = random.json()
      for style in JSON.Style.allCases {
        let text = value.text(style)
        let read = try JSON(parsing: text, name: "seed \(seed)")
        try #require(isIdentical(read, value), "seed \(seed): \(text)")
        try #require(read.text(style).utf8.elementsEqual(text.utf8), "seed \(seed)")
      }
    }
  }

  @Test("Every Unicode scalar is read back identical")
  func everyScalarReadsBackIdentical() throws {
    var scalars = String.UnicodeScalarView()
    scalars.append(
      contentsOf: (0...0x10FFFF as ClosedRange<UInt32>).compactMap(Unicode.Scalar.init))
    let all = String(scalars)
    let value = JSON.object([all: .string(all)])
    #expect(isIdentical(try JSON(parsing: value.text()), value))
  }

  @Test("Doubles keep their bits and stay doubles")
  func doublesKeepTheirBitsAndStayDoubles() throws {
    var random = SplitMix(seed: 7)
    let corners: [Double] = [
      0, -0.0, 1, -1, 0.1, 1e15, 1e16, 1e17, 1e21, 1e22, 1e23, 9_007_199_254_740_994,
      .leastNonzeroMagnitude,
      .leastNormalMagnitude, .greatestFiniteMagnitude, .pi, 1 / 3, 123_456_789.125, 2.5e-7,
    ]
    for value in corners + (0..<20_000).map({ _ in random.double() }) {
      let text = JSON.number(value).text()
      let read = try JSON(parsing: text)
      guard case .number(let double) = read else {
        Issue.record("\(text) reads back as \(read.kind)")
        continue
      }
      #expect(double.bitPattern == value.bitPattern, "\(text)")
      #expect(text.utf8.count <= 24)
    }
  }

  @Test("Integers keep their value")
  func integersKeepTheirValue() throws {
    var random = SplitMix(seed: 8)
    for _ in 0..<20_000 {
      let shift = UInt64.random(in: 0..<64, using: &random)
      let unsigned = random.next() >> shift
      let signed = Int64(bitPattern: random.next()) >> Int64(shift)
      #expect(try JSON(parsing: "\(unsigned)").unsigned == unsigned)
      #expect(try JSON(parsing: "\(signed)") == .integer(signed))
      #expect(try JSON(parsing: JSON.integer(signed).text()) == .integer(signed))
    }
  }

  @Test("Known values are written as the known texts")
  func writesKnownTexts() {
    let value: JSON = [
      "z": [1, -2.5, 1e300, 1.0, -0.0, nil, true, .unsigned(.max)],
      "a/b": "\u{0}\u{1F}\n\"\\/\u{7F}é😀",
    ]
    #expect(
      value.text() == #"{"z":[1,-2.5,1e+300,1.0,-0.0,null,true,18446744073709551615],"#
        + "\"a/b\":\"\\u0000\\u001f\\n\\\"\\\\/\u{7F}é😀\"}")
    #expect(
      JSON.object(["a": [1, ["b": "c"]]]).text(.pretty) == """
        {
          "a": [
            1,
            {
              "b": "c"
            }
          ]
        }
        """)
    #expect(JSON.null.text(.pretty) == "null")
    #expect(JSON.object(["a\u{0}": "\u{1A}0\\u001a0"]).text() == #"{"a\u0000":"\u001a0\\u001a0"}"#)
  }

  @Test("Data, bytes and text are read alike")
  func readsDataBytesAndTextAlike() throws {
    let text = #"{"a":["ä",1.5,{}]}"#
    let value = try JSON(parsing: text)
    #expect(try JSON(parsing: Data(text.utf8)) == value)
    #expect(try JSON(parsing: Array(text.utf8)) == value)
    #expect(throws: JSONError.self) { try JSON(parsing: Data()) }
  }
}
