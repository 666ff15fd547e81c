import Gym
import Testing

@Suite("Vocabularies turn tokens into text and back")
struct VocabularyTests {
  @Test(
    "Text comes back as the tokens it was made of, within ASCII and beyond",
    arguments: ["_.*-x", "_ ?~", "∅▁▪ab ", "_é?", "_\r\n."])
  func roundTrip(characters: String) throws {
    let vocabulary = Vocabulary(characters)
    let tokens = (0..<40).map { UInt8($0 % vocabulary.count) }
    let text = vocabulary.text(tokens)
    #expect(Array(text) == tokens.map { Array(characters)[Int($0)] })
    #expect(try vocabulary.tokens(text) == tokens)
    #expect(try vocabulary.tokens(text.dropFirst(2)) == Array(tokens.dropFirst(2)))
  }

  @Test("Tokens outside the vocabulary become question marks", arguments: ["_.", "_é"])
  func unknownTokens(characters: String) {
    #expect(Vocabulary(characters).text([1, 2, 200, 255]).dropFirst() == "???")
  }

  @Test(
    "The first character without a token is named, and marks belong to their character",
    arguments: [("..7", "3"), (".a\u{301}.", "2"), ("é", "1"), ("..\r\n", "3"), ("..\u{0}", "3")])
  func unknownCharacters(text: String, place: String) {
    let error = #expect(throws: GymError.self) { try Vocabulary("_.a").tokens(text) }
    #expect(error?.what.hasPrefix("character \(place) is ") == true)
  }
}
