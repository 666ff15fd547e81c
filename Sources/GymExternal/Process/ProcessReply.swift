import Gym
import GymJSON

/// How the fields of a process's lines are read.
extension JSON {
  /// A field that may be missing: nil if it is, or if it is `null`.
  func optional(_ name: String) -> JSON? {
    guard let value = self[name], !value.isNull else { return nil }
    return value
  }

  /// The reason why a process did not do what was asked, in its `error`; nil if it did.
  ///
  /// The reason should be a text. A process that passes on an object of its own failed all the
  /// same, and must not be taken for one that succeeded.
  var refusal: String? {
    guard let error = optional("error"), error != false else { return nil }
    return Excerpt.of(error.string ?? error.description)
  }

  /// The texts of a list; nil if it is none, or holds anything else.
  var texts: [String]? {
    guard let array else { return nil }
    let texts = array.compactMap(\.string)
    return texts.count == array.count ? texts : nil
  }
}
