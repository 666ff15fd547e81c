import GymJSON
import Testing

/// The corners of RFC 8259, in the manner of JSONTestSuite.
@Suite struct StrictParsingTests {
  /// Noncharacters of Unicode, which are valid text.
  static let noncharacters = String(
    String.UnicodeScalarView(
      [0xFFFF, 0xFDD0, 0x10FFFF].compactMap { Unicode.Scalar($0 as UInt32) }))

  static let accepted: [(String, JSON)] = [
    ("null", nil), ("true", true), ("false", false), (" \t\r\n[ ]\n", []), ("{ }", [:]),
    ("0", 0), ("-0", 0), ("-1", -1), ("9223372036854775807", .integer(.max)),
    ("-9223372036854775808", .integer(.min)),
    ("9223372036854775808", .unsigned(1 << 63)), ("18446744073709551615", .unsigned(.max)),
    ("1.0", 1.0), ("-0.0", -0.0), ("0e1", 0.0), ("0E+1", 0.0), ("1e-2", 0.01), ("1E22", 1e22),
    ("123e65", 1.23e67), ("0.1", 0.1), ("5e-324", .number(.leastNonzeroMagnitude)),
    ("1.7976931348623157e308", .number(.greatestFiniteMagnitude)),
    ("1e-400", 0.0), ("-1e-99999999999999999999", -0.0),
    ("0." + String(repeating: "0", count: 400) + "1e401", 1.0),
    ("1" + String(repeating: "0", count: 400) + "e-400", 1.0),
    ("\"\"", ""), (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"),
    (#""\u0000a\u001F""#, "\u{0}a\u{1F}"), (#""\uD83D\uDE00\ud834\udd1e""#, "\u{1F600}\u{1D11E}"),
    (#""\uFFFF\uFDD0\uDBFF\uDFFF""#, .string(noncharacters)),
    ("\"\(noncharacters)\"", .string(noncharacters)),
    (
      "\"\u{7F}\u{80}\u{7FF}\u{800}\u{FFFD}\u{10000}\u{10FFFD}\"",
      "\u{7F}\u{80}\u{7FF}\u{800}\u{FFFD}\u{10000}\u{10FFFD}"
    ),
    ("\"\u{FEFF}\u{2028}/\"", "\u{FEFF}\u{2028}/"),
    ("[1,[2,{\"a\":[]}],null]", [1, [2, ["a": []]], nil]),
    (#"{"":0,"a":1,"A":2,"a ":3}"#, ["": 0, "a": 1, "A": 2, "a ": 3]),
    (#"{"b":1,"a":2}"#, ["b": 1, "a": 2]),
    (
      #"{"a\u0000b":1,"a\u0000c":2,"a":"\u0000\u001a\u001A0","\u001a0":"\\u0000"}"#,
      ["a\u{0}b": 1, "a\u{0}c": 2, "a": "\u{0}\u{1A}\u{1A}0", "\u{1A}0": "\\u0000"]
    ),
    ("{\"\u{E9}\":1,\"e\u{301}\":2}", ["\u{E9}": 1, "e\u{301}": 2]),
  ]

  @Test("Valid JSON is accepted", arguments: accepted.indices)
  func accepts(_ index: Int) throws {
    let (text, value) = Self.accepted[index]
    let read = try JSON(parsing: text)
    #expect(read == value, "\(text)")
    #expect(read.text() == value.text(), "\(text)")
  }

  static let refused = [
    "", " ", "\u{FEFF}1", "[", "]", "{", "}", "[1", "[1,", "[1,]", "[,1]", "[1,,2]", "[1 2]", "[1}",
    "{]", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "{\"a\":1,}", "{,}", "{\"a\" 1}",
    "{\"a\"::1}",
    "{\"a\":1 \"b\":2}", "{a:1}", "{1:1}", "{'a':1}", "{null:1}", "{\"a\":1]", "{[1]:1}", "{\"a\"}",
    "[\"a\":1]", "1 2", "1,", "[]]", "{}{}", "[][]", "\"a\"b", "null true", "1//c", "1/**/",
    "/**/1",
    "#1", "nul", "nulll", "Null", "NULL", "n", "tru", "True", "truth", "fals", "FALSE", "falsee",
    "nan", "NaN", "-NaN", "Infinity", "-Infinity", "inf", "-inf", "undefined", "0x1F", "0b1", "01",
    "-01", "00", "-", "--1", "+1", "+", ".5", "-.5", "1.", "-1.", "1.e1", "1e", "1E", "1e+", "1e-",
    "1e1.5", "1.2.3", "1e1e1", "1_000", "1 000.0", "1f", "1L", "0e", "\u{FF11}", "1\u{A0}",
    "\u{A0}1", "\u{B}1", "\u{C}1", "1\u{0}", "\u{0}", "[1,\u{0}2]", "\u{2028}1", "1e309", "-1e309",
    "1e99999999999999999999", "18446744073709551616", "-9223372036854775809",
    "99999999999999999999999999999999", "1" + String(repeating: "0", count: 400) + ".0",
    "'a'", "\"", "\"a", "\"\\\"", "\"\\", "\"\\x41\"", "\"\\'\"", "\"\\a\"", "\"\\0\"",
    "\"\\U0041\"",
    "\"\\u\"", "\"\\u00\"", "\"\\u004\"", "\"\\u00G0\"", "\"\\u+041\"", "\"\\u 041\"",
    "\"\\u{41}\"",
    "\"\t\"", "\"\n\"", "\"\r\"", "\"\u{0}\"", "\"\u{1F}\"", "\"a\\\n\"", "\"\\uD800\"",
    "\"\\uDC00\"",
    "\"\\uD800\\uD800\"", "\"\\uD800\\u0041\"", "\"\\uD800a\"", "\"\\uD800\\n\"", "\"\\uD83D\\u\"",
    "\"\\uDE00\\uD83D\"", "\"\\uD800", "\"\\uD800\\", "\"\\uD800\\u", "{\"a\u{0}\":1}",
    "{\"a\n\":1}",
    "{\"a\":1,\"a\":2}", "{\"a\":1,\"\\u0061\":1}", "{\"\\u0000\":1,\"\\u0000\":1}",
    "{\"\\/\":1,\"/\":1}", "[{\"a\":{\"b\":1,\"b\":1}}]", "{\"\":1,\"\":1}", "a", "@", "\\",
    "\\u0031",
    "(1)", "<1>", "[1];", "[\"a\",\n4\n,1,", "[1,\n1\n,1", "*", "[*]", "[-]", "[1]x", "\"a\" \"b\"",
  ]

  @Test("Everything beyond RFC 8259 is rejected", arguments: refused)
  func refuses(_ text: String) {
    #expect(throws: JSONError.self) { try JSON(parsing: text) }
  }

  /// Bytes that are not UTF-8: overlong, surrogates, beyond U+10FFFF, cut, and stray.
  static let notUTF8: [[UInt8]] = [
    [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xC2], [0xC2, 0x41], [0xE0, 0x80, 0x80],
    [0xE0, 0x9F, 0xBF], [0xE2, 0x82], [0xE2, 0x28, 0xA1], [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF],
    [0xF0, 0x80, 0x80, 0x80], [0xF0, 0x8F, 0xBF, 0xBF], [0xF0, 0x9F, 0x98],
    [0xF4, 0x90, 0x80, 0x80],
    [0xF5, 0x80, 0x80, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80], [0xFE], [0xFF], [0xFF, 0xFE],
  ]

  @Test("Bytes that are not UTF-8 are refused", arguments: notUTF8)
  func refusesBytesThatAreNotUTF8(_ bytes: [UInt8]) {
    let quote = UInt8(ascii: "\"")
    for text in [[quote, 0x61] + bytes + [quote], [quote, 0x61] + bytes] {
      let error = #expect(throws: JSONError.self) { try JSON(parsing: text) }
      #expect(error?.column == 3)
    }
    let error = #expect(throws: JSONError.self) { try JSON(parsing: [UInt8(ascii: "1")] + bytes) }
    #expect(error?.message == "unexpected byte 0x\(String(bytes[0], radix: 16, uppercase: true))")
  }

  @Test("A duplicate is found among many names")
  func findsADuplicateAmongManyNames() throws {
    let names = (0..<1_000).map { "\"n\($0)\":\($0)" }
    let read = try JSON(parsing: "{" + names.joined(separator: ",") + "}")
    #expect(read.object?.count == 1_000)
    #expect(read["n777"] == 777)
    let text = "{" + (names + ["\"n\\u0037\":1"]).joined(separator: ",\n") + "}"
    let error = #expect(throws: JSONError.self) { try JSON(parsing: text) }
    #expect(error?.line == 1_001)
    #expect(error?.message.contains("\"n7\"") == true)
  }
}
