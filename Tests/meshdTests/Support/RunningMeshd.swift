import Foundation

/// `meshd run` on standard input, kept running: a test gives it lines and waits for its acknowledgements.
final class RunningMeshd {
    private let process: Process
    private let input = Pipe()
    private let output = Pipe()
    private var buffer = Data()

    init(_ folder: TestFolder, _ arguments: String...) throws {
        process = MeshdBinary.process(["run", "-", "--acknowledge"] + arguments, in: folder.url)
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
    }

    /// Hands a line to the process.
    func write(_ line: String) throws {
        try input.fileHandleForWriting.write(contentsOf: Data((line + "\n").utf8))
    }

    /// The next line of its output; nil at the end.
    func readLine() -> String? {
        while true {
            if let end = buffer.firstIndex(of: 0x0A) {
                defer { buffer.removeSubrange(buffer.startIndex...end) }
                return String(decoding: buffer[buffer.startIndex..<end], as: UTF8.self)
            }
            let chunk = output.fileHandleForReading.availableData
            guard !chunk.isEmpty else { return nil }
            buffer.append(chunk)
        }
    }

    /// The height and the header hash of the next acknowledgement; other lines are passed over.
    func readAcknowledgement() -> (height: Int, hash: String)? {
        while let line = readLine() {
            let words = line.split(separator: " ").map(String.init)
            if words.count == 3, words[0] == "committed", let height = Int(words[1]) { return (height, words[2]) }
        }
        return nil
    }

    /// Ends its input, and waits for its end.
    func finish() throws -> Int32 {
        try input.fileHandleForWriting.close()
        while readLine() != nil {}
        process.waitUntilExit()
        return process.terminationStatus
    }

    /// Kills it at once, without a chance to tidy up.
    func kill() {
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }
}
