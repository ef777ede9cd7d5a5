internal import Foundation
public import ModuleKit
import SlashingEvents

extension Slashing {
    /// Takes over `slashing` and `evidence`, of any age from SDK 0.34 on, and from the consensus parameters how old evidence may
    /// be. Native staking has read its part by then, and takes over from here until when a jailed validator is kept out.
    ///
    /// - Throws: `slashingGenesisContradiction` where parts don't agree; codespace `genesis` for malformed values, with the path.
    public func importGenesis(_ genesis: GenesisDocument, _ context: Context, _ report: inout GenesisReport)
        throws(ModuleError)
    {
        for section in ["slashing", "evidence"] { report.claim(section) }
        let (slashing, evidence) = (genesis.appState["slashing"].optional, genesis.appState["evidence"].optional)
        var rules = try collections.rules.value(in: context) ?? SlashingRules()
        if let limits = genesis.consensusParameters["evidence"].optional {
            try ParametersFormat.read(evidence: limits, into: &rules)
            try rules.check(readFrom: limits)
        }
        if let params = slashing?["params"].optional {
            try params.noteMembers(beyond: ParametersFormat.members, in: "app_state.slashing.params", &report)
            try ParametersFormat.read(params, into: &rules)
            try rules.check(readFrom: params)
        }
        if let params = evidence?["params"].optional {
            try params.noteMembers(beyond: ParametersFormat.evidenceMembers, in: "app_state.evidence.params", &report)
            try ParametersFormat.read(evidence: params, into: &rules)
            try rules.check(readFrom: params)
        }
        try set(rules, context)
        if let slashing {
            let document = try SlashingGenesis(slashing, window: rules.window, context.addresses, &report)
            for info in document.infos { try take(info, context) }
        }
        if let evidence {
            for (field, equivocation) in try EvidenceGenesis.read(evidence, context.addresses, &report) {
                try take(equivocation, field, context)
            }
        }
    }

    private func take(_ info: SlashingGenesis.Info, _ context: Context) throws(ModuleError) {
        let bytes = Data(info.address.bytes)
        let validator = try stakeSource(context).validator(withConsensusAddress: info.address)
        try context.emit(
            .with {
                $0.signingInfoImported.consensusAddress = bytes
                $0.signingInfoImported.info = .with {
                    $0.startHeight = info.startHeight
                    $0.nextVote = info.indexOffset
                    $0.jailedUntilNanoseconds =
                        info.isTombstoned ? Timestamp.max.nanoseconds : info.jailedUntil.nanoseconds
                    $0.isTombstoned = info.isTombstoned
                }
                $0.signingInfoImported.isJailed = validator?.isJailed ?? false
            }
        )
        var (chunk, votes): (UInt64, MissedVotes) = (0, MissedVotes())
        func emit() throws(ModuleError) {
            guard votes.count > 0 else { return }
            try context.emit(
                .with {
                    $0.missedVotesImported.consensusAddress = bytes
                    $0.missedVotesImported.chunk = chunk
                    $0.missedVotesImported.votes = votes.stored
                }
            )
        }
        for vote in info.missed.sorted() {
            if MissedVotes.chunk(of: vote) != chunk {
                try emit()
                (chunk, votes) = (MissedVotes.chunk(of: vote), MissedVotes())
            }
            votes.insert(vote)
        }
        try emit()
    }

    private func take(_ equivocation: SlashingEquivocation, _ field: JSONField, _ context: Context)
        throws(ModuleError)
    {
        let address = try Address(bytes: equivocation.consensusAddress)
        guard try collections.infos.value(for: address, in: context)?.isTombstoned == true else {
            throw ModuleError(
                .slashingGenesisContradiction,
                "\(field.path): this validator is not tombstoned in $.app_state.slashing.signing_infos: mend one of them"
            )
        }
        try context.emit(.with { $0.equivocationImported.equivocation = equivocation })
    }
}

extension SlashingRules {
    /// Checks the rules after some of them were read from a place of the document.
    ///
    /// - Throws: `slashingParameterNotAllowed`, with the place.
    fileprivate func check(readFrom field: JSONField) throws(ModuleError) {
        do throws(ModuleError) {
            try check()
        } catch {
            throw ModuleError(error.code, "\(field.path): \(error.message)")
        }
    }
}
