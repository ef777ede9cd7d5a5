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
            "\(path) can't be read, \(reason(path, error)): check its name and its rights",
            cause: error
        )
    }

    /// Why, in a few words.
    private static func reason(_ path: String, _ error: any Error) -> String {
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
            return "for it is a folder"
        }
        return switch (error as? CocoaError)?.code {
        case .fileReadNoSuchFile, .fileNoSuchFile: "for there is no such file"
        case .fileReadNoPermission: "for it is not yours to read"
        default: "for the system does not let it"
        }
    }
}
