import ConverterEvents
import ExternalStakingEvents
import LocalStakingEvents
import MeshHost
import ModuleKit
import VaultEvents

/// Questions about mesh staking.
extension ChainView {
    /// Asks an instance a typed question.
    private func ask<Query: QueryVocabulary>(_ query: Query, of instance: String) throws(CommandError) -> Query.Answer {
        try CommandError.wrapping { try host.query(query, of: instance) }
    }

    /// Asks a vault.
    func vault(_ label: String, _ ask: (inout VaultQuery) -> Void) throws(CommandError) -> VaultAnswer {
        try self.ask(VaultQuery.with(ask), of: label)
    }

    /// Asks an instance of local staking.
    func localStaking(_ label: String, _ ask: (inout LocalStakingQuery) -> Void) throws(CommandError)
        -> LocalStakingAnswer
    {
        try self.ask(LocalStakingQuery.with(ask), of: label)
    }

    /// Asks an External Staking.
    func externalStaking(_ label: String, _ ask: (inout ExternalStakingQuery) -> Void) throws(CommandError)
        -> ExternalStakingAnswer
    {
        try self.ask(ExternalStakingQuery.with(ask), of: label)
    }

    /// Asks a Converter.
    func converter(_ label: String, _ ask: (inout ConverterQuery) -> Void) throws(CommandError) -> ConverterAnswer {
        try self.ask(ConverterQuery.with(ask), of: label)
    }

    /// The local staking of a vault.
    ///
    /// - Throws: `badInput` when the vault has none.
    func localStaking(ofVault vault: String) throws(CommandError) -> String {
        let label = try self.vault(vault) { $0.settings = .init() }.settings.localStaking
        guard !label.isEmpty else {
            throw CommandError(
                .badInput,
                "\(vault) stakes nothing on its own chain: cross-stake instead, or name another vault with --vault"
            )
        }
        return label
    }

    /// The channel of an External Staking; nil before there was one.
    func pairing(of externalStaking: String) throws(CommandError) -> ExternalStakingPairing? {
        do {
            return try host.query(ExternalStakingQuery.with { $0.channel = .init() }, of: externalStaking).channel
        } catch {
            guard error.code == .noControlChannel else { throw CommandError(error) }
            return nil
        }
    }
}

/// Whole lists, page by page.
extension ChainView {
    /// The accounts of a vault, by address; `limit` of them at most.
    func vaultAccounts(_ vault: String, limit: Int) throws(CommandError) -> [VaultAccountDetails] {
        try Pages.all(limit: limit) { (start: String) throws(CommandError) in
            let page = try self.vault(vault) {
                $0.accounts.startAddress = start
                $0.accounts.limit = Self.pageSize
            }.accounts
            return (page.accounts, page.nextAddress)
        }
    }

    /// What an account has staked by an External Staking, by validator.
    func stakes(of account: String, at externalStaking: String) throws(CommandError) -> [ExternalStakingStake] {
        try Pages.all { (start: String) throws(CommandError) in
            let page = try self.externalStaking(externalStaking) {
                $0.stakes.owner = account
                $0.stakes.startValidator = start
                $0.stakes.limit = Self.pageSize
            }.stakes
            return (page.stakes, page.nextValidator)
        }
    }

    /// The validators of the other chain, as an External Staking knows them.
    func validators(at externalStaking: String, onlyActive: Bool) throws(CommandError) -> [ExternalStakingValidator] {
        try Pages.all { (start: String) throws(CommandError) in
            let page = try self.externalStaking(externalStaking) {
                $0.validators.startValidator = start
                $0.validators.limit = Self.pageSize
                $0.validators.onlyActive = onlyActive
            }.validators
            return (page.validators, page.nextValidator)
        }
    }
}
