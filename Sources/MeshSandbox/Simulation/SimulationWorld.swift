import MeshHost
public import ModuleKit
import RewardsEvents
import VaultEvents

/// A few chains in a row, with a channel for tokens and pairings between neighbours, and all that has happened to them.
///
/// Everything in it follows from the seed and the number of chains.
public final class SimulationWorld {
    /// A token at home.
    public struct Token: Sendable, Hashable {
        /// The chain where it is at home.
        public let chainID: String
        /// What it is called there.
        public let denomination: String
        /// How much of it there is, always.
        public let supply: Amount
    }

    /// The accounts that every chain has.
    public static let accounts = ["ada", "ben", "cleo", "dan"]
    /// Who stake all that they have wherever they stake, so that each of their liens gives way to slashes of the others.
    static let spenders = ["cleo", "dan"]
    static let relayer = "relayer"
    private static let balance: Amount = 1_000_000
    private static let collateral: UInt64 = 300_000
    private static let epochBlocks: UInt64 = 4
    /// Years are short, so that little virtual stake earns whole units in each epoch.
    private static let inflation = ChainSpecification.Inflation(.percent(10), blocksPerYear: 10_000)
    /// Who is offline for half a minute is jailed for as long.
    private static let downtime = ChainSpecification.Downtime(windowBlocks: 12, jailed: .seconds(30))
    private static let traceLimit = 60

    /// The chains and their relayer.
    public let network: Network
    /// The tokens, one of each chain.
    public let tokens: [Token]
    /// The pairings: each chain secures the next, and the second the first.
    public let pairings: [PairingSpecification]
    /// The packets, and what became of them.
    public private(set) var packets = PacketBook()
    /// The last lines of what happened.
    public private(set) var trace: [String] = []
    /// How many transactions of accounts were executed, and how many of them failed.
    public private(set) var transactionCount = (executed: UInt64(0), failed: UInt64(0))
    /// How many forged deliveries were refused.
    public private(set) var refusedForgeryCount: UInt64 = 0
    /// What the chains' logs say of slashes.
    private(set) var logs: LogReader
    /// The true acknowledgements and timeouts that a chain has refused, one line each.
    private(set) var refusedSettlements: [String] = []

    /// Makes the chains, and opens the channels between neighbours.
    @available(*, noasync)
    init(in folder: String, seed: UInt64, chainCount: Int) throws(SandboxError) {
        let network = try Network(in: folder, seed: seed)
        var tokens: [Token] = []
        for number in 1...max(2, chainCount) {
            let (specification, token) = try Self.chain(number)
            try network.addChain(specification)
            tokens.append(token)
        }
        self.network = network
        self.tokens = tokens
        let chains = network.chains.map(\.specification)
        let neighbours = Array(zip(chains, chains.dropFirst()))
        pairings =
            neighbours.map { Self.pairing(from: $0, to: $1) }
            + neighbours.prefix(1).map { Self.pairing(from: $1, to: $0) }
        logs = LogReader(pairings)
        try network.addRelayer(
            Self.relayer,
            paths: neighbours.map { left, right in
                RelayPath(
                    Self.path(left, right),
                    from: .init(left.chainID),
                    to: .init(right.chainID),
                    version: "ics20-1"
                )
            }
        )
        for report in try network.openPaths() { try absorb(report) }
        for pairing in pairings {
            for report in try network.setUp(pairing) { try absorb(report) }
        }
        try bondCollateral()
        trace = []
        transactionCount = (0, 0)
    }

    /// Brings a part of everybody's coins into the vaults, so that stake is refused for lack of them only now and then.
    private func bondCollateral() throws(SandboxError) {
        for chain in network.chains {
            let coin = try coin(Self.collateral, on: chain)
            let message = VaultMessage.with { $0.bond.amount = coin }
            for account in Self.accounts { try chain.submit(message, to: ChainSpecification.vault, from: account) }
        }
        try advance()
    }

    private static func chain(_ number: Int) throws(SandboxError) -> (ChainSpecification, Token) {
        var specification = ChainSpecification("chain\(number)-1")
        specification.validatorPowers = [90, 80, 70, 60]
        specification.inflation = inflation
        specification.downtime = downtime
        specification.addVault(slashRatio: .percent(5))
        let denomination = "utoken\(number)"
        let supply = try SandboxError.asking("the accounts of a chain") { () throws(ModuleError) in
            let coins = try Coins(Coin(balance, try Denom(denomination)))
                .adding(Coins(Coin(balance, try Denom(specification.bondDenom))))
            specification.accounts = accounts.map { ChainSpecification.Account($0, coins) }
            return try balance.multiplied(by: Amount(UInt128(accounts.count)))
        }
        return (specification, Token(chainID: specification.chainID, denomination: denomination, supply: supply))
    }

    private static func path(_ left: ChainSpecification, _ right: ChainSpecification) -> String {
        "\(left.chainID)/\(right.chainID)"
    }

    private static func pairing(from provider: ChainSpecification, to consumer: ChainSpecification)
        -> PairingSpecification
    {
        var pairing = PairingSpecification(
            "\(provider.chainID)-to-\(consumer.chainID)",
            provider: provider.chainID,
            consumer: consumer.chainID,
            collateral: provider.bondDenom,
            rewards: consumer.bondDenom
        )
        let isForward = provider.chainID < consumer.chainID
        pairing.transferPath = isForward ? path(provider, consumer) : path(consumer, provider)
        pairing.cap = 200_000
        pairing.epochBlocks = epochBlocks
        pairing.slashRatio = isForward ? .percent(10) : .percent(40)
        pairing.bounty = isForward ? .percent(5) : .zero
        pairing.clockDrift = .seconds(10)
        pairing.unbondingPeriod = .minutes(10)
        pairing.packetTimeout = .minutes(10)
        pairing.rewardsTimeout = .minutes(10)
        // The authorities move routes.
        pairing.handover = .authority
        return pairing
    }

    /// The relayer's paths.
    public var paths: [RelayPath] { network.relayers.flatMap(\.paths) }

    /// The chains that are running.
    public var runningChains: [SandboxChain] { network.chains.filter(\.isUp) }

    /// Draws one of some things; nil where there are none.
    public func draw<Element>(_ elements: [Element]) -> Element? { elements.randomElement(using: &network.generator) }

    /// Draws a number.
    public func draw(_ range: ClosedRange<UInt64>) -> UInt64 { .random(in: range, using: &network.generator) }

    /// One step of the network.
    @available(*, noasync)
    public func advance() throws(SandboxError) { try absorb(try network.step()) }

    /// Puts down what happened.
    public func note(_ text: String) {
        trace.append("\(network.stepCount): \(text)")
        if trace.count > Self.traceLimit { trace.removeFirst(trace.count - Self.traceLimit) }
    }

    /// Reopens what is down, delivers everything promptly, and waits until nothing is on its way.
    @available(*, noasync)
    func settle() throws(SandboxError) {
        for chain in network.chains where !chain.isUp { try chain.reopen() }
        // Whatever is minted is on its way an epoch later, and so would always be something.
        for chain in network.chains { try chain.submit([try Self.endOfMinting()], from: ChainSpecification.authority) }
        for relayer in network.relayers {
            for path in relayer.paths { try relayer.setPolicy(.prompt, ofPath: path.name) }
        }
        for report in try network.settle(limit: 2_000) { try absorb(report) }
    }

    /// What an authority says to have nothing minted any more.
    private static func endOfMinting() throws(SandboxError) -> SandboxMessage {
        try SandboxMessage(
            HostMessage.with {
                $0.revoke.instance = ChainSpecification.rewardsLabel
                $0.revoke.privilege = Privilege.mintProvisions.name
            },
            to: HostModule.manifest.name
        )
    }

    private func absorb(_ report: StepReport) throws(SandboxError) {
        for chain in runningChains { try logs.read(chain) }
        for block in report.blocks {
            for transaction in block.transactions { absorb(transaction, in: block) }
            for movement in block.packets {
                let packet = packets.note(movement, opposite: network.opposite)
                let key = packet.map { "\($0.key.source.chainID) \($0.key.source.end)" } ?? movement.end
                note("\(block.chainID) block \(block.height): packet \(key)#\(movement.sequence) \(movement.step)")
            }
        }
    }

    private func absorb(_ transaction: TransactionReport, in block: BlockReport) {
        if transaction.error != nil {
            refusedForgeryCount += UInt64(transaction.deliveries.count(where: \.isForged))
        }
        noteSettlements(transaction, in: block)
        guard transaction.deliveries.isEmpty else { return }
        transactionCount.executed += 1
        guard let error = transaction.error else { return }
        transactionCount.failed += 1
        note("\(block.chainID) block \(block.height): refuses \(transaction.transaction.sender), \(error)")
    }

    /// Notes true acknowledgements and timeouts that were refused. Beside something else they may be: it can have come too late.
    private func noteSettlements(_ transaction: TransactionReport, in block: BlockReport) {
        let deliveries = transaction.deliveries
        guard let error = transaction.error, let delivery = deliveries.first,
            deliveries.allSatisfy({ !$0.isForged && $0.kind.isSettlement })
        else { return }
        refusedSettlements.append("\(block.chainID) block \(block.height): \(delivery), \(error)")
    }
}

extension Delivery.Kind {
    /// Whether it says what became of a packet.
    fileprivate var isSettlement: Bool {
        self == .acknowledgePacket || self == .timeOutPacket || self == .timeOutPacketOnClose
    }
}
