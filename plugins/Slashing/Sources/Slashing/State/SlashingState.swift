import ModuleKit
import SlashingEvents

/// What the module stores, and the ways in which it is read. Validators are keyed by consensus address.
struct SlashingState: Sendable {
    let settings = StateItem<SlashingSettings>(1, "settings")
    let rules = StateItem<SlashingRules>(2, "parameters")
    let signers = StateItem<Signers>(3, "signers")
    let infos = StateMap<Address, SlashingSigningInfo>(4, "signing infos")
    /// By validator and chunk of votes; none is empty.
    let missedVotes = StateMap<MissedKey, MissedVotes>(5, "missed votes")
    /// Validators that may have to be punished without missing another vote: they have missed more than is allowed.
    let watched = StateMap<Address, Unit>(6, "watched validators")
    /// Double signs that were punished, by validator and height.
    let equivocations = StateMap<Pair<Address, UInt64>, SlashingEquivocation>(7, "equivocations")

    /// The parameters.
    ///
    /// - Throws: `slashingNotReady` before the instance was configured.
    func currentRules(_ state: some StateReading) throws(ModuleError) -> SlashingRules {
        guard let rules = try rules.value(in: state) else { throw Self.notReady }
        return rules
    }

    /// The text forms of addresses on this chain.
    ///
    /// - Throws: `slashingNotReady` before the instance was configured.
    func prefixes(_ state: some StateReading) throws(ModuleError) -> AddressPrefixes {
        guard let settings = try settings.value(in: state) else { throw Self.notReady }
        return try AddressPrefixes(
            account: settings.accountPrefix,
            validatorOperator: settings.operatorPrefix,
            consensus: settings.consensusPrefix
        )
    }

    func currentSigners(_ state: some StateReading) throws(ModuleError) -> Signers {
        try signers.value(in: state) ?? Signers()
    }

    /// The number of a validator's next vote, after the block of a height.
    func nextVote(
        of address: Address,
        _ info: SlashingSigningInfo,
        _ signers: Signers,
        after height: UInt64
    ) -> UInt64 {
        signers.entry(of: address).map { $0.vote(reportedAt: height) &+ 1 } ?? info.nextVote
    }

    /// How many votes of the window that ends before a vote were missed.
    func missed(
        by address: Address,
        _ info: SlashingSigningInfo,
        window: UInt64,
        before vote: UInt64,
        in state: some StateReading
    ) throws(ModuleError) -> UInt64 {
        guard info.missed > 0, vote > window else { return info.missed }
        let fallen = try missedCount(of: address, before: vote - window, in: state)
        return info.missed >= fallen ? info.missed - fallen : 0
    }

    private static var notReady: ModuleError {
        ModuleError(.slashingNotReady, "the instance has no configuration yet: configure it, with {}")
    }

    /// The error for an event that contradicts the state: a damaged log, or a defect.
    static func doesNotFit(_ what: String) -> ModuleError {
        ModuleError(
            .slashingEventDoesNotFit,
            "\(what) does not fit the state: the log is damaged, or of another version"
        )
    }
}

/// A validator's consensus address and a chunk of its votes.
typealias MissedKey = Pair<Address, UInt64>
