/// Files that hold texts in a way that is not read, by their first bytes.
struct PackedKind {
  private let name: String
  /// Advice on how to unpack it.
  private let advice: String

  private static let zip: [UInt8] = [0x50, 0x4B, 0x03, 0x04]
  private static let spreadsheet = PackedKind(
    name: "a spreadsheet or document", advice: "save its table as CSV")
  private static let page = PackedKind(
    name: "a web page", advice: "download the file itself, which the page may link to")

  private static let kinds: [(magic: [UInt8], kind: PackedKind)] = [
    (zip, piped("a zip archive", "unzip -p")),
    (
      [0x1F, 0x8B],
      PackedKind(name: "packed by gzip twice", advice: "unpack it once: gzip -dc FILE > OTHER")
    ),
    (
      Array("version https://git-lfs.github.com/spec/".utf8),
      PackedKind(
        name: "a pointer of Git LFS in place of the file",
        advice: "get the file itself: git lfs pull")
    ),
    (Array("<!DOCTYPE html".utf8), page), (Array("<!doctype html".utf8), page),
    (Array("<html".utf8), page),
    ([0xFF, 0xFE, 0, 0], PackedKind(name: "in UTF-32", advice: "save it as UTF-8")),
    ([0, 0, 0xFE, 0xFF], PackedKind(name: "in UTF-32", advice: "save it as UTF-8")),
    (Array("BZh".utf8), piped("packed by bzip2", "bzip2 -dc")),
    ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], piped("packed by xz", "xz -dc")),
    ([0x28, 0xB5, 0x2F, 0xFD], piped("packed by zstd", "zstd -dc")),
    ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], piped("a 7z archive", "7z x -so")),
    (
      Array("PAR1".utf8),
      PackedKind(
        name: "a Parquet table",
        advice: "write it as CSV, in Python: pandas.read_parquet(FILE).to_csv(\"file.csv\")")
    ),
    (
      [0x93] + Array("NUMPY".utf8),
      PackedKind(name: "an array of NumPy", advice: "name the folder of the dataset that it is of")
    ),
    (
      Array("SQLite format 3\0".utf8),
      PackedKind(name: "an SQLite database", advice: "export its table as CSV")
    ),
    ([0xD0, 0xCF, 0x11, 0xE0], spreadsheet),
  ]

  /// The kind of a file that begins so; nil of any other.
  init?(of start: [UInt8]) {
    if let kind = Self.insideZip(start) {
      self = kind
    } else if let kind = Self.kinds.first(where: { start.starts(with: $0.magic) })?.kind {
      self = kind
    } else if start.dropFirst(257).starts(with: Array("ustar".utf8)) {
      self.init(name: "a tar archive", advice: "unpack it, and name the file or folder in it")
    } else {
      return nil
    }
  }

  /// The kind of a zip archive whose first file says more than that it is one.
  private static func insideZip(_ start: [UInt8]) -> PackedKind? {
    guard start.starts(with: zip), start.count >= 30 else { return nil }
    let name = String(
      decoding: start.dropFirst(30).prefix(Int(start[26]) | Int(start[27]) << 8), as: UTF8.self)
    if ["[Content_Types].xml", "_rels/", "docProps/", "xl/"].contains(where: name.hasPrefix) {
      return spreadsheet
    }
    guard name.hasSuffix(".npy") else { return nil }
    return PackedKind(
      name: "a zip archive of NumPy's arrays (.npz)",
      advice: "write them as CSV, or as a dataset's folder of .npy files")
  }

  private init(name: String, advice: String) { (self.name, self.advice) = (name, advice) }

  private static func piped(_ name: String, _ command: String) -> PackedKind {
    PackedKind(
      name: name,
      advice: "unpack it, or hand on what it holds: \(command) FILE | reasongym ... "
        + "with /dev/stdin as the file")
  }

  /// The refusal of such a file.
  var fault: UnpackingFault {
    UnpackingFault(
      "the file is \(name)", expected: "a text file, or one packed by gzip; \(advice)")
  }
}
