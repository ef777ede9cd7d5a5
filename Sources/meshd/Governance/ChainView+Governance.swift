import Foundation
import GovernanceEvents
import MeshHost
import ModuleKit
import StakingEvents

/// Questions about governance.
extension ChainView {
    /// The label of governance's instance: the one that is the chain's authority, or the first one.
    ///
    /// - Throws: `badInput` when the chain has none.
    func governanceLabel() throws(CommandError) -> String {
        if let label = try governingInstance()?.label { return label }
        let module = GovernanceEvent.moduleName
        guard let first = instances.first(where: { $0.module == module }) else {
            throw CommandError(
                .badInput,
                "\(host.chainID) has no governance: see `meshd query instances`, make a chain that has it with `meshd init`, "
                    + "or name another home with --home"
            )
        }
        return first.label
    }

    /// Governance's instance, where it is the chain's authority; nil where an account is, or nobody.
    func governingInstance() throws(CommandError) -> HostInstance? {
        let authority = try authority()
        guard !authority.isEmpty, let address = try? addresses.parse(authority, as: .account) else { return nil }
        return instances.first { $0.module == GovernanceEvent.moduleName && Array($0.address) == address.bytes }
    }

    /// Asks governance.
    func governance(_ ask: (inout GovernanceQuery) -> Void) throws(CommandError) -> GovernanceAnswer {
        let label = try governanceLabel()
        return try CommandError.wrapping { try host.query(GovernanceQuery.with(ask), of: label) }
    }

    /// A proposal.
    ///
    /// - Throws: `badInput` when there is none of the number.
    func proposal(_ number: UInt64) throws(CommandError) -> GovernanceProposal {
        let label = try governanceLabel()
        do throws(ModuleError) {
            return try host.query(GovernanceQuery.with { $0.proposal.proposal = number }, of: label).proposal
        } catch {
            guard error.code == .proposalNotFound else { throw CommandError(error) }
            throw CommandError(
                .badInput,
                "\(host.chainID) has no proposal \(number): `meshd gov list` shows those that it has. One that was taken "
                    + "back, or never got its deposit, is forgotten",
                cause: error
            )
        }
    }

    /// The proposals of a status, or all, by number; `limit` of them at most, the last ones.
    func proposals(_ status: GovernanceProposalStatus, limit: Int) throws(CommandError) -> [GovernanceProposal] {
        let all = try Pages.all(from: UInt64(0)) { (start) throws(CommandError) in
            let page = try governance {
                $0.proposals.status = status
                $0.proposals.start = start
                $0.proposals.limit = Self.pageSize
            }.proposals
            return (page.proposals, page.next == 0 ? nil : page.next)
        }
        return Array(all.suffix(limit))
    }

    /// What the votes on a proposal come to: as they were counted in the end, or as they are now.
    func tally(of number: UInt64) throws(CommandError) -> GovernanceTallyAnswer {
        let bonded = try bondedValidators()
        return try governance {
            $0.tally.proposal = number
            $0.tally.bonded = bonded
        }.tally
    }

    /// The validators that votes are counted by: all bonded ones of the staking that governance goes by.
    private func bondedValidators() throws(CommandError) -> [GovernanceBondedValidator] {
        let label = try stakingLabel()
        let validators = try Pages.all { (start: String) throws(CommandError) in
            let query = StakingQuery.with {
                $0.validators.status = .bonded
                $0.validators.page.start = start
                $0.validators.page.limit = Self.pageSize
            }
            let page = try CommandError.wrapping { try host.query(query, of: label).validators }
            return (page.validators, page.next)
        }
        return validators.map { validator in
            .with {
                $0.operator = validator.operator
                $0.tokens = validator.stake.tokens
                $0.shares = validator.stake.shares
            }
        }
    }
}

extension ChainView {
    /// The label of the staking that governance goes by: the one that it was configured with, or the usual one.
    private func stakingLabel() throws(CommandError) -> String {
        let configuration = try instance(try governanceLabel()).configuration
        return try CommandError.wrapping {
            guard !configuration.isEmpty else { return "staking" }
            return try (try JSONValue(parsing: configuration))["staking"].optional?.string() ?? "staking"
        }
    }
}

/// What proposals are about.
extension ChainView {
    /// The instance that a proposal names.
    ///
    /// - Throws: `badInput` when there is none, with those that there are.
    func proposedInstance(_ reference: String) throws(CommandError) -> HostInstance {
        if let instance = instances.first(where: { $0.label == reference }) { return instance }
        if let address = try? addresses.parse(reference, as: .account),
            let instance = instances.first(where: { Array($0.address) == address.bytes })
        {
            return instance
        }
        throw CommandError(
            .badInput,
            "\(host.chainID) has no instance '\(reference.printable)': name one of \(instances.map(\.label).joined(separator: ", "))"
        )
    }

    /// A message in protobuf JSON, for an instance or the host.
    ///
    /// - Throws: `badInput` when there is no such instance, or its module has no such message.
    func proposedMessage(_ json: String, to reference: String) throws(CommandError) -> Request {
        guard reference != HostModule.manifest.name else { return try Request(json: json, to: reference, self) }
        let label = try proposedInstance(reference).label
        do {
            return try Request(json: json, to: label, self)
        } catch {
            throw error.adding(context: "the message for \(label)")
        }
    }

    /// A message in JSON; what can't be read any more, such as that of an instance whose module is not part of this program,
    /// in Base64.
    func shownMessage(_ message: GovernanceProposalMessage) -> JSONValue {
        let request = ProtoRequest.with {
            $0.instance = message.instance
            $0.message = message.message
        }
        return (try? content(of: request)) ?? ["undecodable": .string(message.message.base64EncodedString())]
    }
}
