import IBC
import MeshHost
import ModuleKit

/// Setting up a pairing as the source document says, step by step: everything is a message that anyone could send.
///
/// A setup looks at what is public on both chains and says what comes next, so it goes on where another one stopped. (Mesh
/// security, "Establish a channel"; spec section 2.)
public struct PairingSetup: Sendable {
    /// What is set up.
    public let specification: PairingSpecification

    /// Describes a setup.
    public init(_ specification: PairingSpecification) { self.specification = specification }

    /// What has to be done next.
    ///
    /// - Returns: nil when nothing is left to do.
    /// - Throws: `wrongName` for a chain that is not there; `chainDown`, `refused`.
    public func nextStage(in network: Network) throws(SandboxError) -> PairingStage? {
        let (provider, consumer) = (
            try network.chain(specification.provider), try network.chain(specification.consumer)
        )
        // The ends are told by which channel rewards come when they are deployed, so it is opened first.
        guard let ends = transferEnds(in: network), let connection = try tokenConnection(ends, in: network),
            specification.rewardsRoute == nil || connection.transfer != nil
        else {
            return .path(
                RelayPath(
                    specification.transferPath,
                    from: .init(specification.consumer),
                    to: .init(specification.provider),
                    version: "ics20-1"
                )
            )
        }
        guard let step = try progress(in: network).steps.first else { return nil }
        guard step == .openChannel else {
            let chain = step.side == .provider ? provider : consumer
            return try stage(of: step, on: chain, facing: chain === provider ? consumer : provider, connection)
        }
        return .path(
            RelayPath(
                specification.controlPath,
                from: ends.consumer.with(port: try consumer.port(of: specification.converter)),
                to: ends.provider.with(port: try provider.port(of: specification.externalStaking))
            )
        )
    }

    /// How far it is.
    ///
    /// - Throws: `wrongName` for a chain that is not there; `chainDown`, `refused`.
    public func progress(in network: Network) throws(SandboxError) -> PairingProgress {
        let provider = try network.chain(specification.provider).host()
        let consumer = try network.chain(specification.consumer).host()
        let connection = try transferEnds(in: network).flatMap { (ends) throws(SandboxError) in
            try tokenConnection(ends, in: network)
        }
        return try SandboxError.asking("how far \(specification.name) is") { () throws(ModuleError) in
            try PairingProgress(of: specification, over: connection, provider: provider, consumer: consumer)
        }
    }

    /// The connection of the path for tokens, with its channel as soon as there is one; nil while it has none.
    func tokenConnection(_ ends: (provider: RelayPath.End, consumer: RelayPath.End), in network: Network)
        throws(SandboxError) -> PairingConnection?
    {
        guard let near = ends.consumer.connection, let far = ends.provider.connection else { return nil }
        var connection = PairingConnection(provider: far, consumer: near)
        guard let ours = ends.provider.channel, let theirs = ends.consumer.channel else { return connection }
        let owners = (
            try network.chain(specification.provider).owner(of: ends.provider.port),
            try network.chain(specification.consumer).owner(of: ends.consumer.port)
        )
        connection.transfer = PairingTransferChannel(
            provider: .init(instance: owners.0, channel: ours.text),
            consumer: .init(instance: owners.1, channel: theirs.text)
        )
        return connection
    }

    /// The ends of the path for tokens, whose connection the pairing uses; nil before a relayer serves it.
    func transferEnds(in network: Network) -> (provider: RelayPath.End, consumer: RelayPath.End)? {
        guard let path = network.path(ifAny: specification.transferPath) else { return nil }
        return path.first.chainID == specification.consumer
            ? (provider: path.second, consumer: path.first) : (provider: path.first, consumer: path.second)
    }
}

extension RelayPath.End {
    /// The same client and connection, for another port.
    fileprivate func with(port: PortID) -> RelayPath.End {
        RelayPath.End(chainID, port: port, client: client, connection: connection)
    }
}

extension Network {
    /// The path of a name, if some relayer serves one.
    func path(ifAny name: String) -> RelayPath? {
        relayers.lazy.compactMap { $0.path(named: name) }.first
    }
}

extension SandboxChain {
    /// Whether an instance of a label is deployed.
    func has(_ label: String) throws(SandboxError) -> Bool {
        try host().machine.instancesInOrder.contains { $0.identity.label == label }
    }

    /// The port of an end of a control channel.
    func port(of label: String) throws(SandboxError) -> PortID {
        let host = try host()
        return try SandboxError.relaying("the port of '\(label)'") {
            guard let instance = try host.record(ifAny: label) else {
                throw SandboxError(.wrongName, "'\(chainID)' has no instance '\(label)': deploy it first")
            }
            return try PortID(try host.controlPort(of: instance))
        }
    }
}
