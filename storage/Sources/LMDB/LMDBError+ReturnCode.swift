import CLMDB
import Glibc

extension LMDBError {
    /// The typed error of a return code.
    ///
    /// - Parameters:
    ///   - returnCode: what an `mdb_` function gave back: negative for LMDB's own codes, else an `errno`.
    ///   - action: what was tried, as the subject of a sentence: "committing", "opening /path".
    init(returnCode: Int32, while action: String) {
        let text = unsafe String(cString: mdb_strerror(returnCode))
        let (code, remedy) = Self.meaning(of: returnCode)
        self.init(code, "\(action) failed: \(text). \(remedy)", returnCode: returnCode)
    }

    /// The typed error of a failed system call.
    ///
    /// - Parameters:
    ///   - systemError: its `errno`.
    ///   - action: what was tried, as the subject of a sentence: "opening /path".
    package init(systemError: Int32, while action: String) {
        self.init(returnCode: systemError, while: action)
    }

    /// The error of the last failed system call.
    static func system(_ errorNumber: Int32, while action: String) -> LMDBError {
        LMDBError(returnCode: errorNumber, while: action)
    }

    private static func meaning(of returnCode: Int32) -> (Code, remedy: String) {
        switch returnCode {
        case MDB_MAP_FULL:
            (.mapFull, "Raise the maximum map size in the options and open again.")
        case MDB_MAP_RESIZED:
            (.mapResized, "End this thread's other read transactions and try again.")
        case MDB_READERS_FULL:
            (.readersFull, "End some read transactions, or open with more reader slots.")
        case MDB_BAD_VALSIZE:
            (.keySize, "Use keys of 1 to 511 bytes and values below 4 GiB.")
        case MDB_KEYEXIST:
            (.keyOrder, "Append keys in strictly increasing order.")
        case MDB_NOTFOUND, ENOENT, ENOTDIR:
            (.notFound, "Check the path and that the folder was created with this program.")
        case MDB_INVALID, MDB_VERSION_MISMATCH:
            (.invalidFile, "Check that this is a data file of LMDB 0.9; restore it from a backup if it is damaged.")
        case MDB_PANIC:
            (.panicked, "Stop the process and open again; check the disk and the kernel log first.")
        case MDB_CORRUPTED, MDB_PAGE_NOTFOUND:
            (.corrupted, "Stop, keep a copy of the folder, and restore from a backup.")
        case ENOSPC, EDQUOT:
            (.diskFull, "Free some space and try again; what was committed before is safe and readable.")
        case EACCES, EPERM, EROFS:
            (.permissionDenied, "Check owner and mode of the folder, or open it for reading only.")
        case EIO:
            (.inputOutput, "Check the disk and the kernel log before you go on.")
        case ENOMEM:
            (.inputOutput, "The map does not fit in the address space: check `ulimit -v`.")
        default:
            (.library, "See the return code \(returnCode) in LMDB's manual.")
        }
    }
}
