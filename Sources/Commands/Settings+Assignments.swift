import ArgumentParser
import Gym

extension Settings {
  /// Sets values from texts such as `size=6`, the form of `--set`.
  mutating func assign(_ texts: [String]) throws {
    for text in texts {
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2 else {
        let example = declared.first.map { "\($0.name)=\($0.defaultValue)" } ?? "key=value"
        throw ValidationError("--set \(text): expected key=value, such as --set \(example).")
      }
      do {
        try set(String(parts[0]), to: String(parts[1]))
      } catch let error as GymError {
        throw error.located("--set")
      }
    }
  }
}
