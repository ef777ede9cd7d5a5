import Foundation

/// One of the process's standard streams, written without a buffer.
struct Terminal: Sendable {
    static let standardInput = Terminal(descriptor: STDIN_FILENO)
    static let standardOutput = Terminal(descriptor: STDOUT_FILENO)
    static let standardError = Terminal(descriptor: STDERR_FILENO)

    let descriptor: Int32

    /// Whether somebody looks on, and has not asked for plain text.
    var isInteractive: Bool {
        isatty(descriptor) == 1 && ProcessInfo.processInfo.environment["NO_COLOR"] == nil
    }

    /// Writes all of a text, at once. A reader that has gone away ends the process, as usual in pipes.
    ///
    /// Where the output can't be written, such as on a full disk, the process ends with the code of storage: half a result must
    /// not look like a whole one.
    func write(_ text: String) {
        var text = text
        text.withUTF8 { bytes in
            var rest = UnsafeRawBufferPointer(bytes)
            while !rest.isEmpty {
                let count = Foundation.write(descriptor, rest.baseAddress, rest.count)
                if count < 0 {
                    let reason = errno
                    guard reason == EINTR || reason == EAGAIN else { return giveUp(reason) }
                    if reason == EAGAIN { waitForRoom() }
                    continue
                }
                rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
            }
        }
    }

    /// Waits until a stream that does not block takes more.
    private func waitForRoom() {
        var stream = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&stream, 1, -1)
    }

    private func giveUp(_ reason: Int32) {
        guard descriptor == STDOUT_FILENO else { return }
        let text = String(cString: strerror(reason))
        Self.standardError.write("error: the output can't be written (\(text)): make room, or send it elsewhere\n")
        Foundation.exit(CommandError.Code.storage.exitCode)
    }
}
