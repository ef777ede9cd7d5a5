import Glibc

/// The data file of a home, read page by page with plain reads, so that no damage in it can kill the process.
struct PageFile: ~Copyable {
    private let descriptor: Int32
    private let path: String
    /// The size of a page, in bytes.
    let pageByteCount: Int

    /// Opens the file.
    ///
    /// - Throws: `unreadableHome`.
    init(home: String) throws(AuditError) {
        let path = "\(home)/data.mdb"
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.failure(path) }
        // The first header tells the size of pages.
        var size: UInt32 = 0
        let count = withUnsafeMutableBytes(of: &size) { pread(descriptor, $0.baseAddress, $0.count, 40) }
        guard count == 4, (512...65_536).contains(size), size.nonzeroBitCount == 1 else {
            Glibc.close(descriptor)
            throw AuditError(.unreadableHome, "\(path) does not begin with a usable header. Restore it from a backup.")
        }
        self.descriptor = descriptor
        self.path = path
        pageByteCount = Int(size)
    }

    deinit {
        close(descriptor)
    }

    /// Reads a page into a buffer of its size.
    ///
    /// - Returns: false when the file ends before the end of the page.
    /// - Throws: `unreadableHome`.
    func read(_ page: UInt64, into buffer: UnsafeMutableRawBufferPointer) throws(AuditError) -> Bool {
        let (offset, overflows) = page.multipliedReportingOverflow(by: UInt64(pageByteCount))
        guard !overflows, let offset = Int(exactly: offset) else { return false }
        let count = pread(descriptor, buffer.baseAddress, pageByteCount, offset)
        guard count >= 0 else { throw Self.failure(path) }
        return count == pageByteCount
    }

    private static func failure(_ path: String) -> AuditError {
        let reason = String(cString: strerror(errno))
        return AuditError(.unreadableHome, "\(path) cannot be read (\(reason)). Check the path and your rights to it.")
    }
}
