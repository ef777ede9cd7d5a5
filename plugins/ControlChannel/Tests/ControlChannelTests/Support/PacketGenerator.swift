import ControlChannel
import ModuleKit

/// Packets of every kind, with values at the edges of their ranges more often than chance would have them.
struct PacketGenerator {
    var random: SplitMix64

    init(seed: UInt64) { random = SplitMix64(seed: seed) }

    mutating func provider() throws -> ProviderPacket {
        switch Int.random(in: 0..<4, using: &random) {
        case 0:
            .stake(try StakePacket(delegator: name(), validator: name(), stake: coin(), transaction: number()))
        case 1:
            .unstake(try UnstakePacket(delegator: name(), validator: name(), unstake: coin(), transaction: number()))
        case 2:
            .burn(
                try BurnPacket(
                    validators: names(atLeast: 1),
                    burn: coin(),
                    attribution: .random(using: &random) ? .init(delegator: name(), transaction: number()) : nil
                )
            )
        default:
            .transferRewards(try TransferRewardsPacket(rewards: coin(), recipient: name(), transaction: number()))
        }
    }

    mutating func consumer() throws -> ConsumerPacket {
        switch Int.random(in: 0..<4, using: &random) {
        case 0: .validatorSetUpdate(try validatorSetUpdate())
        case 1:
            .internalUnstake(
                try InternalUnstakePacket(
                    delegator: name(),
                    validator: name(),
                    normalizeAmount: coin(),
                    invertedAmount: coin()
                )
            )
        case 2: .distribute(try DistributePacket(validator: name(), rewards: coin()))
        default:
            .distributeBatch(
                DistributeBatchPacket(
                    rewards: try some { try .init(validator: $0.name(), reward: $0.amount()) },
                    denom: try denom()
                )
            )
        }
    }

    private mutating func validatorSetUpdate() throws -> ValidatorSetUpdatePacket {
        try ValidatorSetUpdatePacket(
            height: number(),
            timeSeconds: number(),
            additions: some { try $0.validator() },
            removals: names(),
            updated: some { try $0.validator() },
            jailed: names(),
            unjailed: names(),
            tombstoned: names(),
            slashed: some { try $0.slash() }
        )
    }

    private mutating func validator() throws -> AnnouncedValidator {
        let rotation = try KeyRotation(previousKey: bytes(32), signature: bytes(64))
        return try AnnouncedValidator(
            operatorAddress: name(),
            consensusKey: bytes(32),
            rotation: .random(using: &random) ? rotation : nil
        )
    }

    private mutating func slash() throws -> ReportedSlash {
        try ReportedSlash(
            validator: name(),
            infractionHeight: number(),
            infractionTimeSeconds: number(),
            power: number(),
            amount: coin(),
            ratio: Decimal18(amount(), over: .max, rounding: .floor)
        )
    }

    private mutating func some<Element>(
        atLeast minimum: Int = 0,
        _ make: (inout Self) throws -> Element
    ) rethrows -> [Element] {
        var elements: [Element] = []
        for _ in 0..<Int.random(in: minimum...4, using: &random) { elements.append(try make(&self)) }
        return elements
    }

    private mutating func names(atLeast minimum: Int = 0) -> [String] {
        some(atLeast: minimum) { $0.name() }
    }

    /// Printable ASCII, quotation marks and backslashes among it.
    private mutating func name() -> String {
        let count = [1, 2, 45, 256].randomElement(using: &random) ?? 1
        return String(decoding: (0..<count).map { _ in UInt8.random(in: 0x20...0x7E, using: &random) }, as: UTF8.self)
    }

    private mutating func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
    }

    private mutating func denom() throws -> Denom {
        try Denom(["uosmo", "ujuno", "ibc/AB12", "a:b"].randomElement(using: &random) ?? "uosmo")
    }

    private mutating func coin() throws -> Coin { Coin(amount(), try denom()) }

    private mutating func amount() -> Amount {
        let edges: [Amount] = [.zero, .one, .max, 9_007_199_254_740_993]
        return edges.randomElement(using: &random).flatMap { Bool.random(using: &random) ? $0 : nil }
            ?? Amount(high: random.next(), low: random.next())
    }

    private mutating func number() -> UInt64 {
        let edges: [UInt64] = [0, 1, 1 << 53 + 1, 1 << 63, .max]
        return edges.randomElement(using: &random).flatMap { Bool.random(using: &random) ? $0 : nil } ?? random.next()
    }
}
