import CLMDB
import Synchronization

/// One LMDB environment: a folder with a data file, open once in this process.
///
/// Reads run on any thread, each in a closure that bounds its transaction. Writes run one after another on a thread of
/// the environment's own, and each caller waits for its own. The map grows by itself.
@safe public final class Environment: @unchecked Sendable {
    // Invariants that make this class safe to share:
    // - `handle` is used only between `open` and the end of `close`, which the gate and the writer thread keep apart.
    // - `mapSizeBytes` is written only with the gate held exclusively, or before the environment is shared.
    let handle: OpaquePointer
    let gate: TransactionGate
    let writer: WriterThread?
    /// The folder.
    public let path: String
    /// How it was opened.
    public let options: EnvironmentOptions
    /// The longest key, in bytes.
    public let maximumKeyByteCount: Int

    /// The size of the map, in bytes. For tests of growth; no other thread may write meanwhile.
    package internal(set) var mapSizeBytes: Int
    let snapshots = Mutex<[ObjectIdentifier: SnapshotHandle]>([:])
    private let identity: EnvironmentRegistry.Identity
    private let lock: Mutex<WriterLock?>
    private let isClosed = Atomic<Bool>(false)

    init(
        handle: OpaquePointer,
        path: String,
        options: EnvironmentOptions,
        identity: EnvironmentRegistry.Identity,
        gate: TransactionGate,
        writer: WriterThread?,
        lock: consuming sending WriterLock?
    ) {
        unsafe self.handle = unsafe handle
        self.path = path
        self.options = options
        self.identity = identity
        self.gate = gate
        self.writer = writer
        self.lock = Mutex(lock)
        maximumKeyByteCount = unsafe Int(mdb_env_get_maxkeysize(handle))
        var info = unsafe MDB_envinfo()
        unsafe mdb_env_info(handle, &info)
        mapSizeBytes = unsafe Int(clamping: info.me_mapsize)
    }

    deinit {
        close()
    }

    /// Closes the environment. Waits for transactions that are open; later ones throw `closed`. Closing twice is nothing.
    ///
    /// Must not be called inside a transaction of this environment.
    public func close() {
        guard !isClosed.exchange(true, ordering: .sequentiallyConsistent) else { return }
        writer?.stop()
        try? gate.exclusively(closing: true) {
            snapshots.withLock { open in
                for snapshot in open.values {
                    snapshot.end()
                }
                open = [:]
            }
            unsafe mdb_env_close(handle)
        }
        lock.withLock { $0 = nil }
        EnvironmentRegistry.release(identity)
    }

    /// The version of the linked LMDB, such as `0.9.24`.
    public static var libraryVersion: String {
        let version = libraryVersionNumbers
        return "\(version.major).\(version.minor).\(version.patch)"
    }

    static var libraryVersionNumbers: (major: Int32, minor: Int32, patch: Int32) {
        var (major, minor, patch): (Int32, Int32, Int32) = (0, 0, 0)
        unsafe _ = mdb_version(&major, &minor, &patch)
        return (major, minor, patch)
    }

    /// The number of the last committed transaction.
    ///
    /// - Throws: `closed`.
    public func lastTransaction() throws(LMDBError) -> Int {
        try gate.enter()
        defer { gate.leave() }
        var info = unsafe MDB_envinfo()
        unsafe mdb_env_info(handle, &info)
        return unsafe Int(clamping: info.me_last_txnid)
    }

    /// Frees the reader slots of processes that died.
    ///
    /// - Returns: how many there were.
    /// - Throws: `closed`, or the library's error.
    @discardableResult
    public func clearStaleReaders() throws(LMDBError) -> Int {
        try gate.enter()
        defer { gate.leave() }
        var dead: Int32 = 0
        let result = unsafe mdb_reader_check(handle, &dead)
        guard result == MDB_SUCCESS else {
            throw LMDBError(returnCode: result, while: "checking the reader slots of \(path)")
        }
        return Int(dead)
    }
}
