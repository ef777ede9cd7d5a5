import CometBFT
import Foundation

/// The evidence that a chain's node has heard, and that stands in no block: a folder beside the chain's data, with one
/// document for each validator and height, as a node's RPC writes evidence.
///
/// A home that is kept keeps it too, so that an observer finds it there.
struct HeardEvidence {
    private static let folderName = "heard"
    private static let ending = ".json"

    private let folder: URL

    /// The evidence of a home.
    ///
    /// - Parameter home: the folder with the chain's data.
    init(home: String) {
        folder = URL(fileURLWithPath: home).appendingPathComponent(Self.folderName)
    }

    /// Keeps evidence; the same one again changes nothing.
    ///
    /// - Throws: `host` when it can't be written.
    func keep(_ evidence: DuplicateVoteEvidence) throws(SandboxError) {
        let name = "\(evidence.height)-\(evidence.voteA.validatorAddress)\(Self.ending)"
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let text = Evidence.duplicateVote(evidence).rpc.text()
            try Data(text.utf8).write(to: folder.appendingPathComponent(name), options: .atomic)
        } catch {
            throw SandboxError(
                .host,
                "evidence can't be kept in \(folder.path) (\(error.localizedDescription)): check your rights",
                cause: error
            )
        }
    }

    /// All that was kept, by height and validator; nothing where no folder is.
    ///
    /// - Throws: `host` when the folder can't be read; `notObservable` for something else in it, by its name.
    func all() throws(SandboxError) -> [Evidence] {
        guard FileManager.default.fileExists(atPath: folder.path) else { return [] }
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        } catch {
            throw SandboxError(
                .host,
                "the folder \(folder.path) can't be read (\(error.localizedDescription)): check your rights",
                cause: error
            )
        }
        var found: [(height: Int64, name: String, evidence: Evidence)] = []
        for name in names.sorted() {
            let evidence = try read(name)
            found.append((evidence.infractionHeight, name, evidence))
        }
        return found.sorted { ($0.height, $0.name) < ($1.height, $1.name) }.map(\.evidence)
    }

    private func read(_ name: String) throws(SandboxError) -> Evidence {
        let file = folder.appendingPathComponent(name)
        do {
            guard name.hasSuffix(Self.ending) else {
                throw CometBFTError(.malformed, "documents have names that end with \(Self.ending)")
            }
            return try Evidence(json: Array(try Data(contentsOf: file)))
        } catch {
            let reason = (error as? CometBFTError)?.message ?? error.localizedDescription
            throw SandboxError(
                .notObservable,
                "\(file.path) is no evidence, which alone belongs there: \(reason); take it away",
                cause: error
            )
        }
    }
}

extension Evidence {
    /// The height at which validators did what they should not.
    fileprivate var infractionHeight: Int64 {
        switch self {
        case .duplicateVote(let evidence): evidence.height
        case .lightClientAttack(let evidence): evidence.conflictingBlock.height
        }
    }
}
