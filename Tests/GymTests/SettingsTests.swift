import Gym
import GymJSON
import Testing

@Suite struct SettingsTests {
  private enum Color: String, CaseIterable { case red, green }

  private static let size = Setting.integer("board-size", "the size", default: 9, in: 4...16)
  private static let share = Setting.number("share", "a share", default: 0.5, in: 0...1)
  private static let isMinimal = Setting.flag("is-minimal", "whether minimal", default: false)
  private static let color = Setting.choice("colour", "a colour", default: Color.red)
  private let declared = Setting.list(size, share, isMinimal, color)

  @Test("Values are read from text")
  func valuesAreReadFromText() throws {
    var settings = Settings(declared)
    #expect(settings[Self.size] == 9 && settings[Self.share] == 0.5)
    try settings.set("board-size", to: "16")
    try settings.set("share", to: "0.25")
    try settings.set("is-minimal", to: "true")
    try settings.set("colour", to: "green")
    #expect(settings[Self.size] == 16 && settings[Self.share] == 0.25)
    #expect(settings[Self.isMinimal] && settings[Self.color] == .green)
    #expect(
      settings.json.text()
        == #"{"board-size":16,"share":0.25,"is-minimal":true,"colour":"green"}"#)
  }

  @Test("A setting that somebody chose must have an effect beside the others")
  func settingsWithoutEffectAreFound() throws {
    let tint = Setting.number("tint", "of green", default: 0.5, in: 0...1)
      .onlyIf(Self.color, is: .green)
    let margin = Setting.integer("margin", "around it", default: 1, in: 0...9)
      .unless(Self.size, is: 4, 5).withDefault(2)
    var settings = Settings(declared + Setting.list(tint, margin))
    #expect(settings[margin] == 2)
    try settings.checkEffect(of: ["margin", "colour"])
    let error = #expect(throws: GymError.self) { try settings.checkEffect(of: ["tint"]) }
    #expect(error?.what == "tint has no effect: colour is red")
    #expect(error?.expected == "tint only if colour is green")
    try settings.set("colour", to: "green")
    try settings.set("board-size", to: "5")
    try settings.checkEffect(of: ["tint"])
    let other = #expect(throws: GymError.self) { try settings.checkEffect(of: ["margin"]) }
    #expect(other?.expected == "margin only if board-size is not 4 or 5")
    // A condition on a setting that an agent does not have is no condition.
    try Settings(Setting.list(tint)).checkEffect(of: ["tint"])
  }

  @Test("Values from JSON equal those from text")
  func jsonGivesTheSameValues() throws {
    var first = Settings(declared)
    try first.set(JSON(parsing: #"{"colour": "green", "share": 1, "board-size": 4}"#))
    #expect(first[Self.share] == 1 && first[Self.size] == 4)
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

  @Test("Limits may be infinite or as wide as integers; a value is finite, as files need it")
  func widestLimits() throws {
    let weight = Setting.number("weight", "a weight", default: 1, in: 0...Double.infinity)
    let count = Setting.schedule("count", "a count", default: 1, in: Int.min...Int.max)
    var settings = Settings(Setting.list(weight, count))
    #expect(throws: GymError.self) { try settings.set("weight", to: "inf") }
    try settings.set("weight", to: "1e308")
    #expect(settings[weight] == 1e308)
    #expect(throws: GymError.self) { try settings.set("count", to: "0.5") }
    #expect(count.declaration.domain.hasPrefix("integers in \(Int.min)...\(Int.max):"))
  }

  @Test("Several settings in one text are refused with how to give them")
  func severalSettingsInOneText() {
    var settings = Settings(declared)
    let error = #expect(throws: GymError.self) {
      try settings.set("board-size", to: "9,share=0.25")
    }
    #expect(error?.what == "board-size is 9,share=0.25")
    #expect(error?.remedy == "Give each setting apart, such as --set a=1 --set b=2.")
    let other = #expect(throws: GymError.self) { try settings.set("board-size", to: "9,x=0.25") }
    #expect(other?.remedy == nil)
  }

  @Test("A key gives its type; its default if the setting is not declared, or of another type")
  func keysHaveTypes() throws {
    var settings = Settings(declared)
    try settings.set("board-size", to: "16")
    let values: (Int, Double, Bool, Color) = (
      settings[Self.size], settings[Self.share], settings[Self.isMinimal], settings[Self.color]
    )
    #expect(values == (16, 0.5, false, .red))
    let size = Setting.number("board-size", "the size", default: 0.25, in: 0...1)
    #expect(settings[size] == 0.25 && Settings([])[Self.size] == 9)
    #expect(settings["board-size"] == .integer(16) && settings["size"] == nil)
    #expect(Settings(Setting.list(Self.size.withDefault(12)))[Self.size] == 12)
  }

  @Test("A JSON value of another type is refused with the setting, the value and its limits")
  func wrongTypesAreExplained() throws {
    var settings = Settings(declared)
    let error = #expect(throws: GymError.self) {
      try settings.set(JSON(parsing: #"{"board-size": "9"}"#))
    }
    #expect(error?.what == "board-size is \"9\"" && error?.expected == "an integer in 4...16")
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
