import Synchronization

/// The environments open in this process, by device and inode of their folders.
///
/// Opening a folder twice in one process would break the advisory locks of LMDB's lock file.
enum EnvironmentRegistry {
    /// What makes a folder itself, whatever path leads to it.
    struct Identity: Hashable, Sendable {
        let device: UInt64
        let inode: UInt64
    }

    private static let open = Mutex<Set<Identity>>([])

    /// Claims a folder.
    ///
    /// - Throws: `alreadyOpen`.
    static func claim(_ identity: Identity, path: String) throws(LMDBError) {
        let isNew = open.withLock { $0.insert(identity).inserted }
        guard isNew else {
            throw LMDBError(
                .alreadyOpen,
                "\(path) is open already in this process. Share that environment, or close it first."
            )
        }
    }

    /// Gives a folder up.
    static func release(_ identity: Identity) {
        open.withLock { _ = $0.remove(identity) }
    }
}
