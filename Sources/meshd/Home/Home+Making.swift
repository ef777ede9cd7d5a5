import Foundation

/// Making homes: a chain stands in its place as a whole, or not at all.
extension Home {
    /// Makes the folder when it is missing; its parent has to be there.
    func makeFolder() throws(CommandError) {
        guard mkdir(path, 0o755) == 0 || errno == EEXIST else {
            throw CommandError(
                .storage,
                "the folder \(path) can't be made (\(String(cString: strerror(errno)))): check its parent and your rights"
            )
        }
    }

    /// Builds a home beside this one, and puts it in its place when it is complete.
    ///
    /// A process that is killed meanwhile leaves nothing but a folder with the ending `.partial-…`.
    ///
    /// - Throws: `badInput` when there is a chain already; what `build` throws.
    func make<Result>(_ build: (Home) throws(CommandError) -> Result) throws(CommandError) -> Result {
        guard !holdsChain else {
            throw CommandError(.badInput, "\(path) holds a chain already: choose another home, or remove this one")
        }
        let staging = Home(path: try makeStagingFolder())
        defer { try? FileManager.default.removeItem(atPath: staging.path) }
        let result = try build(staging)
        try makeFolder()
        // The keys first: a chain whose keys are missing would be of no use.
        if FileManager.default.fileExists(atPath: staging.keysPath) {
            for record in try KeyStore(staging).all() where try KeyStore(self).find(record.name) == nil {
                try KeyStore(self).add(record)
            }
        }
        guard rename(staging.chainPath, chainPath) == 0 else {
            throw CommandError(
                .storage,
                "the chain can't be put in its place at \(chainPath) (\(String(cString: strerror(errno))))"
            )
        }
        return result
    }

    private func makeStagingFolder() throws(CommandError) -> String {
        var base = path
        while base.count > 1, base.hasSuffix("/") { base.removeLast() }
        var template = Array((base + ".partial-XXXXXX").utf8CString)
        guard mkdtemp(&template) != nil else {
            throw CommandError(
                .storage,
                "no folder can be made beside \(path) (\(String(cString: strerror(errno)))): check its parent and your rights"
            )
        }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
