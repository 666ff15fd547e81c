import Gym
import GymJSON
import Testing

@Suite struct ScheduleTests {
  @Test("A number, lines, cosines and jumps have the values that they say")
  func values() throws {
    func values(_ text: String, _ shares: [Double]) throws -> [Double] {
      let schedule = try Schedule(text)
      return shares.map(schedule.value)
    }
    #expect(try values("3", [0, 0.5, 1, 2]) == [3, 3, 3, 3])
    #expect(try values("0.02..0", [0, 0.25, 1, 1.5]) == [0.02, 0.015, 0, 0])
    #expect(try values("1,4@0.25,16@0.5", [0, 0.24, 0.25, 0.5, 1]) == [1, 1, 4, 16, 16])
    let cosine = try values("1e-1~1e-2@0.5", [0, 0.25, 0.5, 0.9])
    for (value, expected) in zip(cosine, [0.1, 0.055, 0.01, 0.01]) {
      #expect(abs(value - expected) < 1e-12)
    }
    // Up, then down to the end.
    #expect(try values("0..2@0.25..0", [0.125, 0.25, 0.625, 1]) == [1, 2, 1, 0])
    #expect(try Schedule("1,2@0.5").wholeValue(at: 0.6) == 2)
    #expect(try Schedule("0.5..0").last == 0)
  }

  @Test(
    "The short form is read back as it is written",
    arguments: [
      "3", "0.02..0", "0.001~0", "1,4@0.25,16@0.45", "0..2@0.25..0", "1e-05..2e-06@0.5", "5,6@1",
    ])
  func description(text: String) throws {
    let schedule = try Schedule(text)
    #expect(schedule.description == text)
    #expect(try Schedule(schedule.description) == schedule)
  }

  @Test(
    "What is not a schedule is refused, and the message says why",
    arguments: [
      ("", "\"\""), ("x", "\"x\""), ("1,2", "when it jumps"), ("1,2@0.5,3@0.4", "rise"),
      ("1..0@0.5..2@0.5", "rise"), ("1,2@1.5", "0...1"), ("1,2@-1", "0...1"), ("nan", "nan"),
      ("1..inf", "inf"), ("1..", "\"\""), ("1@0.5", "1@0.5"), ("1,2@0.5@0.6", "2@0.5@0.6"),
      ("1,2@0", "rise, above 0"), ("0.001...5", "three dots"), ("1....5", "three dots"),
    ])
  func refusals(text: String, word: String) {
    #expect { try Schedule(text) } throws: { "\($0)".contains(word) }
  }

  @Test("A setting takes a number or a schedule within its limits")
  func settings() throws {
    let rate = Setting.schedule("rate", "a rate", default: 0.5, in: 0...1)
    let cycles = Setting.schedule("cycles", "cycles", default: 2, in: 1...9)
    let declared = Setting.list(rate, cycles)
    var settings = Settings(declared)
    try settings.set("rate", to: "1..0")
    try settings.set("cycles", to: "1,3@0.5")
    #expect(settings[rate].value(at: 0.25) == 0.75)
    #expect(settings.json.text() == #"{"rate":"1..0","cycles":"1,3@0.5"}"#)
    var again = Settings(declared)
    try again.set(settings.json)
    #expect(again == settings)
    // Files of earlier versions hold plain numbers.
    try again.set(JSON(parsing: #"{"rate": 1, "cycles": 4}"#))
    #expect(again[cycles] == Schedule(4))
    for (name, text) in [
      ("rate", "2"), ("rate", "0..2"), ("cycles", "1.5"), ("cycles", "1..3"), ("cycles", "0"),
      ("rate", "fast"),
    ] {
      #expect { try settings.set(name, to: text) } throws: { "\($0)".contains(name) }
    }
  }
}
