import Foundation

/// The checkout that these tests were built from.
enum Checkout {
    /// Its root.
    static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The hand-written Swift files below the root, by path.
    static func swiftFiles() throws -> [(path: String, text: String)] {
        let output = try run(["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.swift"], in: root)
        return try output.split(separator: "\n").map(String.init)
            .filter { !$0.contains("/Generated/") }
            .compactMap { path in
                let file = root.appendingPathComponent(path)
                guard FileManager.default.fileExists(atPath: file.path) else { return nil }
                return (path, try String(contentsOf: file, encoding: .utf8))
            }
    }

    /// Runs a command and returns what it prints; throws what it complains about when it fails.
    @discardableResult
    static func run(_ command: [String], in folder: URL, environment: [String: String] = [:]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = command
        process.currentDirectoryURL = folder
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let output = Pipe()
        let log = FileManager.default.temporaryDirectory.appendingPathComponent("house-\(UUID().uuidString).log")
        _ = FileManager.default.createFile(atPath: log.path, contents: nil)
        defer { try? FileManager.default.removeItem(at: log) }
        process.standardOutput = output
        process.standardError = try FileHandle(forWritingTo: log)
        try process.run()
        let printed = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            let complaint = (try? String(contentsOf: log, encoding: .utf8)) ?? ""
            throw CommandFailure(command: command, text: complaint + String(decoding: printed, as: UTF8.self))
        }
        return String(decoding: printed, as: UTF8.self)
    }
}

/// A command that failed, with what it said.
struct CommandFailure: Error, CustomStringConvertible {
    let command: [String]
    let text: String

    var description: String { "\(command.joined(separator: " ")): \(text.suffix(2_000))" }
}
