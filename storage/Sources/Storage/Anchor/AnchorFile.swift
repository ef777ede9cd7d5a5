import Glibc
import LMDB

/// The file with the two slots of the anchor, written in turn: one of them is whole at any time.
struct AnchorFile: ~Copyable, Sendable {
    static let fileName = "anchor"

    /// The slots lie in different pages, so that a torn write of one cannot touch the other.
    private static let slotDistance = 4_096
    private static let byteCount = 2 * slotDistance

    private let descriptor: Int32
    private let path: String
    private let isSynced: Bool
    private var counter: UInt64

    private init(descriptor: Int32, path: String, isSynced: Bool, counter: UInt64) {
        self.descriptor = descriptor
        self.path = path
        self.isSynced = isSynced
        self.counter = counter
    }

    deinit {
        close(descriptor)
    }

    /// Reads the anchor of a folder.
    ///
    /// - Throws: `anchorMissing`, `anchorDamaged`, `newerFormat`, or the system's error.
    static func read(in folder: String) throws(StorageError) -> Anchor.Slot {
        let path = "\(folder)/\(fileName)"
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT {
                throw StorageError(
                    .anchorMissing,
                    """
                    \(path) is missing, so nobody can tell whether the log is complete. Put the file back. If it is lost, \
                    compare the log's last header with a trusted source and then accept the log as it is (acceptCurrent).
                    """
                )
            }
            throw failure(errno, "opening \(path)")
        }
        defer { close(descriptor) }
        var newest: Anchor.Slot?
        for index in 0..<2 {
            var bytes = [UInt8](repeating: 0, count: Anchor.Slot.byteCount)
            let count = bytes.withUnsafeMutableBytes {
                pread(descriptor, $0.baseAddress, $0.count, index * slotDistance)
            }
            guard count >= 0 else { throw failure(errno, "reading \(path)") }
            // A short read leaves zeros, which are no slot.
            guard let slot = try Anchor.Slot(decoding: bytes) else { continue }
            if slot.counter >= newest?.counter ?? 0 { newest = slot }
        }
        guard let newest else {
            throw StorageError(
                .anchorDamaged,
                """
                Neither slot of \(path) can be read. Put a sound copy back. If there is none, compare the log's last \
                header with a trusted source and then accept the log as it is (acceptCurrent).
                """
            )
        }
        return newest
    }

    /// Opens the file for writing after the slot that was read from it.
    static func open(in folder: String, after slot: Anchor.Slot, isSynced: Bool) throws(StorageError) -> AnchorFile {
        let path = "\(folder)/\(fileName)"
        let descriptor = Glibc.open(path, O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(errno, "opening \(path)") }
        return AnchorFile(descriptor: descriptor, path: path, isSynced: isSynced, counter: slot.counter)
    }

    /// Writes a new file with one slot, over an older one if there is one.
    static func create(in folder: String, anchor: Anchor, isSynced: Bool) throws(StorageError) -> AnchorFile {
        let path = "\(folder)/\(fileName)"
        let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw failure(errno, "creating \(path)") }
        var file = AnchorFile(descriptor: descriptor, path: path, isSynced: isSynced, counter: 0)
        // All bytes are written once, so that later writes need no room on the disk.
        try file.write([UInt8](repeating: 0, count: byteCount), at: 0)
        try file.advance(to: anchor)
        return file
    }

    /// Writes the slot that is not the newest, and syncs it.
    ///
    /// - Throws: the system's error; the newest slot is untouched.
    mutating func advance(to anchor: Anchor) throws(StorageError) {
        let slot = Anchor.Slot(counter: counter &+ 1, anchor: anchor)
        try write(slot.encoded, at: Int(slot.counter % 2) * Self.slotDistance)
        if isSynced, fdatasync(descriptor) != 0 {
            throw Self.failure(errno, "syncing \(path)")
        }
        counter = slot.counter
    }

    private func write(_ bytes: [UInt8], at offset: Int) throws(StorageError) {
        let count = bytes.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, offset) }
        guard count == bytes.count else {
            throw Self.failure(count < 0 ? errno : ENOSPC, "writing \(path)")
        }
    }

    private static func failure(_ errorNumber: Int32, _ action: String) -> StorageError {
        StorageError(LMDBError(systemError: errorNumber, while: action))
    }
}
