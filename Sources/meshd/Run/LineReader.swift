import Foundation

/// The lines of a file or of standard input, one at a time, whatever the length of the whole.
final class LineReader {
    /// Far above what a transaction may have; a longer line is no transaction.
    static let lineBytesMax = 1 << 20
    private static let chunkBytes = 1 << 16

    /// The name for messages.
    let name: String
    /// The size of the file, nil where it is not known.
    let byteCount: UInt64?
    /// How many bytes have been read so far.
    private(set) var bytesRead: UInt64 = 0
    /// The number of the last line, from 1.
    private(set) var lineNumber: UInt64 = 0

    private let handle: FileHandle
    private var buffer: [UInt8] = []
    private var position = 0
    private var isAtEnd = false

    /// Opens a file; `-` is standard input.
    ///
    /// - Throws: `badInput` when it can't be read.
    init(_ path: String) throws(CommandError) {
        if path == "-" {
            (name, handle, byteCount) = ("standard input", .standardInput, nil)
            return
        }
        name = path
        do {
            handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            let size = try handle.seekToEnd()
            try handle.seek(toOffset: 0)
            byteCount = size
        } catch {
            throw InputFile.unreadable(path, error)
        }
    }

    /// The next line without its end, or nil after the last.
    ///
    /// - Throws: `badInput` when a line is too long, or the file can't be read.
    func next() throws(CommandError) -> String? {
        var searched = position
        while true {
            if let end = buffer[searched...].firstIndex(of: 0x0A) { return try take(to: end, skipping: 1) }
            searched = buffer.count
            guard searched - position <= Self.lineBytesMax else {
                lineNumber += 1
                throw failure("the line is longer than \(Self.lineBytesMax) bytes: put one transaction on a line")
            }
            guard !isAtEnd else { return position < buffer.count ? try take(to: buffer.count, skipping: 0) : nil }
            searched -= position
            try fill()
        }
    }

    /// An error about the last line, naming it.
    func failure(_ message: String, cause: (any Error)? = nil) -> CommandError {
        CommandError(.badInput, "\(name), line \(lineNumber): \(message)", cause: cause)
    }

    private func take(to end: Int, skipping rest: Int) throws(CommandError) -> String {
        lineNumber += 1
        defer { position = end + rest }
        guard let line = String(validating: buffer[position..<end], as: UTF8.self) else {
            throw failure("the line is not UTF-8: write transactions as `meshd tx` does")
        }
        return line
    }

    /// Reads another chunk behind what is left.
    private func fill() throws(CommandError) {
        buffer.removeFirst(position)
        position = 0
        // A single read: a pipe whose writer waits for an answer has no more to give.
        var chunk = [UInt8](repeating: 0, count: Self.chunkBytes)
        var count: Int
        repeat { count = read(handle.fileDescriptor, &chunk, chunk.count) } while count < 0 && errno == EINTR
        guard count >= 0 else { throw InputFile.unreadable(name, CocoaError(.fileReadUnknown)) }
        isAtEnd = count == 0
        bytesRead += UInt64(count)
        buffer.append(contentsOf: chunk[..<count])
    }
}
