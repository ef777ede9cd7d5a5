import Glibc

/// Whole files, for tests that damage them.
enum Files {
    struct Failure: Error {
        let path: String
        let number: Int32
    }

    static func read(_ path: String) throws -> [UInt8] {
        let descriptor = open(path, O_RDONLY)
        guard descriptor >= 0 else { throw Failure(path: path, number: errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw Failure(path: path, number: errno) }
        var bytes = [UInt8](repeating: 0, count: status.st_size)
        guard Glibc.read(descriptor, &bytes, bytes.count) == bytes.count else {
            throw Failure(path: path, number: errno)
        }
        return bytes
    }

    static func write(_ bytes: [UInt8], to path: String) throws {
        let descriptor = open(path, O_RDWR | O_CREAT | O_TRUNC, 0o644)
        guard descriptor >= 0 else { throw Failure(path: path, number: errno) }
        defer { close(descriptor) }
        guard Glibc.write(descriptor, bytes, bytes.count) == bytes.count else {
            throw Failure(path: path, number: errno)
        }
    }

    /// Copies a store that is not being written to.
    static func copyStore(from source: String, to target: String) throws {
        for name in ["data.mdb", "anchor"] {
            try write(try read("\(source)/\(name)"), to: "\(target)/\(name)")
        }
    }
}
