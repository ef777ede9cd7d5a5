import Crypto
import Foundation
import ModuleKit
import Storage
import Testing

@testable import MeshSandbox

/// The homes of two chains with a channel between them: `mesh-1`, which is the folder's own home, and `hub-1`.
///
/// The chains stand still while the program looks at their homes, and go on together in ``relay()``. Alice has a million
/// of each chain's coin.
final class ConnectedChains {
    let folder: TestFolder
    private let network: Network

    init() throws {
        folder = try TestFolder()
        network = try Network(in: folder.url.path, seed: 7)
        for (chainID, denom) in [("mesh-1", "umesh"), ("hub-1", "uhub")] {
            let coins = Coins(Coin(1_000_000, try Denom(denom)))
            var specification = ChainSpecification(chainID, accounts: [.init("alice", coins)])
            specification.validatorPowers = [10]
            specification.durability = .none
            try network.addChain(specification)
        }
        try network.addRelayer("relayer", paths: [RelayPath("path", from: .init("mesh-1"), to: .init("hub-1"))])
        try network.openPaths()
        try network.close()
        for chain in network.chains { try makeHome(of: chain) }
    }

    /// The home of the other chain.
    var hub: String { folder.path("hub") }

    /// The address of alice on a chain.
    func alice(on chainID: String) throws -> String { try network.chain(chainID).address(of: "alice") }

    /// Lets both chains make blocks until every packet is settled.
    func relay() throws {
        for chain in network.chains { try chain.reopen() }
        try network.settle()
        try network.close()
    }

    /// What alice has of a denomination.
    func balance(_ denom: String, home: String? = nil) throws -> Int {
        let place = home.map { ["--home", $0] } ?? []
        let account = try folder.run(["query", "account", "alice", "--output", "json"] + place).json
        let coin = account["balances"].elements.first { $0["denom"].text == denom }
        return coin.flatMap { Int($0["amount"].text) } ?? 0
    }

    /// A home whose chain is the network's, with the keys of alice and of the validator.
    private func makeHome(of chain: SandboxChain) throws {
        let home = chain.chainID == "mesh-1" ? folder.home : URL(fileURLWithPath: hub)
        try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            at: home.appendingPathComponent("chain"),
            withDestinationURL: URL(fileURLWithPath: chain.path)
        )
        let seeds = [
            ("alice", Array(try chain.account("alice").key.rawRepresentation)),
            (
                "validator-consensus",
                SandboxSeed.bytes("consensus", "validator", chainID: chain.chainID, seed: network.seed)
            ),
        ]
        for (name, seed) in seeds {
            let digits = seed.map { String(format: "%02x", $0) }.joined()
            try folder.succeed("keys", "add", name, "--recover", digits, "--home", home.path)
        }
    }
}
