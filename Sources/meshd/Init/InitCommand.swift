import ArgumentParser
import Foundation
import MeshHost
import MeshSandbox
import ModuleKit
import Storage

/// `meshd init`.
struct InitCommand: MeshCommand {
    static let devnetPrefix = "mesh"
    private static let devnetChainID = "mesh-devnet-1"

    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract:
            "Makes a home: from a genesis file in the layout of Cosmos chains, or a small chain to try things on.",
        discussion: """
            Without a file, the chain gets a validator and its key `validator`, which also holds funds; with \
            --validators 4 there are `validator-2` to `validator-4` besides. Their consensus keys stay in the home, so \
            every block of such a chain is signed as CometBFT signs it: see `meshd query commit`. Governance is the chain's \
            authority: see `meshd gov`. Nothing is minted unless --inflation says so: see `meshd rewards`. \
            What a genesis file says and no module understands is listed; it refuses the import unless it is skipped.

            Example:
              meshd init --validators 4
              meshd init --inflation 0.1 --community-tax 0.02
              meshd init genesis.json --skip-unknown
            """
    )

    @OptionGroup var global: GlobalOptions

    @Argument(help: "The genesis file; - is standard input. Without one, a small chain is made.")
    var genesis: String?

    @Option(name: .long, help: "The chain's identifier; a genesis file must have the same.")
    var chainID: String?

    @Option(name: .long, help: "The prefix of account addresses. (default: that of the file's first account, or mesh)")
    var prefix: String?

    @Option(name: .long, help: "Without a file: the time of the genesis, such as 2026-01-01T00:00:00Z. (default: now)")
    var genesisTime: String?

    @Option(name: .long, help: "Without a file: how many validators sign the blocks. (default: 1)")
    var validators: Int?

    @Option(name: .long, help: "Without a file: how long proposals are voted on, such as 60s or 48h. (default: 2 days)")
    var votingPeriod: BlockInterval?

    @Option(
        name: .long,
        help: "Without a file: the part of the supply that is minted in a year, such as 0.1. (default: 0)"
    )
    var inflation: String?

    @Option(name: .long, help: "With --inflation: the community pool's part of rewards. (default: 0.02)")
    var communityTax: String?

    @Option(name: .long, help: "With --inflation: how many blocks a year has. (default: one every five seconds)")
    var blocksPerYear: UInt64?

    @Flag(name: .long, help: "Skip what no module understands, instead of refusing the file.")
    var skipUnknown = false

    func validate() throws {
        if genesis != nil, genesisTime != nil {
            throw ValidationError("A genesis file has its own time: leave --genesis-time out.")
        }
        if genesis != nil, validators != nil {
            throw ValidationError("A genesis file has its own validators: leave --validators out.")
        }
        if genesis != nil, votingPeriod != nil {
            throw ValidationError("A genesis file has its own rules of governance: leave --voting-period out.")
        }
        if genesis != nil, inflation != nil {
            throw ValidationError("A genesis file has its own inflation: leave --inflation out.")
        }
        if inflation == nil, communityTax != nil || blocksPerYear != nil {
            throw ValidationError("--community-tax and --blocks-per-year say more of --inflation: give that too.")
        }
        if let prefix, prefix.isEmpty {
            throw ValidationError("--prefix is empty: give one such as mesh, or leave it out.")
        }
        if let validators, !DevnetGenesis.validatorCounts.contains(validators) {
            let counts = DevnetGenesis.validatorCounts
            throw ValidationError("--validators is \(counts.lowerBound) to \(counts.upperBound).")
        }
    }

    func execute(_ console: Console) throws(CommandError) {
        let report = try home.make { (staging) throws(CommandError) in
            let (document, options) = try source(staging)
            let (host, findings) = try create(staging, document, options)
            let report = try ImportReport(try ChainView(host), findings, home: home)
            try CommandError.wrapping { try host.store.close() }
            return report
        }
        console.print(report.report)
    }

    private func create(_ staging: Home, _ document: [UInt8], _ options: GenesisOptions) throws(CommandError)
        -> (ChainHost, GenesisReport)
    {
        do throws(HostError) {
            return try ChainHost.create(
                at: staging.chainPath,
                genesis: document,
                registry: try StandardModules.registry(),
                genesisOptions: options
            )
        } catch {
            throw refused(error)
        }
    }

    /// The document, and how it is to be read.
    private func source(_ staging: Home) throws(CommandError) -> ([UInt8], GenesisOptions) {
        guard let genesis else {
            let devnet = try DevnetGenesis(
                chainID: chainID ?? Self.devnetChainID,
                prefix: prefix ?? Self.devnetPrefix,
                time: try startTime(),
                validatorCount: validators ?? 1,
                votingPeriod: votingPeriod?.span,
                inflation: try mintedInflation(),
                existing: KeyStore(home),
                keys: KeyStore(staging)
            )
            return (devnet.document, GenesisOptions(addressPrefix: prefix ?? Self.devnetPrefix))
        }
        let bytes = try InputFile.bytes(genesis)
        if let chainID {
            let stated = try CommandError.wrapping { try JSONValue(parsing: bytes)["chain_id"].string() }
            guard stated == chainID else {
                throw CommandError(
                    .badInput,
                    "\(genesis) is the genesis of \(stated), not of \(chainID): leave --chain-id out, or change the file"
                )
            }
        }
        return (bytes, GenesisOptions(skipsUnknown: skipUnknown, addressPrefix: prefix))
    }

    /// What the small chain mints; nil for nothing.
    private func mintedInflation() throws(CommandError) -> ChainSpecification.Inflation? {
        guard let inflation else { return nil }
        let minted = ChainSpecification.Inflation(
            try rate(inflation, "--inflation"),
            communityTax: try communityTax.map { (text) throws(CommandError) in try rate(text, "--community-tax") },
            blocksPerYear: blocksPerYear
        )
        if let fault = minted.fault { throw CommandError(.badInput, "the chain can't mint so: \(fault)") }
        return minted
    }

    private func rate(_ text: String, _ option: String) throws(CommandError) -> Decimal18 {
        do throws(ModuleError) {
            return try Decimal18(text)
        } catch {
            throw CommandError(.badInput, "\(option): \(error.message)", cause: error)
        }
    }

    private func startTime() throws(CommandError) -> Timestamp {
        if let genesisTime { return try CommandError.wrapping { try Timestamp(genesisTime) } }
        return Timestamp(nanoseconds: Timestamp.now.nanoseconds / 1_000_000_000 * 1_000_000_000)
    }

    private func refused(_ error: HostError) -> CommandError {
        guard let refusal = error.cause as? GenesisRefusal else {
            return CommandError(error).adding(context: genesis ?? "the new chain")
        }
        let table = ImportReport.table(refusal.report.findings).text(.plain)
        return CommandError(
            .badInput,
            "\(genesis ?? "the genesis") says things that no module here understands; no home was made. Import it with "
                + "--skip-unknown, or take them out:\n\(table)",
            cause: error
        )
    }
}
