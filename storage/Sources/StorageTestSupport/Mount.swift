import Glibc

/// A small file system in memory, to fill up or to make read-only. Needs the right to mount.
package final class Mount {
    package let path: String

    /// Mounts, or tells why it cannot.
    package init(at path: String, sizeBytes: Int) throws(Unavailable) {
        self.path = path
        guard mount("tmpfs", path, "tmpfs", 0, "size=\(sizeBytes)") == 0 else {
            throw Unavailable(number: errno)
        }
    }

    deinit {
        umount2(path, Int32(MNT_DETACH))
    }

    /// Forbids all writing.
    package func makeReadOnly() throws(Unavailable) {
        guard mount("tmpfs", path, "tmpfs", UInt(MS_REMOUNT | MS_RDONLY), nil) == 0 else {
            throw Unavailable(number: errno)
        }
    }

    /// Whether this process may mount here. Tests that need it are skipped otherwise.
    package static let isAvailable: Bool = {
        guard let folder = try? TemporaryFolder() else { return false }
        return (try? Mount(at: folder.path, sizeBytes: 1 << 16)) != nil
    }()

    package struct Unavailable: Error {
        let number: Int32
    }
}
