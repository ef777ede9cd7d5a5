import IBC
import MeshHost
import ModuleKit

/// The messages of a setup.
extension PairingSetup {
    /// What a chain's accounts send to do a step.
    ///
    /// Relayers connect chains and open channels, so those steps are none of its.
    ///
    /// - Parameters:
    ///   - chain: where the step is done.
    ///   - other: the pairing's other chain.
    func stage(
        of step: PairingStep,
        on chain: SandboxChain,
        facing other: SandboxChain,
        _ connection: PairingConnection
    ) throws(SandboxError) -> PairingStage {
        switch step {
        case .deploy(let side, let roles):
            let remote = side == .provider ? try endpoint(beyond: connection, facing: other) : nil
            let transfer = connection.transfer?[side]
            let messages = try roles.map { (role) throws(SandboxError) in
                try deployment(of: role, remote: remote, transfer, on: chain)
            }
            return stage(messages, step, on: chain)
        case .introduce(let side):
            let role: PairingRole = side == .consumer ? .converter : .externalStaking
            let remote = try endpoint(beyond: connection, facing: other)
            return stage([try introduction(of: role, to: remote, connection.transfer?[side])], step, on: chain)
        case .handOver(_, let roles):
            let messages = try roles.map { (role) throws(SandboxError) in try handover(of: role, on: chain) }
            return stage(messages, step, on: chain)
        case .recommend:
            return stage([try recommendation(on: chain)], step, on: chain, as: ChainSpecification.authority)
        case .authorise, .connect, .openChannel:
            let message = try specification.authorising(specification.cap ?? .zero)
            return stage([message], step, on: chain, as: ChainSpecification.authority)
        }
    }

    func endpoint(beyond connection: PairingConnection, facing other: SandboxChain) throws(SandboxError)
        -> PairingSpecification.Endpoint
    {
        let isProvider = other.chainID == specification.provider
        return PairingSpecification.Endpoint(
            connection: connection[isProvider ? .consumer : .provider].text,
            port: try other.port(of: isProvider ? specification.externalStaking : specification.converter).text
        )
    }

    private func deployment(
        of role: PairingRole,
        remote: PairingSpecification.Endpoint?,
        _ transfer: PairingTransferChannel.End?,
        on chain: SandboxChain
    ) throws(SandboxError) -> SandboxMessage {
        let admin = try chain.address(of: PairingSpecification.deployer)
        return try SandboxMessage(
            HostMessage.with {
                $0.deploy.module = role.module
                $0.deploy.label = specification.label(of: role)
                $0.deploy.configuration =
                    specification.configuration(of: role, remote: remote, transfer: transfer).text()
                $0.deploy.admin = admin
            },
            to: HostModule.manifest.name
        )
    }

    /// The whole configuration is given again, so that what the host keeps of it says everything.
    func introduction(
        of role: PairingRole,
        to remote: PairingSpecification.Endpoint,
        _ transfer: PairingTransferChannel.End?
    ) throws(SandboxError) -> SandboxMessage {
        try SandboxMessage(
            HostMessage.with {
                $0.reconfigure.instance = specification.label(of: role)
                $0.reconfigure.configuration =
                    specification.configuration(of: role, remote: remote, transfer: transfer).text()
            },
            to: HostModule.manifest.name
        )
    }

    private func handover(of role: PairingRole, on chain: SandboxChain) throws(SandboxError) -> SandboxMessage {
        let label = specification.label(of: role)
        guard specification.handover == .authority else {
            return try SandboxMessage(
                HostMessage.with { $0.clearAdmin_p.instance = label },
                to: HostModule.manifest.name
            )
        }
        let host = try chain.host()
        let authority = try SandboxError.asking("the authority of '\(chain.chainID)'") { () throws(ModuleError) in
            try host.authorityText
        }
        return try SandboxMessage(
            HostMessage.with {
                $0.setAdmin.instance = label
                $0.setAdmin.admin = authority
            },
            to: HostModule.manifest.name
        )
    }

    /// What the provider's authority says to its recommended list.
    func recommendation(on provider: SandboxChain) throws(SandboxError) -> SandboxMessage {
        let host = try provider.host()
        return try SandboxError.asking("the recommended list of '\(provider.chainID)'") { () throws(ModuleError) in
            guard let list = try host.recommendedList,
                let module = host.registry.module(ChainHost.recommendedListModule)
            else {
                throw ModuleError(.notFound, "'\(provider.chainID)' has no recommended list: leave the step out")
            }
            return SandboxMessage(try module.message(json: specification.recommendation.text()), to: list)
        }
    }

    private func stage(
        _ messages: [SandboxMessage],
        _ step: PairingStep,
        on chain: SandboxChain,
        as account: String = PairingSpecification.deployer
    ) -> PairingStage {
        .transaction(
            chainID: chain.chainID,
            account: account,
            messages,
            purpose: specification.purpose(of: step)
        )
    }
}

extension PairingSpecification {
    /// What governance says to let Virtual Staking mint up to a cap, also in place of another cap.
    func authorising(_ cap: Amount) throws(SandboxError) -> SandboxMessage {
        try SandboxMessage(
            HostMessage.with {
                $0.grant.instance = virtualStaking
                $0.grant.privilege = Self.mintPrivilege
                $0.grant.cap = cap.description
            },
            to: HostModule.manifest.name
        )
    }

    /// What governance says to take that right away.
    func revoking() throws(SandboxError) -> SandboxMessage {
        try SandboxMessage(
            HostMessage.with {
                $0.revoke.instance = virtualStaking
                $0.revoke.privilege = Self.mintPrivilege
            },
            to: HostModule.manifest.name
        )
    }

    /// What Virtual Staking needs a grant of.
    public static let mintPrivilege = "virtual-staking/mint"
}
