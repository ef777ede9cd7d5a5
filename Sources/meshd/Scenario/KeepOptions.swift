import ArgumentParser
import Foundation

/// Where a command makes chains of its own.
struct KeepOptions: ParsableArguments {
    @Option(
        name: .long,
        help:
            "A new folder for the homes of the chains, which other commands take by --home. (default: none is kept)"
    )
    var keep: String?

    /// Hands out the folder; a temporary one is removed afterwards.
    ///
    /// - Throws: `badInput` when there is something at the path already, or nothing can be made there.
    func use<Result>(_ body: (String) throws(CommandError) -> Result) throws(CommandError) -> Result {
        let temporary = FileManager.default.temporaryDirectory.appendingPathComponent("meshd-\(UUID().uuidString)")
        let url = keep.map { URL(fileURLWithPath: $0) } ?? temporary
        guard !FileManager.default.fileExists(atPath: url.path) else {
            throw CommandError(
                .badInput,
                "there is something at \(url.path) already: name a folder that is not there yet"
            )
        }
        do {
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        } catch {
            throw CommandError(
                .badInput,
                "the folder \(url.path) can't be made (\(error.localizedDescription))",
                cause: error
            )
        }
        defer { if keep == nil { try? FileManager.default.removeItem(at: url) } }
        let result = try body(url.path)
        if keep != nil { try CommandError.wrapping { try Self.makeHomes(in: url) } }
        return result
    }

    /// Puts every chain where a home has it, so that each command finds it: the folder `a-1` becomes `a-1/chain`.
    private static func makeHomes(in folder: URL) throws {
        let files = FileManager.default
        for name in try files.contentsOfDirectory(atPath: folder.path).sorted() {
            let url = folder.appendingPathComponent(name)
            guard files.fileExists(atPath: url.appendingPathComponent("data.mdb").path) else {
                var isFolder: ObjCBool = false
                if files.fileExists(atPath: url.path, isDirectory: &isFolder), isFolder.boolValue {
                    try makeHomes(in: url)
                }
                continue
            }
            let aside = folder.appendingPathComponent(".\(name)-aside")
            try files.moveItem(at: url, to: aside)
            try files.createDirectory(at: url, withIntermediateDirectories: false)
            try files.moveItem(at: aside, to: url.appendingPathComponent("chain"))
        }
    }
}
