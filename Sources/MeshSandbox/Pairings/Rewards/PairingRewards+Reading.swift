import ConverterEvents
import ExternalStakingEvents
public import MeshHost
public import ModuleKit

extension PairingRewards {
    /// Reads both chains, each as it is after its last block.
    ///
    /// - Parameters:
    ///   - externalStaking: the label or the address of the provider's end.
    ///   - converter: the label or the address of the consumer's end.
    /// - Throws: what the instances throw; `notFound` where one is not there.
    public init(provider: ChainHost, externalStaking: String, consumer: ChainHost, converter: String)
        throws(ModuleError)
    {
        let pairing = try provider.query(ExternalStakingQuery.with { $0.channel = .init() }, of: externalStaking)
            .channel
        let status = try consumer.query(ConverterQuery.with { $0.channel = .init() }, of: converter).channel.status
        isOpen = pairing.openedAt != 0 && pairing.closedAt == 0 && status == .open
        self.provider = try ProviderTotals.all(provider, externalStaking)
        self.consumer = try ConsumerTotals(consumer, converter)
    }
}

extension PairingRewards.ProviderTotals {
    /// What an External Staking knows, by denomination.
    ///
    /// - Throws: what the instance throws.
    public static func all(_ provider: ChainHost, _ externalStaking: String) throws(ModuleError) -> [Self] {
        let answer = try provider.query(ExternalStakingQuery.with { $0.rewards = .init() }, of: externalStaking).rewards
        var all: [Self] = []
        for found in answer.totals {
            var totals = try Self(found)
            for reserves in answer.reserves where reserves.denom == found.denom {
                totals.unattributed = try Amount(reserves.unattributed)
                totals.communityWaiting = try Amount(reserves.communityWaiting)
                totals.communityInFlight = try Amount(reserves.communityInFlight)
            }
            all.append(totals)
        }
        return all
    }

    /// What an External Staking knows of the rewards of one of the consumer's validators, by denomination.
    ///
    /// - Throws: what the instance throws.
    public static func all(_ provider: ChainHost, _ externalStaking: String, at validator: String)
        throws(ModuleError) -> [Self]
    {
        let query = ExternalStakingQuery.with { $0.validatorRewards.validator = validator }
        return try provider.query(query, of: externalStaking).validatorRewards.totals.map {
            (totals) throws(ModuleError) in try Self(totals)
        }
    }

    private init(_ totals: ExternalStakingRewardTotals) throws(ModuleError) {
        self.init(denom: totals.denom, isHeld: totals.held)
        received = try Amount(totals.received)
        paid = try Amount(totals.paid)
        converted = try Amount(totals.converted)
        community = try Amount(totals.community)
        inFlight = try Amount(totals.inFlight)
        claimable = try Decimal18(totals.claimable)
        remainder = try Decimal18(totals.remainder)
    }
}

extension PairingRewards.ConsumerTotals {
    /// What a Converter knows.
    ///
    /// - Throws: what the instance throws.
    public init(_ consumer: ChainHost, _ converter: String) throws(ModuleError) {
        let totals = try consumer.query(ConverterQuery.with { $0.rewards = .init() }, of: converter).rewards.totals
        func amount(_ text: String) throws(ModuleError) -> Amount { text.isEmpty ? .zero : try Amount(text) }
        denom = totals.denom
        collected = try amount(totals.collected)
        waiting = try amount(totals.waiting)
        batched = try amount(totals.batched)
        arrived = try amount(totals.arrived)
        held = try amount(totals.held)
        delivered = try amount(totals.delivered)
        paid = try amount(totals.paid)
        given = try amount(totals.given)
    }
}

extension PairingSpecification {
    /// What has become of the pairing's rewards, by the books of both chains.
    public func rewards(_ provider: SandboxChain, _ consumer: SandboxChain) throws(SandboxError) -> PairingRewards {
        let (provider, consumer) = (try provider.host(), try consumer.host())
        return try SandboxError.asking("the rewards of '\(name)'") { () throws(ModuleError) in
            try PairingRewards(
                provider: provider,
                externalStaking: externalStaking,
                consumer: consumer,
                converter: converter
            )
        }
    }
}
