import Foundation
import Logging
import MeshHost
import MeshSandbox
import ModuleKit
import Storage

/// The folder of one chain: `chain` holds its store, `keys` the keys of those who use it here.
struct Home: Sendable {
    /// The folder, as it was named.
    let path: String

    /// Where the chain's store is.
    var chainPath: String { path + "/chain" }
    /// Where the keys are.
    var keysPath: String { path + "/keys" }

    /// Whether there is a chain.
    var holdsChain: Bool { FileManager.default.fileExists(atPath: chainPath) }

    /// Whether another name leads to the same folder.
    func isSame(as other: Home) -> Bool {
        let paths = [self, other].map {
            URL(fileURLWithPath: $0.chainPath).resolvingSymlinksInPath().standardizedFileURL
        }
        return paths[0] == paths[1]
    }

    /// Opens the chain for executing blocks; no other process may have it open for that.
    ///
    /// - Parameters:
    ///   - provableHeights: how many heights before the last one keep their state provable.
    ///   - minimumFees: what a transaction is asked to pay.
    private func openForWriting(provableHeights: UInt64, minimumFees: Coins) throws(CommandError) -> ChainHost {
        try requireChain()
        return try CommandError.wrapping {
            try ChainHost.open(
                at: chainPath,
                registry: try StandardModules.registry(),
                options: HostOptions(
                    provableHeights: provableHeights,
                    minimumFees: minimumFees,
                    logger: Self.logger
                )
            )
        }
    }

    /// Opens the chain for making blocks, signed with the consensus keys of this home.
    func openSequencer(
        provableHeights: UInt64 = HostOptions().provableHeights,
        minimumFees: Coins = .empty
    ) throws(CommandError) -> Sequencer {
        let host = try openForWriting(provableHeights: provableHeights, minimumFees: minimumFees)
        do {
            return try Sequencer(host, keys: try ConsensusKeys(KeyStore(self)).keys)
        } catch {
            try? host.store.close()
            throw CommandError(error)
        }
    }

    /// Opens the chain for questions, beside a process that executes blocks.
    func openForReading() throws(CommandError) -> ChainHost {
        try requireChain()
        return try CommandError.wrapping {
            let store = try ChainStore.open(at: chainPath, expectedChainID: nil, access: .readOnly)
            return try ChainHost(resuming: store, registry: try StandardModules.registry())
        }
    }

    /// Makes sure that there is a chain.
    func requireChain() throws(CommandError) {
        guard holdsChain else {
            throw CommandError(
                .storage,
                "there is no chain in \(path): make one with `meshd init --home \(path)`, or name another home with --home"
            )
        }
    }

    /// Warnings of the host, such as a hook that failed, go to standard error.
    private static var logger: Logger {
        var logger = Logger(label: "meshd") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .warning
        return logger
    }
}
