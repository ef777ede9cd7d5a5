import Foundation
import ModuleKit

/// The keys of a home: a folder only its owner may enter, with one file for each key that only its owner may read.
struct KeyStore: Sendable {
    private static let folderRights: mode_t = 0o700
    private static let fileRights: mode_t = 0o600

    let path: String

    init(_ home: Home) { path = home.keysPath }

    init(path: String) { self.path = path }

    /// All keys, by name.
    ///
    /// - Throws: `badInput` when a file has too wide rights or is not a key.
    func all() throws(CommandError) -> [KeyRecord] {
        guard FileManager.default.fileExists(atPath: path) else { return [] }
        let names = try CommandError.wrapping { try FileManager.default.contentsOfDirectory(atPath: path) }
        var records: [KeyRecord] = []
        for name in names.sorted() where name.hasSuffix(".json") {
            records.append(try key(named: String(name.dropLast(5))))
        }
        return records
    }

    /// The key of a name, or nil.
    func find(_ name: String) throws(CommandError) -> KeyRecord? {
        guard Self.isName(name), FileManager.default.fileExists(atPath: file(of: name)) else { return nil }
        return try key(named: name)
    }

    /// The key of a name.
    ///
    /// - Throws: `badInput` when there is none, or when others may read it.
    func key(named name: String) throws(CommandError) -> KeyRecord {
        try Self.checkName(name)
        let file = file(of: name)
        guard FileManager.default.fileExists(atPath: file) else {
            throw CommandError(
                .badInput,
                "there is no key '\(name)' in \(path): see `meshd keys list`, or make it with `meshd keys add \(name)`"
            )
        }
        try Self.checkRights(of: path, allowed: Self.folderRights)
        try Self.checkRights(of: file, allowed: Self.fileRights)
        do {
            return try KeyRecord(json: try JSONValue(parsing: try InputFile.bytes(file)), name: name)
        } catch {
            throw CommandError(error).adding(context: file)
        }
    }

    /// Stores a new key.
    ///
    /// - Throws: `badInput` when the name is taken; `storage` when the file can't be written.
    func add(_ record: KeyRecord) throws(CommandError) {
        try Self.checkName(record.name)
        let isNew = mkdir(path, Self.folderRights) == 0
        guard isNew || errno == EEXIST else { throw Self.failure("making the folder \(path)") }
        try Self.checkRights(of: path, allowed: Self.folderRights)
        let file = file(of: record.name)
        let partial = "\(path)/.\(record.name).partial-\(getpid())"
        defer { unlink(partial) }
        try write(record.json(withSecret: true).bytes(.pretty), to: partial)
        // A link is made at once and never in the place of another file.
        guard link(partial, file) == 0 else {
            guard errno == EEXIST else { throw Self.failure("making the key file \(file)") }
            throw CommandError(.badInput, "there is a key '\(record.name)' already, in \(file): choose another name")
        }
    }

    private func write(_ bytes: [UInt8], to file: String) throws(CommandError) {
        let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL, Self.fileRights)
        guard descriptor >= 0 else { throw Self.failure("making the key file \(file)") }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            try handle.write(contentsOf: Data(bytes))
            try handle.synchronize()
        } catch {
            throw CommandError(.storage, "\(file) can't be written: make room or mend its rights", cause: error)
        }
    }

    private func file(of name: String) -> String { "\(path)/\(name).json" }

    private static func isName(_ name: String) -> Bool {
        let isPlain = name.utf8.allSatisfy { byte in
            Character(Unicode.Scalar(byte)).isLetter || (0x30...0x39).contains(byte) || byte == 0x2D || byte == 0x5F
        }
        return isPlain && (1...64).contains(name.utf8.count) && name.utf8.allSatisfy { $0 < 0x80 }
    }

    private static func checkName(_ name: String) throws(CommandError) {
        guard isName(name) else {
            throw CommandError(
                .badInput,
                "'\(name.printable)' can't name a key: use 1 to 64 letters, digits, hyphens and underscores"
            )
        }
    }

    /// A secret that others can read is no secret.
    private static func checkRights(of path: String, allowed: mode_t) throws(CommandError) {
        var status = stat()
        guard stat(path, &status) == 0 else { throw failure("looking at \(path)") }
        let rights = status.st_mode & 0o777
        guard rights & ~allowed == 0 else {
            throw CommandError(
                .badInput,
                "\(path) has the rights \(String(rights, radix: 8)), so others can get at keys: "
                    + "run `chmod \(String(allowed, radix: 8)) \(path)`, and replace keys that may have leaked"
            )
        }
    }

    private static func failure(_ doing: String) -> CommandError {
        CommandError(.storage, "\(doing) failed (\(String(cString: strerror(errno)))): check the folder and its rights")
    }
}
