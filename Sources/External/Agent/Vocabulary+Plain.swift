import Gym

extension Vocabulary {
  /// Checks that each token's character is one code point, as other languages count characters.
  func checkIsPlain() throws {
    if let odd = characters.first(where: { $0.unicodeScalars.count != 1 }) {
      throw GymError(
        "the token \(String(reflecting: odd)) is of several code points",
        expected: "one code point a token, where a process is to read them")
    }
  }
}
