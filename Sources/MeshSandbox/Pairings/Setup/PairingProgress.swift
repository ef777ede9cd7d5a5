import ConverterEvents
import ExternalStakingEvents
import IBC
public import MeshHost
public import ModuleKit

/// How far a pairing is set up: what is left to do, by what is public on both chains.
///
/// Nothing else is looked at, so a setup goes on where another one stopped, whoever began it.
public struct PairingProgress: Sendable, Hashable {
    /// What is left to do, in the order of the source document; empty once it is done, or over.
    public let steps: [PairingStep]
    /// Whether the channel was closed: a pairing that is over is never set up again.
    public let isOver: Bool

    /// Looks at both chains, each as it is after its last block.
    ///
    /// - Parameter connection: over which the two ends find each other; nil while there is none.
    /// - Throws: `alreadyExists` when a label of the pairing belongs to an instance of another module; what the instances
    ///   throw.
    public init(
        of specification: PairingSpecification,
        over connection: PairingConnection?,
        provider: ChainHost,
        consumer: ChainHost
    ) throws(ModuleError) {
        let sight = try PairingSight(specification, connection, provider: provider, consumer: consumer)
        isOver = try sight.isClosed
        guard !isOver else {
            steps = []
            return
        }
        var steps: [PairingStep] = connection == nil ? [.connect] : []
        for side in [PairingSide.consumer, .provider] {
            let missing = PairingRole.all(on: side).filter { sight.instance($0) == nil }
            if !missing.isEmpty { steps.append(.deploy(side, missing)) }
        }
        for side in [PairingSide.provider, .consumer] {
            if try !sight.isIntroduced(on: side) { steps.append(.introduce(side)) }
        }
        if try !sight.isOpen { steps.append(.openChannel) }
        for side in [PairingSide.consumer, .provider] {
            var held: [PairingRole] = []
            for role in PairingRole.all(on: side) where try !sight.isHandedOver(role) { held.append(role) }
            if !held.isEmpty { steps.append(.handOver(side, held)) }
        }
        if specification.cap != nil, try !sight.isAuthorised { steps.append(.authorise) }
        if specification.isRecommended, let list = try provider.recommendedList,
            try !provider.recommends(specification.externalStaking, on: list)
        {
            steps.append(.recommend)
        }
        self.steps = steps
    }
}

/// What is public about a pairing on both chains.
private struct PairingSight {
    private let specification: PairingSpecification
    private let connection: PairingConnection?
    private let provider: ChainHost
    private let consumer: ChainHost
    private var instances: [PairingRole: HostInstance] = [:]

    init(
        _ specification: PairingSpecification,
        _ connection: PairingConnection?,
        provider: ChainHost,
        consumer: ChainHost
    ) throws(ModuleError) {
        self.specification = specification
        self.connection = connection
        (self.provider, self.consumer) = (provider, consumer)
        for role in PairingRole.allCases {
            let (chain, label) = (host(role.side), specification.label(of: role))
            guard let found = try chain.record(ifAny: label) else { continue }
            guard found.module == role.module else {
                throw ModuleError(
                    .alreadyExists,
                    "\(label) on \(chain.chainID) is an instance of \(found.module) and not of \(role.module): "
                        + "choose another name for the pairing"
                )
            }
            instances[role] = found
        }
    }

    func instance(_ role: PairingRole) -> HostInstance? { instances[role] }

    private func host(_ side: PairingSide) -> ChainHost { side == .provider ? provider : consumer }

    /// Whether the end on a side knows where the other end is. An end that is still to be deployed on the provider learns it
    /// with its deployment.
    func isIntroduced(on side: PairingSide) throws(ModuleError) -> Bool {
        guard let near = instances[side == .provider ? .externalStaking : .converter] else { return side == .provider }
        guard let far = instances[side == .provider ? .converter : .externalStaking] else { return false }
        let port = try host(side == .provider ? .consumer : .provider).controlPort(of: far)
        switch side {
        case .provider:
            let settings = try provider.query(
                ExternalStakingQuery.with { $0.settings = .init() },
                of: near.label
            ).settings
            return settings.hasRemoteEndpoint && settings.remoteEndpoint.portID == port
                && settings.remoteEndpoint.connectionID == connection?.provider.text
                && knowsRewards(near, settings.hasRewards)
        case .consumer:
            let settings = try consumer.query(ConverterQuery.with { $0.settings = .init() }, of: near.label).settings
            return settings.hasRemoteEndpoint && settings.remoteEndpoint.portID == port
                && settings.remoteEndpoint.connectionID == connection?.consumer.text
                && knowsRewards(near, settings.hasRewards)
        }
    }

    /// Whether an end was told how rewards go, or can't be told any more. Which route it is may have been changed since.
    private func knowsRewards(_ end: HostInstance, _ isTold: Bool) -> Bool {
        specification.rewardsRoute == nil || isTold || end.admin.isEmpty
    }

    /// Whether both ends of the channel are open.
    var isOpen: Bool {
        get throws(ModuleError) {
            guard try consumerStatus == .open, let pairing = try providerPairing else { return false }
            return pairing.closedAt == 0
        }
    }

    /// Whether either end was closed.
    var isClosed: Bool {
        get throws(ModuleError) {
            if try consumerStatus == .closed { return true }
            guard let pairing = try providerPairing else { return false }
            return pairing.closedAt != 0
        }
    }

    private var consumerStatus: ConverterChannelStatus {
        get throws(ModuleError) {
            guard let converter = instances[.converter] else { return .none }
            return try consumer.query(ConverterQuery.with { $0.channel = .init() }, of: converter.label).channel.status
        }
    }

    private var providerPairing: ExternalStakingPairing? {
        get throws(ModuleError) {
            guard let external = instances[.externalStaking] else { return nil }
            do throws(ModuleError) {
                return try provider.query(ExternalStakingQuery.with { $0.channel = .init() }, of: external.label)
                    .channel
            } catch {
                guard error.code == .noControlChannel else { throw error }
                return nil
            }
        }
    }

    /// Whether nobody has power over an instance, or only the chain's authority.
    func isHandedOver(_ role: PairingRole) throws(ModuleError) -> Bool {
        guard let instance = instances[role] else { return false }
        guard !instance.admin.isEmpty else { return true }
        return try instance.admin == host(role.side).authorityText
    }

    /// Whether Virtual Staking holds a grant, whatever its cap.
    var isAuthorised: Bool {
        get throws(ModuleError) {
            guard let staking = instances[.virtualStaking] else { return false }
            return try consumer.query(HostQuery.with { $0.grants = .init() }, of: HostModule.manifest.name)
                .grants.grants.contains { $0.number == staking.number }
        }
    }
}

extension ChainHost {
    /// An instance of a label; nil where there is none.
    func record(ifAny label: String) throws(ModuleError) -> HostInstance? {
        guard machine.instancesInOrder.contains(where: { $0.identity.label == label }) else { return nil }
        return try query(HostQuery.with { $0.instance.instance = label }, of: HostModule.manifest.name).instance
    }

    /// The address of the chain's authority; empty where it has none.
    var authorityText: String {
        get throws(ModuleError) {
            try query(HostQuery.with { $0.authority = .init() }, of: HostModule.manifest.name).authority.address
        }
    }

    /// The port of an end of a control channel: `mesh.` and the instance's address.
    func controlPort(of instance: HostInstance) throws(ModuleError) -> String {
        "mesh.\(addresses.format(try Address(bytes: instance.address), as: .account))"
    }
}
