import CLMDB
import Glibc
import Synchronization

extension Environment {
    /// Doubles the map, with no transaction of the process active.
    ///
    /// Open snapshots are parked; they come back at their next read.
    ///
    /// - Throws: `mapFull` at the configured maximum.
    func growMap() throws(LMDBError) {
        let old = mapSizeBytes
        let (doubled, overflows) = old.multipliedReportingOverflow(by: 2)
        let new = min(overflows ? Int.max : doubled, options.maximumMapSizeBytes)
        guard new > old else {
            throw LMDBError(
                .mapFull,
                """
                The data in \(path) would exceed the maximum map size of \(options.maximumMapSizeBytes) bytes. \
                Raise the maximum in the options and open again; nothing of this transaction was stored.
                """,
                returnCode: MDB_MAP_FULL
            )
        }
        try changeMap(to: new)
    }

    /// Follows another process that has grown the map.
    ///
    /// - Throws: `mapResized` when the calling thread is inside a transaction and would wait for itself.
    func adoptMap() throws(LMDBError) {
        guard gate.depth == 0 else {
            throw LMDBError(returnCode: MDB_MAP_RESIZED, while: "beginning a read transaction")
        }
        try changeMap(to: 0)
    }

    private func changeMap(to size: Int) throws(LMDBError) {
        try gate.exclusively { () throws(LMDBError) in
            snapshots.withLock { open in
                for snapshot in open.values {
                    snapshot.park()
                }
            }
            let result = unsafe mdb_env_set_mapsize(handle, size)
            guard result == MDB_SUCCESS else {
                throw LMDBError(returnCode: result, while: "growing the map of \(path) to \(size) bytes")
            }
            var info = unsafe MDB_envinfo()
            unsafe mdb_env_info(handle, &info)
            mapSizeBytes = unsafe Int(clamping: info.me_mapsize)
        }
    }

    /// The error of a failed commit. LMDB reports a write that the disk took only in part as an input/output error; on a
    /// file system without room that means a full disk.
    func commitError(_ result: Int32) -> LMDBError {
        if result == EIO, freeByteCount < 1 << 20 {
            return LMDBError(returnCode: ENOSPC, while: "committing to \(path)")
        }
        return LMDBError(returnCode: result, while: "committing to \(path)")
    }

    private var freeByteCount: UInt64 {
        var status = statvfs()
        guard unsafe statvfs(path, &status) == 0 else { return UInt64.max }
        return UInt64(status.f_bavail) &* UInt64(status.f_frsize)
    }
}
