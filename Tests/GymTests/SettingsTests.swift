import Gym
import GymJSON
import Testing

@Suite struct SettingsTests {
  private enum Color: String, CaseIterable { case red, green }

  private let declared: [Setting] = [
    .integer("board-size", "the size", default: 9, in: 4...16),
    .number("share", "a share", default: 0.5, in: 0...1),
    .flag("is-minimal", "whether minimal", default: false),
    .choice("colour", "a colour", default: Color.red),
  ]

  @Test("Values are read from text")
  func valuesAreReadFromText() throws {
    var settings = Settings(declared)
    #expect(settings.integer("board-size") == 9 && settings.number("share") == 0.5)
    try settings.set("board-size", to: "16")
    try settings.set("share", to: "0.25")
    try settings.set("is-minimal", to: "true")
    try settings.set("colour", to: "green")
    #expect(settings.integer("board-size") == 16 && settings.number("share") == 0.25)
    #expect(settings.flag("is-minimal"))
    #expect(settings.choice("colour", as: Color.self) == .green)
    #expect(
      settings.json.text()
        == #"{"board-size":16,"share":0.25,"is-minimal":true,"colour":"green"}"#)
  }

  @Test("Values from JSON equal those from text")
  func jsonGivesTheSameValues() throws {
    var first = Settings(declared)
    try first.set(JSON(parsing: #"{"colour": "green", "share": 1, "board-size": 4}"#))
    #expect(first.number("share") == 1 && first.integer("board-size") == 4)
    var second = Settings(declared)
    try second.set(first.json)
    #expect(first == second)
  }

  @Test(
    "Settings outside their limits are refused",
    arguments: [
      ("board-size", "17"), ("board-size", "3"), ("board-size", "4.0"), ("board-size", ""),
      ("board-size", "99999999999999999999"), ("share", "nan"), ("share", "1.1"), ("share", "-inf"),
      ("is-minimal", "yes"), ("colour", "Red"), ("colour", ""),
    ])
  func valuesOutsideTheLimitsAreRefused(_ name: String, _ text: String) throws {
    var settings = Settings(declared)
    let before = settings
    let error = #expect(throws: GymError.self) { try settings.set(name, to: text) }
    #expect(error?.what.contains(name) == true && error?.expected != nil)
    #expect(settings == before)
  }

  @Test(
    "JSON values of the wrong kind are rejected",
    arguments: [
      #"{"board-size": 9.5}"#, #"{"board-size": "9"}"#, #"{"board-size": 18446744073709551615}"#,
      #"{"share": true}"#, #"{"is-minimal": 1}"#, #"{"colour": null}"#, #"[]"#, #"{"size": 9}"#,
    ])
  func jsonOfTheWrongKindIsRefused(_ text: String) throws {
    let json = try JSON(parsing: text)
    var settings = Settings(declared)
    #expect(throws: GymError.self) { try settings.set(json) }
  }

  @Test("Unknown settings are rejected with the nearest name")
  func unknownNamesGetASuggestion() {
    var settings = Settings(declared)
    let error = #expect(throws: GymError.self) { try settings.set("bord-size", to: "9") }
    #expect(error?.remedy == "Did you mean \"board-size\"?")
    let far = #expect(throws: GymError.self) { try settings.set("temperature", to: "9") }
    #expect(far?.remedy == nil)
    var none = Settings([])
    let empty = #expect(throws: GymError.self) { try none.set("size", to: "9") }
    #expect(empty?.expected == "none: nothing can be set here")
  }

  @Test(
    "The suggestion is the nearest name by edit distance",
    arguments: [
      ("sudko", "sudoku"), ("SUDOKU", "sudoku"), ("maez", "maze"), ("ar", "arc"), ("quantum", nil),
    ])
  func theNearestNameIsSuggested(_ text: String, _ expected: String?) {
    #expect(Suggestion.nearest(to: text, among: ["sudoku", "maze", "arc"]) == expected)
    #expect(Suggestion.nearest(to: text, among: []) == nil)
  }
}
