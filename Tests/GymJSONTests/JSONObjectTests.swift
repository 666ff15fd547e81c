import GymJSON
import Testing

@Suite struct JSONObjectTests {
  /// The object behaves like a plain list of pairs, whatever is done to it.
  @Test("An object behaves like a list of pairs under any operations")
  func behavesLikeAListOfPairs() throws {
    for seed in 0..<200 as Range<UInt64> {
      var random = SplitMix(seed: seed)
      var object = JSONObject()
      var list: [(String, JSON)] = []
      for step in 0..<120 {
        let name = "n\(Int.random(in: 0..<40, using: &random))"
        let place = list.firstIndex { $0.0 == name }
        if Int.random(in: 0..<4, using: &random) == 0 {
          object[name] = nil
          if let place { list.remove(at: place) }
        } else {
          let value = JSON(step)
          object[name] = value
          if let place { list[place].1 = value } else { list.append((name, value)) }
        }
        try #require(object.names == list.map(\.0), "seed \(seed)")
        try #require(object.map(\.value) == list.map(\.1), "seed \(seed)")
        try #require(object[name] == list.first { $0.0 == name }?.1, "seed \(seed)")
      }
      #expect(object == JSONObject(list))
    }
  }

  @Test("Names are compared by code points and keep their order")
  func orderAndCodePointsMatter() {
    #expect(JSONObject([("a", 1), ("b", 2)]) != JSONObject([("b", 2), ("a", 1)]))
    let object: JSONObject = ["\u{E9}": 1, "e\u{301}": 2]
    #expect(object["\u{E9}"] == 1)
    #expect(object["e\u{301}"] == 2)
    var many = object
    for index in 0..<20 {
      many["\(index)"] = nil
      many["x\(index)"] = 0
    }
    #expect(many["\u{E9}"] == 1)
    #expect(many["e\u{301}"] == 2)
  }

  @Test("Accessors return a value only for their own kind")
  func accessorsAnswerForTheirKindOnly() {
    let value: JSON = ["a": [1, 2.5, "s", true, nil], "u": .unsigned(.max)]
    #expect(value["a"]?[0]?.integer == 1)
    #expect(value["a"]?[0]?.number == 1)
    #expect(value["a"]?[1]?.integer == nil)
    #expect(value["a"]?[1]?.number == 2.5)
    #expect(value["a"]?[2]?.string == "s")
    #expect(value["a"]?[3]?.bool == true)
    #expect(value["a"]?[4]?.isNull == true)
    #expect(value["a"]?[5] == nil)
    #expect(value["a"]?[-1] == nil)
    #expect(value["b"] == nil)
    #expect(value[0] == nil)
    #expect(value["u"]?.unsigned == .max)
    #expect(value["u"]?.integer == nil)
    #expect(JSON.integer(-1).unsigned == nil)
    #expect(value.object?.names == ["a", "u"])
    #expect(
      value["a"]?.array?.map(\.kind) == [
        "an integer", "a number", "a string", "true or false", "null",
      ])
    #expect([value.kind, value["a"]?.kind] == ["an object", "an array"])
  }
}
