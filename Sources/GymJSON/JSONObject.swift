/// The members of a JSON object, in order, each name once.
///
/// Names are compared by code points: a composed and a decomposed "é" are two names. Equality
/// includes the order: the same members in another order are a different object.
public struct JSONObject: Sendable, Hashable {
  private var members: [Member] = []
  /// The index of each name, kept only once there are enough members to make it worthwhile.
  private var indices: [Name: Int]?

  private struct Member: Sendable, Hashable {
    let name: Name
    var value: JSON
  }

  /// A name compared by code points, whereas `String` treats canonical equivalents as equal.
  private struct Name: Sendable, Hashable {
    let text: String

    static func == (a: Name, b: Name) -> Bool {
      a.text == b.text && a.text.utf8.elementsEqual(b.text.utf8)
    }
    func hash(into hasher: inout Hasher) { hasher.combine(text) }
  }

  /// An object without members.
  public init() {}

  /// An object with members in order.
  ///
  /// - Precondition: no name is repeated.
  public init(_ members: some Sequence<(String, JSON)>) {
    for (name, value) in members {
      precondition(self[name] == nil, "\(name) stands twice")
      self[name] = value
    }
  }

  /// Reserves space for members.
  mutating func reserveCapacity(_ count: Int) { members.reserveCapacity(count) }

  /// Appends a member whose name is known to be new.
  mutating func append(_ name: String, _ value: JSON) {
    members.append(Member(name: Name(text: name), value: value))
    if indices != nil { indices?[Name(text: name)] = members.count - 1 } else { reindex() }
  }

  /// The value of a member; setting a new name appends it, setting nil removes it.
  public subscript(_ name: String) -> JSON? {
    get { index(of: Name(text: name)).map { members[$0].value } }
    set {
      let name = Name(text: name)
      switch (index(of: name), newValue) {
      case (let index?, let value?): members[index].value = value
      case (let index?, nil):
        members.remove(at: index)
        indices = nil
        reindex()
      case (nil, let value?): append(name.text, value)
      case (nil, nil): break
      }
    }
  }

  /// The names, in order.
  public var names: [String] { members.map(\.name.text) }

  private func index(of name: Name) -> Int? {
    if let indices { return indices[name] }
    return members.firstIndex { $0.name == name }
  }

  private mutating func reindex() {
    guard members.count > 16 else { return }
    indices = Dictionary(
      uniqueKeysWithValues: members.enumerated().map { ($0.element.name, $0.offset) })
  }

  public static func == (a: JSONObject, b: JSONObject) -> Bool { a.members == b.members }
  public func hash(into hasher: inout Hasher) { hasher.combine(members) }
}

extension JSONObject: RandomAccessCollection {
  public var startIndex: Int { 0 }
  public var endIndex: Int { members.count }
  public subscript(position: Int) -> (name: String, value: JSON) {
    (members[position].name.text, members[position].value)
  }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
  public init(dictionaryLiteral elements: (String, JSON)...) {
    self.init(elements)
  }
}
