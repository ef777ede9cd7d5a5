import Foundation

/// A file that a user names; `-` is standard input.
enum InputFile {
    /// All bytes of a file.
    ///
    /// - Throws: `badInput`, naming the file.
    static func bytes(_ path: String) throws(CommandError) -> [UInt8] {
        do {
            if path == "-" { return Array(try FileHandle.standardInput.readToEnd() ?? Data()) }
            return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        } catch {
            throw unreadable(path, error)
        }
    }

    static func unreadable(_ path: String, _ error: any Error) -> CommandError {
        CommandError(
            .badInput,
            "\(path) can't be read (\(error.localizedDescription)): check its name and its rights",
            cause: error
        )
    }
}
