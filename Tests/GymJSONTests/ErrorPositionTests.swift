import GymJSON
import Testing

@Suite struct ErrorPositionTests {
  struct Case: CustomTestStringConvertible {
    let text: String
    let description: String
    var testDescription: String { text }
  }

  static let cases = [
    Case(text: "", description: "t:1:1: the text ends too early; expected a value"),
    Case(text: "[1,\n 2 3]", description: "t:2:4: unexpected 3; expected a comma or ]"),
    Case(
      text: "{\"a\": 1,\r\n}",
      description: "t:2:1: unexpected }; expected a member's name in double quotes"),
    Case(text: "[\"äöü😀\", x]", description: "t:1:10: unexpected x; expected a value"),
    Case(text: "\u{FEFF}{}", description: "t:1:1: unexpected U+FEFF; expected a value"),
    Case(text: "[tru]", description: "t:1:2: unknown word; expected true"),
    Case(text: "[nul", description: "t:1:5: the text ends too early; expected null"),
    Case(text: "{} []", description: "t:1:4: unexpected [; expected nothing after the value"),
    Case(
      text: "{\"a\" 1}",
      description: "t:1:6: unexpected 1; expected a colon after the member's name"),
    Case(text: "[012]", description: "t:1:2: a number starts with 0; expected no leading zero"),
    Case(text: "[1.]", description: "t:1:4: unexpected ]; expected a digit"),
    Case(
      text: "\n\n-9223372036854775809",
      description: "t:3:1: an integer doesn't fit 64 bits; expected -9223372036854775808 to "
        + "18446744073709551615"),
    Case(
      text: "[0,1e400]",
      description: "t:1:4: a number is too large for a double; expected at most "
        + "1.7976931348623157e+308"),
    Case(
      text: "\"a\tb\"",
      description: "t:1:3: a string contains the control character U+0009; expected an escape "
        + "such as \\n or \\u0000"),
    Case(
      text: "[\"a",
      description: "t:1:4: the text ends within a string; expected \""),
    Case(
      text: "\"\\uDEAD\"",
      description: "t:1:2: half a surrogate pair; expected \\uD800-\\uDBFF and then "
        + "\\uDC00-\\uDFFF"),
    Case(
      text: "{\"a\":1,\n \"b\":2, \"\\u0061\":3}",
      description: "t:2:9: the member \"a\" occurs twice in one object; expected each name once"),
  ]

  @Test("Errors name line, column and what was expected", arguments: cases)
  func namesPlaceAndExpectation(_ example: Case) {
    let error = #expect(throws: JSONError.self) { try JSON(parsing: example.text, name: "t") }
    #expect(error?.description == example.description)
  }
}
