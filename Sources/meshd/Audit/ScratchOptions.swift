import ArgumentParser
import Foundation

/// Where an audit builds a store of its own.
struct ScratchOptions: ParsableArguments {
    @Option(name: .long, help: "A folder to rebuild the state in, which is kept. (default: a temporary one)")
    var scratch: String?

    /// Hands out the folder; a temporary one is removed afterwards.
    func use<Result>(_ body: (String) throws(CommandError) -> Result) throws(CommandError) -> Result {
        if let scratch { return try body(scratch) }
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("meshd-\(UUID().uuidString)")
        try CommandError.wrapping {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        }
        defer { try? FileManager.default.removeItem(at: folder) }
        return try body(folder.path)
    }
}
