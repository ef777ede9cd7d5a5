import Glibc

/// An advisory lock on `writer.lock` beside the data: exclusive for the one process that writes, shared for readers
/// that have no reader slots and would not survive a writer.
///
/// The kernel drops it when the process dies, however it dies.
struct WriterLock: ~Copyable, Sendable {
    static let fileName = "writer.lock"

    private let descriptor: Int32

    private init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit {
        // Closing alone lets the lock live on for as long as a child of this process, between its fork and its exec, has a
        // copy of the descriptor.
        _ = flock(descriptor, LOCK_UN)
        close(descriptor)
    }

    /// Takes the lock of the writer.
    ///
    /// - Throws: `inUse` when another process has it.
    static func exclusive(in folder: String) throws(LMDBError) -> WriterLock {
        let path = "\(folder)/\(fileName)"
        let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw .system(errno, while: "opening \(path)")
        }
        let lock = WriterLock(descriptor: descriptor)
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            throw Self.failure(errno, folder: folder)
        }
        return lock
    }

    /// Makes sure that no writer is alive, and that none starts while the lock is held.
    ///
    /// - Returns: nil when there is no lock file: nobody has ever written here.
    /// - Throws: `inUse` when a process writes.
    static func shared(in folder: String) throws(LMDBError) -> WriterLock? {
        let path = "\(folder)/\(fileName)"
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw .system(errno, while: "opening \(path)")
        }
        let lock = WriterLock(descriptor: descriptor)
        guard flock(descriptor, LOCK_SH | LOCK_NB) == 0 else {
            throw Self.failure(errno, folder: folder)
        }
        return lock
    }

    private static func failure(_ errorNumber: Int32, folder: String) -> LMDBError {
        guard errorNumber == EWOULDBLOCK else {
            return .system(errorNumber, while: "locking \(folder)/\(fileName)")
        }
        return LMDBError(
            .inUse,
            "Another process has \(folder) open for writing. Stop that process, or read from a copy of the folder.",
            returnCode: errorNumber
        )
    }
}
