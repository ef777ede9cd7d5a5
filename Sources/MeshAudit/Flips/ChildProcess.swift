import Foundation
import Glibc

/// A child process that is spoken to in lines over a socket, and may die at any time.
final class ChildProcess {
    /// What came instead of a line.
    enum Failure: Error {
        /// The process ended, with this status or by this signal.
        case ended(String)
        /// No line came in time. The process is killed.
        case timedOut
    }

    private let process = Process()
    private let descriptor: Int32
    private var received: [UInt8] = []

    /// Starts an executable whose standard input and output is the socket.
    ///
    /// - Throws: `child`.
    init(executable: String, arguments: [String]) throws(AuditError) {
        var pair: [Int32] = [-1, -1]
        let result = pair.withUnsafeMutableBufferPointer {
            socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0, $0.baseAddress)
        }
        guard result == 0 else {
            throw AuditError(.child, "A pair of sockets cannot be made: \(String(cString: strerror(errno))).")
        }
        descriptor = pair[0]
        let end = FileHandle(fileDescriptor: pair[1], closeOnDealloc: false)
        process.executableURL = URL(fileURLWithPath: executable)
        process.arguments = arguments
        process.standardInput = end
        process.standardOutput = end
        do {
            defer { close(pair[1]) }
            try process.run()
        } catch {
            close(descriptor)
            throw AuditError(
                .child,
                "\(executable) cannot be started: \(error). Name an executable file.",
                cause: error
            )
        }
    }

    deinit {
        close(descriptor)
        stop()
    }

    /// Kills the process, if it still runs, and waits for its end.
    func stop() {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
    }

    /// Says a line and waits for the next line of the process.
    func ask(_ line: String, timeout: Duration) throws(Failure) -> String {
        var bytes = Array("\(line)\n".utf8)[...]
        while !bytes.isEmpty {
            // No signal when the other side is gone: that is told by the answer that does not come.
            let count = bytes.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            bytes = bytes.dropFirst(count)
        }
        return try answer(timeout: timeout)
    }

    /// The next line of the process.
    func answer(timeout: Duration) throws(Failure) -> String {
        let deadline = ContinuousClock.now + timeout
        while true {
            if let end = received.firstIndex(of: UInt8(ascii: "\n")) {
                defer { received.removeSubrange(...end) }
                return String(decoding: received[..<end], as: UTF8.self)
            }
            let left = (deadline - ContinuousClock.now).components
            guard left.seconds >= 0, left.attoseconds >= 0 else { throw Failure.timedOut }
            let milliseconds = Int32(clamping: left.seconds) &* 1_000 &+ Int32(left.attoseconds / 1_000_000_000_000_000)
            var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&request, 1, max(milliseconds, 1)) >= 0 || errno == EINTR else { throw ended() }
            guard request.revents != 0 else { continue }
            var buffer = [UInt8](repeating: 0, count: 4_096)
            let count = buffer.withUnsafeMutableBytes { recv(descriptor, $0.baseAddress, $0.count, 0) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw ended() }
            received.append(contentsOf: buffer[..<count])
        }
    }

    private func ended() -> Failure {
        process.waitUntilExit()
        switch process.terminationReason {
        case .uncaughtSignal: return .ended("killed by signal \(process.terminationStatus)")
        default: return .ended("ended with status \(process.terminationStatus)")
        }
    }
}
