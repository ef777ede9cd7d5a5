import ConverterEvents
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
        let consumer = try network.chain(specification.consumer)
        let provider = try network.chain(specification.provider)
        guard let transfer = network.path(ifAny: specification.transferPath) else {
            return .path(
                RelayPath(
                    specification.transferPath,
                    from: .init(specification.consumer),
                    to: .init(specification.provider),
                    version: "ics20-1"
                )
            )
        }
        let (here, there) =
            transfer.first.chainID == specification.consumer
            ? (transfer.first, transfer.second) : (transfer.second, transfer.first)
        guard try consumer.has(specification.virtualStaking) else { return try deployment(on: consumer) }
        guard try provider.has(specification.externalStaking) else {
            return try deployment(on: provider, remote: try consumer.port(of: specification.converter), there)
        }
        let external = try provider.port(of: specification.externalStaking)
        guard try consumer.settings(of: specification.converter).hasRemoteEndpoint else {
            return try introduction(on: consumer, remote: external, here)
        }
        guard network.path(ifAny: specification.controlPath) != nil else {
            let converter = try consumer.port(of: specification.converter)
            return .path(
                RelayPath(
                    specification.controlPath,
                    from: here.with(port: converter),
                    to: there.with(port: external)
                )
            )
        }
        for chain in [consumer, provider] {
            if let stage = try handover(on: chain) { return stage }
        }
        return try authorisation(on: consumer)
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

    /// The port of an end of a control channel: `mesh.` and the instance's address.
    func port(of label: String) throws(SandboxError) -> PortID {
        let host = try host()
        return try SandboxError.relaying("the port of '\(label)'") {
            let address = try host.machine.instance(called: label).identity.address
            return try PortID("mesh.\(addresses.format(address, as: .account))")
        }
    }

    /// How a converter is set up.
    func settings(of converter: String) throws(SandboxError) -> ConverterSettings {
        try query(ConverterQuery.with { $0.settings = .init() }, of: converter).settings
    }
}
