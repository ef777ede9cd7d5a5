import Glibc

/// What can be known of a data file before LMDB maps it.
///
/// LMDB trusts its file. A file shorter than its header says kills the process with SIGBUS at the first read beyond the
/// end, and a damaged header leads to wild pointers; so both are looked at here, with plain reads.
///
/// The first two pages each hold a header (64-bit layout): a page header of 16 bytes, magic and version (4 bytes each),
/// address and map size (8 each), two tree descriptions (48 each, the first begins with the page size), last page (8) and
/// transaction (8), all in the machine's byte order.
struct DataFile {
    static let fileName = "data.mdb"

    private static let magic: UInt32 = 0xBEEF_C0DE
    private static let version: UInt32 = 1
    private static let headerByteCount = 152

    private struct Header {
        let pageSize: UInt32
        let mapSize: UInt64
        let roots: [UInt64]
        let lastPage: UInt64
        let transaction: UInt64
    }

    /// Checks the file of a folder.
    ///
    /// - Returns: false when there is no file yet.
    /// - Throws: `truncated`, `invalidFile`, or the system's error.
    static func check(in folder: String) throws(LMDBError) -> Bool {
        let path = "\(folder)/\(fileName)"
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return false }
            throw .system(errno, while: "opening \(path)")
        }
        defer { close(descriptor) }
        let first = try header(at: 0, of: descriptor, path: path)
        guard first.pageSize >= 512, first.pageSize <= 65_536, first.pageSize.nonzeroBitCount == 1 else {
            throw invalid(path, "its page size is \(first.pageSize)")
        }
        let second = try header(at: Int(first.pageSize), of: descriptor, path: path)
        guard second.pageSize == first.pageSize else {
            throw invalid(path, "its two headers name different page sizes")
        }
        let newest = second.transaction > first.transaction ? second : first
        for root in newest.roots where root != UInt64.max && (root < 2 || root > newest.lastPage) {
            throw invalid(path, "a tree begins at page \(root) of \(newest.lastPage)")
        }
        let (end, overflows) = (newest.lastPage &+ 1).multipliedReportingOverflow(by: UInt64(newest.pageSize))
        guard !overflows, newest.lastPage != UInt64.max, end <= UInt64(Int.max) else {
            throw invalid(path, "its last page is \(newest.lastPage)")
        }
        // Measured after the header was read: a writer in another process only ever makes the file longer.
        let length = try byteCount(of: descriptor, path: path)
        guard length >= end else {
            throw truncated(path, length: length, end: end)
        }
        return true
    }

    private static func header(at offset: Int, of descriptor: Int32, path: String) throws(LMDBError) -> Header {
        var bytes = [UInt8](repeating: 0, count: headerByteCount)
        let count = unsafe bytes.withUnsafeMutableBytes { buffer in
            unsafe pread(descriptor, buffer.baseAddress, buffer.count, offset)
        }
        guard count >= 0 else {
            throw .system(errno, while: "reading \(path)")
        }
        guard count == headerByteCount else {
            let length = try byteCount(of: descriptor, path: path)
            throw truncated(path, length: length, end: UInt64(offset + headerByteCount))
        }
        func load<Value: FixedWidthInteger & BitwiseCopyable>(_ position: Int, as type: Value.Type) -> Value {
            unsafe bytes.withUnsafeBytes { unsafe $0.loadUnaligned(fromByteOffset: position, as: type) }
        }
        guard load(16, as: UInt32.self) == magic, load(20, as: UInt32.self) == version else {
            throw invalid(path, "the mark of an LMDB 0.9 file is not at byte \(offset + 16)")
        }
        return Header(
            pageSize: load(40, as: UInt32.self),
            mapSize: load(32, as: UInt64.self),
            roots: [load(80, as: UInt64.self), load(128, as: UInt64.self)],
            lastPage: load(136, as: UInt64.self),
            transaction: load(144, as: UInt64.self)
        )
    }

    private static func byteCount(of descriptor: Int32, path: String) throws(LMDBError) -> UInt64 {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else {
            throw .system(errno, while: "measuring \(path)")
        }
        return UInt64(clamping: status.st_size)
    }

    private static func truncated(_ path: String, length: UInt64, end: UInt64) -> LMDBError {
        LMDBError(
            .truncated,
            """
            \(path) is \(length) bytes long, but its header speaks of \(end). The file was cut off. \
            Restore it from a backup; nothing was changed.
            """
        )
    }

    private static func invalid(_ path: String, _ reason: String) -> LMDBError {
        LMDBError(
            .invalidFile,
            """
            \(path) is not a usable data file: \(reason). \
            Check the path; if the path is right, the file is damaged: restore it from a backup.
            """
        )
    }
}
