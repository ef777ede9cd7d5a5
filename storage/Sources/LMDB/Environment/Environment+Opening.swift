import CLMDB
import Glibc

extension Environment {
    /// Opens the environment in a folder.
    ///
    /// Takes the writer's lock, checks the data file, clears slots of dead readers. Reads no data: the cost does not
    /// depend on the size of the file.
    ///
    /// - Parameters:
    ///   - path: an existing folder on a local file system. LMDB must not be used over a network file system.
    ///   - options: who may do what.
    /// - Throws: `alreadyOpen`, `inUse`, `notFound`, `truncated`, `invalidFile`, `permissionDenied`,
    ///   `unsupportedLibrary`, or the system's error.
    public static func open(
        at path: String,
        options: EnvironmentOptions = EnvironmentOptions()
    ) throws(LMDBError) -> Environment {
        try checkLibrary()
        let identity = try identity(of: path)
        try EnvironmentRegistry.claim(identity, path: path)
        do throws(LMDBError) {
            return try open(at: path, options: options, identity: identity)
        } catch {
            EnvironmentRegistry.release(identity)
            throw error
        }
    }

    private static func open(
        at path: String,
        options: EnvironmentOptions,
        identity: EnvironmentRegistry.Identity
    ) throws(LMDBError) -> Environment {
        var flags = UInt32(MDB_NOTLS)
        var lock: WriterLock?
        switch options.access {
        case .readWrite:
            lock = try .exclusive(in: path)
            if options.durability == .unsynced {
                flags |= UInt32(MDB_NOSYNC)
            }
        case .readOnly:
            flags |= UInt32(MDB_RDONLY)
            if !canWriteLockFile(in: path) {
                // No reader slots: a writer would reuse pages under this reader, so there must be none.
                flags |= UInt32(MDB_NOLOCK)
                lock = try .shared(in: path)
            }
        }
        let exists = try DataFile.check(in: path)
        guard exists || (options.createsMissingFile && options.access == .readWrite) else {
            throw LMDBError(
                .notFound,
                "There is no \(DataFile.fileName) in \(path). Check the path, or create the store first."
            )
        }
        let handle = unsafe try openHandle(at: path, options: options, flags: flags)
        let gate: TransactionGate
        let writer: WriterThread?
        do throws(LMDBError) {
            gate = try TransactionGate()
            writer = options.access == .readWrite ? try WriterThread() : nil
        } catch {
            unsafe mdb_env_close(handle)
            throw error
        }
        let environment = unsafe Environment(
            handle: handle,
            path: path,
            options: options,
            identity: identity,
            gate: gate,
            writer: writer,
            lock: lock
        )
        if flags & UInt32(MDB_NOLOCK) == 0 {
            try environment.clearStaleReaders()
        }
        return environment
    }

    private static func openHandle(
        at path: String,
        options: EnvironmentOptions,
        flags: UInt32
    ) throws(LMDBError) -> OpaquePointer {
        var created: OpaquePointer?
        let result = unsafe mdb_env_create(&created)
        guard result == MDB_SUCCESS, let handle = unsafe created else {
            throw LMDBError(returnCode: result, while: "preparing an environment")
        }
        let mapSize = max(min(options.initialMapSizeBytes, options.maximumMapSizeBytes), 1 << 16)
        let steps: [() -> Int32] = [
            { unsafe mdb_env_set_mapsize(handle, mapSize) },
            { unsafe mdb_env_set_maxdbs(handle, MDB_dbi(clamping: options.maximumDatabaseCount)) },
            { unsafe mdb_env_set_maxreaders(handle, UInt32(clamping: options.maximumReaderCount)) },
            { unsafe mdb_env_open(handle, path, flags, 0o644) },
        ]
        for step in steps {
            let result = step()
            guard result == MDB_SUCCESS else {
                unsafe mdb_env_close(handle)
                throw LMDBError(returnCode: result, while: "opening \(path)")
            }
        }
        return unsafe handle
    }

    private static func checkLibrary() throws(LMDBError) {
        let version = libraryVersionNumbers
        guard version.major == 0, version.minor == 9, version.patch >= 24 else {
            throw LMDBError(
                .unsupportedLibrary,
                "LMDB \(libraryVersion) is installed, but 0.9.24 or a later 0.9 is needed. Install liblmdb from Debian."
            )
        }
    }

    private static func identity(of path: String) throws(LMDBError) -> EnvironmentRegistry.Identity {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else {
            throw .system(errno, while: "opening \(path)")
        }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            throw LMDBError(.notFound, "\(path) is not a folder. Name the folder that holds the data file.")
        }
        return EnvironmentRegistry.Identity(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
    }

    private static func canWriteLockFile(in folder: String) -> Bool {
        let path = "\(folder)/lock.mdb"
        if unsafe access(path, F_OK) == 0 {
            return unsafe access(path, W_OK) == 0
        }
        return unsafe access(folder, W_OK) == 0
    }
}
