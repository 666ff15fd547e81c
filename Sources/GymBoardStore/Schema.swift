import GRDB

/// The tables of a board, and their migrations.
enum Schema {
  /// "RGlb", which distinguishes a board from any other SQLite file.
  static let applicationID = 0x5247_6C62
  /// The newest schema that this code knows; a board's `user_version`.
  static let version = 3
  /// The number of puzzles per row of `puzzles` and of `predictions`.
  static let chunk = 128

  /// Migrations are only ever added: they never change once a board was written with them.
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1") { db in
      try db.execute(sql: first)
      try db.execute(sql: "PRAGMA application_id = \(applicationID)")
      try db.execute(sql: "PRAGMA user_version = 1")
    }
    migrator.registerMigration("2") { db in
      try db.execute(
        sql: "ALTER TABLE benchmarks ADD COLUMN sealed INTEGER NOT NULL DEFAULT 0")
      try db.execute(sql: "PRAGMA user_version = 2")
    }
    migrator.registerMigration("3") { db in
      try db.execute(sql: third)
      try db.execute(sql: "PRAGMA user_version = 3")
    }
    return migrator
  }

  /// Where puzzles come from, and the solved examples that explain them.
  private static let third = """
    ALTER TABLE benchmarks ADD COLUMN origin TEXT NOT NULL DEFAULT '';
    CREATE TABLE demonstrations (
      benchmark TEXT NOT NULL REFERENCES benchmarks (id) ON DELETE CASCADE,
      puzzle INTEGER NOT NULL,
      data BLOB NOT NULL,
      PRIMARY KEY (benchmark, puzzle)
    ) STRICT;
    """

  private static let first = """
    CREATE TABLE benchmarks (
      id TEXT NOT NULL PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,
      task TEXT NOT NULL,
      settings TEXT NOT NULL,
      split TEXT NOT NULL,
      data_hash TEXT NOT NULL,
      count INTEGER NOT NULL CHECK (count > 0),
      held_back INTEGER NOT NULL,
      levels TEXT NOT NULL,
      created INTEGER NOT NULL,
      cells INTEGER NOT NULL,
      tokens INTEGER NOT NULL,
      ratings BLOB NOT NULL
    ) STRICT;
    CREATE TABLE puzzles (
      benchmark TEXT NOT NULL REFERENCES benchmarks (id) ON DELETE CASCADE,
      chunk INTEGER NOT NULL,
      data BLOB NOT NULL,
      PRIMARY KEY (benchmark, chunk)
    ) STRICT;
    CREATE TABLE entries (
      number INTEGER NOT NULL PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      benchmark TEXT NOT NULL REFERENCES benchmarks (id) ON DELETE CASCADE,
      agent TEXT NOT NULL,
      contestant TEXT NOT NULL,
      predictions_hash TEXT NOT NULL,
      submitted INTEGER NOT NULL,
      signer TEXT,
      solved BLOB NOT NULL,
      answered BLOB NOT NULL,
      findings TEXT NOT NULL,
      finding_bits BLOB NOT NULL,
      wrong_cells BLOB NOT NULL,
      cell_accuracy REAL NOT NULL,
      mean_segments REAL NOT NULL
    ) STRICT;
    CREATE INDEX entries_of_benchmarks ON entries (benchmark, submitted);
    CREATE TABLE predictions (
      entry INTEGER NOT NULL REFERENCES entries (number) ON DELETE CASCADE,
      chunk INTEGER NOT NULL,
      data BLOB NOT NULL,
      PRIMARY KEY (entry, chunk)
    ) STRICT;
    """
}
