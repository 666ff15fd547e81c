import Crypto
import Datasets
import Foundation
import Gym

extension DatasetFolder {
  /// What tells a split's examples from others: the manifest's content hash, or where there is no
  /// manifest the SHA-256 of the names and hashes of the split's files.
  public func contentHash(of split: DatasetSplit) throws -> String {
    if let stated = manifest?.split(split.name) { return stated.contentHash }
    var hash = SHA256()
    for name in try DiskFolder.files(under: split.url) {
      let file = try FileHash.sha256(of: split.url.appendingPathComponent(name))
      hash.update(data: Data("\(name) \(file)\n".utf8))
    }
    return FileHash.hexadecimal(hash.finalize())
  }
}
