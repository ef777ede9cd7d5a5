import Foundation
public import MeshHost
import Storage

/// The side of a fault campaign that may die: it turns bits over in a private copy of a home and tells what came of it.
///
/// It speaks lines. First it says `ready`. Then it reads flips, `file offset bit`, and answers each with `outcome` and
/// after a space the first finding. It ends when its input ends.
public struct FlipChild {
    /// The folder of the chain; never written to.
    public let home: String
    /// An existing folder for the copy and the replays.
    public let scratch: String
    /// The modules that wrote the log.
    public let registry: ModuleRegistry

    /// Describes a child.
    public init(home: String, scratch: String, registry: ModuleRegistry) {
        self.home = home
        self.scratch = scratch
        self.registry = registry
    }

    private var copy: String { "\(scratch)/copy" }

    /// Serves standard input until its end.
    ///
    /// - Throws: `unreadableHome` when the home cannot be copied or is not sound to begin with; `child` for a line that
    ///   is no flip.
    @available(*, noasync)
    public func run() throws(AuditError) {
        try run(readLine: { readLine(strippingNewline: true) }) { line in
            // One system call a line, and no buffer that a death would swallow.
            FileHandle.standardOutput.write(Data("\(line)\n".utf8))
        }
    }

    /// Serves lines until there are no more.
    @available(*, noasync)
    func run(readLine: () -> String?, writeLine: (String) -> Void) throws(AuditError) {
        try managingFiles("copying \(home) to \(copy)") {
            if FileManager.default.fileExists(atPath: copy) { try FileManager.default.removeItem(atPath: copy) }
            try FileManager.default.copyItem(atPath: home, toPath: copy)
        }
        let original = try ContentDigest(home: copy)
        if let finding = try check().finding {
            throw AuditError(.unreadableHome, "\(home) is not sound to begin with: \(finding)")
        }
        writeLine("ready")
        while let line = readLine() {
            guard let flip = Flip(line) else { throw AuditError(.child, "'\(line)' is no flip: file, offset, bit.") }
            let result = try outcome(of: flip, original: original)
            writeLine("\(result.outcome.rawValue) \(result.detail.replacing("\n", with: " "))")
        }
    }

    private func outcome(
        of flip: Flip,
        original: ContentDigest
    ) throws(AuditError) -> (outcome: FlipOutcome, detail: String) {
        let path = "\(copy)/\(flip.file)"
        let sound = try managingFiles("reading \(path)") { try Data(contentsOf: URL(fileURLWithPath: path)) }
        guard let offset = Int(exactly: flip.offset), offset < sound.count else {
            throw AuditError(.child, "\(path) has no byte \(flip.offset).")
        }
        try write(sound[offset] ^ (1 << flip.bit), at: flip.offset, of: path)
        let result = try check()
        if let finding = result.finding {
            try restore(flip, sound, path)
            return (result.outcome, finding)
        }
        let digest: Result<ContentDigest, AuditError>
        do throws(AuditError) {
            digest = .success(try ContentDigest(home: copy))
        } catch {
            digest = .failure(error)
        }
        try restore(flip, sound, path)
        switch digest {
        case .success(original): return (.harmless, "")
        case .success: return (.silent, "the content has changed")
        case .failure(let error): return (.silent, error.message)
        }
    }

    /// Looks at the copy as an operator would: verify, which opens it too, then replay.
    private func check() throws(AuditError) -> (outcome: FlipOutcome, finding: String?) {
        do throws(AuditError) {
            let verified = try Verification(home: copy).run()
            if let finding = verified.findings.first {
                let isRefused = verified.findings.allSatisfy { $0.code == .openRefused }
                return (isRefused ? .refusedAtOpen : .foundByVerify, "\(finding)")
            }
        } catch {
            // The environment is this process's own: what keeps the copy from being opened lies in the copy.
            return (.refusedAtOpen, error.message)
        }
        let folder = "\(scratch)/replay"
        try managingFiles("removing \(folder)") {
            if FileManager.default.fileExists(atPath: folder) { try FileManager.default.removeItem(atPath: folder) }
        }
        do throws(AuditError) {
            let replayed = try Replay(home: copy, scratch: folder, registry: registry).run()
            guard replayed.isSound else {
                return (.foundByReplay, replayed.findings.first?.description ?? "the replay did not come to its end")
            }
        } catch {
            guard error.code != .unusableScratch else { throw error }
            return (.foundByReplay, error.message)
        }
        return (.harmless, nil)
    }

    private func restore(_ flip: Flip, _ sound: Data, _ path: String) throws(AuditError) {
        if flip.file.hasSuffix(".mdb") && flip.file != "lock.mdb" || flip.file == "anchor" {
            // Opened for reading only, these are as they were but for the bit.
            try write(sound[Int(flip.offset)], at: flip.offset, of: path)
        } else {
            try managingFiles("writing \(path)") { try sound.write(to: URL(fileURLWithPath: path)) }
        }
    }

    private func write(_ byte: UInt8, at offset: UInt64, of path: String) throws(AuditError) {
        try managingFiles("writing \(path)") {
            let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
            defer { try? file.close() }
            try file.seek(toOffset: offset)
            try file.write(contentsOf: Data([byte]))
        }
    }
}

/// Runs something with files and says what failed.
func managingFiles<Value>(_ action: String, _ body: () throws -> Value) throws(AuditError) -> Value {
    do {
        return try body()
    } catch {
        throw AuditError(
            .unusableScratch,
            "\(action) failed: \(error). Check the folder, its rights and its room.",
            cause: error
        )
    }
}
